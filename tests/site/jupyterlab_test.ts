/**
 * Runs a notebook with a display of each kind in JupyterLab, in a browser without a window, and
 * looks at what is shown. What the project's own notebooks give when they are run is what is
 * stored, and that is opened in JupyterLab by trust_test.ts. With `SCREENSHOTS=1`, screenshots are
 * kept in `.output/screenshots`.
 */
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Page } from "playwright-core";
import { compareOutputs } from "../../notebooks/jupyter/compare.ts";
import { readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { askUntil, inBrowser, keepsScreenshots } from "../support/browser.ts";
import {
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

const folder = join(root, ".output", "jupyterlab_test");
const name = "displays.ipynb";
const history = 2;
const sources = [
  `import * as barrier from "../../notebooks/jupyter/barrier.ts";
import {
  explain, fit, interact, LossHistory, makeMoons, MLP, monitor, mseLoss, RandomGenerator, Recorder,
  secant, SGD, steps, Value,
} from "chainrule";
const a = new Value(2, { label: "a" });
const y = a.mul(3).add(a).tanh();
y.backward();
y;`,
  `const model = new MLP(2, [4, 4, 1], { generator: new RandomGenerator(42) });
model;`,
  `const history = new LossHistory();
for (let i = 0; i < 30; i++) history.push(Math.exp(-i / 8));
history;`,
  `const live = monitor(30);
for (const step of live) live.push(Math.exp(-step / 8));`,
  `steps(y);`,
  `explain(a, y);`,
  `interact((x) => new Value(x, { label: "x" }).exp(), { x: [-1, 1] });`,
  `secant((x) => x * x, 1);`,
  `const moons = makeMoons({ samples: 20 });
const lossOf = () => mseLoss(moons.x.map((x) => model.forward(x)), moons.y);
lossOf();`,
  `const tape = new Recorder(model, { data: moons, threshold: 0.5 });
const optimizer = new SGD(model.parameters(), { lr: 0.1 });
for (let step = 0; step < 3; step++) {
  const loss = lossOf();
  tape.record(loss);
  optimizer.zeroGrad();
  loss.backward();
  optimizer.step();
}
tape;`,
  `fit(model, moons, { loss: mseLoss, optimizer, epochs: 300, batchSize: 2 });`,
];

Deno.test({
  name: "JupyterLab shows a display of each kind in both themes, moves it, and saves no less",
  ...inBrowser,
  fn: async () => {
    await writeNotebook(join(folder, name), sources);
    await withLab(folder, async (browser, lab) => {
      const page = await browser.newPage({ viewport: { width: 1200, height: 1000 } });
      await page.goto(lab.url.href);
      await openNotebook(page, name);
      await showIn("light", page);
      await runAllCells(page);
      // Charts and pictures are drawn after their cell has ended.
      const wanted = { charts: 4, pictures: 8, empty: 0, errors: [], garbled: [] };
      const seen = async () => {
        const { notes: _, controls: __, ...all } = await page.evaluate<Seen>(look);
        return all;
      };
      assertEquals(await askUntil((all) => isDeepStrictEqual(all, wanted), seen), wanted);
      await savesNoLess(page);
      assertEquals(await drive(page, name), 5);
      for (const theme of ["light", "dark"] as const) {
        await showIn(theme, page);
        if (keepsScreenshots) await photograph(page, theme);
      }
    });
  },
});

/** JupyterLab adds a PNG to the charts that it saves, which the comparison passes over. */
async function savesNoLess(page: Page): Promise<void> {
  await page.evaluate("jupyterapp.shell.currentWidget.context.save()");
  const saved = await readNotebook(join(folder, name));
  const sent = structuredClone(saved);
  const [{ data }] = sent.cells[history].outputs!;
  assert(data!["image/png"], "JupyterLab adds a PNG no longer: compare.ts need not pass over it");
  delete data!["image/png"];
  assertEquals([compareOutputs(sent, saved), compareOutputs(saved, sent)], [[], []]);
}

/** Keeps pictures of a page and of all its displays. */
async function photograph(page: Page, theme: string): Promise<void> {
  await page.waitForTimeout(1000);
  await page.screenshot({ path: join(screenshots, `displays-${theme}.png`) });
  const displays = page.locator("[class^=chainrule-], .vega-embed, .jp-RenderedLatex");
  for (const [i, display] of (await displays.all()).entries()) {
    await display.screenshot({ path: join(screenshots, `displays-${theme}-${i + 1}.png`) });
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
