import { checkCount } from "../arguments.ts";
import { topologicalOrder } from "../backward.ts";
import { type Expression, localDerivative, number } from "../formula/expression.ts";
import { grad } from "../grad.ts";
import { display, type MimeBundle, Shown } from "../show/jupyter.ts";
import { inFormula, nameAll, type NodeNames } from "../formula/names.ts";
import {
  latexFactor,
  latexNumber,
  latexSlope,
  textFactor,
  textNumber,
} from "../formula/notation.ts";
import { abridged } from "../show/text.ts";
import { checkValue, type Value } from "../value.ts";
import { equal } from "./writing.ts";

/**
 * One way from an input to the result, and what it contributes to the derivative.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { explain, type Path, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, w] = [3, 5].map((data) => new Value(data));
 * const y = x.mul(w).add(x);
 * const paths: readonly Path[] = explain(x, y).paths;
 * deepEqual(paths.map(({ operands }) => operands), [[0, 0], [1]]); // by way of x · w, and at once
 * deepEqual(paths.map(({ contribution }) => contribution), [5, 1]);
 * ```
 */
export interface Path {
  /** The nodes, from the result to the input. */
  readonly nodes: readonly Value[];
  /** Of each node but the last, which operand the path takes. */
  readonly operands: readonly number[];
  /** The local derivative of each of these steps. */
  readonly locals: readonly Expression[];
  /** The product of the local derivatives. */
  readonly contribution: number;
}

/** The most paths that are written out. */
const limit = 8;

/**
 * Where a derivative comes from: products of local derivatives along paths, added up.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { explain, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const y = x.mul(x);
 * y.label = "y";
 * const why = explain(x, y);
 * deepEqual(why.summary(), "There are 2 paths from x to y: multiply along each, add over all.");
 * deepEqual(why.paths.map((path) => path.contribution), [3, 3]);
 * deepEqual(why.total, 6);
 * ```
 */
export class Explanation extends Shown {
  /** What the derivative is taken by. */
  readonly x: Value;
  /** What is differentiated. */
  readonly y: Value;
  /** The paths, at most 8. */
  readonly paths: readonly Path[];
  /** How many paths there are. */
  readonly count: number;
  /** ∂y/∂x, over all paths. */
  readonly total: number;
  /** How the nodes are called: by label, or `v1`, `v2`, … for those without. */
  readonly names: ReadonlyMap<Value, string>;

  /** @ignore */
  constructor(x: Value, y: Value) {
    const order = topologicalOrder(y);
    super();
    this.x = x;
    this.y = y;
    this.names = nameAll(order.includes(x) ? order : [...order, x]);
    const counts = countPaths(order, x);
    this.count = counts.get(y) ?? 0;
    this.paths = findPaths(y, x, counts, this.names);
    this.total = grad(y, [x])[0].data;
  }

  /** The derivative in LaTeX: a line for each path, and one for the sum. */
  latex(): string[] {
    checkCount("Explanation.latex", arguments, 0);
    const slope = (y: Value, x: Value) => latexSlope(this.names.get(y)!, this.names.get(x)!);
    const lines = this.paths.map((path, i) => {
      const chain = path.operands.map((_, step) => slope(path.nodes[step], path.nodes[step + 1]));
      const numbers = path.locals.map(({ value }) => latexFactor(number(value)));
      // Of a path of one step the chain would look like the whole derivative.
      const products = [...chain.length > 1 ? [chain] : [], path.locals.map(latexFactor), numbers];
      const product = (way: readonly string[]) => abridged(way, "\\cdots").join(" \\cdot ");
      const ways = [...products.map(product), latexNumber(path.contribution)];
      const name = this.paths.length > 1 ? `\\text{path ${i + 1}: } ` : "";
      return name + equal(...ways);
    });
    return [
      ...lines,
      `${slope(this.y, this.x)} = ${this.#sum(latexNumber, latexFactor, "\\cdots")}`,
    ];
  }

