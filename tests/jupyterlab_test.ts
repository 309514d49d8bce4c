/**
 * Opens notebooks in JupyterLab, in a browser without a window, runs all cells
 * and looks at what is shown. Screenshots are kept in `.output/screenshots`.
 */
import { ok } from "node:assert/strict";
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Lab, startLab } from "../notebooks/jupyter/lab.ts";
import { root } from "../notebooks/jupyter/setup.ts";

/** A notebook to open, and what must be seen in it after all cells ran. */
interface Expectation {
  /** The notebook's file name. */
  name: string;
  /** The folder that it is in. */
  folder: string;
  /** The least number of charts. */
  charts: number;
  /** The least number of pictures. */
  pictures: number;
}

const screenshots = join(root, ".output", "screenshots");
const browserPath = findBrowser();
if (!browserPath) {
  console.log(
    "JupyterLab test skipped: no Chromium or Chrome on the PATH; set CHROMIUM to the path of one.",
  );
}

Deno.test({
  name: "JupyterLab shows a graph, a network and a chart in both themes",
  ignore: !browserPath,
  fn: async () => {
    const folder = join(root, ".output", "jupyterlab_test");
    const name = "displays.ipynb";
    await writeNotebook(join(folder, name), [
      `import * as barrier from "../../notebooks/jupyter/barrier.ts";
import { LossHistory, MLP, RandomGenerator, Value } from "chainrule";
const a = new Value(2, { label: "a" });
const y = a.mul(3).add(a).tanh();
y.backward();
y;`,
      `new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });`,
      `const history = new LossHistory();
for (let i = 0; i < 30; i++) history.push(Math.exp(-i / 8));
history;`,
    ]);
    await check([{ name, folder, charts: 1, pictures: 2 }]);
  },
});

/** Runs each notebook from scratch and asserts that it shows what is expected. */
async function check(expectations: readonly Expectation[]): Promise<void> {
  await Deno.mkdir(screenshots, { recursive: true });
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    for (const expectation of expectations) {
      const lab = await startLab(expectation.folder);
      try {
        await checkNotebook(browser, lab, expectation);
      } finally {
        await lab.stop();
      }
    }
  } finally {
    await browser.close();
  }
}

async function checkNotebook(browser: Browser, lab: Lab, expectation: Expectation): Promise<void> {
  const { name, charts, pictures } = expectation;
  const context = await browser.newContext({ viewport: { width: 1200, height: 1000 } });
  const page = await context.newPage();
  const url = new URL(lab.url);
  url.pathname += `/tree/${name}`;
  await page.goto(url.href);
  await runAllCells(page);

  const seen = await page.evaluate(look);
  ok(seen.errors.length === 0, `${name}: a cell shows an error: ${seen.errors[0]}`);
  ok(seen.charts >= charts, `${name}: ${seen.charts} of ${charts} charts are drawn`);
  ok(seen.empty === 0, `${name}: ${seen.empty} pictures or charts are empty`);
  ok(seen.pictures >= pictures, `${name}: ${seen.pictures} of ${pictures} pictures are loaded`);

  for (const theme of ["Light", "Dark"]) {
    await setTheme(page, theme);
    const file = `${name.replace(/\.ipynb$/, "")}-${theme.toLowerCase()}.png`;
    await page.screenshot({ path: join(screenshots, file) });
  }
  await context.close();
}

async function runAllCells(page: Page): Promise<void> {
  await page.locator(".jp-Notebook .jp-CodeCell").first().waitFor({ timeout: 60_000 });
  const idle = page.locator('.jp-NotebookPanel-toolbar [data-status="idle"]');
  await idle.waitFor({ timeout: 60_000 });
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
  // A cell that is waiting or running has a star in place of its number.
  await page.waitForFunction(() => {
    const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
    return prompts.every((prompt) => /\[\d+\]/.test(prompt.textContent ?? ""));
  }, null, { timeout: 120_000 });
  await idle.waitFor();
  // Charts are drawn after their cell has ended.
  await page.waitForTimeout(1500);
}
