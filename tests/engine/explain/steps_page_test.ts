/** The film of the steps in a page without a kernel and without a network, driven as a reader would. */
import type { Page } from "playwright-core";
import { math, steps, Value } from "../../../mod.ts";
import { formatNumber } from "../../../engine/show/text.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { inBrowser, withDisplay } from "../../support/browser.ts";
import { assertPicture } from "../../support/pictures.ts";

const bad = "<img src=x onerror=alert(1)>";

function expression(): Value {
  const [a, b, c, f] = [2, -3, 10, -2].map((data, i) =>
    new Value(data, { label: ["a", bad, "c", "f"][i] })
  );
  const L = math`(${a} * ${b} + ${c}) * ${f} + ${a}`;
  L.label = "L";
  return L;
}

const numbers = (page: Page) => page.locator(".chainrule-steps [data-node] text").allTextContents();

for (const colorScheme of ["light", "dark"] as const) {
  Deno.test(
    `slider, buttons and keys show each step's numbers (${colorScheme})`,
    inBrowser,
    async () => {
      const film = steps(expression());
      await withDisplay(film, colorScheme, async (page) => {
        const counter = page.locator(".chainrule-steps output");
        const count = film.frames.length;
        assertEquals(await counter.textContent(), `1 / ${count}`);
        assert((await numbers(page)).includes("data ?"), "results are unknown at first");

        await page.locator(".chainrule-steps").focus();
        for (const [k, frame] of film.frames.entries()) {
          const shown = await numbers(page);
          const said = await page.locator(".say").textContent() ?? "";
          assert(said.includes(frame.title), frame.title);
          const formulas = page.locator(".say math annotation");
          assertEquals(await formulas.allTextContents(), frame.latex);
          assertEquals(await page.locator(".say math:visible").count(), frame.lines.length);
          for (const [node, gradient] of frame.gradients) {
            if (node.requiresGrad) {
              assert(shown.includes(`grad ${formatNumber(gradient)}`), `step ${k}: ${gradient}`);
            }
          }
          assertEquals(await page.locator(".turn").count(), frame.node ? 1 : 0);
          assertEquals(await page.locator(".lit").count(), frame.operands.length);
          assertEquals(await page.locator(".used").count(), frame.operands.length);
          const computed = frame.known.size - film.frames[0].known.size;
          // All operations of the example have two operands.
          assertEquals(await page.locator("[data-slope] text:visible").count(), 2 * computed);
          await page.keyboard.press("ArrowRight");
        }
        assertEquals(await counter.textContent(), `${count} / ${count}`);

        await page.keyboard.press("ArrowLeft");
        assertEquals(await counter.textContent(), `${count - 1} / ${count}`);
        const changed = await page.locator(".changed").allTextContents();
        assert(!changed.includes("grad 0"), "the marks are those of the step, not of the way");
        await page.locator("input[type=range]").fill("4");
        assertEquals(await counter.textContent(), `5 / ${count}`);
        await page.locator('[data-action="next"]').click();
        assertEquals(await counter.textContent(), `6 / ${count}`);
        await page.locator('[data-action="back"]').click();
        await page.locator('[data-action="first"]').click();
        assertEquals(await counter.textContent(), `1 / ${count}`);
      });
    },
  );
}

Deno.test("a film that is wider than its place scrolls to what moves", inBrowser, async () => {
  await withDisplay(steps(expression()), "light", async (page) => {
    await page.setViewportSize({ width: 390, height: 700 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    const isSeen = `(() => {
      const view = document.querySelector(".view");
      const [turn, box] = [view.querySelector(".turn"), view].map((e) => e?.getBoundingClientRect());
      return turn ? turn.left >= box.left - 1 && turn.right <= box.right + 1 : null;
    })()`;
    const seen: unknown[] = [];
    for (const _ of steps(expression()).frames.slice(1)) {
      await page.locator('[data-action="next"]').click();
      seen.push(await page.evaluate(isSeen));
    }
    assertEquals(seen, [true, true, true, true, null, true, true, true, true, null]);
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 390);
  });
});

Deno.test("every frame of a small film is as it was", inBrowser, async () => {
  const [d, f] = [4, -2].map((data, i) => new Value(data, { label: "df"[i] }));
  const L = d.mul(f).add(d);
  L.label = "L";
  await withDisplay(steps(L), "light", async (page) => {
    const frames: string[] = [];
    for (let k = 0; k < steps(L).frames.length; k++) {
      for (const part of [".say", ".view"]) {
        frames.push(await page.locator(`.chainrule-steps ${part}`).innerHTML());
      }
      await page.locator('[data-action="next"]').click();
    }
    await assertPicture(import.meta.url, "steps_frames", frames.join("\n"));
  });
});
