/**
 * What is interactive, in a page without a kernel and without a network: moved,
 * pressed and clicked as a reader would.
 */
import type { Displayable } from "../../engine/extend.ts";
import type { Page } from "playwright-core";
import { explain, math, MLP, RandomGenerator, steps, sum, Value } from "../../mod.ts";
import { display } from "../../engine/show/jupyter.ts";
import { formatNumber } from "../../engine/show/text.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { inBrowser, withPage } from "../support/browser.ts";
import { assertPicture } from "../support/pictures.ts";

const bad = "<img src=x onerror=alert(1)>";

function expression(): Value {
  const [a, b, c, f] = [2, -3, 10, -2].map((data, i) =>
    new Value(data, { label: ["a", bad, "c", "f"][i] })
  );
  const L = math`(${a} * ${b} + ${c}) * ${f} + ${a}`;
  L.label = "L";
  return L;
}

function networkLoss(): Value {
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  const y = sum([[2, 3, -1], [3, -1, 0.5]].map((x) => model.forward(x).sub(1).pow(2)));
  y.label = "loss";
  y.backward();
  return y;
}

/** Opens a page with nothing but one display in it, and watches for what must not happen. */
async function withDisplay(
  shown: Displayable,
  colorScheme: "light" | "dark",
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const html = (await shown[display]())["text/html"];
  const dark = colorScheme === "dark" ? ' style="background:#111;color:#eee"' : "";
  const document = `<!DOCTYPE html><meta charset="utf-8"><body${dark}>${html}`;
  await withPage(document, async ({ page, complaints, requests }) => {
    await page.emulateMedia({ colorScheme });
    await look(page);
    assertEquals(await page.locator("img[src=x]").count(), 0);
    assertEquals([...complaints, ...requests], []);
  });
}

function browserTest(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, ...inBrowser, fn });
}

const numbers = (page: Page) => page.locator(".chainrule-steps [data-node] text").allTextContents();

for (const colorScheme of ["light", "dark"] as const) {
  browserTest(
    `steps: slider, buttons and keys show each step's numbers (${colorScheme})`,
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
          for (const line of [frame.title, ...frame.lines]) assert(said.includes(line), line);
          for (const [node, gradient] of frame.gradients) {
            if (node.requiresGrad) {
              assert(shown.includes(`grad ${formatNumber(gradient)}`), `step ${k}: ${gradient}`);
            }
          }
          assertEquals(await page.locator(".turn").count(), frame.node ? 1 : 0);
          assertEquals(await page.locator(".lit").count(), frame.operands.length);
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

browserTest("steps: every frame of a small film is as it was", async () => {
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

browserTest("steps: play walks by itself, and stops at the end", async () => {
  const a = new Value(1, { label: "a" });
  const film = steps(a.exp(), { forward: false });
  await withDisplay(film, "light", async (page) => {
    await page.locator('[data-action="play"]').click();
    assertEquals(await page.locator('[data-action="play"]').textContent(), "pause");
    await page.waitForFunction(
      `document.querySelector("output").textContent === "3 / 3"`,
      null,
      { timeout: 10_000 },
    );
    assertEquals(await page.locator('[data-action="play"]').textContent(), "play");
  });
});

browserTest(
  "steps: the film as a picture shows one step after the other, and begins again",
  async () => {
    const film = steps(expression());
    const count = film.frames.length;
    const document = `<!DOCTYPE html><meta charset="utf-8"><body>${await film.svg(2)}`;
    const visible = `[...document.querySelectorAll(".step")].flatMap((step, k) =>
    getComputedStyle(step).visibility === "visible" ? [k] : [])`;
    await withPage(document, async ({ page, complaints, requests }) => {
      await page.evaluate("document.getAnimations().forEach((animation) => animation.pause())");
      for (let k = 0; k <= count; k++) {
        const time = 1000 * (2 * k + 1);
        await page.evaluate(
          `document.getAnimations().forEach((animation) => animation.currentTime = ${time})`,
        );
        assertEquals(await page.evaluate(visible), [k % count]);
      }
      await page.emulateMedia({ reducedMotion: "reduce" });
      assertEquals(await page.evaluate(visible), [count - 1]);
      assertEquals([...complaints, ...requests], []);
    });
  },
);

browserTest(
  "a folded graph opens down to a neuron and comes back, by mouse and keyboard",
  async () => {
    await withDisplay(networkLoss(), "light", async (page) => {
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

browserTest("an explanation is typeset and its picture is there, without a script", async () => {
  const L = expression();
  const [a] = [...new Set(steps(L).nodes)].filter(({ label }) => label === "a");
  const why = explain(a, L);
  await withDisplay(why, "dark", async (page) => {
    assertEquals(await page.locator("math").count(), why.count + 1);
    const image = page.locator("img");
    assert(await image.evaluate((img: { naturalWidth: number }) => img.naturalWidth) > 100);
  });
});
