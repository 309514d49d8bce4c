/**
 * Opens notebooks in JupyterLab, in a browser without a window, runs all cells
 * and looks at what is shown. Screenshots are kept in `.output/screenshots`.
 */
import { delimiter, join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { type Lab, startLab } from "../notebooks/jupyter/lab.ts";
import { root } from "../notebooks/jupyter/setup.ts";
import { assert } from "./assert.ts";

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
      // The reader's own settings of JupyterLab neither matter nor change.
      const settings = await Deno.makeTempDir();
      const lab = await startLab(expectation.folder, {
        JUPYTERLAB_SETTINGS_DIR: join(settings, "settings"),
        JUPYTERLAB_WORKSPACES_DIR: join(settings, "workspaces"),
      });
      try {
        await checkNotebook(browser, lab, expectation);
      } finally {
        await lab.stop();
        await Deno.remove(settings, { recursive: true });
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

  const seen = await page.evaluate<Seen>(look);
  assert(seen.errors.length === 0, `${name}: a cell shows an error: ${seen.errors[0]}`);
  assert(seen.charts >= charts, `${name}: ${seen.charts} of ${charts} charts are drawn`);
  assert(seen.empty === 0, `${name}: ${seen.empty} pictures or charts are empty`);
  assert(seen.pictures >= pictures, `${name}: ${seen.pictures} of ${pictures} pictures are loaded`);

  for (const theme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForSelector(`body[data-jp-theme-light="${theme === "light"}"]`, {
      state: "attached",
    });
    await page.waitForTimeout(1000);
    const file = `${name.replace(/\.ipynb$/, "")}-${theme}.png`;
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
  await page.waitForFunction(
    `[...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")]
      .every((prompt) => /\\[\\d+\\]/.test(prompt.textContent))`,
    null,
    { timeout: 120_000 },
  );
  await idle.waitFor();
  // Charts are drawn after their cell has ended.
  await page.waitForTimeout(1500);
}

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
    errors: outputs.filter((output) => output.dataset.mimeType === "application/vnd.jupyter.error")
      .map((output) => output.textContent),
    pictures: images.filter((image) => image.naturalWidth > 0).length,
    charts: charts.filter(isDrawn).length,
    empty: images.filter((image) => image.naturalWidth === 0).length +
      charts.filter((chart) => !isDrawn(chart)).length,
  };
})()`;

async function writeNotebook(path: string, sources: readonly string[]): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  const notebook = {
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
  };
  await Deno.writeTextFile(path, JSON.stringify(notebook));
}

function findBrowser(): string | undefined {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const folders = (Deno.env.get("PATH") ?? "").split(delimiter);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [Deno.env.get("CHROMIUM"), ...candidates].find((path) => path && isFile(path));
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
