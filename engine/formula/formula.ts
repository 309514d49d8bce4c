import { checkCount } from "../arguments.ts";
import { display, inspect, type MimeBundle } from "../show/jupyter.ts";
import { derivativeExpression, expressionOf } from "./expression.ts";
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
export class Formula {
  /** The formula in LaTeX, without dollar signs. */
  readonly latex: string;

  /** @ignore */
  constructor(latex: string) {
    this.latex = latex;
  }

  /** The formula in LaTeX. */
  toString(): string {
    return this.latex;
  }

  /** @ignore */
  [inspect](): string {
    return this.latex;
  }

  /** @ignore */
  [display](): MimeBundle {
    return { "text/latex": `$$${this.latex}$$`, "text/plain": this.latex };
  }
}

/**
 * The formula that a Value was computed by, for a notebook to show. Leaves
 * appear by their labels, those without by their numbers. Of a formula with
 * more than 200 parts, the innermost are left out as dots.
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
  const right = inLatex(expressionOf(y));
  return new Formula(y.label && y.op !== null ? `${latexName(y.label)} = ${right}` : right);
}

/**
 * ∂y/∂x as a formula, by the same rules that compute its number, simplified.
 * For a function with a corner, such as `relu`, it is the formula of the side
 * where x is; at the corner itself, of PyTorch's choice.
 *
 * @param y the result.
 * @param x an input, or any value on the way; where y does not depend on it, the formula is 0.
 * @throws {RangeError} if there are more than 200 nodes between x and y.
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
  const expression = derivativeExpression(y, x);
  if (expression === null) {
    throw new RangeError("derivative: there are more than 200 nodes between x and y to write down");
  }
  const by = x.label ? latexName(x.label) : latexNumber(x.data);
  const left = y.label
    ? `\\frac{\\partial ${latexName(y.label)}}{\\partial ${by}}`
    : `\\frac{\\partial}{\\partial ${by}} \\left(${inLatex(expressionOf(y))}\\right)`;
  return new Formula(`${left} = ${inLatex(expression)}`);
}
