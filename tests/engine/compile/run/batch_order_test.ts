import { assert, assertEquals, assertThrows } from "../../../support/assert.ts";
import { checkBatch, fillOrder, fillSeeds } from "../../../../engine/compile/run/batch_order.ts";

Deno.test("every example is in lanes that count 1/n together, and no lane is empty", () => {
  for (const tile of [4, 8]) {
    for (let n = 1; n <= 3 * tile; n++) {
      const lanes = Math.ceil(n / tile) * tile;
      const order = new Int32Array(lanes).fill(-1), seeds = new Float64Array(lanes);
      fillOrder(order, undefined, fillSeeds(seeds, n, tile));
      const counts = new Array(n).fill(0);
      order.forEach((i, lane) => counts[i] += seeds[lane]);
      assert(counts.every((count) => Math.abs(count * n - 1) < 1e-15), `${counts}`);
      // Halves, quarters and eighths, so that nothing is rounded.
      assert(seeds.every((seed) => Number.isInteger(Math.log2(1 / n / seed))), `${seeds}`);
      assertEquals([...order.slice(0, n)], Array.from({ length: n }, (_, i) => i));
    }
  }
});

Deno.test("a batch gives the examples of its lanes, in its order and as often as it names them", () => {
  const order = new Int32Array(8), seeds = new Float32Array(8);
  fillOrder(order, [7, 7, 2, 0, 5], fillSeeds(seeds, 5, 4));
  assertEquals([...order], [7, 7, 2, 0, 5, 5, 5, 5]);
  assertEquals([...seeds], [
    ...[1, 1, 1, 1].map((x) => Math.fround(x / 5)),
    ...new Array(4).fill(Math.fround(.05)),
  ]);
});

Deno.test("a batch is checked against the number of examples", () => {
  checkBatch([0, 4, 4], 5);
  assertThrows(
    () => checkBatch([0, 5], 5),
    RangeError,
    "batch[1] must be a whole number from 0 to 4, got 5",
  );
  assertThrows(() => checkBatch([], 5), RangeError, "got an empty array");
});
