/**
 * The plan of a program: which nodes of a graph are alike and are computed by
 * one loop, in which order, and where their numbers lie.
 *
 * @module
 */
import type { NaryOp, Op } from "../../rules.ts";
import type { Value } from "../../value.ts";
import { type Area, isListOp, type Kind, type Nodes, sortNodes } from "./nodes.ts";

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
  /** The group that computes it in the same kernel, member by member, if one does. */
  readonly inside: Group | null;
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
  /** How many groups are computed before it. */
  readonly id: number;
  /** The number of its kernel. */
  readonly kernel: number;
  /** How many groups of its kernel are computed before it. */
  readonly position: number;
  /** The operation; `copy` spreads a scalar over a row. */
  readonly op: Op | "copy";
  /** Whether its operands are lists; a short sum has each of its terms as an operand instead. */
  readonly isList: boolean;
  readonly area: Area;
  /** How many nodes it has. */
  readonly count: number;
  /** Where they begin among the plan's members. */
  readonly from: number;
  /** The index of the first member in the area; the others follow. */
  readonly first: number;
  /** How many terms its lists have: operands of a sum, products of a dot; else 1. */
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
  /** How many groups they have. */
  readonly groups: number;
  /** The nodes of all groups, one group after the other. */
  readonly members: readonly Value[];
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

/** Up to so many operands of several kinds a sum is computed like a chain of additions. */
const sumLimit = 8;

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
  const nodes = sortNodes(root, inputs, parameters, asked);
  const { constants } = nodes;
  const planner = new Planner(nodes, {
    row: inputs.length,
    scalar: parameters.length + constants.length,
  });
  for (const kind of nodes.kinds()) planner.add(kind);
  const placeOf = (value: Value): Place => {
    const node = nodes.of(value);
    return { area: nodes.areaOf(node), index: nodes.indices[node] };
  };
  return {
    inputs,
    parameters,
    constants,
    kernels: planner.kernels,
    groups: planner.groups,
    members: planner.members,
    rows: planner.counts.row,
    scalars: planner.counts.scalar,
    root: placeOf(root),
    outputs: asked.map(placeOf),
    losses: Object.keys(losses),
  };
}

/** An operand of which it is not known yet whether its kernel computes it. */
type Draft = OperandPlan & { inside: Group | null };

/** The groups of leaves. */
const none: readonly Group[] = [];

