/**
 * A page of the book as a reader uses it: runs cells, edits them, answers
 * exercises, stops what does not end. With `SCREENSHOTS=1`, screenshots are kept
 * in `.output/screenshots/live`.
 */
import { join } from "node:path";
import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { root } from "../../../notebooks/jupyter/setup.ts";
import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import {
  askUntil,
  browserPath,
  keepsScreenshots,
  type OpenPage,
  watch,
  withBrowser,
} from "../../support/browser.ts";
import { serveFolder } from "../../support/serve_folder.ts";
import { madeBook } from "../made_book.ts";

const screenshots = join(root, ".output", "screenshots", "live");
let folder: string;

if (!browserPath) {
  console.log("Tests of live pages skipped: no Chromium or Chrome on the PATH.");
}

Deno.test.beforeAll(async () => {
  if (!browserPath) return;
  if (keepsScreenshots) await Deno.mkdir(screenshots, { recursive: true });
  folder = await madeBook();
});

/** A live page, and what a reader does on it. */
interface Reader extends OpenPage {
  url: string;
  /** The cell of that number, from 1. */
  cell(number: number): Locator;
  /** The button of a cell. */
  button(cell: number, name: string): Locator;
  /** What a cell says below its code. */
  said(cell: number, text: RegExp): Promise<string>;
  /** What a cell shows. */
  output(cell: number): Locator;
  /** Runs a cell and waits until it is done; returns what it shows. */
  run(cell: number): Promise<string>;
  /** Puts code into a cell, through its editor. */
  type(cell: number, code: string): Promise<void>;
}

const loop = "03_a_neural_network.html";
const chain = "01_the_chain_rule.html";

function pageTest(
  name: string,
  path: string,
  use: (reader: Reader) => Promise<void>,
  options: BrowserContextOptions = {},
): void {
  Deno.test({
    name,
    ignore: !browserPath,
    fn: async () => {
      await using server = serveFolder(folder);
      await withBrowser(async (browser) => {
        const viewport = { width: 1280, height: 900 };
        const page = await browser.newPage({ viewport, ...options });
        const opened = watch(page);
        await page.goto(server.url + path);
        await use({ ...opened, ...readerOf(page), url: server.url });
        const elsewhere = opened.requests.filter((request) => !request.startsWith(server.url));
        assertEquals([...opened.complaints, ...elsewhere], []);
      });
    },
  });
}

function readerOf(
  page: Page,
): Pick<Reader, "cell" | "button" | "said" | "output" | "run" | "type"> {
  const group = (number: number) =>
    page.getByRole("group", { name: `cell ${number}`, exact: true });
  const cell = (number: number) => page.locator("div.cell", { has: group(number) });
  const button = (number: number, name: string) =>
    group(number).getByRole("button", { name, exact: true });
  const output = (number: number) => cell(number).locator("> .cell_output");
  const said = async (number: number, text: RegExp) => {
    const status = group(number).getByRole("status").filter({ hasText: text });
    await status.waitFor();
    return await status.innerText();
  };
  const run = async (number: number) => {
    const done = page.evaluate(`new Promise((resolve) => {
      const cell = document.querySelectorAll("div.cell")[${number - 1}];
      let hasStarted = false;
      new MutationObserver(() => {
        if (cell.classList.contains("live-running")) hasStarted = true;
        else if (hasStarted) resolve();
      }).observe(cell, { attributes: true });
    })`);
    await button(number, "Run").click();
    await done;
    return (await output(number).innerText()).trim();
  };
  const type = async (number: number, code: string) => {
    await button(number, "Edit").click();
    await cell(number).getByRole("textbox").waitFor();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.insertText(code);
  };
  return { cell, button, output, said, run, type };
}

/** How many bytes a server sends for a file, compressed. */
async function compressed(path: string): Promise<number> {
  const file = new Blob([await Deno.readFile(path)]).stream();
  return (await new Response(file.pipeThrough(new CompressionStream("gzip"))).bytes()).length;
}

