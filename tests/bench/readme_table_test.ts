import { join } from "node:path";
import { root } from "../../notebooks/jupyter/task.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import type { Result } from "./measure.ts";
import { readmeTable, tableIn, withTable } from "./readme_table.ts";
import type { Measurements } from "./report.ts";
import { resultsFolder } from "./save.ts";

const readme = await Deno.readTextFile(join(root, "README.md"));

function timed(problem: string, name: string, version: string, microseconds: number): Result {
  return { problem, name, precision: "float64", version, microseconds };
}
const results = [
  timed("W1", "gcc -O3", "gcc 12.2.0", .5812),
  timed("W2", "gcc -O3", "gcc 12.2.0", 13.94),
  timed("W1", "micrograd", "micrograd 0.1.0, Python 3.11.2", 649.4),
  timed("D2", "chainrule compiled", "Deno 2.8.1, 900 bytes of WebAssembly", 282.1),
  timed("W1", "PyTorch eager", "PyTorch 2.15.0+cpu", 132.2),
];
const table = [
  ["", "W1", "W2", "D1", "D2"],
  ["micrograd 0.1", "649", "", "", ""],
  ["PyTorch 2.15, eager", "132", "", "", ""],
  ["C, gcc 12 `-O3`", "0.581", "13.9", "", ""],
  ["**chainrule**, compiled", "", "", "", "**282**"],
];

Deno.test("the README's table has the medians to three digits, and who was there", () => {
  assertEquals(readmeTable(results), table);
});

Deno.test("the table takes the old one's place in the README, and nothing else changes", () => {
  const changed = withTable(readme, table);
  assertEquals(tableIn(changed), table);
  assertEquals(
    withTable(changed, tableIn(readme)).replace(/ +|-+/g, " "),
    readme.replace(/ +|-+/g, " "),
  );
  assertThrows(() => withTable("no table", table), Error, "no table with the column W1");
});

const files = await Array.fromAsync(Deno.readDir(resultsFolder)).catch(() => []);
const newest = files.map(({ name }) => name).filter((name) => name.endsWith(".json")).sort().at(-1);
if (newest === undefined) {
  console.log("The README's times are not compared: none are stored; run: deno task bench --save");
}

Deno.test({
  name: "the README's times are those of the newest stored measurements",
  ignore: newest === undefined,
  fn: async () => {
    const text = await Deno.readTextFile(join(resultsFolder, newest!));
    const { machine, results }: Measurements = JSON.parse(text);
    assertEquals(tableIn(readme), readmeTable(results));
    for (const words of [machine.date, `tests/bench/results/${newest}`]) {
      assert(readme.includes(words), words);
    }
    assert(
      results.every(({ microseconds, rounds }) => !microseconds || rounds?.length),
      "raw rounds",
    );
  },
});
