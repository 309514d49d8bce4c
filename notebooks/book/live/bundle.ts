/**
 * Makes what a page of the book needs to be live: the page's own scripts, a
 * kernel with the library, the exercises and their data, and the cells as they
 * are in the notebooks, ready to run.
 *
 * @module
 */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { exercises } from "../../exercises/exercises.ts";
import { plain } from "../../jupyter/compare.ts";
import { readNotebook } from "../../jupyter/notebooks.ts";
import { root, SetupError } from "../../jupyter/setup.ts";
import type { Cell } from "./kernel/cell.ts";
import { transformCell } from "./kernel/transform_cell.ts";

const here = import.meta.dirname!;
const url = (...path: string[]) => pathToFileURL(join(...path)).href;

/** Modules of cells that start programs, which a page cannot. */
const needsComputer = /\/tests\/bench\/(compile_time|competitors|peer)\.ts$/;

/** Modules that a reader may want and no cell imports. */
const others = ["chainrule", "chainrule/extend", "node:assert/strict"];

/**
 * Writes the files for live pages.
 *
 * @param notebooks the paths of the notebooks.
 * @param folder gets them; what is in it belongs together, and nothing else does.
 * @param work a folder for intermediate files.
 */
export async function bundleLive(
  notebooks: readonly string[],
  folder: string,
  work: string,
): Promise<void> {
  for (const path of [folder, join(folder, "cells"), work]) {
    await Deno.mkdir(path, { recursive: true });
  }
  const specifiers = new Set(others);
  for (const path of notebooks) {
    const cells = await cellsOf(path);
    for (const { code } of cells) for (const name of importsOf(code)) specifiers.add(name);
    const name = `${basename(path, ".ipynb")}.json`;
    await Deno.writeTextFile(join(folder, "cells", name), JSON.stringify(cells));
  }
  await Deno.writeTextFile(join(folder, "exercises.json"), JSON.stringify(exerciseIds(notebooks)));
  await writeConfiguration(work);
  await Deno.writeTextFile(join(work, "kernel.ts"), kernelText([...specifiers].sort()));
  await Deno.writeTextFile(join(work, "chart.ts"), chartText());
  // Messages tell the names of classes, and films send the text of functions to the page.
  await bundle(work, folder, [join(work, "kernel.ts")]);
  const minified = [join(here, "page", "page.ts"), join(here, "kernel", "transform_cell.ts")];
  for (const entry of minified) await bundle(work, folder, [entry], "--minify");
}

async function cellsOf(path: string): Promise<Cell[]> {
  const { cells } = await readNotebook(path);
  return cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) =>
    transformCell(plain(source))
  );
}

function importsOf(code: string): string[] {
  return [...code.matchAll(/\$cell\.import\("([^"]+)"\)/g)].map(([, specifier]) => specifier);
}

/** The exercises of each notebook. */
function exerciseIds(notebooks: readonly string[]): Record<string, string[]> {
  const ids = Object.keys(exercises);
  return Object.fromEntries(
    notebooks.map((path) => basename(path, ".ipynb")).map((
      name,
    ) => [name, ids.filter((id) => Number(id.split(".")[0]) === Number.parseInt(name))]),
  );
}

/** The kernel's first module, with all that cells import. */
function kernelText(specifiers: readonly string[]): string {
  const kernel = (name: string) => JSON.stringify(url(here, "kernel", name));
  const modules = specifiers.map((specifier) => {
    const name = JSON.stringify(specifier);
    if (needsComputer.test(specifier)) return `  ${name}: async () => computerOnly(${name}),`;
    const from = specifier.startsWith(".") ? url(root, "notebooks", specifier) : specifier;
    const how = from.endsWith(".json") ? ', { with: { type: "json" } }' : "";
    return `  ${name}: () => import(${JSON.stringify(from)}${how}),`;
  });
  return [
    `import { computerOnly } from ${kernel("computer_only.ts")};`,
    `import { startKernel } from ${kernel("kernel.ts")};`,
    ...["startKernel({", ...modules, "});", ""],
  ].join("\n");
}

/** A page draws a chart from its specification; only who asks for a picture gets Vega. */
function chartText(): string {
  return [
    `import { isShowing } from ${JSON.stringify(url(here, "kernel", "deno.ts"))};`,
    "export async function renderChart(spec) {",
    '  return isShowing() ? "" : await (await import("vega-for-pictures")).renderChart(spec);',
    "}",
    "",
  ].join("\n");
}

async function writeConfiguration(work: string): Promise<void> {
  const { imports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json"))) as {
    imports: Record<string, string>;
  };
  const absolute = Object.entries(imports).map(([name, target]) =>
    [name, target.startsWith(".") ? url(root, target) : target] as const
  );
  const charts = url(root, "engine", "show", "vega.ts");
  const configuration = {
    imports: {
      ...Object.fromEntries(absolute),
      ...{ [charts]: url(work, "chart.ts"), "vega-for-pictures": charts },
    },
  };
  await Deno.writeTextFile(join(work, "deno.json"), JSON.stringify(configuration));
}

async function bundle(
  work: string,
  folder: string,
  entries: readonly string[],
  ...options: string[]
): Promise<void> {
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["bundle", "--quiet", "--config", join(work, "deno.json"), "--no-lock"],
      ...["--platform", "browser", "--code-splitting", ...options, "--outdir", folder, ...entries],
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).output();
  if (!success) {
    throw new SetupError(`The live pages could not be made:\n${new TextDecoder().decode(stderr)}`);
  }
}
