/** Drives the pages with a slider in a browser without a window. */
import type { Displayable } from "../../../engine/extend.ts";
import type { Page } from "playwright-core";
import { assert, assertEquals, assertNotEquals } from "../../support/assert.ts";
import { inBrowser, withPage } from "../../support/browser.ts";
import { display, steps, Value } from "../../../mod.ts";
import { show, train } from "../../support/recordings.ts";

const training = () => train(40);

async function html(shown: Displayable): Promise<string> {
  return `<!doctype html><meta charset="utf-8">${(await shown[display]())["text/html"]}`;
}

/** Everything in the picture that a moment decides. */
function look(page: Page): Promise<Record<string, string>> {
  return page.evaluate(`(() => {
    const every = (selector, read) => [...document.querySelectorAll(selector)].map(read).join(" ");
    const all = (selector, name) => every(selector, (e) => e.getAttribute(name));
    return {
      words: document.querySelector("[data-words]").textContent,
      counter: document.querySelector("output").textContent,
      slider: document.querySelector("input").value,
      mark: all("[data-mark]", "cx") + " " + all("[data-mark]", "cy"),
      map: every(".map_marks image", (e) => e.href.baseVal),
      rings: all(".ring_marks path", "opacity"),
      colors: all(".lines line, .units circle", "stroke"),
      widths: all(".lines line, .units circle", "stroke-width"),
      fills: all(".units circle", "fill"),
      outputs: every("[data-output]", (e) => e.textContent),
    };
  })()`);
}

Deno.test({
  name: "in a browser, slider, keys and buttons of a recorder move all of its parts together",
  ...inBrowser,
  fn: async () => {
    const tape = training();
    await withPage(await html(tape), async ({ page, complaints, requests }) => {
      assertEquals(await page.locator(".bar").isVisible(), true);
      const first = await look(page);
      const words = (step: number) =>
        `step ${step}   loss ${Number(tape.losses[step].toPrecision(5))}`;
      assertEquals([first.words, first.counter, first.slider], [words(0), "1 / 40", "0"]);

      await page.locator("input").fill("20");
      const middle = await look(page);
      assertEquals([middle.words, middle.counter], [words(20), "21 / 40"]);
      for (const part of ["mark", "map", "rings", "widths", "fills", "outputs"]) {
        assertNotEquals(middle[part], first[part], part);
      }
      assert(middle.map.startsWith("data:image/png;base64,"));

      await page.locator("input").focus();
      await page.keyboard.press("ArrowRight");
      assertEquals((await look(page)).words, words(21));
      await page.keyboard.press("ArrowLeft");
      assertEquals(await look(page), middle, "back where it was");
      await page.keyboard.press("End");
      assertEquals((await look(page)).counter, "40 / 40");
      await page.keyboard.press("ArrowRight");
      assertEquals((await look(page)).counter, "40 / 40", "it ends there");
      await page.keyboard.press("Home");
      assertEquals(await look(page), first);

      await page.getByText("next ▶").click();
      assertEquals((await look(page)).words, words(1));
      await page.getByText("◀ back").click();
      assertEquals(await look(page), first);
      await page.getByText("play", { exact: true }).click();
      await page.waitForFunction(`Number(document.querySelector("input").value) > 2`);
      await page.getByText("pause", { exact: true }).click();

      const size = await page.evaluate(`(async () => {
        const picture = new Image();
        picture.src = document.querySelector(".map_marks image").href.baseVal;
        await picture.decode();
        return [picture.naturalWidth, picture.naturalHeight];
      })()`);
      assertEquals(size, [30, 30], "the map is a picture that browsers can read");
      assertEquals(complaints, []);
      assertEquals(requests, []);
    });
  },
});