  /** @ignore The explanation as text: the summary, a line for each path, and one for the sum. */
  lines(): string[] {
    const { names, x, y, paths } = this;
    const lines = paths.map((path) => {
      const numbers = abridged(path.locals.map(({ value }) => textFactor(number(value))));
      const symbols = abridged(path.locals.map(textFactor));
      const way = abridged(path.nodes.map((node) => names.get(node)!)).join(" ← ");
      const products = [symbols, numbers].map((factors) => factors.join(" · "));
      const parts = [...products, textNumber(path.contribution)];
      return `${way}:  ${equal(...parts)}`;
    });
    const sum = this.#sum(textNumber, textFactor, "⋯");
    return [this.summary(), ...lines, `∂${names.get(y)}/∂${names.get(x)} = ${sum}`];
  }

  /** The explanation as text. */
  override toString(): string {
    return this.lines().join("\n");
  }

  /** How many paths there are and how many are shown, in a sentence. */
  summary(): string {
    checkCount("Explanation.summary", arguments, 0);
    const { count, paths, names, x, y } = this;
    const [from, to] = [names.get(x), names.get(y)];
    if (count === 0) return `${to} does not depend on ${from}: there is no path between them.`;
    if (count === 1) return `There is one path from ${from} to ${to}.`;
    const many = `There are ${count.toLocaleString("en-US")} paths from ${from} to ${to}`;
    return count <= paths.length
      ? `${many}: multiply along each, add over all.`
      : `${many}, too many to write out. Here are ${paths.length} of them; the sum is over all.`;
  }

  #sum(show: (x: number) => string, factor: (e: Expression) => string, dots: string): string {
    const { paths, count, total } = this;
    if (paths.length < 2) return show(total);
    const terms = paths.map(({ contribution }, i) =>
      i > 0 && contribution < 0 ? factor(number(contribution)) : show(contribution)
    );
    if (count > paths.length) terms.push(dots);
    return `${terms.join(" + ")} = ${show(total)}`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderExplanation } = await import("./explain_view.ts");
    return await renderExplanation(this);
  }
}

/**
 * Where does ∂y/∂x come from? The paths from x to y, each a product of local
 * derivatives, in symbols and in numbers, and their sum. In a notebook the
 * paths are coloured in the graph.
 *
 * Bauer, "Computational graphs and rounding error", SIAM Journal on Numerical
 * Analysis 11 (1974).
 *
 * @param x an input, or any value on the way.
 * @param y the result.
 * @throws {TypeError} if x or y is not a Value.
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { explain, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const a = new Value(3, { label: "a" });
 * const b = a.add(a);
 * b.label = "b";
 * const why = explain(a, b);
 * deepEqual([why.count, why.total], [2, 2]);
 * ```
 */
export function explain(x: Value, y: Value): Explanation {
  checkCount("explain", arguments, 2);
  checkValue("explain: x", x);
  checkValue("explain: y", y);
  return new Explanation(x, y);
}

/** How many paths lead from x to each node. */
function countPaths(order: readonly Value[], x: Value): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const node of order) {
    const count = node === x
      ? 1
      : node.operands.reduce((sum, operand) => sum + (counts.get(operand) ?? 0), 0);
    if (count > 0) counts.set(node, count);
  }
  return counts;
}

function findPaths(y: Value, x: Value, counts: Map<Value, number>, names: NodeNames): Path[] {
  const paths: Path[] = [];
  const open: { nodes: Value[]; operands: number[] }[] = counts.has(y)
    ? [{ nodes: [y], operands: [] }]
    : [];
  while (open.length > 0 && paths.length < limit) {
    const { nodes, operands } = open.pop()!;
    const end = nodes[nodes.length - 1];
    if (end === x) {
      const locals = operands.map((k, i) => localDerivative(nodes[i], k, inFormula(names)));
      const contribution = locals.reduce((product, { value }) => product * value, 1);
      paths.push({ nodes, operands, locals, contribution });
      continue;
    }
    for (let k = end.operands.length - 1; k >= 0; k--) {
      const operand = end.operands[k];
      if (!counts.has(operand)) continue;
      open.push({ nodes: [...nodes, operand], operands: [...operands, k] });
    }
  }
  return paths;
}
