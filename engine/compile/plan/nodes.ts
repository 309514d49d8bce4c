/**
 * The nodes of a graph by their kinds: those of one kind have the same
 * operation, and as many operands of the same forms, so that one loop can compute
 * them. A form is how a node is computed, of lists of whatever length: what follows
 * an attention over three positions is of one kind with what follows one over four.
 *
 * @module
 */
import { topologicalOrder } from "../../backward.ts";
import { sum } from "../../list_operations.ts";
import { arity, type NaryOp, type Op, ops } from "../../rules.ts";
import { isDetached, type Value } from "../../value.ts";

/**
 * Where numbers lie. A row holds one number for each example of a block; a
 * scalar is the same for all examples: a parameter, a constant, or what is
 * computed of these alone.
 */
export type Area = "row" | "scalar";

/** A node of the graph, or the copy of a scalar in a row. */
export interface Node {
  readonly value: Value;
  readonly area: Area;
  /** Whether a parameter is behind it, and the loss ahead, so that it has a gradient. */
  readonly isActive: boolean;
  /** A number for how it is computed, lists of whatever length: no node has that of a node behind it. */
  readonly form: number;
  /** What it is computed together with; `null` of a leaf. */
  readonly kind: Kind | null;
  /** The number itself where it is fixed, as the exponent of x². */
  readonly literal: number | null;
  readonly operands: readonly Node[];
  /** Where it is in its area; of an operation −1 until its group has its place. */
  index: number;
}

/** Operations of one kind, each after its operands. */
export interface Kind {
  readonly op: Op | "copy";
  readonly nodes: Node[];
}

/** A graph in kinds. */
export interface Sorted {
  /** What became of each node. */
  readonly nodes: ReadonlyMap<Value, Node>;
  /** In the order of computation. */
  readonly kinds: readonly Kind[];
  /** The numbers that never change, each once. */
  readonly constants: readonly number[];
}

const isKnown: ReadonlySet<string> = new Set(ops);

/** Whether an operation takes a list. */
export function isListOp(op: Op | "copy"): op is NaryOp {
  return op !== "copy" && arity(op) === Infinity;
}

/**
 * Sorts what `root` is computed of, and then what else `outputs` are. Leaves get
 * their places: inputs are the first rows, parameters the first scalars,
 * constants follow them.
 *
 * @throws {Error} if the graph has an operation that is not in the table, a detached
 * value, or a leaf that is neither an input, nor a parameter, nor a constant.
 */
export function sortNodes(
  root: Value,
  inputs: readonly Value[],
  parameters: readonly Value[],
  outputs: readonly Value[] = [],
): Sorted {
  const sorter = new Sorter(inputs, parameters);
  for (const value of topologicalOrder(root)) sorter.add(value);
  sorter.endLoss();
  const beside = outputs.filter((output) => !sorter.nodes.has(output));
  for (const value of topologicalOrder(sum(beside)).slice(0, -1)) sorter.add(value);
  return { nodes: sorter.nodes, kinds: inOrder(sorter.kinds), constants: sorter.constants };
}

/** Kinds after those that they need, and else as they are. */
function inOrder(kinds: readonly Kind[]): Kind[] {
  const placed = new Set<Kind>();
  const begun: Kind[] = [];
  for (const last of kinds) {
    begun.push(last);
    while (begun.length > 0) {
      const kind = begun.at(-1)!, missing = missingOf(kind, placed);
      if (missing.length > 0) begun.push(...missing);
      else {
        placed.add(kind);
        begun.pop();
      }
    }
  }
  return [...placed];
}

const nothing: readonly Kind[] = [];

/** The kinds that operands of a kind are of, and that are not placed, the first one last. */
function missingOf({ nodes }: Kind, placed: ReadonlySet<Kind>): readonly Kind[] {
  let missing: Set<Kind> | null = null;
  let last: Kind | null = null;
  for (const { operands } of nodes) {
    for (const { kind } of operands) {
      // Neighbours mostly are of the same kind.
      if (kind !== null && kind !== last && !placed.has(kind)) (missing ??= new Set()).add(kind);
      last = kind;
    }
  }
  return missing === null ? nothing : [...missing].reverse();
}

class Sorter implements Sorted {
  readonly nodes = new Map<Value, Node>();
  readonly kinds: Kind[] = [];
  readonly constants: number[] = [];
  readonly #parameters: number;
  /** What tells kinds apart: the operation, and of its operands how many of which kind follow one another. */
  readonly #sequences = new Sequences();
  readonly #kindOf = new Map<number, Kind>();
  readonly #constantNodes = new Map<number, Node>();
  readonly #copies = new Map<Node, Node>();
  #isOfLoss = true;

