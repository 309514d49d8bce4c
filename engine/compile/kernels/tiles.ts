/**
 * Pieces of code for tiles of a matrix: loops over them, pointers that move along
 * rows and columns, and the registers that a tile is kept in.
 *
 * @module
 */
import type { Places } from "../plan/plan.ts";
import type { KernelCode, Position } from "./kernel_code.ts";

/** A loop over n things in tiles of `size`, and a smaller tile for the rest. */
export function tiles(
  code: KernelCode,
  n: number,
  size: number,
  body: (at: Position, size: number) => void,
) {
  const whole = n - n % size;
  if (whole > size) code.loop(0, whole, size, (local) => body({ local }, size));
  else if (whole > 0) body(0, size);
  if (n > whole) body(whole, n - whole);
}

/** How many rows of a matrix one tile holds: four, or five, which fit into the registers too. */
export function rowsOfTile(height: number): number {
  return height % 5 === 0 ? 5 : 4;
}

/**
 * Moving pointers through the positions of a list; short lists are written out.
 *
 * @param write writes the code of so many positions, from where the pointers are.
 * @param unrolled so many are written in one turn of a loop, and less than twice as many without.
 */
export function overPositions(
  code: KernelCode,
  n: number,
  pointers: readonly (readonly [local: number, places: Places])[],
  write: (count: number) => void,
  unrolled = 4,
): void {
  const rest = n % unrolled, whole = n - rest;
  const turn = () => {
    write(unrolled);
    for (const [local, { area, index }] of pointers) {
      code.move(local, unrolled * index.position * code.unit(area));
    }
  };
  if (n < 2 * unrolled) {
    write(n);
    return;
  }
  const moving = pointers.find(([, { index }]) => index.position !== 0);
  if (moving === undefined) code.loop(0, whole, unrolled, turn);
  else {
    const [pointer, { area, index }] = moving, limit = code.local("i32");
    code.get(pointer).i32(whole * index.position * code.unit(area)).add().set(limit);
    code.loopUntil(pointer, limit, turn);
    code.release("i32", limit);
  }
  write(rest);
}

/** A new local that holds how far position i of member m is from the start of its area, beside what is constant. */
export function pointer(
  code: KernelCode,
  { area, index: { first, member, position } }: Places,
  m: Position,
  i: Position = 0,
) {
  const unit = code.unit(area), local = code.local("i32");
  let offset = first * unit, isMoved = false;
  for (const [at, stride] of [[m, member], [i, position]] as const) {
    if (typeof at === "number") offset += at * stride * unit;
    else {
      offset += (at.ahead ?? 0) * stride * unit;
      code.get(at.local).i32(stride * unit).mul();
      if (isMoved) code.add();
      isMoved = true;
    }
  }
  if (!isMoved) code.i32(0);
  code.set(local);
  return { local, offset };
}

/** The positions of lists as members. */
export function transposed({ area, index }: Places): Places {
  const { member, position } = index;
  return { area, index: { ...index, member: position, position: member } };
}

/** New locals for vectors. */
export function locals(code: KernelCode, n: number): number[] {
  return Array.from({ length: n }, () => code.local("v128"));
}

/** Gives locals back: those of vectors, and pointers. */
export function release(
  code: KernelCode,
  vectors: readonly number[],
  pointers: readonly number[],
): void {
  for (const local of vectors) code.release("v128", local);
  for (const local of pointers) code.release("i32", local);
}

/** Loads vectors that lie so far behind a place each. */
export function loadVectors(
  code: KernelCode,
  vectors: readonly number[],
  base: number,
  offset: number,
  distances: readonly number[],
): void {
  vectors.forEach((local, v) => code.get(base).loadVector(offset + distances[v]).set(local));
}

/** Stores vectors so far behind a place each. */
export function storeVectors(
  code: KernelCode,
  vectors: readonly number[],
  base: number,
  offset: number,
  distances: readonly number[],
): void {
  vectors.forEach((local, v) => code.get(base).get(local).storeVector(offset + distances[v]));
}

/** sum += x · y */
export function accumulate(code: KernelCode, sum: number, x: number, y: number): void {
  if (code.setting.isFused) code.get(x).get(y).get(sum).lanes("madd");
  else code.get(sum).get(x).get(y).lanes("mul").lanes("add");
  code.set(sum);
}
