/**
 * Reads the book of the stored notebooks in a browser without a window: every page, in both
 * themes, wide and on a phone. With `SCREENSHOTS=1`, screenshots are kept in
 * `.output/screenshots/book`.
 */
import { basename, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { findNotebooks } from "../../notebooks/jupyter/notebooks.ts";
import { lock, root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { brokenLinks, foreignLoads, readPages } from "./book_links.ts";
import { madeBook } from "./made_book.ts";
import { obstacles } from "./reach.ts";
import { inBrowser, keepsScreenshots, untilDrawn, watch, withBrowser } from "../support/browser.ts";
import { serveFolder } from "../support/serve_folder.ts";

const screenshots = join(root, ".output", "screenshots", "book");
const widths = [1280, 360];
let folder: string;
let pages: Awaited<ReturnType<typeof readPages>>;

Deno.test.beforeAll(async () => {
  folder = await madeBook();
  pages = await readPages(folder);
});

/** The pages that Sphinx made of notebooks and texts, not those of source files. */
function chapters(): string[] {
  return [...pages.keys()].filter((path) => !path.includes("/")).sort();
}

/**
 * Few of the pages that the book has beside its own, which have between them whatever can have a
 * look of its own in any of them: an element with its classes.
 */
async function others(): Promise<string[]> {
  const left = new Map<string, Set<string>>();
  for (const path of [...pages.keys()].filter((path) => path.includes("/")).sort()) {
    const html = await Deno.readTextFile(join(folder, path));
    left.set(path, new Set(html.match(/<\w+(?= )(?:[^>]* class="[^"]*")?/g)?.map(kindOf)));
  }
  const chosen: string[] = [];
  while (left.size > 0) {
    const [path, kinds] = [...left].reduce((a, b) => b[1].size > a[1].size ? b : a);
    if (kinds.size === 0) break;
    chosen.push(path);
    left.delete(path);
    for (const rest of left.values()) for (const kind of kinds) rest.delete(kind);
  }
  return chosen;
}

function kindOf(tag: string): string {
  return `${tag.match(/^<\w+/)} ${tag.match(/ class="([^"]*)"$/)?.[1] ?? ""}`;
}

function browserTest(
  name: string,
  fn: (browser: Browser, url: string) => Promise<void>,
): void {
  Deno.test({
    name,
    ...inBrowser,
    fn: async () => {
      await using server = serveFolder(folder);
      await withBrowser((browser) => fn(browser, server.url));
    },
  });
}

Deno.test("every notebook has a page, and offers itself", async () => {
  for (const path of await findNotebooks()) {
    const name = basename(path, ".ipynb");
    const page = pages.get(`${name}.html`);
    assert(page !== undefined, name);
    assert(page.links.includes(`notebooks/${name}.ipynb`), name);
    assertEquals(
      await Deno.readTextFile(join(folder, "notebooks", `${name}.ipynb`)),
      await Deno.readTextFile(path),
    );
  }
});

Deno.test("whoever makes the book while another does so waits, and is told", async () => {
  using _lock = await lock("book", "nobody");
  const process = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "notebooks/book/build.ts"],
    cwd: root,
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const stderr = process.stderr.pipeThrough(new TextDecoderStream()).getReader();
  assertEquals((await stderr.read()).value, "Waiting: another process is making the book.\n");
  process.kill("SIGKILL");
  await stderr.cancel();
  await process.status;
});

Deno.test("every link of the book leads somewhere, and no page loads anything from elsewhere", async () => {
  assert(pages.size > 100, `only ${pages.size} pages`);
  assertEquals(await brokenLinks(folder, pages), []);
  assertEquals(foreignLoads(pages), []);
});

Deno.test("a broken link, a missing anchor and a foreign script are found", async () => {
  const page = (links: string[], loads: string[] = []) => ({ ids: new Set(["a"]), links, loads });
  const made = new Map([
    ["x.html", page(["y.html#a", "y.html#b", "z.html", "#a"], ["https://example.org/a.js"])],
    ["y.html", page(["x.html"], ["none.png"])],
  ]);
  assertEquals(await brokenLinks(folder, made), [
    "x.html -> y.html#b",
    "x.html -> z.html",
    "y.html -> none.png",
  ]);
  assertEquals(foreignLoads(made), ["x.html -> https://example.org/a.js"]);
});

Deno.test("the reference imports the library by its name", async () => {
  const html = await Deno.readTextFile(join(folder, "api", "~", "MLP.html"));
  assertMatch(html, /import \{ MLP \} from &quot;chainrule&quot;/);
  assert(!/from &quot;\.&quot;|>default</.test(html));
});

Deno.test("previous and next lead through all pages", async () => {
  const neighbour = async (path: string, direction: string) => {
    const html = await Deno.readTextFile(join(folder, path));
    return html.match(new RegExp(`<link rel="${direction}"[^>]* href="([^"]+)"`))?.[1];
  };
  const visited = ["index.html"];
  for (let next; (next = await neighbour(visited.at(-1)!, "next")); visited.push(next)) {
    assert(visited.length < 100, "a circle");
    assertEquals(await neighbour(next, "prev"), visited.at(-1));
  }
  assertEquals(visited.toSorted(), chapters().filter((path) => path !== "search.html"));
});

browserTest(
  "every page is whole, wide and narrow, light and dark, moves, and can be read by everybody",
  async (browser, url) => {
    if (keepsScreenshots) await Deno.mkdir(screenshots, { recursive: true });
    const [own, made] = [chapters(), await others()];
    assert(own.length > 15 && made.length > 5, `${[own, made]}`);
    const paths = [...own, ...made];
    const visits = widths.flatMap((width) => paths.map((path) => ({ path, width }))).values();
    // One tab shows one page after the other: for a new one Chromium starts a process.
    const context = await browser.newContext();
    let moved = 0;
    const seenByAxe = new Set<string>();
    const visit = async () => {
      const { page, complaints, requests } = watch(await context.newPage());
      for (const { path, width } of visits) {
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: "light" });
        await page.goto(url + encodeURI(path));
        await showCharts(page);
        await untilDrawn(page);
        for (const theme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme: theme });
          const seen = await page.evaluate<Seen>(look);
          const at = `${path}, ${theme}, ${width} pixels wide`;
          assertEquals(seen.broken, [], at);
          assert(seen.width <= width, `${at}: the page is ${seen.width} pixels wide`);
          if (keepsScreenshots) await photograph(page, seen, `${path}-${width}-${theme}`);
        }
        for (const move of [moveFilms, moveInteractions, moveFolds]) {
          const count = await move(page, path);
          moved += count;
        }
        // The rules do not depend on a page's width.
        if (width === widths[0]) assertEquals(await obstacles(page, seenByAxe), [], path);
        const elsewhere = requests.filter((request) => !request.startsWith(url));
        assertEquals([...complaints, ...elsewhere], [], `${path}, ${width} pixels wide`);
      }
    };
    await Promise.all([visit(), visit(), visit(), visit()]);
    assert(moved >= 20, `only ${moved} interactive displays were found`);
  },
);

