/**
 * The code of layers for one example alone, whose number is in all lanes of a row.
 * The lanes are neighbours in the matrix instead: several rows of it, or several
 * terms of a dot.
 *
 * @module
 */
import { lanesOf } from "../code/code.ts";
import type { KernelCode, Position, Quantity } from "./kernel_code.ts";
import type { Layer } from "./layers.ts";
import type { Places } from "../plan/plan.ts";
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

/** A product of a layer's matrix with its lists of rows. */
interface Product extends Layer {
  readonly of: Quantity;
  readonly isAdded: boolean;
  readonly isApart: boolean;
}

/** Which way neighbours in a matrix fill whole vectors: along its rows, across them, or neither. */
export function neighboursOf(
  code: KernelCode,
  { matrix: { index: { member, position } }, height, width }: Layer,
): "along" | "across" | null {
  const lanes = lanesOf[code.type];
  if (position === 1 && width % lanes === 0) return "along";
  return member === 1 && height % lanes === 0 ? "across" : null;
}

/** A product whose lanes are neighbours of a matrix, as {@link neighboursOf} says. */
export function multiplyAlone(code: KernelCode, product: Product, way: "along" | "across"): void {
  const { height, count, isApart } = product;
  const lists = isApart ? Math.min(2, count) : 1;
  // What is loaded of a list serves as many rows as there are registers for.
  const rows = (lists === 1 ? 2 : 1) * rowsOfTile(height);
  const size = way === "along" ? rows : 2 * lanesOf[code.type];
  tiles(code, count, lists, (list, lists) => {
    tiles(code, height, size, (m, height) => {
      multiplyTile(code, { ...product, height, count: lists }, way, list, m);
    });
  });
}

function multiplyTile(
  code: KernelCode,
  { height, width, count, of, matrix, source, target, isAdded }: Product,
  way: "along" | "across",
  list: Position,
  m: Position,
): void {
  const { values, rowBytes, scalarBytes } = code.memory;
  const lanes = lanesOf[code.type], rows = code.memory[of].row;
  // How many rows of the matrix, and how many columns, one vector of weights has.
  const [down, along] = way === "along" ? [1, lanes] : [lanes, 1];
  const w = pointer(code, matrix, m);
  const x = pointer(code, source, list);
  const y = pointer(code, target, list, m);
  const groups = height / down;
  const sums = locals(code, groups * count), columns = locals(code, count);
  const weights = code.local("v128");
  for (const sum of sums) code.clear(sum);
  const step = ({ area, index }: Places): Places => {
    return { area, index: { ...index, position: along * index.position } };
  };
  const moved = [[w.local, step(matrix)], [x.local, step(source)]] as const;
  overPositions(code, width / along, moved, (turns) => {
    for (let i = 0; i < turns * along; i += along) {
      columns.forEach((column, n) => {
        const from = rows + x.offset + n * source.index.member * rowBytes;
        const distance = source.index.position * rowBytes;
        loadColumn(code, x.local, from + i * distance, distance, along);
        code.set(column);
      });
      for (let k = 0; k < groups; k++) {
        const { member, position } = matrix.index;
        const from = w.offset + (k * down * member + i * position) * scalarBytes;
        code.get(w.local).loadVector(values.scalar + from).set(weights);
        columns.forEach((column, n) => accumulate(code, sums[k * count + n], weights, column));
      }
    }
  }, 2);
  for (let k = 0; k < height; k++) {
    for (let n = 0; n < count; n++) {
      const sum = sums[Math.floor(k / down) * count + n];
      const { member, position } = target.index;
      const offset = rows + y.offset + (n * member + k * position) * rowBytes;
      code.writeRow({ offset, local: y.local }, !isAdded, () => {
        if (way === "along") code.laneSum(sum);
        else code.splatLane(sum, k % down);
      });
    }
  }
  release(code, [...sums, ...columns, weights], [w.local, x.local, y.local]);
}

/** Leaves the numbers of so many rows on the stack, one a lane; those of a single row as they are. */
function loadColumn(
  code: KernelCode,
  base: number,
  offset: number,
  distance: number,
  count: number,
): void {
  for (let k = 0; k < count; k++) code.get(base);
  if (count === 1) {
    code.loadVector(offset);
    return;
  }
  code.loadSplat(offset);
  for (let k = 1; k < count; k++) code.loadLane(offset + k * distance, k);
}

