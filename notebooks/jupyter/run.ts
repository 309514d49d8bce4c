/**
 * Executes the notebooks from scratch and makes a page of each:
 * `deno task notebooks [--update] [name ...]`.
 *
 * @module
 */
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { compareOutputs, type Notebook } from "./compare.ts";
import { root, runTask, setup, SetupError } from "./setup.ts";

/** What an execution left behind. */
export interface Execution {
  /** False if a cell failed or a page could not be made; the reason was printed. */
  success: boolean;
  /** The executed notebooks, in the order of the given ones. */
  notebooks: string[];
  /** Their pages. */
  pages: string[];
}

/** The folder of the notebooks. */
const folder = join(root, "notebooks");

/**
 * Executes notebooks, each in a kernel of its own, and prints each cell as it is done.
 *
 * @param paths the notebooks to execute; they are not changed.
 * @param outDir gets the executed ones in `notebooks/` and their pages in `html/`.
 */
export async function executeNotebooks(
  paths: readonly string[],
  outDir: string,
): Promise<Execution> {
  const { python, env } = await setup();
  const [notebooks, pages] = [join(outDir, "notebooks"), join(outDir, "html")];
  const script = join(import.meta.dirname!, "execute.py");
  const { success } = await new Deno.Command(python, {
    args: [script, ...paths, "--notebooks", notebooks, "--pages", pages, "--vega", ...await vega()],
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  const names = paths.map((path) => basename(path, ".ipynb"));
  return {
    success,
    notebooks: names.map((name) => join(notebooks, `${name}.ipynb`)),
    pages: names.map((name) => join(pages, `${name}.html`)),
  };
}

/** The scripts that draw charts in a page, from the packages that draw them in the library. */
async function vega(): Promise<string[]> {
  return await Promise.all(["vega", "vega-lite"].map(async (name) => {
    await import(name); // so that the package is there
    return join(dirname(fileURLToPath(import.meta.resolve(name))), `${name}.min.js`);
  }));
}

/** Reads a notebook's file. */
export async function readNotebook(path: string): Promise<Notebook> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** The notebooks of the project in reading order, or those whose names begin like one given. */
export async function findNotebooks(names: readonly string[] = []): Promise<string[]> {
  const all = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".ipynb")) all.push(name);
  }
  all.sort();
  if (all.length === 0) throw new SetupError(`There are no notebooks in ${folder}.`);
  const beginnings = names.map((name) => basename(name));
  for (const beginning of beginnings) {
    if (!all.some((name) => name.startsWith(beginning))) {
      throw new SetupError(
        `No notebook begins with "${beginning}": choose from ${all.join(", ")}.`,
      );
    }
  }
  return all.filter((name) =>
    beginnings.length === 0 || beginnings.some((beginning) => name.startsWith(beginning))
  ).map((name) => join(folder, name));
}

async function main(): Promise<number> {
  const update = Deno.args.includes("--update");
  const paths = await findNotebooks(Deno.args.filter((argument) => argument !== "--update"));
  const outDir = join(root, ".output");
  const committed = await Promise.all(paths.map(readNotebook));
  const { success, notebooks, pages } = await executeNotebooks(paths, outDir);
  if (!success) return 1;

  let missing = 0;
  for (const [i, path] of paths.entries()) {
    const differences = compareOutputs(committed[i], await readNotebook(notebooks[i]));
    const lost = differences.filter(({ kind }) => kind === "missing");
    if (update) {
      await Deno.copyFile(notebooks[i], path);
      continue;
    }
    missing += lost.length;
    for (const { cell, id, what } of lost) {
      console.error(`Missing output: ${basename(path)}, cell ${cell} (id ${id}): ${what}`);
    }
    const changed = differences.filter(({ kind }) => kind === "changed").map(({ cell }) => cell);
    if (changed.length > 0) {
      const which = `${changed.length > 1 ? "cells" : "cell"} ${changed.join(", ")}`;
      console.log(`Stale: ${basename(path)} was committed with other outputs in ${which}`);
    }
  }
  const show = (path: string) => relative(Deno.cwd(), path);
  console.log(`\nExecuted notebooks: ${show(join(outDir, "notebooks"))}`);
  console.log(`Pages to read:      ${show(join(pages[0], "..", "index.html"))}`);
  if (update) console.log(`Updated:            ${paths.map(show).join(", ")}`);
  return missing === 0 ? 0 : 1;
}

if (import.meta.main) await runTask(main);
