import { checkCount } from "../arguments.ts";
import { topologicalOrder } from "../backward.ts";
import { display, type MimeBundle, Shown } from "../show/jupyter.ts";
import { derivativeExpression, expressionOf, type Naming } from "./expression.ts";
import { nameLabels } from "./names.ts";
import { inLatex, latexName, latexNumber } from "./notation.ts";
import { checkValue, type Value } from "../value.ts";

/**
 * A formula that a notebook sets in type.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { formula, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const area = formula(new Value(2, { label: "r" }).pow(2).mul(Math.PI));
 * deepEqual(area.latex.startsWith("r^{2} \\cdot 3.14"), true);
 * deepEqual(String(area), area.latex);
 * ```
 */
export class Formula extends Shown {
  /** The formula in LaTeX, without dollar signs. */
  readonly latex: string;

  /** @ignore */
  constructor(latex: string) {
    super();
    this.latex = latex;
  }

  /** The formula in LaTeX. */
  override toString(): string {
    return this.latex;
  }

  /** @ignore */
  [display](): MimeBundle {
    return { "text/latex": `$$${this.latex}$$`, "text/plain": this.latex };
  }
}

/**
 * The formula that a Value was computed by, for a notebook to show. Leaves
 * appear by their labels, those without by their numbers. Where several have
 * one label, as the weights of a network's neurons have, the layer is set high
 * and the neuron low: w0 of neuron 1 in layer 2 is written w⁽²⁾₁,₀. Of a formula
 * with more than 200 parts, the innermost are left out as dots.
 *
 * @param y a result; with a label it stands on the left of an equals sign.
 * @throws {TypeError} if `y` is not a Value.
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { formula, math, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * const y = math`(${x} + 1) ** 2`;
 * y.label = "y";
 * deepEqual(formula(y).latex, String.raw`y = \left(x + 1\right)^{2}`);
 * ```
 */
export function formula(y: Value): Formula {
  checkCount("formula", arguments, 1, "derivative(y, x) differentiates");
  checkValue("formula: y", y);
  const nameOf = naming(y);
  const right = inLatex(expressionOf(y, nameOf));
  return new Formula(y.label && y.op !== null ? `${latexName(nameOf(y))} = ${right}` : right);
}

/** The names in a formula of `y`, each of one Value. */
function naming(y: Value, x: Value = y): Naming {
  const order = topologicalOrder(y);
  const names = nameLabels(order.includes(x) ? order : [...order, x]);
  return (value) => names.get(value)!;
}

/**
 * ∂y/∂x as a formula, by the same rules that compute its number, simplified.
 * For a function with a corner, such as `relu`, it is the formula of the side
 * where x is; at the corner itself, of PyTorch's choice.
 *
 * @param y the result.
 * @param x an input, or any value on the way; where y does not depend on it, the formula is 0.
 * @throws {RangeError} if the formula has more than 200 parts, or more than 2,000 nodes lie
 * between x and y.
 * @throws {TypeError} if `y` or `x` is not a Value.
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { derivative, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3, { label: "x" });
 * deepEqual(derivative(x.pow(3), x).latex, String.raw`\frac{\partial}{\partial x} \left(x^{3}\right) = 3 \cdot x^{2}`);
 * ```
 */
export function derivative(y: Value, x: Value): Formula {
  checkCount("derivative", arguments, 2);
  checkValue("derivative: y", y);
  checkValue("derivative: x", x);
  const nameOf = naming(y, x);
  const expression = derivativeExpression(y, x, nameOf);
  if (expression === null) {
    throw new RangeError(
      "derivative: the formula must have at most 200 parts, got more; " +
        "explain(x, y) says where its number comes from",
    );
  }
  const by = x.label ? latexName(nameOf(x)) : latexNumber(x.data);
  const left = y.label
    ? `\\frac{\\partial ${latexName(nameOf(y))}}{\\partial ${by}}`
    : `\\frac{\\partial}{\\partial ${by}} \\left(${inLatex(expressionOf(y, nameOf))}\\right)`;
  return new Formula(`${left} = ${inLatex(expression)}`);
}
