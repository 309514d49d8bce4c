/**
 * The plan of a program: which nodes of a graph are alike and are computed by
 * one loop, in which order, and where their numbers lie.
 *
 * @module
 */
import { topologicalOrder } from "../backward.ts";
import { arity, type NaryOp, type Op, ops } from "../rules.ts";
import type { Value } from "../value.ts";

/**
 * Where numbers lie. A row holds one number for each example of a block; a
 * scalar is the same for all examples: a parameter, a constant, or what is
 * computed of these alone.
 */
export type Area = "row" | "scalar";

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

const isKnown: ReadonlySet<string> = new Set(ops);

/** Whether an operation takes a list. */
export function isListOp(op: Op | "copy"): op is NaryOp {
  return op !== "copy" && arity(op) === Infinity;
}

/** A node of the graph, or the copy of a scalar in a row. */
interface Node {
  readonly value: Value;
  readonly area: Area;
  readonly isActive: boolean;
  readonly shape: number;
  readonly literal: number | null;
  readonly operands: readonly Node[];
  index: number;
  group: Group | null;
}

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
  const shapes = new Map<string, number>();
  const shapeOf = (key: string) => {
    const known = shapes.get(key);
    if (known !== undefined) return known;
    shapes.set(key, shapes.size);
    return shapes.size - 1;
  };
  const nodes = new Map<Value, Node>();
  const byShape: { op: Op | "copy"; nodes: Node[] }[] = [];
  const leaf = (value: Value, area: Area, isActive: boolean, index: number): Node => ({
    value,
    area,
    isActive,
    shape: shapeOf(area === "row" ? "input" : isActive ? "parameter" : "constant"),
    literal: null,
    operands: [],
    index,
    group: null,
  });
  inputs.forEach((value, i) => nodes.set(value, leaf(value, "row", false, i)));
  parameters.forEach((value, i) => nodes.set(value, leaf(value, "scalar", true, i)));
  const constants: number[] = [];
  const places = new Map<number, Node>();
  const constantNode = (value: Value) => {
    const known = places.get(value.data);
    if (known && Object.is(known.value.data, value.data)) return known;
    const index = parameters.length + constants.push(value.data) - 1;
    const node = leaf(value, "scalar", false, index);
    places.set(value.data, node);
    return node;
  };
  const make = (value: Value, op: Op | "copy", operands: readonly Node[]): Node => {
    const area = op === "copy" || operands.some((x) => x.area === "row") ? "row" : "scalar";
    const shape = shapeOf(`${op} ${area} ${runs(operands.map(nameOf))}`);
    const isActive = operands.some((x) => x.isActive);
    const node: Node = {
      value,
      area,
      isActive,
      shape,
      literal: null,
      operands,
      index: -1,
      group: null,
    };
    (byShape[shape] ??= { op, nodes: [] }).nodes.push(node);
    return node;
  };

  const copies = new Map<Node, Node>();
  const inRow = (node: Node): Node => {
    if (node.area === "row") return node;
    const known = copies.get(node);
    if (known) return known;
    const copy = make(node.value, "copy", [node]);
    copies.set(node, copy);
    return copy;
  };
  /** The operands of a list in one area: all in rows as soon as one is. */
  const together = (list: readonly Node[]) =>
    list.some((x) => x.area === "row") ? list.map(inRow) : list;

  for (const value of topologicalOrder(root)) {
    if (nodes.has(value)) continue;
    const { op } = value;
    if (op === null) {
      if (value.requiresGrad) throw new Error(unknownLeaf(value));
      nodes.set(value, constantNode(value));
      continue;
    }
    if (!isKnown.has(op)) throw new Error(`compile: the operation ${op} has no code`);
    if (value.operands.length === 0) { // An empty sum: always the same number.
      nodes.set(value, constantNode(value));
      continue;
    }
    let operands: readonly Node[] = value.operands.map((x) => nodes.get(x)!);
    if (op === "dot") {
      const half = operands.length / 2;
      operands = [...together(operands.slice(0, half)), ...together(operands.slice(half))];
    } else if (isListOp(op)) operands = together(operands);
    else if (op === "pow" && value.b!.op === null && !value.b!.requiresGrad) {
      operands = [operands[0], { ...operands[1], literal: value.b!.data }];
    }
    nodes.set(value, make(value, op, operands));
  }

  const layout = { rows: inputs.length, scalars: parameters.length + constants.length };
  const kernels: Kernel[] = [];
  const kernelOf = new Map<Group, number>();
  let id = 0;
  for (const entry of byShape) {
    if (entry === undefined) continue;
    const { op, nodes: members } = entry;
    const { area, isActive } = members[0];
    const first = area === "row" ? layout.rows : layout.scalars;
    if (area === "row") layout.rows += members.length;
    else layout.scalars += members.length;
    const group: Group = {
      id: id++,
      op,
      area,
      isActive,
      first,
      members: members.map(({ value }) => value),
      terms: !isListOp(op) ? 1 : members[0].operands.length / (op === "dot" ? 2 : 1),
      operands: operandsOf(op, members),
    };
    members.forEach((node, m) => {
      node.index = first + m;
      node.group = group;
    });
    kernelOf.set(group, place(group, kernels, kernelOf));
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
    rows: layout.rows,
    scalars: layout.scalars,
    root: placeOf(root, "loss"),
    outputs: outputs.map((value, i) => placeOf(value, `outputs[${i}]`)),
  };
}

