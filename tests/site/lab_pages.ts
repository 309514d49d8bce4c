/**
 * JupyterLab in a browser without a window, for tests of what it shows.
 *
 * @module
 */
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { type Lab, startLab } from "../../notebooks/jupyter/lab.ts";
import { root } from "../../notebooks/jupyter/task.ts";
import { assert, assertMatch } from "../support/assert.ts";
import { withBrowser } from "../support/browser.ts";

/** Where screenshots are kept. */
export const screenshots: string = join(root, ".output", "screenshots");

// JupyterLab shows errors and what is printed with console.error alike; notebooks have neither.
export const errorOutput: string =
  '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]';

/** Starts JupyterLab on a folder, with settings of its own, and a browser; ends both afterwards. */
export async function withLab(
  folder: string,
  use: (browser: Browser, lab: Lab) => Promise<void>,
): Promise<void> {
  await Deno.mkdir(screenshots, { recursive: true });
  // The reader's own settings of JupyterLab neither matter nor change.
  const own = await Deno.makeTempDir();
  const settings = join(own, "settings");
  const set = (extension: string, plugin: string, content: unknown) =>
    writeJson(join(settings, "@jupyterlab", extension, `${plugin}.jupyterlab-settings`), content);
  // The notebooks' files stay as they are.
  await set("docmanager-extension", "plugin", { autosave: false });
  const config = join(own, "config");
  // So that a test can give it commands.
  await writeJson(join(config, "jupyter_server_config.json"), {
    LabApp: { expose_app_in_browser: true },
  });
  const lab = await startLab(folder, {
    JUPYTER_CONFIG_DIR: config,
    JUPYTERLAB_SETTINGS_DIR: settings,
    JUPYTERLAB_WORKSPACES_DIR: join(own, "workspaces"),
  });
  try {
    await withBrowser((browser) => use(browser, lab));
  } finally {
    await lab.stop();
    await Deno.remove(own, { recursive: true });
  }
}

/** Opens a notebook in a page that has JupyterLab already, which is quicker than a new one. */
export async function openNotebook(page: Page, path: string): Promise<void> {
  await page.waitForFunction("globalThis.jupyterapp?.commands.hasCommand('docmanager:open')");
  await page.evaluate(`jupyterapp.restored
    .then(() => jupyterapp.commands.execute("docmanager:open", { path: ${JSON.stringify(path)} }))
    .then((opened) => opened.revealed)
    .then(() => undefined)`);
}

/** Closes the notebook in front, and ends its kernel. */
export async function closeNotebook(page: Page): Promise<void> {
  await page.evaluate(`jupyterapp.shell.currentWidget.dispose()`);
  await page.evaluate(`jupyterapp.serviceManager.sessions.shutdownAll()`);
}

/** Shows a page in light or in dark. */
export async function showIn(theme: "light" | "dark", page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.waitForSelector(`body[data-jp-theme-light="${theme === "light"}"]`, {
    state: "attached",
  });
}

/** Moves whatever is interactive, as a reader would, asserts that it follows, and counts it. */
export async function drive(page: Page, name: string): Promise<number> {
  const films = await page.locator(".chainrule-steps, .chainrule-recorder").all();
  for (const film of films) {
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
  const interactions = await page.locator(".chainrule-interact").all();
  for (const moved of interactions) {
    const slider = moved.locator(".bar :is(input, select)").first();
    await slider.focus();
    const cell = await page.evaluate(activeCell);
    await slider.press("Home");
    const before = await moved.locator("output").first().textContent();
    await slider.press("ArrowRight");
    const after = await moved.locator("output").first().textContent();
    assert(before !== after, `${name}: a slider of interact() does not move by keys`);
    assert(await page.evaluate(activeCell) === cell, `${name}: an arrow key left the slider`);
  }
  const folded = page.locator(".chainrule-fold");
  const folds = await folded.count();
  if (folds > 0) {
    await folded.first().locator("[role=button]").first().click();
    const path = await folded.first().locator(".path").innerText();
    assertMatch(path, /›/, `${name}: a folded graph does not open`);
  }
  const sliders = await page.locator(".vega-bind input[type=range]").all();
  for (const slider of sliders) {
    const chart = slider.locator("xpath=ancestor::*[contains(@class, 'vega-embed')]");
    const before = await chart.locator("canvas, svg").first().screenshot();
    await slider.fill(await slider.getAttribute("max") ?? "");
    let after = before;
    for (let i = 0; i < 20 && before.equals(after); i++) {
      await page.waitForTimeout(100);
      after = await chart.locator("canvas, svg").first().screenshot();
    }
    assert(!before.equals(after), `${name}: a chart's slider does nothing`);
  }
  return films.length + interactions.length + folds + sliders.length;
}

/** Runs in the browser and answers with the position of the selected cell. */
const activeCell = `[...document.querySelectorAll(".jp-Cell")]
  .findIndex((cell) => cell.classList.contains("jp-mod-active"))`;

/** What the reader sees of the outputs. */
export interface Seen {
  errors: string[];
  pictures: number;
  charts: number;
  empty: number;
  /** Sentences that say what to run. */
  notes: number;
  /** Buttons and sliders, of charts or not. */
  controls: number;
  /** Names of TeX, in text that should be typeset. */
  garbled: string[];
}

/** Runs in the browser and answers with what is {@link Seen}. */
export const look = `(() => {
  const outputs = [...document.querySelectorAll(".jp-OutputArea-output")];
  const images = outputs.flatMap((output) => [...output.querySelectorAll("img")]);
  const all = (selector) => outputs.flatMap((output) => [...output.querySelectorAll(selector)]);
  const inline = all(
    "[class^=chainrule-] .view > svg, [class^=chainrule-] .part > svg, .chainrule-pad .sheet",
  )
    .filter((svg) => svg.getClientRects().length > 0);
  const charts = outputs.flatMap((output) => [
    ...output.querySelectorAll(".vega-embed canvas, .vega-embed svg"),
  ]);
  const isDrawn = (chart) => {
    if (!(chart instanceof HTMLCanvasElement)) return chart.querySelectorAll("path").length > 2;
    const pixels = chart.getContext("2d").getImageData(0, 0, chart.width, chart.height).data;
    return pixels.some((byte) => byte !== 0);
  };
  return {
    errors: [...document.querySelectorAll('${errorOutput}')].map((output) => output.textContent),
    pictures: images.filter((image) => image.naturalWidth > 0).length + inline.length,
    charts: charts.filter(isDrawn).length,
    empty: images.filter((image) => image.naturalWidth === 0).length +
      charts.filter((chart) => !isDrawn(chart)).length,
    notes: all(".still").length,
    controls: all("button, input, [role=button]").length - all(".vega-bind input").length,
    garbled: all("[class^=chainrule-]").flatMap((shown) =>
      shown.innerText.match(/\\\\\\w+/g) ?? []
    ),
  };
})()`;

/** Writes a file, and the folders that it needs. */
export async function writeJson(path: string, content: unknown): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(path, JSON.stringify(content));
}
