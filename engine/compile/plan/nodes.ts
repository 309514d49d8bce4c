/**
 * The nodes of a graph by their kinds: those of one kind have the same
 * operation, and as many operands of the same forms, so that one loop can compute
 * them. A form is how a node is computed, of lists of whatever length: what follows
 * an attention over three positions is of one kind with what follows one over four.
 *
 * Nodes and kinds are numbers, and what is known of them stands in lists by these
 * numbers: a large graph has millions, and an object for each would cost more than
 * all that is done with it.
 *
 * @module
 */
import { topologicalOrder } from "../../backward.ts";
import { sum } from "../../list_operations.ts";
import { type NaryOp, naryOps, type Op, ops } from "../../rules.ts";
import { isDetached, type Value } from "../../value.ts";
import { keyOf, Sequences } from "./sequences.ts";

/**
 * Where numbers lie. A row holds one number for each example of a block; a
 * scalar is the same for all examples: a parameter, a constant, or what is
 * computed of these alone.
 */
export type Area = "row" | "scalar";

/** Operations of one kind. */
export interface Kind {
  /** From 0, not without gaps. */
  readonly number: number;
  readonly op: Op | "copy";
  /** Their numbers, which grow. */
  readonly nodes: Int32Array;
}

const isKnown: ReadonlySet<string> = new Set(ops);
const isList: ReadonlySet<string> = new Set(naryOps);

/** Whether an operation takes a list. */
export function isListOp(op: Op | "copy"): op is NaryOp {
  return isList.has(op);
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
): Nodes {
  const ofLoss = topologicalOrder(root), ofOutputs = topologicalOrder(sum(outputs)).slice(0, -1);
  const nodes = new Nodes(inputs, parameters, [...ofLoss, ...ofOutputs]);
  for (const value of ofLoss) nodes.add(value);
  nodes.endLoss();
  for (const value of ofOutputs) nodes.add(value);
  return nodes;
}

/** The nodes of a graph, and the copies of scalars in rows, each after its operands. */
export class Nodes {
  /** The Value of each node. */
  readonly values: Value[] = [];
  /** Its place in the area; of an operation −1 until its group has its place. */
  readonly indices: Int32Array;
  /** The number of its kind; −1 of a leaf. */
  readonly kindOf: Int32Array;
  /** The numbers that never change, each once. */
  readonly constants: number[] = [];
  readonly #parameters: number;
  readonly #areRows: Uint8Array;
  readonly #areActive: Uint8Array;
  /** Numbers for how nodes are computed: no node has that of a node behind it. */
  readonly #forms: Int32Array;
  /** The operands of all nodes, one node after the other, and where those of each end. */
  readonly #operands: Int32Array;
  readonly #ends: Int32Array;
  /** What tells kinds apart: the operation, and of its operands how many of which kind follow one another. */
  readonly #sequences = new Sequences();
  readonly #constantNodes = new Map<number | string, number>();
  readonly #literals = new Map<number, number>();
  readonly #literalNodes = new Map<number | string, number>();
  readonly #copies = new Map<number, number>();
  #isOfLoss = true;

