/**
 * The plan of a program: which nodes of a graph are alike and are computed by
 * one loop, in which order, and where their numbers lie.
 *
 * @module
 */
import type { Op } from "../../rules.ts";
import type { Value } from "../../value.ts";
import { type Area, isListOp, type Kind, type Node, sortNodes } from "./nodes.ts";

/** One operand of all members of a group; of a group of lists, all operands of all members. */
export interface OperandPlan {
  /** Where it lies. */
  readonly area: Area;
  /** The number itself where it is fixed, as the exponent of x². */
  readonly literal: number | null;
  /** Whether it is handed a gradient. */
  readonly isActive: boolean;
  /** The index in the area, for member m and position i of its list. */
  readonly index: IndexMap;
  /** The groups that it comes from, each once. */
  readonly groups: readonly Group[];
}

/**
 * `first + m · member + i · position` with steps from 0, since addresses only
 * add up, or where that does not hold a table by m and i.
 */
export interface IndexMap {
  readonly first: number;
  readonly member: number;
  readonly position: number;
  readonly table: Int32Array | null;
}

/** Where all members of something lie. */
export type Places = Pick<OperandPlan, "area" | "index">;

/** Nodes with the same operation, whose operands are alike too: one loop computes them. */
export interface Group {
  readonly id: number;
  /** The operation; `copy` spreads a scalar over a row. */
  readonly op: Op | "copy";
  readonly area: Area;
  /** The nodes. */
  readonly members: readonly Value[];
  /** The index of the first member in the area; the others follow. */
  readonly first: number;
  /** How many terms a list has: operands of a sum, products of a dot; else 1. */
  readonly terms: number;
  readonly operands: readonly OperandPlan[];
  readonly isActive: boolean;
  /**
   * Where a logSumExp keeps what its gradients are made of, for each member: e to
   * the power of each term less the largest, and of the largest less the result.
   * `null` of anything else, and where there are no gradients.
   */
  readonly kept: Places | null;
}

/** What is computed in one pass over the members: groups that follow one another, or one of lists. */
export interface Kernel {
  readonly area: Area;
  readonly count: number;
  readonly groups: Group[];
}

/** The plan of a program. */
export interface Plan {
  readonly inputs: readonly Value[];
  readonly parameters: readonly Value[];
  /** The numbers that never change, after the parameters in the area of scalars. */
  readonly constants: readonly number[];
  /** In the order of computation. */
  readonly kernels: readonly Kernel[];
  readonly rows: number;
  readonly scalars: number;
  /** Where the loss is. */
  readonly root: Place;
  /** Where each of the asked outputs is, and then each of the losses that have a name. */
  readonly outputs: readonly Place[];
  /** The names of the losses that the loss is the sum of. */
  readonly losses: readonly string[];
}

/** Where one node is. */
export interface Place {
  readonly area: Area;
  readonly index: number;
}

/** How many groups one kernel may hold, so that no function of the program grows too large. */
const kernelLimit = 64;

/**
 * Plans the computation of `root`, and of outputs beside it, for many examples at once.
 *
 * @throws {Error} if the graph has an operation that is not in the table, or a
 * leaf that is neither an input, nor a parameter, nor a constant.
 */
export function plan(
  root: Value,
  inputs: readonly Value[],
  parameters: readonly Value[],
  outputs: readonly Value[] = [],
  losses: Readonly<Record<string, Value>> = {},
): Plan {
  const asked = [...outputs, ...Object.values(losses)];
  const { nodes, kinds, constants } = sortNodes(root, inputs, parameters, asked);
  const planner = new Planner({ row: inputs.length, scalar: parameters.length + constants.length });
  for (const kind of kinds) planner.add(kind);
  const placeOf = (value: Value): Place => {
    const { area, index } = nodes.get(value)!;
    return { area, index };
  };
  return {
    inputs,
    parameters,
    constants,
    kernels: planner.kernels,
    rows: planner.counts.row,
    scalars: planner.counts.scalar,
    root: placeOf(root),
    outputs: asked.map(placeOf),
    losses: Object.keys(losses),
  };
}

/** Makes groups of kinds and kernels of groups, in the order of computation. */
class Planner {
  readonly kernels: Kernel[] = [];
  /** How many numbers there are so far. */
  readonly counts: Record<Area, number>;
  readonly #groups = new Map<Node, Group>();
  /** The number of a group's kernel. */
  readonly #kernelOf = new Map<Group, number>();

  constructor(leaves: Record<Area, number>) {
    this.counts = leaves;
  }

  add(kind: Kind): void {
    const group = this.#group(kind);
    this.#kernelOf.set(group, this.#kernel(group));
  }