browserTest(
  "without scripts the stored pictures stand in the charts' places",
  async (browser, url) => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const loaded = new Set<string>();
    page.on("response", (response) => void (response.ok() && loaded.add(response.url())));
    let charts = 0;
    for (const path of chapters()) {
      const html = await Deno.readTextFile(join(folder, path));
      if (!html.includes('<figure class="chart"')) continue;
      await page.goto(url + path);
      const images = page.locator("figure.chart > img");
      const addresses = await images.evaluateAll((all) =>
        all.map((image) => Reflect.get(image, "src"))
      );
      for (const address of addresses) assert(loaded.has(address), `${path}: no picture`);
      charts += addresses.length;
    }
    assert(charts > 20, `only ${charts} charts`);
  },
);

browserTest("a chart that cannot be embedded stays a picture", async (browser, url) => {
  const page = await browser.newPage();
  await page.route("**/vega-lite.min.js", (route) => route.abort());
  const said = page.waitForEvent("console", (message) => message.text().includes("a picture"));
  await page.goto(`${url}08_digits.html`);
  const chart = page.locator("figure.chart").first();
  await chart.scrollIntoViewIfNeeded();
  await said;
  assertEquals(await chart.locator("img").count(), 1);
});

browserTest("a formula that cannot be drawn is found", async (browser, url) => {
  const page = await browser.newPage();
  const { complaints } = watch(page);
  const address = `${url}01_the_chain_rule.html`;
  await page.route(address, async (route) => {
    const html = await (await route.fetch()).text();
    await route.fulfill({
      body: html.replace('class="math">\\(', "$&\\unknown "),
      contentType: "text/html",
    });
  });
  await page.goto(address);
  const { broken } = await page.evaluate<Seen>(look);
  assertMatch(broken.join(), /formula .*unknown/);
  assertMatch(complaints.join(), /KaTeX/);
});

