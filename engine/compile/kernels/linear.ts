/**
 * The code of layers: many dot products of scalars with the same rows, which is
 * a matrix times a matrix, examples being the columns. Tiles of it are kept in
 * registers, as in Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication" (2008).
 *
 * @module
 */
import { lanesOf } from "../code/code.ts";
import { type Group, type Kernel, type OperandPlan, ownPlaces, type Places } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import { endLocal, KernelCode, type Quantity } from "./kernel_code.ts";
import {
  accumulate,
  loadVectors,
  locals,
  overPositions,
  pointer,
  release,
  storeVectors,
  tiles,
  transposed,
} from "./tiles.ts";

/** The operands of a layer: a matrix of scalars, and the rows it is applied to. */
export interface Linear {
  readonly group: Group;
  readonly weights: OperandPlan;
  readonly x: OperandPlan;
}

/** How many rows of the matrix one tile holds, and how many columns where it is summed over examples. */
const tall = 4, wide = 2;

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
  return { group, weights, x };
}

/** y = W x, for all examples of a block. */
export function forwardLinear(code: KernelCode, { group, weights, x }: Linear): void {
  eachSize(code, (code, vectors) => {
    multiply(code, {
      height: group.members.length,
      width: group.terms,
      of: "values",
      matrix: weights,
      source: x,
      target: ownPlaces(group),
      isAdded: false,
      vectors,
    });
  });
}

/** The gradients of W and x from that of y. */
export function backwardLinear(
  code: KernelCode,
  kernel: Kernel,
  linear: Linear,
  book: AdjointBook,
): void {
  const { group, weights, x } = linear;
  const active = [x, weights].filter(({ isActive }) => isActive);
  const modes = book.begin({ ...kernel, count: 1 }, active);
  code.zeroAdjoints(modes.zero);
  eachSize(code, (code, vectors) => {
    if (x.isActive) {
      // ∂x = Wᵀ ∂y
      multiply(code, {
        height: group.terms,
        width: group.members.length,
        of: "adjoints",
        matrix: transposed(weights),
        source: transposed(ownPlaces(group)),
        target: transposed(x),
        isAdded: !modes.isFirst(0),
        vectors,
      });
    }
    if (weights.isActive) backwardWeights(code, linear, vectors);
  });
}

/**
 * Code for blocks that are gone over by two vectors at a time, and a function for
 * those of a single one: in one function they get in the way of each other's registers.
 */
function eachSize(code: KernelCode, write: (code: KernelCode, vectors: number) => void): void {
  const single = new KernelCode(code.setting, 1);
  write(single, 1);
  code.setting.callees.push(single);
  code.get(endLocal).i32(16).plain("i32.ne");
  code.choose(() => write(code, 2), () => code.get(endLocal).call(single));
}

/** A matrix times the columns of rows, which are the examples. */
interface Product {
  readonly height: number;
  readonly width: number;
  /** What the rows hold. */
  readonly of: Quantity;
  /** The scalars of the matrix: a row of it by member, a column by position. */
  readonly matrix: Places;
  /** The rows that are multiplied, by position. */
  readonly source: Places;
  /** The rows of the product, by member. */
  readonly target: Places;
  /** Whether the product is added to what is there. */
  readonly isAdded: boolean;
  /** How many vectors are multiplied at a time. */
  readonly vectors: number;
}

