/**
 * The operations on one or two operands as free functions, which take a number
 * wherever they take a {@link Value}: `add(2, x)`. They are its methods as well.
 *
 * @module
 */
import { checkCount } from "./arguments.ts";
import { applyBinary, applyUnary, type Operand, type Value } from "./value.ts";

/**
 * a + b.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { add } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(add(2, 4).data, 6);
 * ```
 */
export function add(a: Operand, b: Operand): Value {
  checkCount("add", arguments, 2);
  return applyBinary("add", a, b);
}

/**
 * a − b.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { sub } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sub(2, 4).data, -2);
 * ```
 */
export function sub(a: Operand, b: Operand): Value {
  checkCount("sub", arguments, 2);
  return applyBinary("sub", a, b);
}

/**
 * a · b.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { mul } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(mul(2, 4).data, 8);
 * ```
 */
export function mul(a: Operand, b: Operand): Value {
  checkCount("mul", arguments, 2);
  return applyBinary("mul", a, b);
}

/**
 * a / b; by IEEE 754 also where b is 0: ±∞, or NaN for 0 / 0.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { div } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(div(2, 4).data, 0.5);
 * ```
 */
export function div(a: Operand, b: Operand): Value {
  checkCount("div", arguments, 2);
  return applyBinary("div", a, b);
}

/**
 * a to the power b; either may be a Value. NaN where a is negative and b not whole.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { pow } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(pow(2, 4).data, 16);
 * ```
 */
export function pow(a: Operand, b: Operand): Value {
  checkCount("pow", arguments, 2);
  return applyBinary("pow", a, b);
}

/**
 * The larger of a and b; a tie passes half of the gradient to each.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { max } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(max(2, 4).data, 4);
 * ```
 */
export function max(a: Operand, b: Operand): Value {
  checkCount("max", arguments, 2, "of a list: xs.reduce(max)");
  return applyBinary("max", a, b);
}

/**
 * The smaller of a and b; a tie passes half of the gradient to each.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { min } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(min(2, 4).data, 2);
 * ```
 */
export function min(a: Operand, b: Operand): Value {
  checkCount("min", arguments, 2, "of a list: xs.reduce(min)");
  return applyBinary("min", a, b);
}

/**
 * x with the other sign, −x.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { neg } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(neg(2).data, -2);
 * ```
 */
export function neg(x: Operand): Value {
  checkCount("neg", arguments, 1);
  return applyUnary("neg", x);
}

/**
 * e to the power of x.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { exp } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(exp(0).data, 1);
 * ```
 */
export function exp(x: Operand): Value {
  checkCount("exp", arguments, 1);
  return applyUnary("exp", x);
}

/**
 * The natural logarithm of x; −∞ at 0 and NaN below.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { log } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(log(1).data, 0);
 * ```
 */
export function log(x: Operand): Value {
  checkCount("log", arguments, 1, "of another base: div(log(x), log(base))");
  return applyUnary("log", x);
}

/**
 * The square root of x; NaN below 0.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { sqrt } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sqrt(9).data, 3);
 * ```
 */
export function sqrt(x: Operand): Value {
  checkCount("sqrt", arguments, 1);
  return applyUnary("sqrt", x);
}

/**
 * |x|, with derivative 0 at 0.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { abs } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(abs(-3).data, 3);
 * ```
 */
export function abs(x: Operand): Value {
  checkCount("abs", arguments, 1);
  return applyUnary("abs", x);
}

/**
 * The hyperbolic tangent of x, between −1 and 1.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { tanh } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tanh(0).data, 0);
 * ```
 */
export function tanh(x: Operand): Value {
  checkCount("tanh", arguments, 1);
  return applyUnary("tanh", x);
}

/**
 * 1 / (1 + exp(−x)), between 0 and 1.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { sigmoid } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sigmoid(0).data, 0.5);
 * ```
 */
export function sigmoid(x: Operand): Value {
  checkCount("sigmoid", arguments, 1);
  return applyUnary("sigmoid", x);
}

/**
 * x where positive, else 0; with derivative 0 at 0.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { relu } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(relu(-3).data, 0);
 * ```
 */
export function relu(x: Operand): Value {
  checkCount("relu", arguments, 1);
  return applyUnary("relu", x);
}

/**
 * log(1 + exp(x)), a smooth relu, without overflow.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { softplus } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(softplus(1000).data, 1000);
 * ```
 */
export function softplus(x: Operand): Value {
  checkCount("softplus", arguments, 1);
  return applyUnary("softplus", x);
}

/**
 * The sine of x, in radians.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { sin } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sin(0).data, 0);
 * ```
 */
export function sin(x: Operand): Value {
  checkCount("sin", arguments, 1);
  return applyUnary("sin", x);
}

/**
 * The cosine of x, in radians.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { cos } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(cos(0).data, 1);
 * ```
 */
export function cos(x: Operand): Value {
  checkCount("cos", arguments, 1);
  return applyUnary("cos", x);
}