  /** Nodes of leaves, and room for those of other Values. */
  constructor(
    inputs: readonly Value[],
    parameters: readonly Value[],
    others: readonly Value[],
  ) {
    // Each may have a copy in a row, and as a constant be a fixed number too.
    const most = 3 * (inputs.length + parameters.length + others.length);
    this.indices = new Int32Array(most);
    this.kindOf = new Int32Array(most);
    this.#areRows = new Uint8Array(most);
    this.#areActive = new Uint8Array(most);
    this.#forms = new Int32Array(most);
    this.#ends = new Int32Array(most);
    const operands = others.reduce((sum, { b }) => sum + (Array.isArray(b) ? b.length : 2), most);
    this.#operands = new Int32Array(operands);
    this.#parameters = parameters.length;
    inputs.forEach((x, i) => this.#number(x, this.#leaf(x, "input", i)));
    parameters.forEach((p, i) => this.#number(p, this.#leaf(p, "parameter", i)));
  }

  /** Says that what comes from now on is not part of the loss, and has no gradient. */
  endLoss(): void {
    this.#isOfLoss = false;
  }

  /** The node of a Value. */
  of(value: Value): number {
    return ~value.mark;
  }

  /** A map would take as much memory as the nodes; the traversals that found them left marks above 0. */
  #number(value: Value, node: number): void {
    value.mark = ~node;
  }

  /** Where its number lies. */
  areaOf(node: number): Area {
    return this.#areRows[node] ? "row" : "scalar";
  }

  /** Whether a parameter is behind a node, and the loss ahead, so that it has a gradient. */
  isActive(node: number): boolean {
    return this.#areActive[node] === 1;
  }

  /** What the numbers of kinds lie below. */
  get kindLimit(): number {
    return this.#sequences.count;
  }

  /** How many operands a node has. */
  operandsOf(node: number): number {
    return this.#ends[node] - this.#start(node);
  }

  /** One of the operands of a node. */
  operand(node: number, i: number): number {
    return this.#operands[this.#start(node) + i];
  }

  /** The number itself where it is fixed, as the exponent of x². */
  literal(node: number): number | null {
    return this.#literals.get(node) ?? null;
  }

  /** Adds a node whose operands are there. */
  add(value: Value): void {
    if (value.mark < 0) return;
    const { op } = value;
    if (op === null) {
      if (value.requiresGrad) throw new Error(unknownLeaf(value));
      if (isDetached(value)) throw new Error(frozen(value));
    } else if (!isKnown.has(op)) throw new Error(`compile: the operation ${op} has no code`);
    // An empty sum is always the same number.
    const isConstant = op === null || value.operands.length === 0;
    this.#number(
      value,
      isConstant ? this.#constant(value) : this.#operation(value, op, this.#operandsIn(value, op)),
    );
  }

  /** All kinds, each after those that it needs, and else in the order of their first nodes. */
  *kinds(): Generator<Kind> {
    const kindOf = this.kindOf.subarray(0, this.values.length);
    const ends = new Int32Array(this.kindLimit);
    for (const kind of kindOf) if (kind >= 0) ends[kind]++;
    let end = 0;
    for (let kind = 0; kind < ends.length; kind++) end = ends[kind] += end;
    const starts = ends.slice(), sorted = new Int32Array(end);
    for (let node = kindOf.length - 1; node >= 0; node--) {
      const kind = kindOf[node];
      if (kind >= 0) sorted[--starts[kind]] = node;
    }
    const isPlaced = new Uint8Array(ends.length);
    const begun: number[] = [];
    for (const last of kindOf) {
      if (last < 0 || isPlaced[last]) continue;
      begun.push(last);
      while (begun.length > 0) {
        const number = begun[begun.length - 1];
        const nodes = sorted.subarray(starts[number], ends[number]);
        const missing = isPlaced[number] ? nothing : this.#missing(nodes, isPlaced);
        if (missing.length > 0) {
          begun.push(...missing);
          continue;
        }
        begun.pop();
        if (isPlaced[number]) continue;
        isPlaced[number] = 1;
        const first = nodes[0], value = this.values[first];
        yield { number, op: this.of(value) === first ? value.op! : "copy", nodes };
      }
    }
  }

  /** The kinds that operands of some nodes are of, and that are not placed, the first one last. */
  #missing(nodes: Int32Array, isPlaced: Uint8Array): readonly number[] {
    let missing: Set<number> | null = null;
    for (const node of nodes) {
      for (let i = this.#start(node); i < this.#ends[node]; i++) {
        const kind = this.kindOf[this.#operands[i]];
        if (kind >= 0 && !isPlaced[kind]) (missing ??= new Set()).add(kind);
      }
    }
    return missing === null ? nothing : [...missing].reverse();
  }

