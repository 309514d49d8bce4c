/**
 * Opens notebooks in JupyterLab, in a browser without a window, runs all cells
 * and looks at what is shown. With `SCREENSHOTS=1`, screenshots are kept in `.output/screenshots`.
 */
import { basename, join } from "node:path";
import type { Page } from "playwright-core";
import { compareOutputs, type Notebook } from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { inBrowser, keepsScreenshots } from "../support/browser.ts";
import {
  closeNotebook,
  drive,
  errorOutput,
  look,
  openNotebook,
  screenshots,
  type Seen,
  showIn,
  withLab,
  writeJson,
} from "./lab_pages.ts";

/** A notebook to open, and what must be seen in it after all cells ran. */
interface Expectation {
  /** The notebook's file name. */
  name: string;
  /** The least number of charts. */
  charts: number;
  /** The least number of pictures. */
  pictures: number;
  /** The number of warnings, which JupyterLab shows as it shows errors. */
  warnings: number;
}

Deno.test({
  name:
    "JupyterLab shows a graph, a network, a chart and a monitor in both themes, and saves no less",
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
    await check(folder, [{ name, charts: 2, pictures: 2, warnings: 0 }], async (page) => {
      await page.keyboard.press("Control+s");
      let saved = await readNotebook(join(folder, name));
      for (let i = 0; i < 60 && !saved.cells[2].outputs?.length; i++) {
        await page.waitForTimeout(250);
        saved = await readNotebook(join(folder, name));
      }
      const sent = structuredClone(saved);
      const [{ data }] = sent.cells[2].outputs!;
      assert(
        data!["image/png"],
        "JupyterLab adds a PNG no longer: compare.ts need not pass over it",
      );
      delete data!["image/png"];
      assertEquals([compareOutputs(sent, saved), compareOutputs(saved, sent)], [[], []]);
    });
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

/** The charts, pictures and warnings among the outputs that a notebook's file has. */
function expectedOf(notebook: Notebook): Omit<Expectation, "name"> {
  const outputs = notebook.cells.flatMap((cell) => cell.outputs ?? []);
  const types = outputs.map(({ data = {} }) => Object.keys(data));
  const charts = types.filter((all) => all.some((type) => type.includes("vegalite"))).length;
  const drawn = types.filter((all) => all.includes("image/svg+xml"));
  const warnings = outputs.filter(({ name }) => name === "stderr").length;
  return { charts, pictures: drawn.length - charts, warnings };
}

/** Runs notebooks of a folder from scratch and asserts that each shows what is expected. */
async function check(
  folder: string,
  expectations: readonly Expectation[],
  also: (page: Page) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await withLab(folder, async (browser, lab) => {
    const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
    await page.goto(lab.url.href);
    for (const expectation of expectations) {
      await openNotebook(page, expectation.name);
      await checkNotebook(page, expectation, also);
      await closeNotebook(page);
    }
  });
}

async function checkNotebook(
  page: Page,
  expectation: Expectation,
  also: (page: Page) => Promise<void>,
): Promise<void> {
  const { name, charts, pictures, warnings } = expectation;
  await showIn("light", page);
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
  assert(seen.errors.length === warnings, `${name}: a cell shows an error: ${seen.errors[0]}`);
  assert(seen.charts >= charts, `${name}: ${seen.charts} of ${charts} charts are drawn`);
  assert(seen.empty === 0, `${name}: ${seen.empty} pictures or charts are empty`);
  assert(seen.pictures >= pictures, `${name}: ${seen.pictures} of ${pictures} pictures are loaded`);

  await also(page);
  await drive(page, name);

  for (const theme of ["light", "dark"] as const) {
    await showIn(theme, page);
    if (keepsScreenshots) await photograph(page, `${basename(name, ".ipynb")}-${theme}`);
  }
}

/** Keeps pictures of a page and of all its displays. */
async function photograph(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
  const displays = page.locator("[class^=chainrule-], .vega-embed, .jp-RenderedLatex");
  for (const [i, display] of (await displays.all()).entries()) {
    await display.screenshot({ path: join(screenshots, `${name}-${i + 1}.png`) });
  }
}

async function runAllCells(page: Page): Promise<void> {
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor();
  // JupyterLab says "idle" before it has a kernel, and forgets the cells that it runs then.
  await page.evaluate(`(async () => {
    const { sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
  })()`);
  const idle = page.locator('.jp-NotebookPanel-toolbar [data-status="idle"]');
  await idle.waitFor();
  await choose(page, "Edit", "Clear Outputs of All Cells");
  await choose(page, "Run", "Run All Cells");
  // A cell that is waiting or running has no number; one that is folded does not show it.
  await page.waitForFunction(
    `document.querySelector('${errorOutput}') !== null ||
      jupyterapp.shell.currentWidget.content.widgets.every(({ model }) =>
        model.type !== "code" || model.executionCount !== null)`,
    null,
    { timeout: 300_000 },
  );
  await idle.waitFor();
}

async function choose(page: Page, menu: string, item: string): Promise<void> {
  await page.getByRole("menuitem", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

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
