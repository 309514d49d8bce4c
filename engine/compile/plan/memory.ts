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
  /** How many examples are computed together; a multiple of the lanes of two vectors. */
  readonly blockSize: number;
  /** The size of one number, and so of one scalar. */
  readonly scalarBytes: number;
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

/** How many examples are computed together: enough to keep loops busy, few enough for the cache. */
const blockSize = 32;

/**
 * Lays out the memory of a program. The values of the scalars and the tables
 * are there once; what else it computes with each thread has for itself.
 */
export function memoryMap(
  { rows, scalars }: Plan,
  type: LaneType,
  thread = 0,
  threads = 1,
): MemoryMap {
  const scalarBytes = bytesOf[type];
  const rowBytes = blockSize * scalarBytes;
  const scalarArea = align(scalars * scalarBytes);
  const own = scalarArea + align(2 * rows * rowBytes + 16);
  const start = scalarArea + thread * own;
  const rowsAt = start + scalarArea;
  return {
    type,
    blockSize,
    scalarBytes,
    rowBytes,
    values: { scalar: 0, row: rowsAt },
    adjoints: { scalar: start, row: rowsAt + rows * rowBytes },
    loss: rowsAt + 2 * rows * rowBytes,
    tables: scalarArea + threads * own,
  };
}

/** The next multiple of 64, the size of a line of the cache. */
export function align(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}
