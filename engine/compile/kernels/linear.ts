/**
 * The code of layers: many dot products of scalars with the same rows, which is
 * a matrix times a matrix, examples being the columns. Tiles of it are kept in
 * registers, as in Goto and van de Geijn, "Anatomy of High-Performance Matrix
 * Multiplication" (2008).
 *
 * @module
 */
import { lanesOf } from "../code/code.ts";
import type { Kernel, Places } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import { endLocal, KernelCode, type Position, type Quantity } from "./kernel_code.ts";
import type { Layer, Linear } from "./layers.ts";
import {
  accumulate,
  loadVectors,
  locals,
  overPositions,
  pointer,
  release,
  rowsOfTile,
  storeVectors,
  tiles,
  transposed,
} from "./tiles.ts";

/** How many columns of the matrix one tile holds where it is summed over examples. */
const wide = 2;

/** y = W x, for all examples of a block. */
export function forwardLinear(code: KernelCode, { layers }: Linear): void {
  eachSize(code, (code, vectors) => {
    for (const layer of layers) {
      multiply(code, { ...layer, of: "values", isAdded: false, isApart: true, vectors });
    }
  });
}

/** The gradients of W and x from that of y. */
export function backwardLinear(
  code: KernelCode,
  kernel: Kernel,
  { weights, x, layers }: Linear,
  book: AdjointBook,
): void {
  const [{ count, source }] = layers;
  const isOne = layers.length === 1;
  const handed = isOne ? { ...x, index: source.index } : x;
  const modes = book.begin(isOne ? { ...kernel, count } : kernel, x.isActive ? [handed] : []);
  code.zeroAdjoints(modes.zero);
  const areFirst = layers.map(({ matrix: places, height: members, width: terms }) =>
    weights.isActive && book.beginScalars([{ places, members, terms }], true)[0]
  );
  eachSize(code, (code, vectors) => {
    for (const [n, layer] of layers.entries()) {
      if (x.isActive) {
        // ∂x = Wᵀ ∂y
        const { height, width, matrix, source: { index } } = layer;
        multiply(code, {
          height: width,
          width: height,
          count: layer.count,
          of: "adjoints",
          matrix: transposed(matrix),
          source: layer.target,
          target: layer.source,
          isAdded: !modes.isFirst(0),
          isApart: index.member > (width - 1) * index.position,
          vectors,
        });
      }
      if (weights.isActive) backwardWeights(code, layer, vectors, areFirst[n]);
    }
  });
}

/**
 * Code for blocks that are gone over by two vectors at a time, and a function for
 * those of a single one: in one function they get in the way of each other's registers.
 */
function eachSize(
  code: KernelCode,
  write: (code: KernelCode, vectors: number) => void,
): void {
  const single = new KernelCode(code.setting, 1, true);
  write(single, 1);
  code.setting.callees.push(single);
  code.bySize(() => write(code, 2), () => code.get(endLocal).call(single));
}

/** A matrix times the columns of rows, which are the examples. */
interface Product extends Layer {
  /** What the rows hold. */
  readonly of: Quantity;
  /** Whether the product is added to what is there. */
  readonly isAdded: boolean;
  /** Whether no two lists of the product have a row in common. */
  readonly isApart: boolean;
  /** How many vectors are multiplied at a time. */
  readonly vectors: number;
}

function multiply(code: KernelCode, product: Product): void {
  const { height, count, isApart, vectors } = product;
  // Weights that are loaded serve two columns: two vectors of examples, or those of two lists.
  tiles(code, count, vectors === 1 && isApart ? 2 : 1, (list, lists) => {
    tiles(code, height, rowsOfTile(height), (m, height) => {
      multiplyTile(code, { ...product, height, count: lists }, list, m);
    });
  });
}