  #start(node: number): number {
    return node === 0 ? 0 : this.#ends[node - 1];
  }

  /** A new node. */
  #node(
    value: Value,
    isRow: boolean,
    isActive: boolean,
    form: number,
    kind: number,
    index: number,
    operands: readonly number[] = nothing,
  ): number {
    const node = this.values.push(value) - 1, start = this.#start(node);
    for (let i = 0; i < operands.length; i++) this.#operands[start + i] = operands[i];
    this.#ends[node] = start + operands.length;
    this.#areRows[node] = Number(isRow);
    this.#areActive[node] = Number(isActive);
    this.#forms[node] = form;
    this.kindOf[node] = kind;
    this.indices[node] = index;
    return node;
  }

  #leaf(value: Value, role: "input" | "parameter" | "constant", index: number): number {
    const form = this.#sequences.of(role);
    return this.#node(value, role === "input", role === "parameter", form, -1, index);
  }

  #constant(value: Value): number {
    const key = keyOf(value.data), known = this.#constantNodes.get(key);
    if (known !== undefined) return known;
    const index = this.#parameters + this.constants.push(value.data) - 1;
    const node = this.#leaf(value, "constant", index);
    this.#constantNodes.set(key, node);
    return node;
  }

  /** A constant that is a form of its own. */
  #literal(value: Value): number {
    const { data } = value, key = keyOf(data), known = this.#literalNodes.get(key);
    if (known !== undefined) return known;
    const index = this.indices[this.#constant(value)];
    const node = this.#node(value, false, false, this.#sequences.of(data), -1, index);
    this.#literals.set(node, data);
    this.#literalNodes.set(key, node);
    return node;
  }

  #operation(value: Value, op: Op | "copy", operands: readonly number[]): number {
    let isRow = op === "copy", isActive = false;
    for (const operand of operands) {
      if (this.#areRows[operand]) isRow = true;
      if (this.#isOfLoss && this.#areActive[operand]) isActive = true;
    }
    const form = this.#formOf(op, operands), kind = this.#withLengths(form, operands);
    return this.#node(value, isRow, isActive, form, kind, -1, operands);
  }

  #operandsIn({ operands }: Value, op: Op): readonly number[] {
    const nodes = operands.map((x) => this.of(x));
    if (op === "dot") {
      const half = nodes.length / 2;
      return [...this.#together(nodes.slice(0, half)), ...this.#together(nodes.slice(half))];
    }
    if (isListOp(op)) return this.#together(nodes);
    const exponent = operands[1];
    if (op !== "pow" || exponent.op !== null || exponent.requiresGrad) return nodes;
    return [nodes[0], this.#literal(exponent)];
  }

  /** The operands of a list in one area: all in rows as soon as one is. */
  #together(list: readonly number[]): readonly number[] {
    return list.some((x) => this.#areRows[x]) ? list.map((x) => this.#inRow(x)) : list;
  }

  #inRow(node: number): number {
    if (this.#areRows[node]) return node;
    const known = this.#copies.get(node);
    if (known !== undefined) return known;
    const copy = this.#operation(this.values[node], "copy", [node]);
    this.#copies.set(node, copy);
    return copy;
  }

  /** The number of a form: which operands of which form follow one another. */
  #formOf(op: Op | "copy", operands: readonly number[]): number {
    const name = this.#sequences.of(op);
    let form = this.#isOfLoss ? name : this.#sequences.then(name, this.#sequences.of("beside"));
    for (let i = 0; i < operands.length; i = this.#endOfRun(operands, i)) {
      form = this.#sequences.then(form, this.#forms[operands[i]]);
    }
    return form;
  }

  /** The number of a form with how many operands of one form follow one another. */
  #withLengths(form: number, operands: readonly number[]): number {
    const isList = operands.some((x, i) =>
      i > 0 && this.#forms[x] === this.#forms[operands[i - 1]]
    );
    if (!isList) return form;
    let lengths = this.#sequences.of("lengths");
    for (let i = 0, end = 0; i < operands.length; i = end) {
      end = this.#endOfRun(operands, i);
      lengths = this.#sequences.then(lengths, end - i);
    }
    return this.#sequences.then(form, lengths);
  }

  /** Where operands of the same form end that begin at i. */
  #endOfRun(operands: readonly number[], i: number): number {
    const form = this.#forms[operands[i]];
    let end = i + 1;
    while (end < operands.length && this.#forms[operands[end]] === form) end++;
    return end;
  }
}

const nothing: readonly number[] = [];

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