function multiply(code: KernelCode, product: Product): void {
  const { matrix, source, target, isAdded, vectors } = product;
  const { values, rowBytes, scalarBytes } = code.memory;
  const rows = code.memory[product.of].row;
  const from = rows + source.index.first * rowBytes;
  tiles(code, product.height, tall, (m, height) => {
    const w = pointer(code, matrix, m);
    const y = pointer(code, target, m);
    const at = code.local("i32"), wi = code.local("i32"), xi = code.local("i32");
    const sums = locals(code, vectors * height);
    const columns = [locals(code, vectors), locals(code, vectors)];
    const weights = code.local("v128"), weight = code.local("v128");
    const offsetOf = (k: number) => rows + y.offset + k * target.index.member * rowBytes;
    const offsetOfWeight = (k: number, i: number) =>
      values.scalar + w.offset +
      (k * matrix.index.member + i * matrix.index.position) * scalarBytes;
    const sumsOf = (k: number) => sums.slice(k * vectors, (k + 1) * vectors);
    const multiplyRow = (k: number, column: readonly number[]) => {
      code.set(weight);
      sumsOf(k).forEach((sum, v) => accumulate(code, sum, weight, column[v]));
    };
    const loadX = (i: number, column: readonly number[]) =>
      loadVectors(code, column, xi, from + i * source.index.position * rowBytes);
    code.loop(0, { local: endLocal }, 16 * vectors, (t) => {
      const findTarget = () => code.get(y.local).get(t).add().set(at);
      if (isAdded) {
        findTarget();
        for (let k = 0; k < height; k++) loadVectors(code, sumsOf(k), at, offsetOf(k));
      } else for (const sum of sums) code.clear(sum);
      code.get(w.local).set(wi).get(t).set(xi);
      overPositions(code, product.width, [[wi, matrix], [xi, source]], (count) => {
        const step = matrix.index.position === 1 ? 2 : 1;
        for (let i = 0; i < count; i += step) {
          const along = Math.min(step, count - i);
          for (let n = 0; n < along; n++) loadX(i + n, columns[n]);
          for (let k = 0; k < height;) {
            // Weights that are neighbours are loaded at once: two of a row, or some of a column.
            const across = matrix.index.member === 1 && along === 1
              ? neighbours(code, height - k)
              : 1;
            code.get(wi);
            if (along * across === 1) {
              code.loadSplat(offsetOfWeight(k, i));
              multiplyRow(k, columns[0]);
            } else {
              code.loadNeighbours(offsetOfWeight(k, i), along * across).set(weights);
              for (let n = 0; n < along * across; n++) {
                code.splatLane(weights, n);
                multiplyRow(across > 1 ? k + n : k, columns[along > 1 ? n : 0]);
              }
            }
            k += across;
          }
        }
      }, 2 * vectors);
      if (!isAdded) findTarget();
      for (let k = 0; k < height; k++) storeVectors(code, sumsOf(k), at, offsetOf(k));
    });
    release(code, [...sums, ...columns.flat(), weights, weight], [w.local, y.local, at, wi, xi]);
  });
}

/** How many of n neighbours can be loaded at once: all lanes, 8 bytes, or one. */
function neighbours({ type }: KernelCode, n: number): number {
  return [lanesOf[type], 2, 1].find((count) => count <= n)!;
}

/** ∂W = ∂y xᵀ, summed over the examples. */
function backwardWeights(
  code: KernelCode,
  { group, weights, x }: Linear,
  vectors: number,
): void {
  const { values, adjoints, rowBytes, scalarBytes } = code.memory;
  const rows = group.members.length;
  // Five rows fit into the registers, too.
  tiles(code, rows, rows % 5 === 0 ? 5 : tall, (m, height) => {
    tiles(code, group.terms, wide, (i, width) => {
      const d = pointer(code, ownPlaces(group), m);
      const source = pointer(code, transposed(x), i);
      const sums = locals(code, height * width), columns = locals(code, width);
      const row = code.local("v128");
      for (const sum of sums) code.clear(sum);
      const limit = code.local("i32");
      code.get(d.local).get(endLocal).add().set(limit);
      code.loopUntil(d.local, limit, () => {
        for (let shift = 0; shift < 16 * vectors; shift += 16) {
          columns.forEach((column, k) => {
            const from = source.offset + k * x.index.position * rowBytes + shift;
            code.get(source.local).loadVector(values.row + from).set(column);
          });
          for (let j = 0; j < height; j++) {
            const from = d.offset + j * rowBytes + shift;
            code.get(d.local).loadVector(adjoints.row + from).set(row);
            columns.forEach((column, k) => accumulate(code, sums[j * width + k], row, column));
          }
        }
        for (const local of [d.local, source.local]) code.move(local, 16 * vectors);
      });
      code.release("i32", limit);
      const { area, index } = weights;
      const w = pointer(code, weights, m);
      const wi = pointer(code, transposed({ area, index: { ...index, first: 0 } }), i);
      code.get(w.local).get(wi.local).add().set(w.local);
      for (let j = 0; j < height; j++) {
        const sumsOfRow = sums.slice(j * width, (j + 1) * width);
        const addressOf = (k: number) => ({
          offset: adjoints.scalar + w.offset + wi.offset +
            (j * index.member + k * index.position) * scalarBytes,
          local: w.local,
        });
        const [a, b] = sumsOfRow;
        if (b !== undefined && index.position === 1) {
          code.addToNeighbours(addressOf(0), () => code.laneSums(a, b));
        } else {
          sumsOfRow.forEach((sum, k) => code.addToScalar(addressOf(k), () => code.laneSum(sum)));
        }
      }
      release(code, [...sums, ...columns, row], [d.local, source.local, w.local, wi.local]);
    });
  });
}
