/**
 * Opens notebooks in JupyterLab, in a browser without a window, runs all cells
 * and looks at what is shown. Screenshots are kept in `.output/screenshots`.
 */
import { basename, dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Notebook } from "../../notebooks/jupyter/compare.ts";
import { type Lab, startLab } from "../../notebooks/jupyter/lab.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertMatch } from "../support/assert.ts";
import { inBrowser, launchBrowser } from "../support/browser.ts";

/** A notebook to open, and what must be seen in it after all cells ran. */
interface Expectation {
  /** The notebook's file name. */
  name: string;
  /** The least number of charts. */
  charts: number;
  /** The least number of pictures. */
  pictures: number;
}

// JupyterLab shows errors and what is printed with console.error alike; notebooks have neither.
const error = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]';
const screenshots = join(root, ".output", "screenshots");
Deno.test({
  name: "JupyterLab shows a graph, a network, a chart and what a monitor ends as in both themes",
  ...inBrowser,
  fn: async () => {
    const folder = join(root, ".output", "jupyterlab_test");
    const name = "displays.ipynb";
    await writeNotebook(join(folder, name), [
      `import * as barrier from "../../notebooks/jupyter/barrier.ts";
import { LossHistory, MLP, monitor, RandomGenerator, Value } from "chainrule";
const a = new Value(2, { label: "a" });
const y = a.mul(3).add(a).tanh();
y.backward();
y;`,
      `new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });`,
      `const history = new LossHistory();
for (let i = 0; i < 30; i++) history.push(Math.exp(-i / 8));
history;`,
      `const live = monitor(30);
for (const step of live) live.push(Math.exp(-step / 8));`,
    ]);
    await check(folder, [{ name, charts: 2, pictures: 2 }]);
  },
});

Deno.test({
  name: "JupyterLab runs the notebooks and shows all that was committed",
  ...inBrowser,
  fn: async () => {
    const paths = await findNotebooks();
    await check(
      join(root, "notebooks"),
      await Promise.all(paths.map(async (path) => ({
        name: basename(path),
        ...expectedOf(await readNotebook(path)),
      }))),
    );
  },
});

/** The charts and pictures among the outputs that a notebook's file has. */
function expectedOf(notebook: Notebook): { charts: number; pictures: number } {
  const types = notebook.cells.flatMap((cell) => cell.outputs ?? []).map(({ data = {} }) =>
    Object.keys(data)
  );
  const charts = types.filter((all) => all.some((type) => type.includes("vegalite"))).length;
  const drawn = types.filter((all) => all.includes("image/svg+xml") && !all.includes("text/html"));
  return { charts, pictures: drawn.length - charts };
}

/** Runs notebooks of a folder from scratch and asserts that each shows what is expected. */
async function check(folder: string, expectations: readonly Expectation[]): Promise<void> {
  await Deno.mkdir(screenshots, { recursive: true });
  // The reader's own settings of JupyterLab neither matter nor change.
  const own = await Deno.makeTempDir();
  const settings = join(own, "settings");
  await writeJson(
    join(settings, "@jupyterlab", "notebook-extension", "tracker.jupyterlab-settings"),
    {
      // Else only the cells that are in view exist in the page.
      windowingMode: "none",
    },
  );
  await writeJson(
    join(settings, "@jupyterlab", "docmanager-extension", "plugin.jupyterlab-settings"),
    {
      // The notebooks' files stay as they are.
      autosave: false,
    },
  );
  const lab = await startLab(folder, {
    JUPYTERLAB_SETTINGS_DIR: settings,
    JUPYTERLAB_WORKSPACES_DIR: join(own, "workspaces"),
  });
  try {
    const browser = await launchBrowser();
    try {
      for (const expectation of expectations) await checkNotebook(browser, lab, expectation);
    } finally {
      await browser.close();
    }
  } finally {
    await lab.stop();
    await Deno.remove(own, { recursive: true });
  }
}

async function checkNotebook(browser: Browser, lab: Lab, expectation: Expectation): Promise<void> {
  const { name, charts, pictures } = expectation;
  const context = await browser.newContext({ viewport: { width: 1200, height: 1000 } });
  const page = await context.newPage();
  const url = new URL(lab.url);
  url.pathname += `/tree/${name}`;
  url.searchParams.set("reset", ""); // without what was open before
  await Promise.all([kernelAnswers(page), page.goto(url.href)]);
  try {
    await runAllCells(page);
  } catch (error) {
    await page.screenshot({ path: join(screenshots, `${basename(name, ".ipynb")}-failed.png`) });
    throw error;
  }

  // Charts and pictures are drawn after their cell has ended.
  let seen = await page.evaluate<Seen>(look);
  const isThere = () => seen.charts >= charts && seen.pictures >= pictures && seen.empty === 0;
  for (let i = 0; i < 30 && !isThere(); i++) {
    await page.waitForTimeout(500);
    seen = await page.evaluate<Seen>(look);
  }
  assert(seen.errors.length === 0, `${name}: a cell shows an error: ${seen.errors[0]}`);
  assert(seen.charts >= charts, `${name}: ${seen.charts} of ${charts} charts are drawn`);
  assert(seen.empty === 0, `${name}: ${seen.empty} pictures or charts are empty`);
  assert(seen.pictures >= pictures, `${name}: ${seen.pictures} of ${pictures} pictures are loaded`);

  await drive(page, name);

  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForSelector(`body[data-jp-theme-light="${theme === "light"}"]`, {
      state: "attached",
    });
    await page.waitForTimeout(1000);
    const file = `${name.replace(/\.ipynb$/, "")}-${theme}.png`;
    await page.screenshot({ path: join(screenshots, file) });
    const displays = page.locator("[class^=chainrule-], .vega-embed, .jp-RenderedLatex");
    for (const [i, display] of (await displays.all()).entries()) {
      await display.screenshot({ path: join(screenshots, file.replace(".png", `-${i + 1}.png`)) });
    }
  }
  await context.close();
}

