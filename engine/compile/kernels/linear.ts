/**
 * The code of layers: many dot products of scalars with the same rows, which is
 * a matrix times a matrix, examples being the columns. Tiles of it are kept in
 * registers, as in Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication" (2008).
 *
 * @module
 */
import type { AdjointBook } from "./adjoints.ts";
import { addToScalar, endLocal, ownIndex, pushLaneSum, zeroAdjoints } from "./pieces.ts";
import type { Group, IndexMap, Kernel, OperandPlan } from "../plan/plan.ts";
import type { Setting } from "./site.ts";
import {
  accumulate,
  clear,
  loadPair,
  locals,
  overPositions,
  pointer,
  release,
  splat,
  storePair,
  tiles,
} from "./tiles.ts";
import type { Code } from "../code/wasm.ts";

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
export function forwardLinear(code: Code, setting: Setting, { group, weights, x }: Linear): void {
  multiply(code, setting, {
    height: group.members.length,
    width: group.terms,
    matrix: weights.index,
    area: setting.memory.values.row,
    source: x.index,
    target: ownIndex(group),
    isAdded: false,
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
): void {
  multiply(code, setting, {
    height: group.terms,
    width: group.members.length,
    matrix: { ...weights.index, member: weights.index.position, position: weights.index.member },
    area: setting.memory.adjoints.row,
    source: { ...ownIndex(group), position: 1 },
    target: { ...x.index, member: x.index.position },
    isAdded: !isFirst,
  });
}

/** A matrix times the columns of rows, which are the examples. */
interface Product {
  readonly height: number;
  readonly width: number;
  /** The scalars of the matrix: a row of it by member, a column by position. */
  readonly matrix: IndexMap;
  /** Where the rows of source and target are. */
  readonly area: number;
  /** The rows that are multiplied, by position. */
  readonly source: IndexMap;
  /** The rows of the product, by member. */
  readonly target: IndexMap;
  /** Whether the product is added to what is there. */
  readonly isAdded: boolean;
}

function multiply(code: Code, setting: Setting, product: Product): void {
  const { matrix, source, target, isAdded } = product;
  const { values, rowBytes, scalarBytes } = setting.memory;
  const from = product.area + source.first * rowBytes;
  tiles(code, product.height, tall, (m, height) => {
    const w = pointer(code, setting, matrix, "scalar", m);
    const y = pointer(code, setting, target, "row", m);
    const at = code.local("i32"), wi = code.local("i32"), xi = code.local("i32");
    const sums = locals(code, 2 * height), pair = locals(code, 2), weight = code.local("v128");
    const offsetOf = (k: number) => product.area + y.offset + k * target.member * rowBytes;
    code.loop(0, { local: endLocal }, 32, (t) => {
      const findTarget = () => code.get(y.local).get(t).add().set(at);
      if (isAdded) {
        findTarget();
        for (let k = 0; k < height; k++) loadPair(code, sums.slice(2 * k), at, offsetOf(k));
      } else for (const sum of sums) clear(code, sum);
      code.get(w.local).set(wi).get(t).set(xi);
      const moving = [[wi, matrix, "scalar"], [xi, source, "row"]] as const;
      overPositions(code, setting, product.width, moving, (wShift, xShift) => {
        loadPair(code, pair, xi, from + xShift);
        for (let k = 0; k < height; k++) {
          const row = values.scalar + w.offset + k * matrix.member * scalarBytes;
          splat(code, setting, wi, row + wShift, weight);
          accumulate(code, setting, sums[2 * k], weight, pair[0]);
          accumulate(code, setting, sums[2 * k + 1], weight, pair[1]);
        }
      });
      if (!isAdded) findTarget();
      for (let k = 0; k < height; k++) storePair(code, sums.slice(2 * k), at, offsetOf(k));
    });
    release(code, [...sums, ...pair, weight], [w.local, y.local, at, wi, xi]);
  });
}

/** ∂W = ∂y xᵀ, summed over the examples. */
function backwardWeights(code: Code, setting: Setting, { group, weights, x }: Linear): void {
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
            code.get(source.local).loadVector(memory.values.row + from).set(column);
          });
          for (let j = 0; j < height; j++) {
            const from = d.offset + j * memory.rowBytes + shift;
            code.get(d.local).loadVector(memory.adjoints.row + from).set(row);
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
      const column = { ...index, first: 0, member: index.position };
      const wi = pointer(code, setting, column, "scalar", i);
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