browserTest("search finds a word, from a server and from the file itself", async (browser, url) => {
  for (const base of [url, `file://${folder}/`]) {
    const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
    await page.goto(`${base}index.html`);
    await page.locator("input[name=q]").first().fill("zigzag");
    await page.keyboard.press("Enter");
    await page.locator('#search-results a[href*="06_optimizers.html"]').first().waitFor();
    await page.close();
  }
});

browserTest("search finds sections and the reference, in either spelling", async (browser, url) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const { complaints } = watch(page);
  const finds = async (words: string, address: string) => {
    await page.goto(`${url}search.html?q=${encodeURIComponent(words)}`);
    await page.locator(`#search-results a[href*="${address}"]`).first().waitFor();
  };
  await finds("weightDecay", "api/~/AdamOptions.weightDecay.html");
  await finds("softmax", "api/~/softmax.html");
  await finds("dead units", "07_initialisation.html#dead-units");
  for (const word of ["neighbour", "neighbor"]) await finds(word, "08_digits.html");
  for (const word of ["regularisation", "regularization"]) await finds(word, "05_two_moons.html");
  for (const word of ["optimizer", "optimiser"]) await finds(word, "06_optimizers.html");
  assertEquals(complaints, []);
});

browserTest("at 1280 pixels the page's contents stand beside the text", async (browser, url) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${url}06_optimizers.html`);
  const contents = await page.locator(".toc-drawer .toc-tree").boundingBox();
  const text = await page.locator(".content article").boundingBox();
  assert(contents && text, "one of them is missing");
  assert(contents.x >= text.x + text.width && contents.x + contents.width <= 1280, "no room");
  assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 1280);
});

browserTest(
  "on paper there is the text and nothing to press, and no line is cut",
  async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 700, height: 1000 } });
    await page.goto(`${url}03_a_neural_network.html`);
    await page.locator(".live-bar").first().waitFor();
    await page.emulateMedia({ media: "print" });
    const seen = await page.evaluate<string[]>(`[
    ...[...document.querySelectorAll(".skip-to-content, .live-bar, .back-to-top, .headerlink")]
      .filter((element) => element.getClientRects().length > 0).map(({ className }) => className),
    ...[...document.querySelectorAll("article pre")]
      .filter((pre) => pre.scrollWidth > pre.clientWidth + 1).map((pre) => "cut: " + pre.textContent),
  ]`);
    assertEquals(seen, []);
  },
);

browserTest("a film that is wider than a phone scrolls to what moves", async (browser, url) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  await page.goto(`${url}index.html`);
  const film = page.locator(".chainrule-steps").first();
  const inView = `(() => {
    const view = document.querySelector(".chainrule-steps .view");
    const [turn, box] = [view.querySelector(".turn"), view].map((e) => e?.getBoundingClientRect());
    return !turn || (turn.left >= box.left - 1 && turn.right <= box.right + 1);
  })()`;
  const count = Number((await film.locator("output").textContent())?.split("/")[1]);
  for (let i = 1; i < count; i++) {
    await film.locator('[data-action="next"]').click();
    await page.waitForFunction(inView);
  }
  assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 390);
});

browserTest(
  "on a phone charts are laid out anew, their legends below them",
  async (browser, url) => {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await page.goto(`${url}06_optimizers.html`);
    const figures = await page.locator("figure.chart").all();
    for (const [i, figure] of figures.entries()) {
      await figure.scrollIntoViewIfNeeded();
      await figure.locator("svg").waitFor();
      const seen = await page.evaluate<{ smallest: number; beside: number }>(`(() => {
      const svg = document.querySelectorAll("figure.chart")[${i}].querySelector("svg");
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      const sizes = [...svg.querySelectorAll("text")].filter((text) => text.textContent)
        .map((text) => scale * parseFloat(getComputedStyle(text).fontSize));
      const plot = svg.querySelector(".role-frame .background").getBoundingClientRect();
      const legends = [...svg.querySelectorAll(".role-legend-entry")]
        .map((legend) => legend.getBoundingClientRect());
      return {
        smallest: Math.min(...sizes),
        beside: legends.filter(({ left, top }) => left >= plot.right && top < plot.bottom).length,
      };
    })()`);
      const title = await figure.locator("text").first().textContent();
      assert(seen.smallest > 9.4, `${title}: text of ${seen.smallest} pixels`);
      assertEquals(seen.beside, 0, `${title}: legends beside it`);
    }
  },
);

Deno.test("chapters lead to the glossary and to the reference", () => {
  for (const path of chapters().filter((path) => /^\d/.test(path))) {
    const { links } = pages.get(path)!;
    const count = (beginning: string) => links.filter((link) => link.startsWith(beginning)).length;
    assert(count("glossary.html#term-") >= 8, `${path}: ${count("glossary.html#term-")} terms`);
    assert(count("api/~/") >= 3, `${path}: ${count("api/~/")} names`);
  }
});

browserTest("the theme can be chosen, and is kept", async (browser, url) => {
  const page = await browser.newPage({
    viewport: { width: 1200, height: 800 },
    colorScheme: "light",
  });
  await page.goto(`${url}index.html`);
  const background = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const light = await background();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await background();
  assert(light !== dark, "the page does not follow the system");
  const toggle = page.locator(".theme-toggle:visible").first();
  for (let i = 0; i < 2 && await background() === dark; i++) await toggle.click();
  assertEquals(await background(), light);
  await page.goto(`${url}02_backpropagation.html`);
  assertEquals(await background(), light);
  assertEquals(await page.evaluate("getComputedStyle(document.body).colorScheme"), "light");
});

async function moveFilms(page: Page, path: string): Promise<number> {
  const films = await page.locator('.bar:has([data-action="next"])').all();
  for (const film of films) {
    const counter = film.locator("output");
    const before = await counter.textContent();
    await film.locator('[data-action="next"]').click();
    assert(before !== await counter.textContent(), `${path}: a film stands still`);
    await film.locator("input[type=range]").fill("0");
    assertEquals(await counter.textContent(), before, `${path}: a film's slider does nothing`);
  }
  return films.length;
}