/** JupyterLab says "idle" before it has a kernel, and forgets the cells that it runs then. */
async function kernelAnswers(page: Page): Promise<void> {
  const socket = await page.waitForEvent("websocket", {
    predicate: (socket) => socket.url().includes("/channels"),
    timeout: 60_000,
  });
  await socket.waitForEvent("framereceived", { timeout: 60_000 });
  await page.waitForTimeout(1000);
}

async function runAllCells(page: Page): Promise<void> {
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
  const idle = page.locator('.jp-NotebookPanel-toolbar [data-status="idle"]');
  await idle.waitFor({ timeout: 60_000 });
  await choose(page, "Edit", "Clear Outputs of All Cells");
  await choose(page, "Run", "Run All Cells");
  // A cell that is waiting or running has a star in place of its number.
  await page.waitForFunction(
    `document.querySelector('${error}') !== null ||
      [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
        .every((prompt) => /\\[\\d+\\]/.test(prompt.textContent))`,
    null,
    { timeout: 120_000 },
  );
  await idle.waitFor();
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole("menuitem", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** Moves whatever is interactive, as a reader would, and asserts that it follows. */
async function drive(page: Page, name: string): Promise<void> {
  for (const film of await page.locator(".chainrule-steps, .chainrule-recorder").all()) {
    const counter = film.locator("output");
    await film.focus();
    const cell = await page.evaluate(activeCell);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    assertMatch(
      await counter.textContent() ?? "",
      /^3 \//,
      `${name}: a film does not move by keys`,
    );
    await film.locator("input[type=range]").fill("1");
    assertMatch(
      await counter.textContent() ?? "",
      /^2 \//,
      `${name}: a film's slider does nothing`,
    );
    assert(await page.evaluate(activeCell) === cell, `${name}: an arrow key left the film`);
  }
  const folded = page.locator(".chainrule-fold");
  if (await folded.count() > 0) {
    await folded.first().locator("[role=button]").first().click();
    const path = await folded.first().locator(".path").innerText();
    assertMatch(path, /›/, `${name}: a folded graph does not open`);
  }
  for (const slider of await page.locator(".vega-bind input[type=range]").all()) {
    const chart = slider.locator("xpath=ancestor::*[contains(@class, 'vega-embed')]");
    const before = await chart.locator("canvas, svg").first().screenshot();
    await slider.fill(await slider.getAttribute("max") ?? "");
    await page.waitForTimeout(500);
    const after = await chart.locator("canvas, svg").first().screenshot();
    assert(!before.equals(after), `${name}: a chart's slider does nothing`);
  }
}

/** Runs in the browser and answers with the position of the selected cell. */
const activeCell = `[...document.querySelectorAll(".jp-Cell")]
  .findIndex((cell) => cell.classList.contains("jp-mod-active"))`;

/** What the reader sees of the outputs. */
interface Seen {
  errors: string[];
  pictures: number;
  charts: number;
  empty: number;
}

/** Runs in the browser and answers with what is {@link Seen}. */
const look = `(() => {
  const outputs = [...document.querySelectorAll(".jp-OutputArea-output")];
  const images = outputs.flatMap((output) => [...output.querySelectorAll("img")]);
  const charts = outputs.flatMap((output) => [
    ...output.querySelectorAll(".vega-embed canvas, .vega-embed svg"),
  ]);
  const isDrawn = (chart) => {
    if (!(chart instanceof HTMLCanvasElement)) return chart.querySelectorAll("path").length > 2;
    const pixels = chart.getContext("2d").getImageData(0, 0, chart.width, chart.height).data;
    return pixels.some((byte) => byte !== 0);
  };
  return {
    errors: [...document.querySelectorAll('${error}')].map((output) => output.textContent),
    pictures: images.filter((image) => image.naturalWidth > 0).length,
    charts: charts.filter(isDrawn).length,
    empty: images.filter((image) => image.naturalWidth === 0).length +
      charts.filter((chart) => !isDrawn(chart)).length,
  };
})()`;

async function writeNotebook(path: string, sources: readonly string[]): Promise<void> {
  await writeJson(path, {
    cells: sources.map((source, i) => ({
      cell_type: "code",
      execution_count: null,
      id: `cell-${i}`,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } },
    nbformat: 4,
    nbformat_minor: 5,
  });
}

async function writeJson(path: string, content: unknown): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(content));
}
