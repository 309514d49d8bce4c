import { bytesOf, type LaneType } from "../code/code.ts";
import type { Area } from "./nodes.ts";
import type { Plan } from "./plan.ts";

/**
 * Numbers of double or of single precision.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { SGD, Value } from "chainrule";
 * import type { FloatArray } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const data: FloatArray = Float32Array.of(1, 2);
 * const optimizer = new SGD([new Value(1), new Value(2)], { lr: 0.5 });
 * optimizer.update(data, Float32Array.of(2, -2));
 * deepEqual([...data], [0, 3]);
 * ```
 */
export type FloatArray = Float64Array | Float32Array;

/** Where a program keeps its numbers, in bytes from the start of its memory. */
export interface MemoryMap {
  readonly type: LaneType;
  /** The size of one number, and so of one scalar. */
  readonly scalarBytes: number;
  /** The size of a row, which holds the numbers of the examples that are computed together. */
  readonly rowBytes: number;
  readonly values: Readonly<Record<Area, number>>;
  readonly adjoints: Readonly<Record<Area, number>>;
  /** The mean of the losses. */
  readonly loss: number;
  /** Tables of indices begin here. */
  readonly tables: number;
}

/** The bytes of a page of WebAssembly's memory. */
export const pageBytes = 65536;

/** How many pages of memory threads can share: 2 GiB. */
export const sharedPages = 32768;

/** How many examples are computed together at most: enough to keep loops busy. */
const blockSize = 32;
/** Two vectors or four, a line of the cache, are computed together at least. */
const leastRowBytes = 64;
/** What a core's cache of the second level holds, or more. */
const cacheBytes = 512 * 1024;

/**
 * Lays out the memory of a program. The values of the scalars and the tables
 * are there once; what else it computes with each thread has for itself.
 */
export function memoryMap(plan: Plan, type: LaneType, thread = 0, threads = 1): MemoryMap {
  const { rows, scalars } = plan;
  const scalarBytes = bytesOf[type];
  const rowBytes = rowBytesOf(plan, scalarBytes);
  // One example alone has its numbers behind the scalars.
  const scalarArea = align((scalars + rows) * scalarBytes);
  const own = scalarArea + align(2 * rows * rowBytes + 16);
  const start = scalarArea + thread * own;
  const rowsAt = start + scalarArea;
  return {
    type,
    scalarBytes,
    rowBytes,
    values: { scalar: 0, row: rowsAt },
    adjoints: { scalar: start, row: rowsAt + rows * rowBytes },
    loss: rowsAt + 2 * rows * rowBytes,
    tables: scalarArea + threads * own,
  };
}

/**
 * Rows are shorter where so many are long in all that they leave the cache before
 * the way back. That pays if the scalars, which are gone through once a block, are few.
 */
function rowBytesOf({ rows, scalars }: Plan, scalarBytes: number): number {
  let bytes = blockSize * scalarBytes;
  if (2 * scalars * scalarBytes > cacheBytes) return bytes;
  while (bytes > leastRowBytes && 2 * rows * bytes > cacheBytes) bytes /= 2;
  return bytes;
}

/** The next multiple of 64, the size of a line of the cache. */
export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
