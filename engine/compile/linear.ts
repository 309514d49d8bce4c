/**
 * The code of layers: many dot products of scalars with the same rows, which is
 * a matrix times a matrix, examples being the columns. Tiles of it are kept in
 * registers, as in Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication" (2008).
 *
 * @module
 */
import type { AdjointBook } from "./adjoints.ts";
import {
  addToScalar,
  endLocal,
  ownIndex,
  pushAdd,
  pushLaneSum,
  pushMul,
  pushZero,
  zeroAdjoints,
} from "./pieces.ts";
import type { Group, IndexMap, Kernel, OperandPlan } from "./plan.ts";
import type { Position, Setting } from "./site.ts";
import type { Code } from "./wasm.ts";

/** The operands of a layer: a matrix of scalars, and the rows it is applied to. */
export interface Linear {
  readonly group: Group;
  readonly weights: OperandPlan;
  readonly x: OperandPlan;
  /** The place of the weights among the operands. */
  readonly side: number;
}

/** How many rows of the matrix one tile holds, and how many columns where it is summed over examples. */
const tall = 4, wide = 2;

/** A list up to this length is written term by term. */
const unrolled = 4;

/** What makes a kernel a layer; `null` if it is none. */
export function asLinear({ groups, area, count }: Kernel): Linear | null {
  const [group] = groups;
  if (group.op !== "dot" || area !== "row") return null;
  const side = group.operands.findIndex((operand) => operand.area === "scalar");
  if (side < 0) return null;
  const weights = group.operands[side], x = group.operands[1 - side];
  // Rows that repeat in one tile of ∂x would be written over one another.
  const isOnce = x.index.position > 0 || group.terms === 1;
  const isRegular = weights.index.table === null && x.index.table === null && isOnce;
  if (!isRegular || x.area !== "row" || (count > 1 && x.index.member !== 0)) return null;
  return { group, weights, x, side };
}

/** y = W x, for all examples of a block. */
export function forwardLinear(code: Code, setting: Setting, { group, weights, x }: Linear): void {
  const { memory } = setting;
  const n = group.members.length;
  tiles(code, n, tall, (m, height) => {
    const { local: w, offset: wAt } = pointer(code, setting, weights.index, "scalar", m);
    const { local: y, offset: yAt } = pointer(code, setting, ownIndex(group), "row", m);
    const at = code.local("i32"), wi = code.local("i32"), xi = code.local("i32");
    const sums = locals(code, 2 * height), pair = locals(code, 2), weight = code.local("v128");
    code.loop(0, { local: endLocal }, 32, (t) => {
      for (const sum of sums) clear(code, sum);
      code.get(w).set(wi).get(t).set(xi);
      overPositions(code, setting, group.terms, [[wi, weights.index, "scalar"], [
        xi,
        x.index,
        "row",
      ]], (wShift, xShift) => {
        loadPair(code, pair, xi, memory.values.row + x.index.first * memory.rowBytes + xShift);
        for (let k = 0; k < height; k++) {
          const row = k * weights.index.member * memory.scalarBytes;
          splat(code, setting, wi, memory.values.scalar + wAt + row + wShift, weight);
          accumulate(code, setting, sums[2 * k], weight, pair[0]);
          accumulate(code, setting, sums[2 * k + 1], weight, pair[1]);
        }
      });
      code.get(y).get(t).add().set(at);
      for (let k = 0; k < height; k++) {
        storePair(
          code,
          sums[2 * k],
          sums[2 * k + 1],
          at,
          memory.values.row + yAt + k * memory.rowBytes,
        );
      }
    });
    release(code, [...sums, ...pair, weight], [w, y, at, wi, xi]);
  });
}

/** The gradients of W and x from that of y. */
export function backwardLinear(
  code: Code,
  setting: Setting,
  kernel: Kernel,
  linear: Linear,
  book: AdjointBook,
): void {
  const { weights, x } = linear;
  const modes = book.begin(
    { ...kernel, count: 1 },
    [x, weights].filter(({ isActive }) => isActive),
  );
  modes.zero.forEach((group) => zeroAdjoints(code, setting, group));
  if (x.isActive) backwardRows(code, setting, linear, modes.isFirst(0));
  if (weights.isActive) backwardWeights(code, setting, linear);
}

/** ∂x = Wᵀ ∂y */
function backwardRows(
  code: Code,
  setting: Setting,
  { group, weights, x }: Linear,
  isFirst: boolean,
) {
  const { memory } = setting;
  const transposed = { ...weights.index, member: weights.index.position };
  tiles(code, group.terms, tall, (i, height) => {
    const { local: w, offset: wAt } = pointer(code, setting, transposed, "scalar", i);
    const target = pointer(code, setting, { ...x.index, member: x.index.position }, "row", i);
    const at = code.local("i32"), wm = code.local("i32"), dm = code.local("i32");
    const sums = locals(code, 2 * height), pair = locals(code, 2), weight = code.local("v128");
    const offsetOf = (k: number) =>
      memory.adjoints.row + target.offset + k * x.index.position * memory.rowBytes;
    code.loop(0, { local: endLocal }, 32, (t) => {
      code.get(target.local).get(t).add().set(at);
      for (let k = 0; k < height; k++) {
        if (isFirst) {
          clear(code, sums[2 * k]);
          clear(code, sums[2 * k + 1]);
        } else loadPair(code, sums.slice(2 * k), at, offsetOf(k));
      }
      code.get(w).set(wm).get(t).set(dm);
      const down = { ...weights.index, position: weights.index.member };
      overPositions(code, setting, group.members.length, [[wm, down, "scalar"], [
        dm,
        { ...ownIndex(group), position: 1 },
        "row",
      ]], (wShift, dShift) => {
        loadPair(code, pair, dm, memory.adjoints.row + group.first * memory.rowBytes + dShift);
        for (let k = 0; k < height; k++) {
          const column = k * weights.index.position * memory.scalarBytes;
          splat(code, setting, wm, memory.values.scalar + wAt + column + wShift, weight);
          accumulate(code, setting, sums[2 * k], weight, pair[0]);
          accumulate(code, setting, sums[2 * k + 1], weight, pair[1]);
        }
      });
      for (let k = 0; k < height; k++) {
        storePair(code, sums[2 * k], sums[2 * k + 1], at, offsetOf(k));
      }
    });
    release(code, [...sums, ...pair, weight], [w, target.local, at, wm, dm]);
  });
}

