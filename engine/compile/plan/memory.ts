import { bytesOf, type LaneType } from "../code/lanes.ts";
import type { Area, Plan } from "./plan.ts";

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