/** How many vectors of neighbours are multiplied at a time where there is one list, so that nothing is summed up. */
const vectorsOfOne = 8;

/** ∂W = ∂y xᵀ of one example, summed over the lists. */
export function backwardWeightsAlone(
  code: KernelCode,
  { height, width, count, matrix, source, target }: Layer,
  way: "along" | "across",
  isFirst: boolean,
): void {
  const { values, adjoints, rowBytes, scalarBytes } = code.memory;
  const lanes = lanesOf[code.type];
  const ofX = { places: source, base: values.row, length: width };
  const ofD = { places: target, base: adjoints.row, length: height };
  /** Sets a local to what is on the stack; each lane has its share of the example's gradient. */
  const setScaled = (local: number, of: typeof ofX) => {
    code.set(local);
    for (let shares = 1; of === ofD && shares < lanes; shares *= 2) {
      code.get(local).get(local).lanes("add").set(local);
    }
  };
  // What is in all lanes of a vector, and what is a neighbour in each; a row of gradients for each of the first.
  const [whole, split] = way === "along" ? [ofD, ofX] : [ofX, ofD];
  const gradients = way === "along" ? matrix : transposed(matrix);
  const distance = split.places.index.position * rowBytes;
  if (count === 1) {
    tiles(code, split.length, vectorsOfOne * lanes, (i, length) => {
      const b = pointer(code, split.places, 0, i);
      const columns = locals(code, length / lanes), row = code.local("v128");
      columns.forEach((column, g) => {
        const from = split.base + b.offset + g * lanes * distance;
        loadColumn(code, b.local, from, distance, lanes);
        setScaled(column, split);
      });
      code.loop(0, whole.length, 1, (local) => {
        const a = pointer(code, whole.places, 0, { local });
        const w = pointer(code, gradients, { local }, i);
        code.get(a.local).loadVector(whole.base + a.offset);
        setScaled(row, whole);
        columns.forEach((column, g) => {
          const offset = adjoints.scalar + w.offset + g * lanes * scalarBytes;
          code.addToVector(
            { offset, local: w.local },
            () => code.get(row).get(column).lanes("mul"),
            isFirst,
          );
        });
        release(code, [], [a.local, w.local]);
      });
      release(code, [...columns, row], [b.local]);
    });
    return;
  }
  tiles(code, whole.length, rowsOfTile(whole.length), (m, size) => {
    tiles(code, split.length, 2 * lanes, (i, length) => {
      const a = pointer(code, whole.places, 0, m), b = pointer(code, split.places, 0, i);
      const groups = length / lanes;
      const sums = locals(code, size * groups), columns = locals(code, groups);
      const row = code.local("v128");
      for (const sum of sums) code.clear(sum);
      const pointers = [
        [a.local, transposed(whole.places)],
        [b.local, transposed(split.places)],
      ] as const;
      overPositions(code, count, pointers, (lists) => {
        for (let n = 0; n < lists; n++) {
          const from = split.base + b.offset + n * split.places.index.member * rowBytes;
          columns.forEach((column, g) => {
            loadColumn(code, b.local, from + g * lanes * distance, distance, lanes);
            setScaled(column, split);
          });
          const { member, position } = whole.places.index;
          for (let j = 0; j < size; j++) {
            const at = whole.base + a.offset + (n * member + j * position) * rowBytes;
            code.get(a.local).loadVector(at);
            setScaled(row, whole);
            columns.forEach((column, g) => accumulate(code, sums[j * groups + g], row, column));
          }
        }
      });
      const w = pointer(code, gradients, m, i);
      sums.forEach((sum, n) => {
        const [j, g] = [Math.floor(n / groups), n % groups];
        const offset = adjoints.scalar + w.offset +
          (j * gradients.index.member + g * lanes) * scalarBytes;
        code.addToVector({ offset, local: w.local }, () => code.get(sum), isFirst);
      });
      release(code, [...sums, ...columns, row], [a.local, b.local, w.local]);
    });
  });
}
