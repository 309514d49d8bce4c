/**
 * Which examples a batch has, in which order, and in which lanes they lie.
 *
 * @module
 */
import { describe, describeNumber } from "../../arguments.ts";
import type { FloatArray } from "../plan/memory.ts";

/**
 * Which of the loaded examples, in which order; `undefined` for all.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { type Batch, compile, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, w] = [1, 2].map((data) => new Value(data));
 * const program = compile(w.mul(x), { inputs: [x], parameters: [w] });
 * program.load([[1], [10], [100], [1]]);
 * const ends: Batch = [0, 2];
 * deepEqual([program.forward(ends), program.forward()], [101, 56]);
 * ```
 */
export type Batch = readonly number[] | undefined;

/** Throws unless a batch is a list of places among `count` examples, with at least one. */
export function checkBatch(batch: readonly number[], count: number): void {
  if (!Array.isArray(batch)) {
    throw new TypeError(`Program: batch must be an array, got ${describe(batch)}`);
  }
  if (batch.length === 0) {
    throw new RangeError("Program: batch must have at least one element, got an empty array");
  }
  // Every step comes here: a plain loop.
  for (let k = 0; k < batch.length; k++) {
    const i = batch[k];
    if (Number.isInteger(i) && i >= 0 && i < count) continue;
    throw new RangeError(
      `Program: batch[${k}] must be a whole number from 0 to ${count - 1}, got ${
        describeNumber(i)
      }`,
    );
  }
}

/**
 * Makes lanes of whole tiles for n examples. Lanes that are left over repeat
 * examples, and a loss that is in 2, 4 or 8 lanes counts a half, a quarter, an
 * eighth in each: the sums are the same to the last bit.
 *
 * @param seeds becomes what the loss in each lane counts.
 * @param tile how many lanes a tile has.
 * @returns for each of the lanes from n, which of the n examples it repeats.
 */
export function fillSeeds(seeds: FloatArray, n: number, tile: number): number[] {
  const last = seeds.length - tile;
  const repeated: number[] = [];
  seeds.fill(1 / n);
  copiesInTile(n - last, tile).forEach((copies, k) => {
    const i = last + k;
    seeds[i] /= copies;
    for (let copy = 1; copy < copies; copy++) {
      seeds[n + repeated.length] = seeds[i];
      repeated.push(i);
    }
  });
  return repeated;
}

/**
 * Lays the examples of a batch into such lanes.
 *
 * @param order becomes the place of each lane's example.
 * @param repeated what {@link fillSeeds} returned.
 */
export function fillOrder(order: Int32Array, batch: Batch, repeated: readonly number[]): void {
  const n = order.length - repeated.length;
  for (let i = 0; i < n; i++) order[i] = batch === undefined ? i : batch[i];
  for (let k = 0; k < repeated.length; k++) order[n + k] = order[repeated[k]];
}

/** In how many lanes of a tile each of n examples lies: powers of 2 that fill it. */
function copiesInTile(n: number, tile: number): number[] {
  const copies = new Array<number>(n).fill(1);
  let left = tile - n;
  while (left > 0) {
    for (let i = 0; i < n && copies[i] <= left; i++) {
      left -= copies[i];
      copies[i] *= 2;
    }
  }
  return copies;
}