pageTest("a page costs little until something is run or edited", loop, async (reader) => {
  const { page, requests, url, button, run } = reader;
  const fetched = new Set<string>();
  /** The compressed size of what has been fetched since the last time. */
  const cost = async () => {
    const paths = requests.map((request) => new URL(request).pathname).filter((path) =>
      /\/live(\/|\.css|\.js)/.test(path) && !fetched.has(path)
    );
    for (const path of paths) fetched.add(path);
    const sizes = [...new Set(paths)].map((path) => compressed(join(folder, path)));
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  };
  await button(1, "Run").waitFor();
  await page.waitForTimeout(200);
  assertEquals(page.workers().length, 0, "nothing runs without a click");
  const costs = [await cost()];
  await run(1);
  costs.push(await cost());
  await button(2, "Edit").click();
  await reader.cell(2).getByRole("textbox").waitFor();
  costs.push(await cost());
  console.log(`bytes: page ${costs[0]}, first Run ${costs[1]}, first Edit ${costs[2]}`);
  assert(costs[0] > 1_000 && costs[0] <= 5 * 1024, `the page costs ${costs[0]} bytes more`);
  assert(costs[1] <= 250 * 1024, `the first Run costs ${costs[1]} bytes`);
  assert(costs[2] <= 150 * 1024, `the first Edit costs ${costs[2]} bytes`);
  assertEquals(requests.filter((request) => !request.startsWith(url)), []);
});

pageTest("Run runs the cells above first, quietly, and the page does not jump", loop, async (r) => {
  const { page, button, output, said, run } = r;
  const before = await output(6).innerHTML();
  const watched = await page.evaluate<number>(
    `1 + [...document.querySelectorAll("div.cell")].findIndex((cell) =>
    cell.querySelector("pre").textContent.includes("monitor("))`,
  );
  await button(watched - 1, "Run").scrollIntoViewIfNeeded();
  const place = () => page.evaluate<number>("scrollY");
  const start = await place();
  const shown = await run(watched - 1);
  assertMatch(await said(watched - 1, /s$/), /^\d+(\.\d)? m?s$/);
  assertEquals(await place(), start);
  assertEquals(await output(6).innerHTML(), before, "the outputs above are the book's");
  assert(!/Error/.test(shown), shown);
  await run(watched);
  // The monitor's last picture is a chart, which is drawn after the cell has ended.
  await output(watched).locator("svg, img").first().waitFor();
  assertMatch(await run(watched + 1), /0: 0\.0/);
});

pageTest(
  "an edited cell gives something new, also to the cells below; Reset takes it back",
  chain,
  async (r) => {
    const { page, button, output, said, run, type, cell } = r;
    const stored = await output(3).innerHTML();
    await type(2, "let answer = 6 as number;\nconsole.log(answer * 7);");
    assertMatch(await said(2, /Edited/), /kept in this browser until Reset/);
    assertEquals(await run(2), "42");
    await type(3, "answer = answer + 1;\nanswer");
    assertEquals(await run(3), "7");
    await type(4, "function f(x: number) {\n  return x.foo.bar;\n}\n\nf(answer);");
    assertMatch(
      await run(4),
      /^TypeError: Cannot read properties of undefined.*\n\s+in f, line 2\n\s+in line 5$/,
    );
    assertEquals(await output(4).getByRole("alert").count(), 1);
    await page.reload();
    await page.locator(".live-edited").nth(2).waitFor();
    await cell(3).locator(".cm-content, pre").first().filter({ hasText: "answer + 1" }).waitFor();
    assertEquals(await run(3), "7", "edits are kept, and what is above runs again");
    await button(3, "Reset").click();
    assertEquals(await output(3).innerHTML(), stored);
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByText("All cells are the book's again").waitFor();
    await page.reload();
    assertEquals(await button(2, "Reset").isDisabled(), true, "nothing is kept after Reset");
    assertEquals(await cell(2).locator(".cm-content").count(), 0);
  },
);

