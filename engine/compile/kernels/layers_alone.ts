/**
 * The code of layers for one example alone, whose numbers lie side by side: lanes are
 * neighbours in the matrix, several rows of it or several terms of a dot.
 *
 * @module
 */
import { lanesOf } from "../code/code.ts";
import type { Places } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import type { KernelCode, Position, Quantity } from "./kernel_code.ts";
import type { Layer, Linear } from "./layers.ts";
import {
  accumulate,
  locals,
  overPositions,
  pointer,
  release,
  rowsOfTile,
  tiles,
  transposed,
} from "./tiles.ts";

/** A product of a layer's matrix with its lists. */
interface Product extends Layer {
  readonly of: Quantity;
  /** Whether what it gives is written over what was there; gradients are added up else. */
  readonly isFirst: boolean;
}

/** y = W x, of one example. */
export function forwardAlone(code: KernelCode, { layers }: Linear): void {
  for (const layer of layers) multiply(code, { ...layer, of: "values", isFirst: true });
}

/** The gradients of W and x from that of y, of one example. */
export function backwardAlone(
  code: KernelCode,
  { weights, x, layers }: Linear,
  book: AdjointBook,
): void {
  for (const layer of layers) {
    const { height, width, count, matrix, source, target } = layer;
    if (x.isActive) {
      // ∂x = Wᵀ ∂y
      const [isFirst] = book.beginScalars([{ places: source, members: count, terms: width }], true);
      multiply(code, {
        height: width,
        width: height,
        count,
        of: "adjoints",
        matrix: transposed(matrix),
        source: target,
        target: source,
        isFirst,
      });
    }
    if (weights.isActive) {
      const all = [{ places: matrix, members: height, terms: width }];
      backwardWeights(code, layer, book.beginScalars(all, true)[0]);
    }
  }
}

function areNeighbours({ index }: Places, key: "member" | "position"): boolean {
  return index[key] === 1;
}

/** A product: by whole vectors where the rows or the terms of the matrix lie side by side. */
function multiply(code: KernelCode, product: Product): void {
  const { height, count, matrix, source, target } = product;
  const lanes = lanesOf[code.type];
  const isAcross = areNeighbours(matrix, "member") && areNeighbours(target, "position");
  const isAlong = !isAcross && areNeighbours(matrix, "position") &&
    areNeighbours(source, "position");
  // What is loaded of a list serves as many rows as there are registers for.
  tiles(code, count, Math.min(2, count), (list, lists) => {
    const tile = { ...product, count: lists };
    const rows = (lists === 1 ? 2 : 1) * rowsOfTile(height);
    if (isAlong) {
      tiles(code, height, rows, (m, height) => alongTile(code, { ...tile, height }, list, m));
      return;
    }
    const whole = isAcross ? height - height % lanes : 0;
    const vectors = lists === 1 ? 8 : 4;
    tiles(code, whole, vectors * lanes, (m, height) => {
      acrossTile(code, { ...tile, height }, list, m, lanes);
    });
    tiles(code, height - whole, rows, (m, height) => {
      const from = typeof m === "number" ? whole + m : { ...m, ahead: whole };
      acrossTile(code, { ...tile, height }, list, from, 1);
    });
  });
}

