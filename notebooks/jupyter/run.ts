/**
 * Executes the notebooks from scratch and makes the book of them:
 * `deno task notebooks [--update] [name ...]`. A name is the beginning of a
 * notebook's, such as `03`; without one, all are executed. The stored notebooks
 * stay as they are, and what differs from them is said; with `--update` they are
 * replaced.
 *
 * @module
 */
import { basename, join, relative } from "node:path";
import { bookFolder, buildBook } from "../book/build.ts";
import { compareOutputs } from "./compare.ts";
import { findNotebooks, readNotebook } from "./notebooks.ts";
import { setup } from "./setup.ts";
import { root, runTask } from "./task.ts";
import { sign } from "./trust.ts";

/** What an execution left behind. */
export interface Execution {
  /** False if a cell failed; the reason was printed. */
  success: boolean;
  /** The executed notebooks, in the order of the given ones. */
  notebooks: string[];
}

/**
 * Executes notebooks, each in a kernel of its own, and prints each cell as it is done.
 *
 * @param paths the notebooks to execute; they are not changed.
 * @param outDir gets the executed ones in `notebooks/`.
 */
export async function executeNotebooks(
  paths: readonly string[],
  outDir: string,
): Promise<Execution> {
  const { python, env } = await setup();
  const notebooks = join(outDir, "notebooks");
  const script = join(import.meta.dirname!, "execute.py");
  const { success } = await new Deno.Command(python, {
    args: [script, ...paths, "--notebooks", notebooks],
    env,
    stdin: "null",
    stdout: "inherit",
    stderr: "inherit",
  }).output();
  return { success, notebooks: paths.map((path) => join(notebooks, basename(path))) };
}

/**
 * The task.
 *
 * @param makeBook what makes the book of the notebooks, those of the run among them.
 * @returns what the process ends with: 0 if no cell failed and no output is missing.
 */
export async function runNotebooks(
  args: readonly string[],
  makeBook: typeof buildBook = buildBook,
): Promise<number> {
  const update = args.includes("--update");
  const paths = await findNotebooks(args.filter((argument) => argument !== "--update"));
  const outDir = join(root, ".output");
  const committed = await Promise.all(paths.map(readNotebook));
  const { success, notebooks } = await executeNotebooks(paths, outDir);
  if (!success) return 1;

  let missing = 0;
  for (const [i, path] of paths.entries()) {
    const differences = compareOutputs(committed[i], await readNotebook(notebooks[i]));
    const lost = differences.filter(({ kind }) => kind === "missing");
    if (update) {
      await Deno.copyFile(notebooks[i], path);
      await sign(await setup(), [path]);
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
  const fresh = new Map(notebooks.map((path) => [basename(path), path]));
  const all = await findNotebooks();
  await makeBook(all.map((path) => fresh.get(basename(path)) ?? path), bookFolder);
  const show = (path: string) => relative(Deno.cwd(), path);
  console.log(`\nExecuted notebooks: ${show(join(outDir, "notebooks"))}`);
  console.log(`The book:           ${show(join(bookFolder, "index.html"))}`);
  if (update) console.log(`Updated:            ${paths.map(show).join(", ")}`);
  return missing === 0 ? 0 : 1;
}

if (import.meta.main) await runTask(runNotebooks);
