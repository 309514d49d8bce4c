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
  /** Whether a parameter is behind it, so that it needs a gradient. */
  readonly isActive: boolean;
  /** The index in the area, for member m and position i of its list. */
  readonly index: IndexMap;
  /** The groups that it comes from. */
  readonly groups: ReadonlySet<Group>;
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
  /** Where each of the asked outputs is. */
  readonly outputs: readonly Place[];
}

/** Where one node is. */
export interface Place {
  readonly area: Area;
  readonly index: number;
}

/** How many groups one kernel may hold, so that no function of the program grows too large. */
const kernelLimit = 64;

/**
 * Plans the computation of `root` for many examples at once.
 *
 * @throws {Error} if the graph has an operation that is not in the table, or a
 * leaf that is neither an input, nor a parameter, nor a constant.
 */
export function plan(
  root: Value,
  inputs: readonly Value[],
  parameters: readonly Value[],
  outputs: readonly Value[] = [],
): Plan {
  const { nodes, kinds, constants } = sortNodes(root, inputs, parameters);
  const counts = { row: inputs.length, scalar: parameters.length + constants.length };
  const kernels: Kernel[] = [];
  const kernelOf = new Map<Group, number>();
  const groups = new Map<Node, Group>();
  for (const [id, kind] of kinds.entries()) {
    const { area } = kind.nodes[0];
    const group = groupOf(kind, id, counts[area], groups);
    counts[area] += kind.nodes.length;
    kernelOf.set(group, intoKernel(group, kernels, kernelOf));
  }
  const placeOf = (value: Value, name: string): Place => {
    const node = nodes.get(value);
    if (node === undefined) {
      throw new Error(`compile: ${name} must be part of the loss, got ${value}, which is not`);
    }
    return { area: node.area, index: node.index };
  };
  return {
    inputs,
    parameters,
    constants,
    kernels,
    rows: counts.row,
    scalars: counts.scalar,
    root: placeOf(root, "loss"),
    outputs: outputs.map((value, i) => placeOf(value, `outputs[${i}]`)),
  };
}

/** The nodes of a kind as a group, which has its place from `first` on; notes whose group it is. */
function groupOf(
  { op, nodes }: Kind,
  id: number,
  first: number,
  groups: Map<Node, Group>,
): Group {
  const [{ area, isActive, operands }] = nodes;
  const lists = op === "dot" ? 2 : isListOp(op) ? 1 : operands.length;
  const terms = isListOp(op) ? operands.length / lists : 1;
  const group: Group = {
    id,
    op,
    area,
    isActive,
    first,
    members: nodes.map(({ value }) => value),
    terms,
    operands: Array.from({ length: lists }, (_, k) => operandPlan(nodes, terms, k, groups)),
  };
  nodes.forEach((node, m) => {
    node.index = first + m;
    groups.set(node, group);
  });
  return group;
}

/** Operand k of all members; of a group of lists the k-th list of each. */
function operandPlan(
  members: readonly Node[],
  terms: number,
  k: number,
  groups: ReadonlyMap<Node, Group>,
): OperandPlan {
  const all = members.flatMap(({ operands }) => operands.slice(k * terms, (k + 1) * terms));
  const [{ area, literal }] = all;
  return {
    area,
    literal,
    isActive: all.some((node) => node.isActive),
    index: indexMap(members.length, terms, all.map(({ index }) => index)),
    groups: new Set(all.flatMap((node) => groups.get(node) ?? [])),
  };
}

/** The indices of all members one after the other, as a formula if they follow one. */
function indexMap(members: number, terms: number, indices: readonly number[]): IndexMap {
  const [first] = indices;
  const member = members > 1 ? indices[terms] - first : 0;
  const position = terms > 1 ? indices[1] - first : 0;
  const isRegular = member >= 0 && position >= 0 &&
    indices.every((index, n) =>
      index === first + Math.floor(n / terms) * member + n % terms * position
    );
  return { first, member, position, table: isRegular ? null : Int32Array.from(indices) };
}

/** Puts a group in the kernel that computes its operands, or in a new one; returns its number. */
function intoKernel(
  group: Group,
  kernels: Kernel[],
  kernelOf: ReadonlyMap<Group, number>,
): number {
  const { area, members, operands } = group;
  let latest = -1;
  for (const operand of operands) {
    for (const source of operand.groups) latest = Math.max(latest, kernelOf.get(source)!);
  }
  const kernel = kernels[latest];
  const joins = kernel !== undefined && kernel.area === area && kernel.count === members.length &&
    kernel.groups.length < kernelLimit &&
    ![group, ...kernel.groups].some(({ op }) => isListOp(op)) &&
    operands.every((operand) =>
      [...operand.groups].every((source) =>
        kernelOf.get(source) !== latest || isIdentity(operand, source)
      )
    );
  if (joins) {
    kernel.groups.push(group);
    return latest;
  }
  return kernels.push({ area, count: members.length, groups: [group] }) - 1;
}

/** Whether member m of a group takes member m of the other, for all m. */
export function isIdentity({ index, groups, area }: OperandPlan, source: Group): boolean {
  return groups.size === 1 && groups.has(source) && source.area === area &&
    index.table === null && index.first === source.first &&
    (index.member === 1 || source.members.length === 1);
}

/** Where the members of a group themselves are. */
export function ownPlaces({ area, first }: Group): Places {
  return { area, index: { first, member: 1, position: 0, table: null } };
}