/** Some rows of the matrix, from m, times one or two lists; a lane has a part of the terms. */
function alongTile(
  code: KernelCode,
  { height, width, count, of, matrix, source, target, isFirst }: Product,
  list: Position,
  m: Position,
): void {
  const { values, scalarBytes } = code.memory, lanes = lanesOf[code.type];
  const base = code.memory[of].scalar;
  const w = pointer(code, matrix, m), x = pointer(code, source, list);
  const y = pointer(code, target, list, m);
  const sums = locals(code, height * count), columns = locals(code, count);
  const weights = code.local("v128");
  for (const sum of sums) code.clear(sum);
  const inRow = (k: number) => values.scalar + k * matrix.index.member * scalarBytes;
  const inList = (n: number) => base + n * source.index.member * scalarBytes;
  const vectors = Math.floor(width / lanes), whole = vectors * lanes;
  const moved = [[w.local, byVectors(matrix, lanes)], [x.local, byVectors(source, lanes)]] as const;
  overPositions(code, vectors, moved, (turns) => {
    for (let i = 0; i < turns; i++) {
      columns.forEach((column, n) => {
        code.get(x.local).loadVector(inList(n) + x.offset + 16 * i).set(column);
      });
      for (let k = 0; k < height; k++) {
        code.get(w.local).loadVector(inRow(k) + w.offset + 16 * i).set(weights);
        columns.forEach((column, n) => accumulate(code, sums[k * count + n], weights, column));
      }
    }
  }, 2);
  const [restOfW, restOfX] = [pointer(code, matrix, m, whole), pointer(code, source, list, whole)];
  /** Adds the products that fill no vector to what is on the stack. */
  const addRest = (k: number, n: number) => {
    for (let i = 0; i < width - whole; i++) {
      code.get(restOfW.local).loadSplat(inRow(k) + restOfW.offset + i * scalarBytes);
      code.get(restOfX.local).loadSplat(inList(n) + restOfX.offset + i * scalarBytes);
      code.lanes("mul").lanes("add");
    }
  };
  const inPairs = whole === width && areNeighbours(target, "position");
  for (let n = 0; n < count; n++) {
    const sumOf = (k: number) => sums[k * count + n];
    for (let k = 0; k < height;) {
      const at = n * target.index.member + k * target.index.position;
      const address = { offset: base + y.offset + at * scalarBytes, local: y.local };
      if (inPairs && k + 1 < height) {
        put(code, of, address, 2, () => code.laneSums(sumOf(k), sumOf(k + 1)), isFirst);
        k += 2;
      } else {
        put(code, of, address, 1, () => {
          code.laneSum(sumOf(k));
          addRest(k, n);
        }, isFirst);
        k++;
      }
    }
  }
  const pointers = [w, x, y, restOfW, restOfX].map(({ local }) => local);
  release(code, [...sums, ...columns, weights], pointers);
}

/** The same of `height` rows, as vectors of so many neighbours, in the order of the terms. */
function acrossTile(
  code: KernelCode,
  { height, width, count, of, matrix, source, target, isFirst }: Product,
  list: Position,
  m: Position,
  lanes: number,
): void {
  const { values, scalarBytes } = code.memory;
  const base = code.memory[of].scalar;
  const w = pointer(code, matrix, m), x = pointer(code, source, list);
  const y = pointer(code, target, list, m);
  const groups = height / lanes;
  const sums = locals(code, groups * count), columns = locals(code, count);
  const weights = code.local("v128");
  for (const sum of sums) code.clear(sum);
  overPositions(code, width, [[w.local, matrix], [x.local, source]], (turns) => {
    for (let i = 0; i < turns; i++) {
      columns.forEach((column, n) => {
        const at = n * source.index.member + i * source.index.position;
        code.get(x.local).loadSplat(base + x.offset + at * scalarBytes).set(column);
      });
      for (let g = 0; g < groups; g++) {
        const at = g * lanes * matrix.index.member + i * matrix.index.position;
        loadLanes(code, w.local, values.scalar + w.offset + at * scalarBytes, lanes);
        code.set(weights);
        columns.forEach((column, n) => accumulate(code, sums[g * count + n], weights, column));
      }
    }
  }, 2);
  for (let n = 0; n < count; n++) {
    for (let g = 0; g < groups; g++) {
      const at = n * target.index.member + g * lanes * target.index.position;
      const address = { offset: base + y.offset + at * scalarBytes, local: y.local };
      put(code, of, address, lanes, () => code.get(sums[g * count + n]), isFirst);
    }
  }
  release(code, [...sums, ...columns, weights], [w.local, x.local, y.local]);
}