/** Makes groups of kinds and kernels of groups, in the order of computation. */
class Planner {
  readonly kernels: Kernel[] = [];
  readonly members: Value[] = [];
  /** How many groups there are so far. */
  groups = 0;
  /** How many numbers there are so far. */
  readonly counts: Record<Area, number>;
  readonly #nodes: Nodes;
  /** The group of each kind. */
  readonly #groupOf: Group[];
  /** Leaves as operands of single members, by node: half of all where nodes are not alike. */
  readonly #leaves: Record<"handed" | "fixed", Map<number, Draft>> = {
    handed: new Map(),
    fixed: new Map(),
  };

  constructor(nodes: Nodes, leaves: Record<Area, number>) {
    this.#nodes = nodes;
    this.#groupOf = new Array(nodes.kindLimit);
    this.counts = leaves;
  }

  /** The nodes of a kind become a group, which gets its place, and a kernel. */
  add({ number, op, nodes: unsorted }: Kind): void {
    const { indices, values } = this.#nodes;
    const area = this.#nodes.areaOf(unsorted[0]), isActive = this.#nodes.isActive(unsorted[0]);
    const nodes = op === "dot" ? this.#byLists(unsorted) : unsorted;
    const first = this.counts[area], { length: count } = nodes;
    this.counts[area] += count;
    const width = this.#nodes.operandsOf(nodes[0]);
    const isList = isListOp(op) && !this.#isChain(op, nodes[0]);
    const lists = !isList ? width : op === "dot" ? 2 : 1;
    const terms = width / lists;
    const operands = new Array<Draft>(lists);
    for (let k = 0; k < lists; k++) operands[k] = this.#known(nodes, terms, k, isActive);
    const isKept = op === "logSumExp" && area === "row" && isActive;
    const from = this.members.length;
    for (let m = 0; m < count; m++) {
      indices[nodes[m]] = first + m;
      this.members.push(values[nodes[m]]);
    }
    const latest = this.#kernelOf(isList, area, count, operands);
    const kernel = latest ?? this.kernels.length;
    for (const operand of operands) operand.inside = sourceInside(kernel, operand);
    const kept = isKept ? this.#rows(count, terms + 1) : null;
    const id = this.groups++;
    const group = {
      id,
      kernel,
      position: latest === null ? 0 : this.kernels[latest].groups.length,
      op,
      isList,
      area,
      isActive,
      first,
      count,
      from,
      terms,
      operands,
      kept,
    };
    this.#groupOf[number] = group;
    if (latest !== null) this.kernels[latest].groups.push(group);
    // Most have one group, and an empty list would get room for many.
    else this.kernels.push({ area, count, groups: [group] });
  }

  /** Whether a node is a short sum of what is of several kinds. */
  #isChain(op: NaryOp, node: number): boolean {
    const { kindOf } = this.#nodes, count = this.#nodes.operandsOf(node);
    if (op !== "sum" || count > sumLimit) return false;
    const kind = kindOf[this.#nodes.operand(node, 0)];
    for (let i = 1; i < count; i++) {
      if (kindOf[this.#nodes.operand(node, i)] !== kind) return true;
    }
    return false;
  }

  /** New rows, so many for each member. */
  #rows(members: number, length: number): Places {
    const first = this.counts.row;
    this.counts.row += members * length;
    return { area: "row", index: { first, member: length, position: 1, table: null } };
  }

  /** An operand, the same one for all single nodes that take a leaf. */
  #known(members: Int32Array, terms: number, k: number, hands: boolean): Draft {
    const node = this.#nodes.operand(members[0], k);
    if (members.length * terms > 1 || this.#nodes.kindOf[node] >= 0) {
      return this.#operand(members, terms, k, hands);
    }
    const leaves = this.#leaves[hands ? "handed" : "fixed"];
    const operand = leaves.get(node) ?? this.#operand(members, terms, k, hands);
    leaves.set(node, operand);
    return operand;
  }

  /** Operand k of all members; of a group of lists the k-th list of each. */
  #operand(members: Int32Array, terms: number, k: number, hands: boolean): Draft {
    const { kindOf } = this.#nodes;
    const start = this.#nodes.operand(members[0], k * terms);
    let isActive = false, last = -1;
    let groups: Set<Group> | null = null;
    for (const member of members) {
      for (let i = k * terms; i < (k + 1) * terms; i++) {
        const node = this.#nodes.operand(member, i), kind = kindOf[node];
        if (hands && this.#nodes.isActive(node)) isActive = true;
        // Neighbours mostly come from the same group.
        if (kind < 0 || kind === last) continue;
        groups ??= last < 0 ? null : new Set([this.#groupOf[last]]);
        groups?.add(this.#groupOf[kind]);
        last = kind;
      }
    }
    return {
      area: this.#nodes.areaOf(start),
      literal: this.#nodes.literal(start),
      isActive,
      index: this.#indexMap(members, terms, k),
      groups: groups !== null ? [...groups] : last < 0 ? none : [this.#groupOf[last]],
      inside: null,
    };
  }

  /** Where operand k of all members is, as a formula if they follow one. */
  #indexMap(members: Int32Array, terms: number, k: number): IndexMap {
    const { indices } = this.#nodes;
    const at = (m: number, i: number) => indices[this.#nodes.operand(members[m], k * terms + i)];
    const first = at(0, 0);
    if (members.length === 1 && terms === 1) return { first, member: 0, position: 0, table: null };
    const member = members.length > 1 ? at(1, 0) - first : 0;
    const position = terms > 1 ? at(0, 1) - first : 0;
    let isRegular = member >= 0 && position >= 0;
    for (let m = 0; isRegular && m < members.length; m++) {
      for (let i = 0; isRegular && i < terms; i++) {
        isRegular = at(m, i) === first + m * member + i * position;
      }
    }
    if (isRegular) return { first, member, position, table: null };
    const table = new Int32Array(members.length * terms);
    for (let n = 0; n < table.length; n++) table[n] = at(Math.floor(n / terms), n % terms);
    return { first, member, position, table };
  }

  /** The number of the kernel that computes the operands of a group, if the group can join it. */
  #kernelOf(
    isList: boolean,
    area: Area,
    count: number,
    operands: readonly OperandPlan[],
  ): number | null {
    let latest = -1;
    for (const { groups } of operands) {
      for (const source of groups) latest = Math.max(latest, source.kernel);
    }
    const kernel = this.kernels[latest];
    // A list has a kernel of its own.
    const joins = kernel !== undefined && kernel.area === area &&
      kernel.count === count && kernel.groups.length < kernelLimit &&
      !isList && !kernel.groups[0].isList &&
      operands.every((operand) =>
        sourceInside(latest, operand) !== null ||
        operand.groups.every((source) => source.kernel !== latest)
      );
    return joins ? latest : null;
  }

  /**
   * Dots of rows with scalars, those of the same rows side by side, in the order of
   * their scalars: so neurons that are fed the same, but were not made one after the
   * other, are one matrix.
   */
  #byLists(dots: Int32Array): Int32Array {
    const { indices } = this.#nodes, half = this.#nodes.operandsOf(dots[0]) / 2;
    const [left, right] = [0, half].map((i) => this.#nodes.areaOf(this.#nodes.operand(dots[0], i)));
    if (left === right) return dots;
    const [row, scalar] = left === "row" ? [0, half] : [half, 0];
    const at = (dot: number, i: number) => indices[this.#nodes.operand(dot, i)];
    return dots.toSorted((a, b) => at(a, row) - at(b, row) || at(a, scalar) - at(b, scalar));
  }
}

/** Whether member m of a group takes member m of the other, for all m. */
export function isIdentity({ index, groups, area }: OperandPlan, source: Group): boolean {
  return groups.length === 1 && groups[0] === source && source.area === area &&
    index.table === null && index.first === source.first &&
    (index.member === 1 || source.count === 1);
}

/** Where the members of a group themselves are. */
export function ownPlaces({ area, first }: Group): Places {
  return { area, index: { first, member: 1, position: 0, table: null } };
}

/** The group of a kernel, by its number, that computes an operand, member by member, if one does. */
function sourceInside(kernel: number, operand: OperandPlan): Group | null {
  const [source] = operand.groups;
  return source?.kernel === kernel && isIdentity(operand, source) ? source : null;
}

/** Marks with 1, by number, the groups whose results a group of another kernel reads from memory. */
export function markSources({ operands }: Group, marks: Uint8Array): void {
  for (const { groups, inside } of operands) {
    if (inside === null) { for (const source of groups) marks[source.id] = 1; }
  }
}

/** Whether the number at a place is one of a group's. */
export function holds({ area, first, count }: Group, place: Place): boolean {
  return place.area === area && place.index >= first && place.index < first + count;
}