pageTest(
  "Stop ends a loop and a flood within half a second, and says what is gone",
  chain,
  async (r) => {
    const { page, button, said, run, type } = r;
    const endless = [
      "while (true) {}",
      'while (true) console.log("flood", { a: [1, 2, 3] });',
      "for (let i = 0;; i++) Deno.jupyter.broadcast('display_data', " +
      "{ data: { 'text/html': `<b>${i}</b>` }, metadata: {}, transient: {} });",
      "for (let i = 0;; i++) Deno.jupyter.broadcast('update_display_data', " +
      "{ data: { 'text/html': `<b>${i}</b>` }, metadata: {}, transient: { display_id: 'x' } });",
      "await new Promise(() => {});",
    ];
    /** Runs the cell and stops it; resolves to the milliseconds that the stop took. */
    const stop = async (): Promise<number> => {
      await button(2, "Run").click();
      await said(2, /running/);
      await page.waitForTimeout(600);
      // From the click as the browser got it, so that the test's own machinery does not count.
      const time = page.evaluate<number>(`new Promise((resolve) => {
        let start;
        addEventListener("click", ({ timeStamp }) => start = timeStamp, { capture: true, once: true });
        const status = document.querySelectorAll("div.cell")[1].querySelector(".live-bar output");
        new MutationObserver(() => {
          if (status.textContent.startsWith("Stopped")) resolve(performance.now() - start);
        }).observe(status, { childList: true });
      })`);
      await button(2, "Stop").click();
      await said(2, /Stopped\. The variables are gone/);
      return await time;
    };
    for (const code of endless) {
      await type(2, code);
      let time = await stop();
      // A computer that has much else to do may be late a few times.
      for (let i = 0; i < 9 && time >= 500; i++) time = await stop();
      assert(time < 500, `${code} took ${time} ms to stop`);
      if (code !== endless[0]) continue;
      // Chromium waits up to two seconds before it ends a busy worker by force.
      const left = () => Promise.resolve(page.workers().length);
      assertEquals(await askUntil((count) => count === 0, left), 0, code);
    }
    await type(2, "let fresh = 5; fresh");
    assertEquals(await run(2), "5");
  },
);

pageTest(
  "exercises are checked, remembered and counted; the solution comes after a try",
  chain,
  async (r) => {
    const { page, button, run, type, cell, url } = r;
    const number = await page.evaluate<number>(
      `1 + [...document.querySelectorAll("div.cell")].findIndex((cell) =>
      cell.querySelector("pre").textContent.includes('check("1.1"'))`,
    );
    const answer = (body: string) =>
      `const slopeOfParabola = (x: number): number => ${body};\n\ncheck("1.1", slopeOfParabola);`;
    assertMatch(await run(number), /not answered yet/);
    assertEquals(await button(number, "Solution").count(), 0, "not before a try");
    await type(number, answer("6 * x"));
    assertMatch(await run(number), /✗ Exercise 1\.1.*not yet[^]*Hint/);
    await button(number, "Solution").click();
    const solution = cell(number).locator(".live-solution");
    await solution.getByText("6 * x - 4").first().waitFor();
    await solution.locator(".katex").first().waitFor();
    await button(number, "Solution").click();
    assertEquals(await solution.count(), 0);
    await type(number, answer("6 * x - 4"));
    assertMatch(await run(number), /✓ Exercise 1\.1.*right/);
    await cell(number).getByText("✓ solved").waitFor();
    await page.reload();
    await cell(number).getByText("✓ solved").waitFor();
    await page.goto(`${url}index.html`);
    await page.getByText(/1 of \d+ exercises solved/).waitFor();
    assertEquals(await page.locator(".live-progress").count(), 1);
  },
);

pageTest(
  "outputs are shown as in Jupyter: pictures, charts, formulas, HTML, updates",
  chain,
  async (r) => {
    const { page, run, type, output } = r;
    await type(
      2,
      `import { Chart, draw, formula, math, Value } from "chainrule";
const show = (type, content, id) => Deno.jupyter.broadcast(
  id === "old" ? "update_display_data" : "display_data",
  { data: { [type]: content }, metadata: {}, transient: { display_id: id?.replace("old", "a") } });
show("text/html", "<b id='made'>1</b><script>document.querySelector('#made').textContent = '2'</script>");
show("text/latex", "$$\\\\frac{a}{b}$$");
show("text/plain", "first", "a");
show("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20"><circle r="9"/></svg>');
show("text/plain", "updated", "old");
console.log("out");
console.error("err");
new Chart({ data: { values: [{ x: 1, y: 2 }, { x: 2, y: 3 }] }, mark: "point",
  encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } } }, "a chart")`,
    );
    const text = await run(2);
    assertMatch(text, /^2\n/);
    assertMatch(text, /updated[^]*out\s+err/);
    assert(!text.includes("first"), text);
    assertEquals(await output(2).locator(".katex .mfrac").count(), 1);
    assertEquals(await output(2).locator("figure.picture img").count(), 1);
    await output(2).locator("figure.chart svg path").nth(2).waitFor({ state: "attached" });
    if (keepsScreenshots) await page.screenshot({ path: join(screenshots, "outputs.png") });
  },
);

pageTest("output that comes late goes to its cell", chain, async (r) => {
  const { run, type, output } = r;
  await type(2, 'setTimeout(() => console.log("late"), 500); console.log("soon");');
  await type(3, 'console.log("other");');
  assertEquals(await run(2), "soon");
  assertEquals(await run(3), "other");
  await output(2).getByText("late").waitFor();
  assertEquals((await output(3).innerText()).trim(), "other");
});

