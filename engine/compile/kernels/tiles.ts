/**
 * Pieces of code for tiles of a matrix: loops over them, pointers that move along
 * rows and columns, and the registers that a tile is kept in.
 *
 * @module
 */
import { pushAdd, pushMul, pushZero } from "./pieces.ts";
import type { Area, IndexMap } from "../plan/plan.ts";
import type { Position, Setting } from "./site.ts";
import type { Code } from "../code/wasm.ts";

/** A list up to this length is written term by term. */
const unrolled = 4;

/** A loop over n things in tiles of `size`, and a smaller tile for the rest. */
export function tiles(
  code: Code,
  n: number,
  size: number,
  body: (at: Position, size: number) => void,
) {
  const whole = n - n % size;
  if (whole > size) code.loop(0, whole, size, (local) => body({ local }, size));
  else if (whole > 0) body(0, size);
  if (n > whole) body(whole, n - whole);
}

/** Moving pointers through the positions of a list; short lists are written out. */
export function overPositions(
  code: Code,
  { memory }: Setting,
  n: number,
  pointers: readonly (readonly [local: number, index: IndexMap, area: Area])[],
  body: (...shifts: number[]) => void,
): void {
  const strides = pointers.map(([, { position }, area]) =>
    position * (area === "row" ? memory.rowBytes : memory.scalarBytes)
  );
  if (n <= unrolled) {
    for (let i = 0; i < n; i++) body(...strides.map((stride) => i * stride));
    return;
  }
  const turns = [4, 2, 1].find((k) => n % k === 0)!;
  const turn = () => {
    for (let i = 0; i < turns; i++) body(...strides.map((stride) => i * stride));
    pointers.forEach(([local], k) => code.get(local).i32(turns * strides[k]).add().set(local));
  };
  const moving = strides.findIndex((stride) => stride !== 0);
  if (moving < 0) {
    code.loop(0, n, turns, turn);
    return;
  }
  const [pointer] = pointers[moving], limit = code.local("i32");
  code.get(pointer).i32(n * strides[moving]).add().set(limit);
  code.loopUntil(pointer, limit, turn);
  code.release("i32", limit);
}

/** A new local that holds how far member m is from the start of its area, beside what is constant. */
export function pointer(
  code: Code,
  { memory }: Setting,
  { first, member }: IndexMap,
  area: Area,
  m: Position,
) {
  const unit = area === "row" ? memory.rowBytes : memory.scalarBytes;
  const local = code.local("i32");
  if (typeof m === "number") {
    code.i32(0).set(local);
    return { local, offset: (first + m * member) * unit };
  }
  code.get(m.local).i32(member * unit).mul().set(local);
  return { local, offset: first * unit };
}

/** New locals for vectors. */
export function locals(code: Code, n: number): number[] {
  return Array.from({ length: n }, () => code.local("v128"));
}

/** Gives locals back: those of vectors, and pointers. */
export function release(code: Code, vectors: readonly number[], pointers: readonly number[]): void {
  for (const local of vectors) code.release("v128", local);
  for (const local of pointers) code.release("i32", local);
}

/** local = 0 */
export function clear(code: Code, local: number): void {
  pushZero(code);
  code.set(local);
}

/** Loads the two vectors of a turn of the loop over the examples. */
export function loadPair(
  code: Code,
  [a, b]: readonly number[],
  base: number,
  offset: number,
): void {
  code.get(base).loadVector(offset).set(a);
  code.get(base).loadVector(offset + 16).set(b);
}

/** Stores two vectors side by side. */
export function storePair(
  code: Code,
  [a, b]: readonly number[],
  base: number,
  offset: number,
): void {
  code.get(base).get(a).storeVector(offset);
  code.get(base).get(b).storeVector(offset + 16);
}

/** Loads a scalar into all lanes of a local. */
export function splat(
  code: Code,
  { memory }: Setting,
  base: number,
  offset: number,
  into: number,
): void {
  code.get(base).loadSplat(memory.type, offset).set(into);
}

/** sum += x · y */
export function accumulate(code: Code, setting: Setting, sum: number, x: number, y: number): void {
  if (setting.isFused) {
    code.get(x).get(y).get(sum).simd(setting.memory.type === "f64" ? 0x107 : 0x105).set(sum);
    return;
  }
  code.get(sum).get(x).get(y);
  pushMul(code, setting);
  pushAdd(code, setting);
  code.set(sum);
}
