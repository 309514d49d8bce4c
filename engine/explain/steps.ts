import { checkCount, checkOptions, describe, describeNumber } from "../arguments.ts";
import { topologicalOrder } from "../backward.ts";
import { type Expression, localDerivative, number } from "../formula/expression.ts";
import { grad } from "../grad.ts";
import { display, type MimeBundle } from "../show/jupyter.ts";
import { inFormula, nameAll, type NodeNames } from "../formula/names.ts";
import { numbers } from "../rules.ts";
import { handOn } from "../sweep.ts";
import { checkValue, type Value } from "../value.ts";
import { equal, type Equation, type Writing, written } from "./writing.ts";

/**
 * Settings of {@link steps}.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { steps, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const { frames } = steps(x.tanh().mul(2), { forward: false });
 * deepEqual(frames[0].title, "Backward: start at v2");
 * deepEqual(frames.length, 4); // the start, v2, v1 and the end
 * ```
 */
export interface StepsOptions {
  /** Whether the forward pass is shown before the backward pass. Default true. */
  forward?: boolean;
  /**
   * The order in which the results have their turn in the backward pass, to
   * watch what a wrong one does. Default: the right one, reverse topological.
   */
  order?: readonly Value[];
}

/**
 * One moment of the forward or the backward pass.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { type Step, steps, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const y = x.pow(2);
 * const last: Step | undefined = steps(y).frames.at(-1);
 * deepEqual([last?.title, last?.node, last?.gradients.get(x)], ["Done", null, 6]);
 * deepEqual(x.grad, 0); // the graph's own gradients are as they were
 * ```
 */
export interface Step {
  /** What happens, in a few words. */
  readonly title: string;
  /** What is computed, one equation a line. */
  readonly lines: readonly string[];
  /** The same equations in LaTeX. */
  readonly latex: readonly string[];
  /** The node whose turn it is; null at the start and at the end. */
  readonly node: Value | null;
  /** Which operands of that node take part, by position. */
  readonly operands: readonly number[];
  /** The nodes whose number is known by now. */
  readonly known: ReadonlySet<Value>;
  /** The gradients by now; nodes that are not in it have 0. */
  readonly gradients: ReadonlyMap<Value, number>;
}

/**
 * The passes over a graph, step by step; a notebook shows it with a slider.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { steps, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const film = steps(x.mul(2));
 * deepEqual(film.frames.map(({ title }) => title), [
 *   "Forward: the inputs are given",
 *   "Forward: compute v1",
 *   "Backward: start at v1",
 *   "Backward: v1 hands its gradient on",
 *   "Done",
 * ]);
 * deepEqual(film.frames[1].lines, ["v1 = x · 2 = 3 · 2 = 6"]);
 * ```
 */
export class Steps {
  /** The result that is differentiated. */
  readonly root: Value;
  /** All nodes, operands first. */
  readonly nodes: readonly Value[];
  /** How the nodes are called: by label, or `v1`, `v2`, … for those without. */
  readonly names: ReadonlyMap<Value, string>;
  /** The steps in order. */
  readonly frames: readonly Step[];

  /** @ignore */
  constructor(root: Value, options: StepsOptions) {
    this.root = root;
    this.nodes = topologicalOrder(root);
    this.names = nameAll(this.nodes);
    this.frames = [
      ...options.forward === false ? [] : forwardSteps(this.nodes, this.names),
      ...backwardSteps(this.nodes, this.names, options.order),
    ];
  }

  /** All steps as text. */
  toString(): string {
    return this.frames.map(({ title, lines }) => [title, ...lines].join("\n  ")).join("\n");
  }

  /**
   * The film as one picture that plays by itself, over and over, where there is
   * no notebook and no script: in a README, on a slide, in a chat.
   *
   * @param seconds how long a step stays, more than 0. Default: 2.
   * @returns the text of an SVG document.
   * @throws {RangeError} if `seconds` is not a finite number above 0.
   */
  async svg(seconds = 2): Promise<string> {
    checkCount("Steps.svg", arguments, 1);
    if (!Number.isFinite(seconds) || seconds <= 0) {
      throw new RangeError(
        `steps: seconds must be a finite number above 0, got ${describeNumber(seconds)}`,
      );
    }
    const { renderMovie } = await import("./steps_svg.ts");
    return await renderMovie(this, seconds);
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderSteps } = await import("./steps_view.ts");
    return await renderSteps(this);
  }
}

const limit = 60;

/**
 * The forward and the backward pass as a film: one node a step, with the chain
 * rule in symbols and in numbers. In a notebook it has a slider, buttons and
 * arrow keys. Nothing is written to the graph's own gradients.
 *
 * @param root the result to differentiate; its graph may have up to 60 nodes, constants included.
 * @throws {TypeError} if `root` is not a Value.
 * @throws {RangeError} if the graph is larger, or `order` has a node that is no result in it.
 * @throws {RangeError} for an option of another name.
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { steps, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const d = new Value(4, { label: "d" });
 * const f = new Value(-2, { label: "f" });
 * const L = d.mul(f);
 * L.label = "L";
 * deepEqual(steps(L).frames[3].lines, [
 *   "∂L/∂d += f · ∂L/∂L = (−2) · 1 = −2",
 *   "∂L/∂f += d · ∂L/∂L = 4 · 1 = 4",
 * ]);
 * ```
 */