/** Puts a group in the kernel that computes its operands, or in a new one; returns its number. */
function place(group: Group, kernels: Kernel[], kernelOf: ReadonlyMap<Group, number>): number {
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

function operandsOf(op: Op | "copy", members: readonly Node[]): OperandPlan[] {
  const [{ operands }] = members;
  const lists = op === "dot" ? 2 : isListOp(op) ? 1 : operands.length;
  const length = isListOp(op) ? operands.length / lists : 1;
  return Array.from({ length: lists }, (_, k) => {
    const of = (m: number, i: number) => members[m].operands[k * length + i];
    const groups = new Set<Group>();
    let isActive = false;
    for (let m = 0; m < members.length; m++) {
      for (let i = 0; i < length; i++) {
        const { group, isActive: active } = of(m, i);
        if (group) groups.add(group);
        isActive ||= active;
      }
    }
    const index = indexMap(members.length, length, (m, i) => of(m, i).index);
    const [{ area, literal }] = [of(0, 0)];
    return { area, literal, isActive, index, groups };
  });
}

function indexMap(members: number, length: number, at: (m: number, i: number) => number): IndexMap {
  const first = at(0, 0);
  const member = members > 1 ? at(1, 0) - first : 0;
  const position = length > 1 ? at(0, 1) - first : 0;
  const table = new Int32Array(members * length);
  let isRegular = member >= 0 && position >= 0;
  for (let m = 0; m < members; m++) {
    for (let i = 0; i < length; i++) {
      const index = at(m, i);
      table[m * length + i] = index;
      isRegular &&= index === first + m * member + i * position;
    }
  }
  return { first, member, position, table: isRegular ? null : table };
}

function nameOf({ shape, area, literal }: Node): string {
  return literal === null ? `${area}${shape}` : `=${Object.is(literal, -0) ? "-0" : literal}`;
}

/** `a a a b` as `3a b`. */
function runs(names: readonly string[]): string {
  let text = "";
  for (let i = 0, j = 0; i < names.length; i = j) {
    while (names[j] === names[i] && j < names.length) j++;
    text += ` ${j - i}*${names[i]}`;
  }
  return text;
}

function unknownLeaf({ label, data }: Value): string {
  const name = label === "" ? "a leaf without a label" : `the leaf ${label}`;
  return `compile: ${name} (data ${data}) must be listed among the inputs or the parameters, ` +
    "or be a plain number, which never changes";
}