/** ∂W = ∂y xᵀ, summed over the examples. */
function backwardWeights(code: Code, setting: Setting, { group, weights, x }: Linear) {
  const { memory } = setting;
  tiles(code, group.members.length, tall, (m, height) => {
    tiles(code, group.terms, wide, (i, width) => {
      const d = pointer(code, setting, ownIndex(group), "row", m);
      const source = pointer(code, setting, { ...x.index, member: x.index.position }, "row", i);
      const sums = locals(code, height * width), columns = locals(code, width);
      const row = code.local("v128");
      for (const sum of sums) clear(code, sum);
      const limit = code.local("i32");
      code.get(d.local).get(endLocal).add().set(limit);
      code.loopUntil(d.local, limit, () => {
        for (const shift of [0, 16]) {
          columns.forEach((column, k) => {
            const from = source.offset + k * x.index.position * memory.rowBytes + shift;
            code.get(source.local).simdMemory(0x00, memory.values.row + from).set(column);
          });
          for (let j = 0; j < height; j++) {
            const from = d.offset + j * memory.rowBytes + shift;
            code.get(d.local).simdMemory(0x00, memory.adjoints.row + from).set(row);
            columns.forEach((column, k) =>
              accumulate(code, setting, sums[j * width + k], row, column)
            );
          }
        }
        for (const local of [d.local, source.local]) code.get(local).i32(32).add().set(local);
      });
      code.release("i32", limit);
      const { index } = weights;
      const w = pointer(code, setting, index, "scalar", m);
      const wi = pointer(
        code,
        setting,
        { ...index, first: 0, member: index.position },
        "scalar",
        i,
      );
      code.get(w.local).get(wi.local).add().set(w.local);
      for (let j = 0; j < height; j++) {
        const at = (k: number) => {
          const shift = (j * index.member + k * index.position) * memory.scalarBytes;
          return { offset: memory.adjoints.scalar + w.offset + wi.offset + shift, local: w.local };
        };
        for (let k = 0; k < width; k++) {
          addToScalar(code, setting, at(k), () => {
            pushLaneSum(code, setting, sums[j * width + k]);
          });
        }
      }
      release(code, [...sums, ...columns, row], [d.local, source.local, w.local, wi.local]);
    });
  });
}

/** A loop over n things in tiles of `size`, and a smaller tile for the rest. */
function tiles(code: Code, n: number, size: number, body: (at: Position, size: number) => void) {
  const whole = n - n % size;
  if (whole > size) code.loop(0, whole, size, (local) => body({ local }, size));
  else if (whole > 0) body(0, size);
  if (n > whole) body(whole, n - whole);
}

/** Moving pointers through the positions of a list; short lists are written out. */
function overPositions(
  code: Code,
  { memory }: Setting,
  n: number,
  pointers: readonly [local: number, index: IndexMap, area: "row" | "scalar"][],
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
function pointer(
  code: Code,
  { memory }: Setting,
  { first, member }: IndexMap,
  area: "row" | "scalar",
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

function locals(code: Code, n: number): number[] {
  return Array.from({ length: n }, () => code.local("v128"));
}

function release(code: Code, vectors: readonly number[], pointers: readonly number[]): void {
  for (const local of vectors) code.release("v128", local);
  for (const local of pointers) code.release("i32", local);
}

function clear(code: Code, local: number): void {
  pushZero(code);
  code.set(local);
}

function loadPair(code: Code, [a, b]: readonly number[], base: number, offset: number): void {
  code.get(base).simdMemory(0x00, offset).set(a);
  code.get(base).simdMemory(0x00, offset + 16).set(b);
}

function storePair(code: Code, a: number, b: number, base: number, offset: number): void {
  code.get(base).get(a).simdMemory(0x0b, offset);
  code.get(base).get(b).simdMemory(0x0b, offset + 16);
}

function splat(code: Code, { memory }: Setting, base: number, offset: number, into: number): void {
  code.get(base).simdMemory(memory.type === "f64" ? 0x0a : 0x09, offset).set(into);
}

/** sum += x · y */
function accumulate(code: Code, setting: Setting, sum: number, x: number, y: number): void {
  if (setting.isFused) {
    code.get(x).get(y).get(sum).simd(setting.memory.type === "f64" ? 0x107 : 0x105).set(sum);
    return;
  }
  code.get(sum).get(x).get(y);
  pushMul(code, setting);
  pushAdd(code, setting);
  code.set(sum);
}