export function steps(root: Value, options: StepsOptions = {}): Steps {
  checkCount("steps", arguments, 2);
  checkOptions<StepsOptions>("steps", options, { forward: "boolean", order: "array" });
  checkValue("steps: root", root);
  const size = topologicalOrder(root).length;
  if (size > limit) {
    throw new RangeError(`steps: the graph must have at most ${limit} nodes, got ${size}`);
  }
  return new Steps(root, options);
}

function forwardSteps(nodes: readonly Value[], names: NodeNames): Step[] {
  const known = new Set(nodes.filter(({ op }) => op === null));
  const gradients = new Map<Value, number>();
  const frames: Step[] = [{
    title: "Forward: the inputs are given",
    ...written([]),
    node: null,
    operands: [],
    known: new Set(known),
    gradients,
  }];
  for (const node of nodes) {
    const { op, operands } = node;
    if (op === null) continue;
    known.add(node);
    const name = names.get(node)!;
    const computed = (nameOf: (operand: Value) => Expression): Expression => ({
      kind: "operation",
      op,
      args: operands.map(nameOf),
      value: node.data,
    });
    const equation = (w: Writing) =>
      equal(
        w.name(name),
        w.expression(computed(inFormula(names))),
        w.expression(computed((operand) => number(operand.data))),
        w.number(node.data),
      );
    frames.push({
      title: `Forward: compute ${name}`,
      ...written([equation]),
      node,
      operands: operands.map((_, k) => k),
      known: new Set(known),
      gradients,
    });
  }
  return frames;
}

function backwardSteps(
  nodes: readonly Value[],
  names: NodeNames,
  order?: readonly Value[],
): Step[] {
  const moved = nodes.filter(({ requiresGrad }) => requiresGrad);
  const turns = order ?? moved.filter(({ op }) => op !== null).reverse();
  for (const [i, node] of turns.entries()) {
    if (nodes.includes(node) && node.op !== null) continue;
    throw new RangeError(
      `steps: order[${i}] must be a result in the graph, got ${describe(node)}`,
    );
  }
  const root = nodes[nodes.length - 1];
  const known = new Set(nodes);
  const gradients = new Map(moved.map((node) => [node, 0])).set(root, 1);
  const slope = (w: Writing, y: Value, x: Value) => w.slope(names.get(y)!, names.get(x)!);
  const snapshot = { known, node: null, operands: [] };
  const frames: Step[] = [{
    ...snapshot,
    title: `Backward: start at ${names.get(root)}`,
    ...written([(w) => `${slope(w, root, root)} = 1`]),
    gradients: new Map(gradients),
  }];
  for (const node of turns) {
    const upstream = gradients.get(node) ?? 0;
    const handed = handOn(node, gradients, numbers, ({ data }) => data);
    const equations = handed.map(({ k, local, before, added }): Equation => (w) => {
      const operand = node.operands[k];
      const above = slope(w, root, node);
      // From the root the local derivative would look like the whole one.
      const product = node === root ? [] : [slope(w, node, operand) + w.times + above];
      const symbols = w.factor(localDerivative(node, k, inFormula(names))) + w.times + above;
      const inNumbers = w.factor(number(local)) + w.times + w.factor(number(upstream));
      const sum = equal(
        `${w.number(before)} + ${w.factor(number(added))}`,
        w.number(before + added),
      );
      return slope(w, root, operand) + w.gains +
        [...product, symbols, inNumbers, w.number(added)].join(" = ") +
        (before === 0 ? "" : w.words(", together ") + sum);
    });
    frames.push({
      title: `Backward: ${names.get(node)} hands its gradient on`,
      ...written(equations),
      node,
      operands: handed.map(({ k }) => k),
      known,
      gradients: new Map(gradients),
    });
  }
  frames.push({ ...snapshot, ...verdict(nodes, names, gradients), gradients: new Map(gradients) });
  return frames;
}

/** The last step: all gradients of the leaves, and whether they are right. */
function verdict(nodes: readonly Value[], names: NodeNames, gradients: ReadonlyMap<Value, number>) {
  const root = nodes[nodes.length - 1];
  const leaves = nodes.filter(({ op, requiresGrad }) => op === null && requiresGrad);
  const right = new Map(grad(root, leaves).map(({ data }, i) => [leaves[i], data]));
  const wrong = leaves.filter((leaf) => !agree(gradients.get(leaf) ?? 0, right.get(leaf)!));
  const show = (w: Writing, leaf: Value) =>
    equal(w.slope(names.get(root)!, names.get(leaf)!), w.number(gradients.get(leaf) ?? 0));
  if (wrong.length === 0) {
    const all: Equation = (w) => leaves.map((leaf) => show(w, leaf)).join(w.gap);
    return { title: "Done", ...written([all]) };
  }
  return {
    title: "Done, and wrong: a node handed its gradient on before it was complete",
    ...written(
      wrong.map((leaf) => (w) =>
        show(w, leaf) + w.words(", but it should be ") + w.number(right.get(leaf)!)
      ),
    ),
  };
}

/** Whether two sums of the same terms are equal, but for the order in which they were added. */
function agree(a: number, b: number): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b);
  return a === b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}
