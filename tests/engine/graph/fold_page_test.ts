import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";
import { loss } from "../../support/examples.ts";

Deno.test(
  "a folded graph opens down to a neuron and comes back, by mouse and keyboard",
  inBrowser,
  async () => {
    await withDisplay(loss(), "light", async (page) => {
      const open = (name: string) => page.locator(`[aria-label="open ${name}"]`);
      const path = page.locator(".path");
      await open("MLP 2").click();
      assertMatch(await path.innerText(), /loss › MLP 2/);
      await open("layer 1").click();
      await open("neuron 3").focus();
      await page.keyboard.press("Enter");
      assertMatch(await path.innerText(), /loss › MLP 2 › layer 1 › neuron 3/);
      const texts = await page.locator(".view text").allTextContents();
      for (const text of ["w0", "w1", "w2", "b", "dot", "tanh"]) assert(texts.includes(text), text);
      await path.getByRole("button", { name: "loss" }).click();
      assertEquals(await open("MLP 1").count(), 1);
    });
  },
);
