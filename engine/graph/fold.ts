import { topologicalOrder } from "../backward.ts";
import { asName } from "../show/text.ts";
import type { GraphNode } from "./layout.ts";
import type { Scope } from "../scope.ts";
import type { Value } from "../value.ts";

/** A node of a folded graph: a value, a part folded into one box, or the rest of a long list. */
export interface FoldedNode extends GraphNode {
  readonly operands: FoldedNode[];
  /** The part that the box stands for. */
  readonly part?: Part;
  /** How many values it stands for, if it is no single one. */
  readonly count?: number;
  /** Whether it lies outside of the part that is shown. */
  readonly outside?: boolean;
}

/** A part of a computation: what one call of a layer or a neuron made. */
export class Part {
  /** What it is called. */
  readonly name: string;
  /** The part that it lies in; null for the whole computation. */
  readonly parent: Part | null;
  /** The results made in it, parts within it included. */
  readonly results: Value[] = [];

  /** @ignore */
  constructor(name: string, parent: Part | null) {
    this.name = asName(name, 40);
    this.parent = parent;
  }
}

/** A computation, divided into its parts. */
export class Folding {
  /** The whole. */
  readonly whole: Part;
  readonly #homes = new Map<Value, Part>();
  readonly #root: Value;

  /** Divides the computation of `root` by the scopes in which its nodes were made. */
  constructor(root: Value) {
    this.#root = root;
    this.whole = new Part(root.label || "result", null);
    const order = topologicalOrder(root);
    const partOf = this.#partition(order);
    for (const node of order) {
      if (node.op === null) continue;
      const home = partOf(node.scope);
      this.#homes.set(node, home);
      for (let part: Part | null = home; part; part = part.parent) part.results.push(node);
    }
  }

  /** The part of each scope. Of several with one name in the same place, each gets a number. */
  #partition(order: readonly Value[]): (scope: Scope | null) => Part {
    const parts = new Map<Scope, Part>();
    const scopes = new Set<Scope>();
    for (const { scope } of order) {
      for (let s = scope; s && !scopes.has(s); s = s.parent) scopes.add(s);
    }
    const siblings = new Map<Scope | null, Scope[]>();
    for (const scope of scopes) {
      const others = siblings.get(scope.parent);
      if (others) others.push(scope);
      else siblings.set(scope.parent, [scope]);
    }
    const partOf = (scope: Scope | null): Part => {
      if (scope === null) return this.whole;
      const known = parts.get(scope);
      if (known) return known;
      const namesakes = siblings.get(scope.parent)!.filter(({ name }) => name === scope.name);
      const number = namesakes.length > 1 ? ` ${namesakes.indexOf(scope) + 1}` : "";
      const part = new Part(scope.name + number, partOf(scope.parent));
      parts.set(scope, part);
      return part;
    };
    return partOf;
  }

  /**
   * The inside of a part as a graph: its own results, the parts in it as one
   * box each, and what comes in from outside. Parameters and constants that
   * only parts within use are left to those.
   * Where these are more than `most` boxes, what comes from one part outside is
   * one box, too.
   *
   * @returns the results that leave the part.
   */
  inside(part: Part, most = Infinity, isBundled = false): FoldedNode[] {
    const made = new Map<Value | Part, FoldedNode>();
    const box = (value: Value): FoldedNode => {
      const home = this.#homes.get(value);
      const place = home ? childToward(part, home) : null;
      const source = home && place === null && isBundled ? home : null;
      const key = place && place !== part ? place : source ?? value;
      const known = made.get(key);
      if (known) return known;
      const operands: FoldedNode[] = [];
      const { data, grad, label, op, requiresGrad } = value;
      if (place && place !== part) {
        const folded = foldedNode(place, operands);
        made.set(key, folded);
        const inputs = endsOf(place).inputs.filter((input) => input.op !== null);
        for (const operand of new Set(inputs.map(box))) operands.push(operand);
        return folded;
      }
      const outside = home !== undefined && place === null;
      const node = source
        ? { data: NaN, label: wayTo(source, part), operands, count: source.results.length, outside }
        : { data, grad, label, op: outside ? null : op, requiresGrad, operands, outside };
      made.set(key, node);
      if (outside) return node;
      const bundled = eachBundleOnce(value.operands.map(box));
      for (const operand of shortened(bundled)) operands.push(operand);
      return node;
    };
    const leaving = part === this.whole ? [this.#root] : endsOf(part).outputs;
    const boxes = [...new Set(leaving.map(box))];
    return made.size > most && !isBundled ? this.inside(part, most, true) : boxes;
  }
}

function foldedNode(part: Part, operands: FoldedNode[]): FoldedNode {
  const { outputs } = endsOf(part);
  const { data, grad } = outputs[0];
  const numbers = outputs.length === 1 ? { data, grad } : { data: NaN };
  return { ...numbers, label: part.name, operands, part, count: part.results.length };
}

/** The results that leave a part, and what it takes from outside of itself. */
function endsOf({ results }: Part): { outputs: Value[]; inputs: Value[] } {
  const own = new Set(results);
  const used = new Set(results.flatMap(({ operands }) => operands));
  return {
    outputs: results.filter((result) => !used.has(result)),
    inputs: [...used].filter((value) => !own.has(value)),
  };
}

/** The part directly within `part` on the way to `home`; `part` itself, or null for outside. */
function childToward(part: Part, home: Part): Part | null {
  let child = home;
  for (let p: Part | null = home; p; p = p.parent) {
    if (p === part) return child === part || home === part ? part : child;
    child = p;
  }
  return null;
}

/** The names of the parts from the outermost that does not hold `part` down to `home`. */
function wayTo(home: Part, part: Part): string {
  const around = new Set<Part>();
  for (let p: Part | null = part; p; p = p.parent) around.add(p);
  const names: string[] = [];
  for (let p: Part | null = home; p && !around.has(p); p = p.parent) names.unshift(p.name);
  return names.join(" › ");
}

function eachBundleOnce(operands: FoldedNode[]): FoldedNode[] {
  return operands.filter(({ outside, count }, i) =>
    !outside || count === undefined || operands.indexOf(operands[i]) === i
  );
}

/** Of a long list of operands the first six, and a box that stands for the rest. */
function shortened(operands: FoldedNode[]): FoldedNode[] {
  if (operands.length <= 10) return operands;
  const count = operands.length - 6;
  return [
    ...operands.slice(0, 6),
    { data: NaN, label: `⋯ ${count} more`, operands: [], count, outside: true },
  ];
}
