/** A pad in a page without a kernel and without a network, drawn on as a reader would. */
import { assert, assertEquals } from "../../support/assert.ts";
import { drawingPad, MLP, RandomGenerator } from "../../../mod.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";

const model = new MLP(16, [6, 3], {
  outputActivation: "linear",
  generator: new RandomGenerator(3),
});
const pixels = Array.from({ length: 16 }, (_, at) => at % 5 === 0 ? 1 : 0);
const pad = () => drawingPad(model, [4, 4], pixels);

/** What a model says to an image, as the page writes it. */
function said(ink: readonly number[], by: Parameters<typeof drawingPad>[0] = model): string {
  return `It ${String(drawingPad(by, [4, 4], ink)).match(/says .* sure/)}.`;
}

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(`the network answers to what is drawn (${colorScheme})`, inBrowser, async () => {
    await withDisplay(pad(), colorScheme, async (page) => {
      const says = page.locator("p[aria-live]");
      assertEquals(await says.textContent(), said(pixels));
      const square = (at: number) => page.locator(".sheet button").nth(at);
      const middle = async (at: number) => {
        const { x, y, width, height } = (await square(at).boundingBox())!;
        return [x + width / 2, y + height / 2] as const;
      };
      const ink = [...pixels];
      await page.mouse.move(...await middle(1));
      await page.mouse.down();
      for (const at of [1, 2, 3]) {
        await page.mouse.move(...await middle(at));
        ink[at] = 1;
      }
      await page.mouse.up();
      await page.mouse.move(...await middle(7));
      assertEquals(await says.textContent(), said(ink));
      assertEquals(await square(7).getAttribute("aria-pressed"), "false");
      // On ink the same takes it away.
      await page.mouse.click(...await middle(0));
      ink[0] = 0;
      assertEquals(await says.textContent(), said(ink));
      assertEquals(await square(0).getAttribute("aria-label"), "row 1, column 1: paper");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Space");
      ink[4] = 1;
      assertEquals(await says.textContent(), said(ink));
      await page.getByRole("button", { name: "clear" }).click();
      assertEquals(await says.textContent(), said(ink.map(() => 0)));
      await page.getByRole("button", { name: "as at first" }).click();
      assertEquals(await says.textContent(), said(pixels));
    });
  });
}

for (const [what, bias, sure] of [["nearly certain", 9, "99%"], ["of NaN", NaN, "NaN%"]] as const) {
  Deno.test(`a network ${what} says in the page what it says elsewhere`, inBrowser, async () => {
    const spoilt = new MLP(16, [3], { outputActivation: "linear" });
    for (const p of spoilt.parameters()) p.data = 0;
    spoilt.layers[0].neurons[1].b.data = bias;
    await withDisplay(drawingPad(spoilt, [4, 4], pixels), "light", async (page) => {
      const says = await page.locator("p[aria-live]").textContent();
      assertEquals(says, said(pixels, spoilt));
      assert(says!.endsWith(`, ${sure} sure.`), says!);
    });
  });
}
