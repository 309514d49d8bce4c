/**
 * What makes dots a layer: a matrix of scalars that is applied to rows, once or
 * to several lists of rows, such as the positions of a sequence.
 *
 * @module
 */
import type { Group, IndexMap, Kernel, OperandPlan, Places } from "../plan/plan.ts";

/** Dots of all rows of a matrix with one list of rows, and with others at equal distances. */
export interface Layer {
  /** How many rows the matrix has. */
  readonly height: number;
  /** How many columns, and so terms of a dot. */
  readonly width: number;
  /** How many lists it is applied to. */
  readonly count: number;
  /** The scalars of the matrix: a row by member, a column by position. */
  readonly matrix: Places;
  /** What it is applied to: a list by member, a row of examples by position. */
  readonly source: Places;
  /** The dots: those of a list by member, one of them by position. */
  readonly target: Places;
}

/** The layers that a group of dots is made of, and what they have in common. */
export interface Linear {
  readonly group: Group;
  readonly weights: OperandPlan;
  readonly x: OperandPlan;
  readonly layers: readonly Layer[];
}

/** How many layers a group may be; code is written for each. */
const most = 16;
/** How many dots a layer must have in the mean, where there are several. */
const least = 4;

/** A kernel as layers; `null` if it is none. */
export function asLinear({ groups: [group], area }: Kernel): Linear | null {
  if (group.op !== "dot" || area !== "row") return null;
  const side = group.operands.findIndex((operand) => operand.area === "scalar");
  return side < 0 ? null : linearOf(group, side);
}

/**
 * The same for one example alone, where lists are scalars too; with two lists of examples either
 * may be the matrix.
 *
 * @param ofMany the kernel for many examples.
 */
export function asLinearAlone({ groups: [group] }: Kernel, ofMany: Kernel): Linear | null {
  const { groups: [{ op, operands }], area } = ofMany;
  if (op !== "dot" || area !== "row") return null;
  const side = operands.findIndex((operand) => operand.area === "scalar");
  if (side >= 0) return linearOf(group, side);
  const [a, b] = [0, 1].map((side) => linearOf(group, side));
  return (a?.layers[0].height ?? 0) > (b?.layers[0].height ?? 0) ? a : b;
}

/** Dots as layers, of which one operand is the matrix; `null` if they are none. */
function linearOf(group: Group, side: number): Linear | null {
  const { count } = group;
  const weights = group.operands[side], x = group.operands[1 - side];
  const layers: Layer[] = [];
  // By the matrix and its size, the last layer with it, which may go on.
  const known = new Map<string, number>();
  for (let m = 0; m < count;) {
    const block = blockAt(group, weights, x, m);
    if (block === null) return null;
    const key = [block.matrix.index, block.height, block.source.index.position]
      .map((x) => JSON.stringify(x)).join();
    const last = known.get(key);
    const longer = last === undefined ? null : extended(layers[last], block);
    if (last !== undefined && longer !== null) layers[last] = longer;
    else known.set(key, layers.push(block) - 1);
    if (layers.length > most) return null;
    m += block.height;
  }
  const areFew = layers.length === 1 || layers.length * least <= count;
  return areFew ? { group, weights, x, layers } : null;
}

/** The layer of one list that begins with member m; `null` if its terms are not at equal distances. */
function blockAt(group: Group, weights: OperandPlan, x: OperandPlan, m: number): Layer | null {
  const { terms, count } = group;
  const position = stepOf(weights, m, terms), along = stepOf(x, m, terms);
  // Rows that repeat in one tile of ∂x would be written over one another.
  if (position === null || along === null || (along === 0 && terms > 1)) return null;
  const first = indexAt(weights, m, 0, terms), source = indexAt(x, m, 0, terms);
  const step = m + 1 < count ? indexAt(weights, m + 1, 0, terms) - first : 0;
  let end = m + 1;
  while (
    end < count && step >= 0 && indexAt(x, end, 0, terms) === source &&
    indexAt(weights, end, 0, terms) === first + (end - m) * step &&
    stepOf(x, end, terms) === along && stepOf(weights, end, terms) === position
  ) end++;
  const member = end - m > 1 ? step : 0;
  return {
    height: end - m,
    width: terms,
    count: 1,
    matrix: { area: "scalar", index: evenly(first, member, position) },
    source: { area: x.area, index: evenly(source, 0, along) },
    target: { area: group.area, index: evenly(group.first + m, 0, 1) },
  };
}

/** A layer that is applied to one list more; `null` if that is not where it would go on. */
function extended(layer: Layer, { source, target }: Layer): Layer | null {
  const { count } = layer;
  const [ofSource, ofTarget] = [[layer.source, source], [layer.target, target]].map(
    ([{ index: { first, member } }, { index }]) => {
      const distance = count === 1 ? index.first - first : member;
      return distance >= 0 && index.first === first + count * distance ? distance : null;
    },
  );
  if (ofSource === null || ofTarget === null) return null;
  return {
    ...layer,
    count: count + 1,
    source: {
      area: source.area,
      index: evenly(layer.source.index.first, ofSource, source.index.position),
    },
    target: { area: target.area, index: evenly(layer.target.index.first, ofTarget, 1) },
  };
}

function evenly(first: number, member: number, position: number): IndexMap {
  return { first, member, position, table: null };
}

function indexAt({ index }: OperandPlan, m: number, i: number, terms: number): number {
  const { first, member, position, table } = index;
  return table === null ? first + m * member + i * position : table[m * terms + i];
}

/** The distance of neighbours in the list of member m, from 0; `null` if it is not always the same. */
function stepOf(operand: OperandPlan, m: number, terms: number): number | null {
  if (terms === 1) return 0;
  const { index } = operand;
  if (index.table === null) return index.position;
  const first = indexAt(operand, m, 0, terms), step = indexAt(operand, m, 1, terms) - first;
  if (step < 0) return null;
  for (let i = 2; i < terms; i++) {
    if (indexAt(operand, m, i, terms) !== first + i * step) return null;
  }
  return step;
}
