/**
 * The operations on one or two operands as free functions, which take a number
 * wherever they take a {@link Value}: `add(2, x)`. They are its methods as well.
 * Those that networks squash their sums with are in `activations.ts`.
 *
 * @module
 */
import { checkCount, describe } from "./arguments.ts";
import { isNumberArray, type Operands, pairwise } from "./list_operations.ts";
import { applyBinary, applyUnary, lift, type Operand, Value } from "./value.ts";

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
 * deepEqual([max(2, 4).data, max([2, 4, 9]).data], [4, 9]);
 * ```
 */
export function max(a: Operand, b: Operand): Value;
/**
 * The largest of a list, found in rounds: neighbours are compared, then those that are left. In
 * each comparison a tie passes half of the gradient to each.
 *
 * @param xs n ≥ 1 Values and numbers.
 * @returns the last of n − 1 nodes; for one Value, that Value.
 * @throws {TypeError} if `xs` is not an array of Values and numbers, or more arguments follow.
 * @throws {RangeError} if it is empty.
 * @category Operations
 * @example
 * ```ts
 * import { max, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * const xs = [2, 4, 9].map((x) => new Value(x));
 * max(xs).backward();
 * deepEqual(xs.map((x) => x.grad), [0, 0, 1]);
 * ```
 */
export function max(xs: Operands): Value;
export function max(...args: [Operand | Operands, ...Operand[]]): Value {
  checkCount("max", args, 2, "of a list: max(xs)");
  return extreme("max", args);
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
 * deepEqual([min(2, 4).data, min([2, 4, 9]).data], [2, 2]);
 * ```
 */
export function min(a: Operand, b: Operand): Value;
/**
 * The smallest of a list, found in rounds: neighbours are compared, then those that are left. In
 * each comparison a tie passes half of the gradient to each.
 *
 * @param xs n ≥ 1 Values and numbers.
 * @returns the last of n − 1 nodes; for one Value, that Value.
 * @throws {TypeError} if `xs` is not an array of Values and numbers, or more arguments follow.
 * @throws {RangeError} if it is empty.
 * @category Operations
 * @example
 * ```ts
 * import { min, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * const xs = [2, 4, 9].map((x) => new Value(x));
 * min(xs).backward();
 * deepEqual(xs.map((x) => x.grad), [1, 0, 0]);
 * ```
 */
export function min(xs: Operands): Value;
export function min(...args: [Operand | Operands, ...Operand[]]): Value {
  checkCount("min", args, 2, "of a list: min(xs)");
  return extreme("min", args);
}

/**
 * x where it is between two bounds, else the bound that it is beyond, as two nodes: `max`, then
 * `min`. At a bound x has half of the derivative, as from PyTorch's `clamp` between tensors; between
 * numbers PyTorch has 0 there.
 *
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { clamp } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([-5, 0.5, 5].map((x) => clamp(x, -1, 1).data), [-1, 0.5, 1]);
 * ```
 */
export function clamp(x: Operand, min: Operand, max: Operand): Value {
  checkCount("clamp", arguments, 3);
  return (x instanceof Value ? x : lift(x, "clamp", "x")).clamp(min, max);
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
 * exp(x) − 1, to the last digit also near 0.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { expm1 } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(expm1(1e-20).data, 1e-20);
 * ```
 */
export function expm1(x: Operand): Value {
  checkCount("expm1", arguments, 1);
  return applyUnary("expm1", x);
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
 * log(1 + x), to the last digit also near 0; −∞ at −1 and NaN below.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { log1p } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(log1p(1e-20).data, 1e-20);
 * ```
 */
export function log1p(x: Operand): Value {
  checkCount("log1p", arguments, 1);
  return applyUnary("log1p", x);
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

/**
 * The tangent of x, in radians.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { tan } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(tan(0).data, 0);
 * ```
 */
export function tan(x: Operand): Value {
  checkCount("tan", arguments, 1);
  return applyUnary("tan", x);
}

/**
 * The angle whose tangent is x, from −π/2 to π/2.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { atan } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(atan(Infinity).data, Math.PI / 2);
 * ```
 */
export function atan(x: Operand): Value {
  checkCount("atan", arguments, 1);
  return applyUnary("atan", x);
}

/**
 * The hyperbolic sine of x, (exp(x) − exp(−x)) / 2.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { sinh } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(sinh(0).data, 0);
 * ```
 */
export function sinh(x: Operand): Value {
  checkCount("sinh", arguments, 1);
  return applyUnary("sinh", x);
}

/**
 * The hyperbolic cosine of x, (exp(x) + exp(−x)) / 2.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { cosh } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(cosh(0).data, 1);
 * ```
 */
export function cosh(x: Operand): Value {
  checkCount("cosh", arguments, 1);
  return applyUnary("cosh", x);
}

/**
 * The error function of x, 2/√π times the integral of exp(−t²) from 0 to x.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { erf } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual(erf(6).data, 1);
 * ```
 */
export function erf(x: Operand): Value {
  checkCount("erf", arguments, 1);
  return applyUnary("erf", x);
}

function extreme(op: "max" | "min", [a, ...rest]: [Operand | Operands, ...Operand[]]): Value {
  if (!isList(a)) return applyBinary(op, a, rest[0]);
  if (rest.length === 0) return pairwise(op, a);
  throw new TypeError(
    `${op}: the first operand can be a list only without others, got ${describe(rest[0])} after it`,
  );
}

function isList(x: Operand | Operands): x is Operands {
  return Array.isArray(x) || isNumberArray(x);
}