/** A tile of a product: some rows of the matrix, from m, times one or two columns. */
function multiplyTile(
  code: KernelCode,
  { height, width, count, of, matrix, source, target, isAdded, vectors }: Product,
  list: Position,
  m: Position,
): void {
  const { values, rowBytes, scalarBytes } = code.memory;
  const rows = code.memory[of].row;
  const w = pointer(code, matrix, m);
  const x = pointer(code, source, list);
  const y = pointer(code, target, list, m);
  const at = code.local("i32"), wi = code.local("i32"), xi = code.local("i32");
  const distances = ({ index: { member } }: Places) =>
    count > 1 ? [0, member * rowBytes] : vectors > 1 ? [0, 16] : [0];
  const [ofSource, ofTarget] = [distances(source), distances(target)];
  const n = ofSource.length;
  const sums = locals(code, n * height);
  const columns = [locals(code, n), locals(code, n)];
  const weights = code.local("v128"), weight = code.local("v128");
  const offsetOf = (k: number) => rows + y.offset + k * target.index.position * rowBytes;
  const offsetOfWeight = (k: number, i: number) =>
    values.scalar + w.offset + (k * matrix.index.member + i * matrix.index.position) * scalarBytes;
  const sumsOf = (k: number) => sums.slice(k * n, (k + 1) * n);
  const multiplyRow = (k: number, column: readonly number[]) => {
    code.set(weight);
    sumsOf(k).forEach((sum, v) => accumulate(code, sum, weight, column[v]));
  };
  const loadX = (i: number, column: readonly number[]) => {
    const from = rows + x.offset + i * source.index.position * rowBytes;
    loadVectors(code, column, xi, from, ofSource);
  };
  code.loop(0, { local: endLocal }, 16 * vectors, (t) => {
    const findTarget = () => code.get(y.local).get(t).add().set(at);
    if (isAdded) {
      findTarget();
      for (let k = 0; k < height; k++) loadVectors(code, sumsOf(k), at, offsetOf(k), ofTarget);
    } else for (const sum of sums) code.clear(sum);
    code.get(w.local).set(wi).get(x.local).get(t).add().set(xi);
    overPositions(code, width, [[wi, matrix], [xi, source]], (count) => {
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
    }, 2 * n);
    if (!isAdded) findTarget();
    for (let k = 0; k < height; k++) storeVectors(code, sumsOf(k), at, offsetOf(k), ofTarget);
  });
  const pointers = [w.local, x.local, y.local, at, wi, xi];
  release(code, [...sums, ...columns.flat(), weights, weight], pointers);
}

/** How many of n neighbours can be loaded at once: all lanes, 8 bytes, or one. */
function neighbours({ type }: KernelCode, n: number): number {
  return [lanesOf[type], 2, 1].find((count) => count <= n)!;
}

/** ∂W = ∂y xᵀ, summed over the examples and the lists. */
function backwardWeights(
  code: KernelCode,
  { height, width, count, matrix, source, target }: Layer,
  vectors: number,
  isFirst: boolean,
): void {
  const { values, adjoints, rowBytes, scalarBytes } = code.memory;
  tiles(code, height, rowsOfTile(height), (m, height) => {
    tiles(code, width, wide, (i, width) => {
      const d = pointer(code, target, 0, m);
      const x = pointer(code, source, 0, i);
      const sums = locals(code, height * width), columns = locals(code, width);
      const row = code.local("v128");
      for (const sum of sums) code.clear(sum);
      /** Adds a product, at so many bytes from the pointers. */
      const addAt = (ofX: number, ofD: number) => {
        columns.forEach((column, k) => {
          const from = values.row + x.offset + k * source.index.position * rowBytes;
          code.get(x.local).loadVector(from + ofX).set(column);
        });
        for (let j = 0; j < height; j++) {
          code.get(d.local).loadVector(adjoints.row + d.offset + j * rowBytes + ofD).set(row);
          columns.forEach((column, k) => accumulate(code, sums[j * width + k], row, column));
        }
      };
      const [toX, toD] = [source, target].map(({ index }) => index.member * rowBytes);
      if (vectors === 1) {
        const pointers = [[x.local, transposed(source)], [d.local, transposed(target)]] as const;
        overPositions(code, count, pointers, (lists) => {
          for (let n = 0; n < lists; n++) addAt(n * toX, n * toD);
        });
      } else {
        const limit = code.local("i32");
        const overList = () => {
          code.get(d.local).get(endLocal).add().set(limit);
          code.loopUntil(d.local, limit, () => {
            // The pointers move, not the offsets: V8 computes for each offset how far one may go.
            for (let v = 0; v < vectors; v++) {
              addAt(0, 0);
              for (const local of [d.local, x.local]) code.move(local, 16);
            }
          });
        };
        if (count === 1) overList();
        else {
          code.loop(0, count, 1, () => {
            overList();
            code.get(x.local).get(endLocal).sub().i32(toX).add().set(x.local);
            code.get(d.local).get(endLocal).sub().i32(toD).add().set(d.local);
          });
        }
        code.release("i32", limit);
      }
      const { index } = matrix;
      const w = pointer(code, matrix, m, i);
      for (let j = 0; j < height; j++) {
        const sumsOfRow = sums.slice(j * width, (j + 1) * width);
        const addressOf = (k: number) => ({
          offset: adjoints.scalar + w.offset +
            (j * index.member + k * index.position) * scalarBytes,
          local: w.local,
        });
        const [a, b] = sumsOfRow;
        if (b !== undefined && index.position === 1) {
          code.addToNeighbours(addressOf(0), () => code.laneSums(a, b), isFirst);
        } else {
          sumsOfRow.forEach((sum, k) => {
            code.addToScalar(addressOf(k), () => code.laneSum(sum), isFirst);
          });
        }
      }
      release(code, [...sums, ...columns, row], [d.local, x.local, w.local]);
    });
  });
}
