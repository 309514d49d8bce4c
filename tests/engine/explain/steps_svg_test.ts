import { assert, assertEquals } from "../../support/assert.ts";
import { steps } from "../../../mod.ts";
import { inBrowser, withPage } from "../../support/browser.ts";
import { assertPicture, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { example } from "../../support/examples.ts";

Deno.test(
  "the film as one picture holds each step's words and numbers, in order",
  needs("read", "env"),
  async () => {
    const film = steps(example().L);
    const svg = await film.svg(1.5);
    const groups = svg.split('<g class="step').slice(1);
    assertEquals(groups.length, film.frames.length);
    for (const [k, { title, lines, node, operands }] of film.frames.entries()) {
      for (const text of [title, ...lines]) assert(groups[k].includes(`>${text}</text>`), text);
      assert(groups[k].includes(`animation-delay:${1.5 * k}s`));
      assertEquals(groups[k].split('class="turn"').length - 1, node === null ? 0 : 1);
      assertEquals(groups[k].split('class="lit"').length - 1, operands.length);
    }
    assert(groups[0].includes("data ?") && groups.at(-1)!.includes("grad 6"));
    assert(elements(svg).length > 100, "well-formed");
    await assertPicture(import.meta.url, "steps_movie", svg);
    for (const seconds of [0, -1, NaN, Infinity]) {
      const error = await film.svg(seconds).catch((error) => error);
      assertEquals(error.message, `steps: seconds must be a finite number above 0, got ${seconds}`);
    }
  },
);

Deno.test(
  "in a browser the film as a picture shows one step after the other, and begins again",
  inBrowser,
  async () => {
    const film = steps(example().L);
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