/** ∂W = ∂y xᵀ of one example, summed over the lists. */
function backwardWeights(
  code: KernelCode,
  { height, width, count, matrix, source, target }: Layer,
  isFirst: boolean,
): void {
  const { values, adjoints, scalarBytes } = code.memory;
  const ofX = { places: source, base: values.scalar, length: width };
  const ofD = { places: target, base: adjoints.scalar, length: height };
  const isAlong = areNeighbours(matrix, "position") && areNeighbours(source, "position");
  const isAcross = !isAlong && areNeighbours(matrix, "member");
  // What is in all lanes of a vector, and what is a neighbour in each; a row of gradients for each of the first.
  const [whole, split] = isAcross ? [ofX, ofD] : [ofD, ofX];
  const gradients = isAcross ? transposed(matrix) : matrix;
  const most = isAlong || isAcross ? lanesOf[code.type] : 1;
  const tile = (m: Position, size: number, i: Position, length: number, lanes: number) => {
    const a = pointer(code, whole.places, 0, m), b = pointer(code, split.places, 0, i);
    const w = pointer(code, gradients, m, i);
    const groups = length / lanes;
    const rows = locals(code, size), columns = locals(code, groups);
    const sums = locals(code, count === 1 ? 0 : size * groups);
    const load = (n: number) => {
      columns.forEach((column, g) => {
        const { member, position } = split.places.index;
        const at = n * member + g * lanes * position;
        loadLanes(code, b.local, split.base + b.offset + at * scalarBytes, lanes);
        code.set(column);
      });
    };
    const loadRow = (n: number, j: number) => {
      const { member, position } = whole.places.index;
      const at = n * member + j * position;
      code.get(a.local).loadSplat(whole.base + a.offset + at * scalarBytes).set(rows[j]);
    };
    for (const sum of sums) code.clear(sum);
    if (count === 1) {
      load(0);
      for (let j = 0; j < size; j++) loadRow(0, j);
    } else {
      const pointers = [
        [a.local, transposed(whole.places)],
        [b.local, transposed(split.places)],
      ] as const;
      overPositions(code, count, pointers, (lists) => {
        for (let n = 0; n < lists; n++) {
          load(n);
          for (let j = 0; j < size; j++) {
            loadRow(n, j);
            columns.forEach((column, g) => accumulate(code, sums[j * groups + g], rows[j], column));
          }
        }
      });
    }
    for (let j = 0; j < size; j++) {
      for (let g = 0; g < groups; g++) {
        const at = j * gradients.index.member + g * lanes * gradients.index.position;
        const address = { offset: adjoints.scalar + w.offset + at * scalarBytes, local: w.local };
        put(code, "adjoints", address, lanes, () => {
          if (count > 1) code.get(sums[j * groups + g]);
          else code.get(rows[j]).get(columns[g]).lanes("mul");
        }, isFirst);
      }
    }
    release(code, [...sums, ...rows, ...columns], [a.local, b.local, w.local]);
  };
  const wholes = split.length - split.length % most;
  tiles(code, whole.length, rowsOfTile(whole.length), (m, size) => {
    tiles(code, wholes, 2 * most, (i, length) => tile(m, size, i, length, most));
    tiles(code, split.length - wholes, 2, (i, length) => {
      const from = typeof i === "number" ? wholes + i : { ...i, ahead: wholes };
      tile(m, size, from, length, 1);
    });
  });
}

/** The places of which each position has a whole vector. */
function byVectors({ area, index }: Places, lanes: number): Places {
  return { area, index: { ...index, position: lanes * index.position } };
}

/** Leaves so many neighbours in the lanes of a vector, or one number in all of them. */
function loadLanes(code: KernelCode, local: number, offset: number, count: number): void {
  code.get(local);
  if (count === 1) code.loadSplat(offset);
  else code.loadVector(offset);
}

/** Stores so many lanes of what `push` leaves, gradients over what is there or added to it. */
function put(
  code: KernelCode,
  of: Quantity,
  address: { readonly offset: number; readonly local: number },
  count: number,
  push: () => void,
  isFirst: boolean,
): void {
  const isWhole = count === lanesOf[code.type];
  if (of === "adjoints") {
    if (isWhole) code.addToVector(address, push, isFirst);
    else if (count === 2) code.addToNeighbours(address, push, isFirst);
    else code.addToScalar(address, push, isFirst);
    return;
  }
  code.base(address);
  push();
  if (isWhole) code.storeVector(address.offset);
  else if (count === 2) code.storeNeighbours(address.offset);
  else code.storeLane(address.offset);
}