Deno.test({
  name: "in a browser, a click or an arrow up chooses the example whose answers are shown",
  ...inBrowser,
  fn: async () => {
    const tape = training();
    const { reel } = await show(tape);
    await withPage(await html(tape), async ({ page, complaints }) => {
      const said = () => page.locator("[data-input]").textContent();
      const outputs = () => page.locator("[data-output]").allTextContents();
      await page.locator("input").fill("39");
      assertEquals([await said(), await outputs()], [
        reel.choices[0].words,
        reel.frames[39].outputs[0],
      ]);
      // The example (1, 1) is at the upper right of the map.
      const area = (await page.locator("[data-choose]").boundingBox())!;
      const [x, y] = [area.x + area.width * .85, area.y + area.height * .15];
      await page.mouse.click(x, y);
      const k = reel.choices.findIndex(({ words }) => words.endsWith("(1, 1)"));
      assertEquals([await said(), await outputs()], [
        reel.choices[k].words,
        reel.frames[39].outputs[k],
      ]);
      assertEquals(
        await page.locator("[data-target]").getAttribute("transform"),
        `translate(${reel.choices[k].at})`,
      );
      await page.locator("input").fill("3");
      assertEquals(await outputs(), reel.frames[3].outputs[k], "it stays while the slider moves");
      await page.locator(".chainrule-recorder").focus();
      await page.keyboard.press("ArrowUp");
      assertEquals(await said(), reel.choices[(k + 1) % 4].words);
      await page.keyboard.press("ArrowDown");
      assertEquals(await said(), reel.choices[k].words);
      assertEquals((await look(page)).slider, "3");
      assertEquals(complaints, []);
    });
  },
});

Deno.test({
  name:
    "in a browser, a recorder fits the column of a book and a phone, with words that can be read",
  ...inBrowser,
  fn: async () => {
    await withPage(await html(train(4, {}, [16, 16])), async ({ page, complaints }) => {
      for (const [width, beside] of [[736, true], [374, false]] as const) {
        await page.setViewportSize({ width, height: 700 });
        const [smallest, gap, ...hidden] = await page.evaluate<number[]>(`(() => {
          const text = (svg) => [...svg.querySelectorAll("text")].map((text) =>
            parseFloat(getComputedStyle(text).fontSize) *
            svg.getBoundingClientRect().width / svg.viewBox.baseVal.width);
          const pictures = [...document.querySelectorAll(".part > svg")];
          const [charts, network] = pictures.map((svg) => svg.getBoundingClientRect());
          return [
            Math.min(...pictures.flatMap(text)),
            network.top - charts.bottom,
            ...[...document.querySelectorAll(".view, .part")]
              .map((box) => box.scrollWidth - box.clientWidth),
          ];
        })()`);
        assert(smallest >= 9.99, `${width}: text of ${smallest} pixels`);
        assertEquals(gap < 0, beside, `${width}: where the network is`);
        assertEquals(hidden, [0, 0, 0], `${width}: what has to be scrolled`);
      }
      assertEquals(complaints, []);
    });
  },
});

Deno.test({
  name: "in a browser, the picture before the scripts run is the same as after",
  ...inBrowser,
  fn: async () => {
    const bundle = await training()[display]();
    const seen: Record<string, string>[] = [];
    const controls = `<output></output><input>`;
    for (const shown of [bundle["image/svg+xml"] + controls, bundle["text/html"]]) {
      await withPage(`<!doctype html><meta charset="utf-8">${shown}`, async ({ page }) => {
        const { counter: _, slider: __, ...picture } = await look(page);
        seen.push(picture);
      });
    }
    assert(seen[0].widths.split(" ").length > 12 && seen[0].map.length > 1000);
    assertEquals(seen[1], seen[0]);
  },
});

Deno.test({
  name: "in a browser, markup in labels is not run, and several films on a page do not mix",
  ...inBrowser,
  fn: async () => {
    const label = "</script><img src=x onerror=alert(1)>";
    const x = new Value(2, { label });
    const both = await html(train(2)) + await html(steps(x.mul(3))) + await html(training());
    await withPage(both, async ({ page, complaints, requests }) => {
      const counters = () => page.locator("output").allTextContents();
      assertEquals(await counters(), ["1 / 2", "1 / 5", "1 / 40"]);
      await page.locator("input").nth(1).fill("3");
      await page.locator("input").nth(0).press("End");
      assertEquals(await counters(), ["2 / 2", "4 / 5", "1 / 40"]);
      assertEquals(
        await page.locator(".say b").textContent(),
        "Backward: v1 hands its gradient on",
      );
      assertEquals(await page.locator("img").count(), 0);
      const clips: string[] = await page.evaluate(
        `[...document.querySelectorAll("clipPath")].map(({ id }) => id)`,
      );
      assert(clips.length >= 4);
      assertEquals(new Set(clips).size, clips.length, "each picture has its own clips");
      assertEquals(complaints, []);
      assertEquals(requests, []);
    });
  },
});
