/** Sliders over results, in a page without a kernel and without a network, moved as a reader would. */
import { Chart, interact, Table, Value } from "../../../mod.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";

const bad = "<img src=x onerror=alert(1)>";

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    `keys move two sliders, and the page shows the result of both (${colorScheme})`,
    inBrowser,
    async () => {
      const shown = interact(
        (a: number, name: string) => [`${bad} ${name}`, a * 2, new Table([{ a }])],
        { a: [0, 5, 1], name: { values: ["x", "y"] } },
        { start: { a: 2 } },
      );
      await withDisplay(shown, colorScheme, async (page) => {
        const view = page.locator(".view");
        const [a, name] = ["a", "name"].map((label) => page.getByLabel(label, { exact: true }));
        const numbers = async () => (await view.textContent() ?? "").replace(/\s+/g, " ");
        assertEquals(await numbers(), `${bad} x4 a 2 `);
        await a.press("ArrowRight");
        assertEquals(await numbers(), `${bad} x6 a 3 `);
        await name.press("End");
        assertEquals(await numbers(), `${bad} y6 a 3 `);
        await a.press("Home");
        assertEquals(await numbers(), `${bad} y0 a 0 `);
        assertEquals(await a.getAttribute("aria-valuetext"), "0");
        assertEquals(await name.getAttribute("aria-valuetext"), "y");
        assertEquals(await view.getAttribute("aria-live"), "polite");
      });
    },
  );
}

Deno.test(
  "graphs and charts are drawn in the page, and nothing below them jumps",
  inBrowser,
  async () => {
    const shown = interact((k) => {
      const rows = Array.from({ length: k }, (_, i) => ({ i }));
      const spec = {
        data: { values: rows },
        mark: { type: "point", clip: true },
        encoding: { x: { field: "i", type: "quantitative", scale: { domain: [0, 9] } } },
      };
      return [new Value(k, { label: "k" }).mul(10 ** k), new Chart(spec), "line\n".repeat(k)];
    }, { k: [1, 9, 1] });
    await withDisplay(shown, "light", async (page) => {
      await page.evaluate(`document.body.insertAdjacentHTML("beforeend", "<p id=below>below</p>")`);
      const place = async () => (await page.locator("#below").boundingBox())?.y;
      const before = await place();
      assertMatch(await page.locator(".view svg").first().innerHTML(), /data 5</);
      const slider = page.getByLabel("k", { exact: true });
      for (const stop of [8, 0, 4]) {
        await slider.fill(`${stop}`);
        assertMatch(
          await page.locator(".view svg").first().innerHTML(),
          new RegExp(`data ${stop + 1}<`),
        );
        assertEquals(await place(), before);
      }
      const ids = await page.locator(".view [id]").evaluateAll((all) => all.map(({ id }) => id));
      const users = await page.locator(".view [clip-path]").evaluateAll((all) =>
        all.map((user) => user.getAttribute("clip-path"))
      );
      assert(ids.length > 0 && users.every((user) => ids.includes(user!.slice(5, -1))));
    });
  },
);

Deno.test(
  "on a small screen a wide picture scrolls in its own place, and a chart is laid out anew",
  inBrowser,
  async () => {
    const chain = (k: number) => {
      let y = new Value(k, { label: "x" });
      for (let i = 0; i < 8; i++) y = y.mul(2);
      return y;
    };
    const chart = (k: number) =>
      new Chart({
        data: { values: [{ a: k, who: "the first" }, { a: 9, who: "the second" }] },
        mark: "point",
        encoding: {
          x: { field: "a", type: "quantitative" },
          color: { field: "who", type: "nominal" },
        },
      });
    const shown = interact((k) => [chain(k), chart(k)], { k: [1, 3, 1] });
    await withDisplay(shown, "light", async (page) => {
      await page.setViewportSize({ width: 390, height: 700 });
      const widths = await page.evaluate(`[document.documentElement,
      ...document.querySelectorAll(".part")].map((e) => e.scrollWidth - e.clientWidth)`);
      const [page_, graph, wide, narrow] = widths as number[];
      assert(page_ <= 0 && graph > 100 && wide === 0 && narrow <= 0, `${widths}`);
      const visible = () =>
        page.locator(".part").evaluateAll((all) => all.map((part) => part.getClientRects().length));
      assertEquals(await visible(), [1, 0, 1]);
      const sizes: number[] = await page.evaluate(`(() => {
        const svg = document.querySelector(".narrow > svg");
        const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
        return [...svg.querySelectorAll("text")]
          .map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
      })()`);
      assert(sizes.length > 4 && sizes.every((size) => size >= 10), `${sizes}`);
      await page.getByLabel("k", { exact: true }).press("ArrowRight");
      const focused = await page.locator(".part").evaluateAll((all) =>
        all.map((part) => part.getAttribute("tabindex"))
      );
      assertEquals(
        focused,
        ["0", null, null],
        "what scrolls can be reached by keys, and nothing else",
      );
      await page.setViewportSize({ width: 1000, height: 700 });
      assertEquals(await visible(), [1, 1, 0]);
    });
  },
);
