/** Sliders over results, in a page without a kernel and without a network, moved as a reader would. */
import type { Displayable } from "../../../engine/extend.ts";
import { Chart, display, interact, type MimeBundle, Table, Value } from "../../../mod.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";

const bad = "<img src=x onerror=alert(1)>";

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    `keys move a slider and a list of words, and the page shows the result of both (${colorScheme})`,
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
        await name.selectOption("y");
        assertEquals(await numbers(), `${bad} y6 a 3 `);
        await a.press("Home");
        assertEquals(await numbers(), `${bad} y0 a 0 `);
        assertEquals(await a.getAttribute("aria-valuetext"), "0");
        assertEquals(await name.getAttribute("aria-valuetext"), null, "a list says it already");
        await name.press("ArrowUp");
        assertEquals(await numbers(), `${bad} x0 a 0 `);
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
      assertEquals(new Set(ids).size, ids.length, "each picture has clips of its own");
      assert(ids.length > 1 && users.every((user) => ids.includes(user!.slice(5, -1))));
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

let drawn: Promise<MimeBundle> | undefined;
/** A chart and a knob that a hand can take: 110 stops, which are drawn once for all hands. */
const dragged: Displayable = { [display]: () => drawn ??= drawDragged() };

function drawDragged(): Promise<MimeBundle> {
  const onX = { field: "x", type: "quantitative", scale: { domain: [0, 10], nice: false } };
  const onY = { field: "y", type: "quantitative", scale: { domain: [0, 10], nice: false } };
  const line = (x: number) =>
    new Chart({
      data: { values: [{ x, y: 2 }, { x: 10 - x, y: 8 }] },
      layer: [{ name: "x_0", mark: { type: "point", size: 80 } }],
      encoding: { x: onX, y: onY },
    });
  const knob = (turn: number): Displayable => ({
    [display]: () => ({
      "text/html": `<svg width="300" height="80" viewBox="0 0 300 80">` +
        `<circle data-control="turn" cx="${20 + 26 * turn}" cy="40" r="12"/></svg>`,
      "text/plain": `knob at ${turn}`,
    }),
  });
  return interact((x, turn) => [line(x), knob(turn)], {
    "x 0": [0, 10, 1],
    turn: [0, 9, 1],
  }, { start: { "x 0": 3, turn: 4 } })[display]();
}

for (const [width, hasTouch] of [[1000, false], [390, false], [390, true]] as const) {
  const hand = hasTouch ? "finger" : "pointer";
  Deno.test(
    `a ${hand} drags what has the name of a control, and the slider follows (${width} pixels)`,
    inBrowser,
    async () => {
      await withDisplay(dragged, "light", async (page) => {
        await page.setViewportSize({ width, height: 700 });
        await page.evaluate(`document.body.style.paddingBottom = "2000px"`);
        const sliders = ["x 0", "turn"].map((name) => page.getByLabel(name, { exact: true }));
        const values = () => Promise.all(sliders.map((slider) => slider.inputValue()));
        const middle = async (selector: string, i: number) => {
          const marks = page.locator(selector).locator("visible=true");
          const { x, y, width, height } = (await marks.nth(i).boundingBox())!;
          return [x + width / 2, y + height / 2] as const;
        };
        const session = await page.context().newCDPSession(page);
        const touch = (type: "touchStart" | "touchMove" | "touchEnd", at: readonly number[]) =>
          session.send("Input.dispatchTouchEvent", {
            type,
            touchPoints: type === "touchEnd" ? [] : [{ x: at[0], y: at[1] }],
          });
        const drag = async (from: readonly [number, number], by: number) => {
          const to = [from[0] + by, from[1] + 15] as const;
          const between = [from[0] + by / 2, from[1] + 5] as const;
          if (hasTouch) {
            await touch("touchStart", from);
            for (const at of [between, to]) await touch("touchMove", at);
            await touch("touchEnd", to);
          } else {
            await page.mouse.move(...from);
            await page.mouse.down();
            for (const at of [between, to]) await page.mouse.move(...at);
            await page.mouse.up();
          }
        };
        const [first, second, turn] = [
          await middle(".x_0_marks > *", 0),
          await middle(".x_0_marks > *", 1),
          await middle("circle", 0),
        ];
        const unit = (second[0] - first[0]) / 4;
        await drag(first, 3.1 * unit);
        assertEquals(await values(), ["6", "4"]);
        assertEquals(
          await sliders[0].evaluate((slider) => slider === slider.ownerDocument.activeElement),
          true,
          "arrow keys go on from there",
        );
        // The other mark moves against the slider.
        await drag(await middle(".x_0_marks > *", 1), 2 * unit);
        assertEquals(await values(), ["4", "4"]);
        await drag(turn, -26 * 3);
        assertEquals(await values(), ["4", "1"]);
        const [x, y] = await middle("circle", 0);
        await drag([x + 150, y], 60);
        assertEquals(await values(), ["4", "1"], "beside the handles there is nothing to hold");
        assertEquals(await page.evaluate("scrollY"), 0);
        if (hasTouch) return;
        const cursor = () =>
          page.evaluate(`getComputedStyle(document.querySelector(".view")).cursor`);
        await page.mouse.move(x, y);
        assertEquals(await cursor(), "grab");
        await page.mouse.move(x + 150, y);
        assertEquals(await cursor(), "auto");
        await drag([x, y], 300);
        assertEquals(await values(), ["4", "9"], "as far as the slider goes");
      });
    },
  );
}
