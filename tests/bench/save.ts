/**
 * Keeps measurements: all of them in a file, their medians in the README.
 *
 * @module
 */
import { join } from "node:path";
import { root } from "../../notebooks/jupyter/task.ts";
import { readmeTable, withTable } from "./readme_table.ts";
import type { Measurements } from "./report.ts";

/** The folder of the stored measurements, a file for each day. */
export const resultsFolder: string = join(root, "tests", "bench", "results");

/**
 * Stores measurements under their date, and writes the README's table anew.
 *
 * @returns the path of the file, from the project's folder on.
 */
export async function save(measurements: Measurements): Promise<string> {
  const path = join("tests", "bench", "results", `${measurements.machine.date}.json`);
  await Deno.mkdir(resultsFolder, { recursive: true });
  await Deno.writeTextFile(join(root, path), JSON.stringify(measurements, null, 2) + "\n");
  const readme = join(root, "README.md");
  const text = withTable(await Deno.readTextFile(readme), readmeTable(measurements.results));
  await Deno.writeTextFile(readme, text);
  for (const file of [path, "README.md"]) {
    await new Deno.Command(Deno.execPath(), { args: ["fmt", "--quiet", file], cwd: root }).output();
  }
  return path;
}