async function moveInteractions(page: Page, path: string): Promise<number> {
  const interactions = await page.locator(".chainrule-interact").all();
  for (const moved of interactions) {
    const slider = moved.locator(".bar :is(input, select)").first();
    const texts = new Set<string>();
    for (const key of ["Home", "End"]) {
      await slider.press(key);
      texts.add(await moved.locator("output").first().textContent() ?? "");
    }
    assertEquals(texts.size, 2, `${path}: a slider of interact() does nothing`);
  }
  return interactions.length;
}

async function moveFolds(page: Page, path: string): Promise<number> {
  const folds = await page.locator(".chainrule-fold").all();
  for (const fold of folds) {
    await fold.locator("[role=button]").first().click();
    assertMatch(await fold.locator(".path").innerText(), /›/, `${path}: a graph does not open`);
  }
  return folds.length;
}

/** Scrolls to each chart and waits until it is live. */
async function showCharts(page: Page): Promise<void> {
  for (const chart of await page.locator("figure.chart").all()) {
    await chart.scrollIntoViewIfNeeded();
    await chart.locator("svg").first().waitFor();
  }
  await page.waitForFunction("[...document.images].every((image) => image.complete)");
}

/** What is there of a page. */
interface Seen {
  width: number;
  height: number;
  /** What should not be there, in words. */
  broken: string[];
}

/** Runs in the browser and answers with what is {@link Seen}. */
const look = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const { scrollWidth, scrollHeight } = document.documentElement;
  return {
    width: scrollWidth,
    height: scrollHeight,
    broken: [
      ...all("img").filter((image) => image.naturalWidth === 0).map((image) => "empty " + image.src),
      ...all(".katex-error").map((error) => "formula " + error.textContent),
      ...all("span.math, div.math").filter((math) => !math.querySelector(".katex"))
        .map((math) => "formula " + math.textContent),
      ...all("figure.chart").filter((chart) => chart.querySelectorAll("svg path").length < 3)
        .map((chart) => "chart " + chart.textContent),
      ...all("figure.chart").filter((chart) => chart.scrollWidth > chart.clientWidth + 1)
        .map((chart) => "a chart that is wider than its page: " + chart.textContent),
      ...all("pre, figure, .view, div.output.text_html").filter((box) =>
        !box.closest("details:not([open])") && box.scrollWidth > box.clientWidth + 1 &&
        getComputedStyle(box).overflowX !== "visible" &&
        !box.matches(".more-left, .more-right")
      ).map((box) => "a box that scrolls and does not show it: " + box.textContent.slice(0, 80)),
      ...all("figure.chart details").map(() => "a menu of actions"),
      ...all("figure.chart .role-legend").filter((legend) => {
        const box = legend.closest("figure").getBoundingClientRect();
        return legend.getBoundingClientRect().left > box.right;
      }).map((legend) => "a legend out of sight: " + legend.textContent),
    ],
  };
})()`;

async function photograph(page: Page, { width, height }: Seen, name: string): Promise<void> {
  await page.screenshot({
    path: join(screenshots, `${name.replace(".html", "").replaceAll(/[/~]+/g, "-")}.jpg`),
    type: "jpeg",
    quality: 70,
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(height, 16_000) },
  });
}