  /** The nodes of a kind as a group, which gets its place. */
  #group({ op, nodes: unsorted }: Kind): Group {
    const [{ area, isActive, operands }] = unsorted;
    const nodes = op === "dot" ? byLists(unsorted) : unsorted;
    const first = this.counts[area];
    this.counts[area] += nodes.length;
    const lists = op === "dot" ? 2 : isListOp(op) ? 1 : operands.length;
    const terms = isListOp(op) ? operands.length / lists : 1;
    const isKept = op === "logSumExp" && area === "row" && isActive;
    const group: Group = {
      id: this.#kernelOf.size,
      op,
      area,
      isActive,
      first,
      members: nodes.map(({ value }) => value),
      terms,
      operands: Array.from({ length: lists }, (_, k) => this.#operand(nodes, terms, k, isActive)),
      kept: isKept ? this.#rows(nodes.length, terms + 1) : null,
    };
    nodes.forEach((node, m) => {
      node.index = first + m;
      this.#groups.set(node, group);
    });
    return group;
  }

  /** New rows, so many for each member. */
  #rows(members: number, length: number): Places {
    const first = this.counts.row;
    this.counts.row += members * length;
    return { area: "row", index: { first, member: length, position: 1, table: null } };
  }

  /** Operand k of all members; of a group of lists the k-th list of each. */
  #operand(members: readonly Node[], terms: number, k: number, hands: boolean): OperandPlan {
    const { area, literal } = members[0].operands[k * terms];
    const indices: number[] = [], sources: Group[] = [];
    let isActive = false;
    for (const { operands } of members) {
      for (let i = k * terms; i < (k + 1) * terms; i++) {
        const node = operands[i], source = this.#groups.get(node);
        isActive ||= hands && node.isActive;
        indices.push(node.index);
        // Neighbours mostly come from the same group.
        if (source !== undefined && source !== sources.at(-1)) sources.push(source);
      }
    }
    const groups = sources.length < 2 ? sources : [...new Set(sources)];
    return { area, literal, isActive, index: indexMap(members.length, terms, indices), groups };
  }

  /** Puts a group in the kernel that computes its operands, or in a new one; returns its number. */
  #kernel(group: Group): number {
    const { area, members, operands } = group;
    let latest = -1;
    for (const { groups } of operands) {
      for (const source of groups) latest = Math.max(latest, this.#kernelOf.get(source)!);
    }
    const kernel = this.kernels[latest];
    // A list has a kernel of its own.
    const joins = kernel !== undefined && kernel.area === area &&
      kernel.count === members.length && kernel.groups.length < kernelLimit &&
      !isListOp(group.op) && !isListOp(kernel.groups[0].op) &&
      operands.every((operand) =>
        sourceInside(kernel, operand) !== undefined ||
        operand.groups.every((source) => this.#kernelOf.get(source) !== latest)
      );
    if (!joins) return this.kernels.push({ area, count: members.length, groups: [group] }) - 1;
    kernel.groups.push(group);
    return latest;
  }
}

/**
 * Dots of rows with scalars, those of the same rows side by side, in the order of
 * their scalars: so neurons that are fed the same, but were not made one after the
 * other, are one matrix.
 */
function byLists(dots: readonly Node[]): readonly Node[] {
  const [{ operands: { length, 0: left, [length / 2]: right } }] = dots;
  if (left.area === right.area) return dots;
  const [row, scalar] = left.area === "row" ? [0, length / 2] : [length / 2, 0];
  return dots.toSorted((a, b) =>
    a.operands[row].index - b.operands[row].index ||
    a.operands[scalar].index - b.operands[scalar].index
  );
}

/** The indices of all members one after the other, as a formula if they follow one. */
function indexMap(members: number, terms: number, indices: readonly number[]): IndexMap {
  const [first] = indices;
  const member = members > 1 ? indices[terms] - first : 0;
  const position = terms > 1 ? indices[1] - first : 0;
  let isRegular = member >= 0 && position >= 0;
  for (let m = 0, n = 0; isRegular && m < members; m++) {
    for (let i = 0; i < terms; i++, n++) {
      if (indices[n] !== first + m * member + i * position) isRegular = false;
    }
  }
  return { first, member, position, table: isRegular ? null : Int32Array.from(indices) };
}

/** Whether member m of a group takes member m of the other, for all m. */
export function isIdentity({ index, groups, area }: OperandPlan, source: Group): boolean {
  return groups.length === 1 && groups[0] === source && source.area === area &&
    index.table === null && index.first === source.first &&
    (index.member === 1 || source.members.length === 1);
}

/** Where the members of a group themselves are. */
export function ownPlaces({ area, first }: Group): Places {
  return { area, index: { first, member: 1, position: 0, table: null } };
}

/** The group of a kernel that computes an operand, member by member, if one does. */
export function sourceInside(kernel: Kernel, operand: OperandPlan): Group | undefined {
  const [source] = operand.groups;
  if (source === undefined || !isIdentity(operand, source)) return undefined;
  return kernel.groups.includes(source) ? source : undefined;
}

/** The groups whose results a kernel reads from memory. */
export function sourcesOf(kernel: Kernel): Group[] {
  const sources: Group[] = [];
  for (const { operands } of kernel.groups) {
    for (const operand of operands) {
      if (sourceInside(kernel, operand) !== undefined) continue;
      for (const source of operand.groups) sources.push(source);
    }
  }
  return sources;
}

/** Whether the number at a place is one of a group's. */
export function holds({ area, first, members }: Group, place: Place): boolean {
  return place.area === area && place.index >= first && place.index < first + members.length;
}
