import { basename, join } from "node:path";
import type { Notebook } from "./compare.ts";
import { root, SetupError } from "./task.ts";

/** The folder of the notebooks. */
const folder = join(root, "notebooks");

/** Reads a notebook's file. */
export async function readNotebook(path: string): Promise<Notebook> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** The project's own notebooks; a reader may have others beside them. */
const own = /^(\d\d_.*|solutions)\.ipynb$/;

/** The notebooks of the project in reading order, or those whose names begin like one given. */
export async function findNotebooks(names: readonly string[] = []): Promise<string[]> {
  const all = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (own.test(name)) all.push(name);
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