  constructor(inputs: readonly Value[], parameters: readonly Value[]) {
    this.#parameters = parameters.length;
    inputs.forEach((x, i) => this.nodes.set(x, this.#leaf(x, "input", i)));
    parameters.forEach((p, i) => this.nodes.set(p, this.#leaf(p, "parameter", i)));
  }

  /** Says that what comes from now on is not part of the loss, and has no gradient. */
  endLoss(): void {
    this.#isOfLoss = false;
  }

  /** Adds a node whose operands are there. */
  add(value: Value): void {
    if (this.nodes.has(value)) return;
    const { op } = value;
    if (op === null) {
      if (value.requiresGrad) throw new Error(unknownLeaf(value));
      if (isDetached(value)) throw new Error(frozen(value));
      this.nodes.set(value, this.#constant(value));
    } else if (!isKnown.has(op)) throw new Error(`compile: the operation ${op} has no code`);
    // An empty sum is always the same number.
    else if (value.operands.length === 0) this.nodes.set(value, this.#constant(value));
    else this.nodes.set(value, this.#operation(value, op, this.#operandsOf(value, op)));
  }

  #leaf(value: Value, role: "input" | "parameter" | "constant", index: number): Node {
    return {
      value,
      area: role === "input" ? "row" : "scalar",
      isActive: role === "parameter",
      form: this.#sequences.of(role),
      kind: null,
      literal: null,
      operands: [],
      index,
    };
  }

  #constant(value: Value): Node {
    const known = this.#constantNodes.get(value.data);
    // To a map −0 is 0.
    if (known && Object.is(known.value.data, value.data)) return known;
    const index = this.#parameters + this.constants.push(value.data) - 1;
    const node = this.#leaf(value, "constant", index);
    this.#constantNodes.set(value.data, node);
    return node;
  }

  #operation(value: Value, op: Op | "copy", operands: readonly Node[]): Node {
    const area = op === "copy" || operands.some((x) => x.area === "row") ? "row" : "scalar";
    const { form, number } = this.#numbers(this.#isOfLoss ? op : `${op} beside`, operands);
    const isActive = this.#isOfLoss && operands.some((x) => x.isActive);
    const kind = this.#kindOf.get(number) ?? { op, nodes: [] };
    const node: Node = { value, area, isActive, form, kind, literal: null, operands, index: -1 };
    if (kind.nodes.push(node) === 1) {
      this.#kindOf.set(number, kind);
      this.kinds.push(kind);
    }
    return node;
  }

  #operandsOf({ operands, b }: Value, op: Op): readonly Node[] {
    const nodes = operands.map((x) => this.nodes.get(x)!);
    if (op === "dot") {
      const half = nodes.length / 2;
      return [...this.#together(nodes.slice(0, half)), ...this.#together(nodes.slice(half))];
    }
    if (isListOp(op)) return this.#together(nodes);
    if (op !== "pow" || b!.op !== null || b!.requiresGrad) return nodes;
    return [nodes[0], { ...nodes[1], literal: b!.data }];
  }

  /** The operands of a list in one area: all in rows as soon as one is. */
  #together(list: readonly Node[]): readonly Node[] {
    return list.some((x) => x.area === "row") ? list.map((x) => this.#inRow(x)) : list;
  }

  #inRow(node: Node): Node {
    if (node.area === "row") return node;
    const known = this.#copies.get(node);
    if (known) return known;
    const copy = this.#operation(node.value, "copy", [node]);
    this.#copies.set(node, copy);
    return copy;
  }

  /** The numbers of a form, and of a kind of this form: how many operands of which form follow one another. */
  #numbers(name: string, operands: readonly Node[]): { form: number; number: number } {
    let form = this.#sequences.of(name), lengths = this.#sequences.of("lengths");
    let isList = false;
    for (let i = 0, j = 0; i < operands.length; i = j) {
      const of = this.#formOf(operands[i]);
      while (j < operands.length && this.#formOf(operands[j]) === of) j++;
      form = this.#sequences.then(form, of);
      lengths = this.#sequences.then(lengths, j - i);
      isList ||= j - i > 1;
    }
    return { form, number: isList ? this.#sequences.then(form, lengths) : form };
  }

  /** A number for what an operand is; a fixed number is a form of its own. */
  #formOf({ form, literal }: Node): number {
    return literal === null ? form : this.#sequences.of(literal);
  }
}

/** Numbers for sequences, the same for equal ones. */
class Sequences {
  readonly #first = new Map<string | number, number>();
  readonly #next = new Map<number, number>();

  /** The number of a sequence of one. */
  of(first: string | number): number {
    // To a map −0 is 0.
    return numberIn(this.#first, Object.is(first, -0) ? "-0" : first, this.#count);
  }

  /** The number of a sequence that goes on with another number. */
  then(sequence: number, next: number): number {
    return numberIn(this.#next, sequence * 2 ** 26 + next, this.#count);
  }

  get #count(): number {
    return this.#first.size + this.#next.size;
  }
}

function numberIn<Key>(known: Map<Key, number>, key: Key, next: number): number {
  const number = known.get(key);
  if (number !== undefined) return number;
  known.set(key, next);
  return next;
}

function frozen({ data }: Value): string {
  return `compile: a detached value (data ${data}) would have this number for all examples: ` +
    "put a leaf made with new in its place and list it among the inputs, " +
    "or its number, .data, if that never changes";
}

function unknownLeaf({ label, data }: Value): string {
  const name = label === "" ? "a leaf without a label" : `the leaf ${label}`;
  return `compile: ${name} (data ${data}) must be listed among the inputs or the parameters, ` +
    "or be a plain number, which never changes";
}