pageTest(
  "Run all runs every cell in a new kernel, and Reset all gives back the book",
  chain,
  async (r) => {
    const { page, output, button, cell } = r;
    const stored = await output(3).innerHTML();
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByText("All cells have run.").waitFor();
    assertEquals(await page.getByRole("alert").count(), 0);
    assertEquals(await button(2, "Reset").isDisabled(), false);
    assertEquals(
      await cell(1).getByRole("status").innerText().then((text) => /s$/.test(text)),
      true,
    );
    await page.getByRole("button", { name: "Reset all" }).click();
    await page.getByText("All cells are the book's again").waitFor();
    assertEquals(await output(3).innerHTML(), stored);
  },
);

pageTest(
  "an error above is told where it was asked for, and what can be done about it",
  chain,
  async (r) => {
    const { run, type, said, output } = r;
    await type(2, "null.x");
    await run(4);
    assertMatch(await said(4, /needs/), /It needs cell 2, which failed/);
    assertMatch(await output(2).innerText(), /^TypeError: .*\n\s+in line 1$/);
    await type(2, "let kind = 1;");
    await run(2);
    await type(2, "const kind = 1;");
    assertMatch(await run(2), /already been declared[^]*Run all begins anew/);
  },
);

pageTest("everything can be done with the keyboard", chain, async (r) => {
  const { page, button, output, cell, said } = r;
  await button(2, "Run").focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await cell(2).getByRole("textbox", { name: /Code of cell 2/ }).waitFor();
  await page.keyboard.press("ControlOrMeta+A");
  await page.keyboard.type("1 +\n1");
  await page.keyboard.press("Shift+Enter");
  await said(2, /s$/);
  assertEquals((await output(2).innerText()).trim(), "2");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Run");
  await page.keyboard.press("Shift+Enter");
  await said(2, /s$/);
  assertEquals((await output(2).innerText()).trim(), "2");
});

for (const colorScheme of ["light", "dark"] as const) {
  pageTest(
    `on a phone the editor's text is large enough, and all can be read (${colorScheme})`,
    loop,
    async (r) => {
      const { page, cell, run, type } = r;
      await type(
        2,
        "const x = 1;\nnull.x; // a line that is longer than the screen of a phone is wide",
      );
      await run(2);
      const size = await page.evaluate<string>(
        'getComputedStyle(document.querySelector(".cm-content")).fontSize',
      );
      assert(parseFloat(size) >= 16, `${size}: iOS zooms in`);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 390);
      const poor = await page.evaluate<string[]>(poorContrast);
      assertEquals(poor, []);
      await cell(2).scrollIntoViewIfNeeded();
      if (keepsScreenshots) {
        await page.screenshot({ path: join(screenshots, `phone-${colorScheme}.png`) });
      }
    },
    { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme },
  );
}

/** The buttons, texts and code of the live parts whose contrast is below 4.5, in the browser. */
const poorContrast = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((x) => x / 255).map((x) =>
      x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if ((numbers(color)[3] ?? 1) > 0) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const parts = ".live-bar button:enabled, .live-bar p, .live-bar output, .live-editor .cm-line span, .live-error pre";
  return [...document.querySelectorAll(parts)].flatMap((element) => {
    const [a, b] = [light(getComputedStyle(element).color), light(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5 ? [element.textContent + ": " + contrast.toFixed(1)] : [];
  });
})()`;

Deno.test({
  name: "without scripts a page is what it was before, and opened as a file it says what it lacks",
  ignore: !browserPath,
  fn: async () => {
    await using server = serveFolder(folder);
    await withBrowser(async (browser) => {
      for (
        const [url, javaScriptEnabled] of [[server.url, false], [
          `file://${folder}/`,
          true,
        ]] as const
      ) {
        const page = await browser.newPage({ javaScriptEnabled });
        const { complaints } = watch(page);
        await page.goto(url + chain);
        assertEquals(await page.locator(".live-bar").count(), 0);
        assert(await page.locator(".cell_output").count() > 10);
        const notes = await page.locator("article h1 + .from-file").allTextContents();
        assertEquals(notes.length, javaScriptEnabled ? 1 : 0);
        assert(notes.every((note) => note.includes("python3 -m http.server")));
        assertEquals(complaints, []);
        await page.close();
      }
    });
  },
});
