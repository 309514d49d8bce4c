/** A film of four frames whose picture is the number of the frame, in a browser without a window. */
import { type Film, frameSlider, renderFilm } from "../../../engine/show/film.ts";
import { imageElement } from "../../../engine/show/picture.ts";
import type { Page } from "playwright-core";
import { assert, assertEquals } from "../../support/assert.ts";
import { inBrowser, withPage } from "../../support/browser.ts";

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg">${inner}</svg>`;

/** A page with a film; what it shows are the words of its reel. */
function page(words: readonly string[], pace = 20): string {
  interface Root {
    querySelector(selector: string): { textContent: string };
  }
  const start = (root: Root, reel: readonly string[], put: () => void) => {
    put();
    return (at: number) => root.querySelector("text").textContent = reel[at];
  };
  const picture = svg(`<clipPath id="c"/><g clip-path="url(#c)"><text>still</text></g>`);
  return pageOf({
    sliders: [frameSlider("frame", words.length)],
    pace,
    still: imageElement(picture, "a number"),
    reel: words,
    start,
  });
}

function pageOf(film: Pick<Film, "sliders" | "pace" | "still" | "reel" | "start">): string {
  const common = { name: "test", description: "a test", use: "to make it move", style: "" };
  return `<!DOCTYPE html><meta charset="utf-8">${renderFilm({ ...common, ...film })}`;
}

/** What a film shows: its picture's text, its counter, where its slider is. */
async function look(page: Page, nth = 0): Promise<(string | null)[]> {
  const film = page.locator(".chainrule-test").nth(nth);
  return [
    await film.locator("svg").textContent(),
    await film.locator("output").textContent(),
    await film.locator("input").inputValue(),
  ];
}

const words = ["zero", "one", "two", "three"];
const frames = words.map((word, k) => [word, `${k + 1} / 4`, `${k}`]);

Deno.test(
  "buttons, keys and the slider lead to the same frames, and not beyond the ends",
  inBrowser,
  async () => {
    await withPage(page(words), async ({ page, complaints }) => {
      const press = (key: string) => page.keyboard.press(key);
      const click = (action: string) => page.locator(`[data-action="${action}"]`).click();
      assert(await page.locator(".bar").isVisible());
      assertEquals(await look(page), frames[0]);
      await page.locator(".chainrule-test").focus();
      const moves: [() => Promise<void>, frame: number][] = [
        [() => press("ArrowLeft"), 0],
        [() => press("ArrowRight"), 1],
        [() => press("End"), 3],
        [() => press("ArrowRight"), 3],
        [() => press("ArrowLeft"), 2],
        [() => press("Home"), 0],
        [() => click("next"), 1],
        [() => page.locator("input").fill("3"), 3],
        [() => click("back"), 2],
        [() => click("first"), 0],
      ];
      for (const [move, frame] of moves) {
        await move();
        assertEquals(await look(page), frames[frame]);
      }
      assertEquals(complaints, []);
    });
  },
);

Deno.test("play walks to the end, stops there, and begins anew after it", inBrowser, async () => {
  await withPage(page(words), async ({ page, complaints }) => {
    const play = page.locator('[data-action="play"]');
    await page.evaluate(`{
      globalThis.seen = [];
      const output = document.querySelector("output");
      new MutationObserver(() => seen.push(output.textContent[0])).observe(output, { childList: true });
    }`);
    for (const expected of ["234", "2341234"]) {
      await play.click();
      await page.waitForFunction(
        `seen.length >= ${expected.length} &&
          document.querySelector('[data-action="play"]').textContent === "play"`,
      );
      assertEquals(await page.evaluate(`seen.join("")`), expected);
    }
    assertEquals(complaints, []);
  });
});

Deno.test("a hand on the film ends its playing", inBrowser, async () => {
  await withPage(page(words, 100_000), async ({ page }) => {
    const play = page.locator('[data-action="play"]');
    for (
      const hand of [
        () => page.locator('[data-action="next"]').click(),
        () => page.locator("input").fill("0"),
        () => page.locator("input").press("ArrowRight"),
        () => play.click(),
      ]
    ) {
      await play.click();
      assertEquals(await play.textContent(), "pause");
      await hand();
      assertEquals(await play.textContent(), "play");
    }
  });
});

Deno.test(
  "two films on a page move by themselves, each with a clip of its own",
  inBrowser,
  async () => {
    await withPage(page(words) + page(["A", "B", "C", "D"]), async ({ page }) => {
      await page.locator("input").nth(1).fill("2");
      assertEquals([await look(page), await look(page, 1)], [frames[0], ["C", "3 / 4", "2"]]);
      const clips = await page.locator("clipPath").evaluateAll((all) => all.map(({ id }) => id));
      const users = await page.locator("[clip-path]").evaluateAll((all) =>
        all.map((user) => user.getAttribute("clip-path"))
      );
      assertEquals(new Set(clips).size, 2);
      assertEquals(users, clips.map((id) => `url(#${id})`));
    });
  },
);

Deno.test(
  "two sliders choose together, by keys that go no further, and say where they are",
  inBrowser,
  async () => {
    const start = (_root: unknown, reel: string, put: (html: string) => void) =>
    (
      a: number,
      b: number,
    ) => put(`<p>${reel} ${a} ${b}</p>`);
    const sliders = [
      { label: "a", stops: ["low", "high"] },
      { label: "b", stops: ["-1", "0", "1"], start: 1 },
    ];
    const html = pageOf({ sliders, still: "nothing yet", reel: "at", start });
    await withPage(html, async ({ page, complaints }) => {
      await page.evaluate(`document.body.addEventListener("keydown", () => document.title += "!")`);
      const view = page.locator(".view");
      const [a, b] = ["a", "b"].map((name) => page.getByLabel(name, { exact: true }));
      const said = async () => [
        await view.textContent(),
        await a.getAttribute("aria-valuetext"),
        await b.getAttribute("aria-valuetext"),
        ...await page.locator("output").allTextContents(),
      ];
      assertEquals(await said(), ["at 0 1", "low", "0", "low", "0"]);
      await b.press("ArrowRight");
      assertEquals(await said(), ["at 0 2", "low", "1", "low", "1"]);
      await a.press("End");
      assertEquals(await said(), ["at 1 2", "high", "1", "high", "1"]);
      await b.press("Home");
      assertEquals(await said(), ["at 1 0", "high", "-1", "high", "-1"]);
      assertEquals([await page.title(), complaints], ["", []]);
    });
  },
);

Deno.test("a film inside a film moves by itself", inBrowser, async () => {
  const inner = pageOf({
    sliders: [{ label: "inner", stops: ["0", "1"] }],
    still: "",
    reel: null,
    start: (_root: unknown, _reel: null, put: (html: string) => void) => (at: number) =>
      put(`<i>${at}</i>`),
  });
  const outer = pageOf({
    sliders: [{ label: "outer", stops: ["0", "1"] }],
    still: "",
    reel: inner,
    start: (_root: unknown, reel: string, put: (html: string) => void) => (at: number) =>
      put(`<b>${at}</b>${reel}`),
  });
  await withPage(outer, async ({ page, complaints }) => {
    const look = async () => [
      await page.locator("b").textContent(),
      await page.locator("i").textContent(),
    ];
    assertEquals(await look(), ["0", "0"]);
    await page.getByLabel("inner").press("ArrowRight");
    assertEquals(await look(), ["0", "1"]);
    await page.getByLabel("outer").press("ArrowRight");
    assertEquals(await look(), ["1", "0"]);
    assertEquals(complaints, []);
  });
});
