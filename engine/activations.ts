/**
 * What neurons do to their weighted sums, as free functions: `relu(x)`. They are
 * operations as all others.
 *
 * @module
 */
import { checkCount } from "./arguments.ts";
import { applyBinary, applyUnary, type Operand, type Value } from "./value.ts";

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
 * x where positive, else x times a slope, which is the derivative at 0 too. The slope may be
 * learned: a parameter in its place makes it a PReLU.
 *
 * @param slope default 0.01, as in PyTorch.
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { leakyRelu } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([leakyRelu(-3).data, leakyRelu(-3, 0.5).data], [-0.03, -1.5]);
 * ```
 */
export function leakyRelu(x: Operand, slope: Operand = 0.01): Value {
  checkCount("leakyRelu", arguments, 2);
  return applyBinary("leakyRelu", x, slope);
}

/**
 * x where positive, else alpha · (exp(x) − 1), which stays above −alpha; with derivative alpha
 * at 0.
 *
 * Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential
 * linear units" (2016), https://arxiv.org/abs/1511.07289.
 *
 * @param alpha default 1, as in PyTorch.
 * @throws {TypeError} if an operand is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { elu } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([elu(3).data, elu(-1000).data, elu(-1000, 2).data], [3, -1, -2]);
 * ```
 */
export function elu(x: Operand, alpha: Operand = 1): Value {
  checkCount("elu", arguments, 2);
  return applyBinary("elu", x, alpha);
}

/**
 * x times the probability Φ(x) = (1 + erf(x / √2)) / 2 that a number of the standard normal
 * distribution is below x, as PyTorch's `gelu` is by default.
 *
 * Hendrycks and Gimpel, "Gaussian error linear units" (2016), https://arxiv.org/abs/1606.08415.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { gelu } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([gelu(0).data, gelu(10).data], [0, 10]);
 * ```
 */
export function gelu(x: Operand): Value {
  checkCount("gelu", arguments, 1);
  return applyUnary("gelu", x);
}

/**
 * x times sigmoid(x); also called swish.
 *
 * Elfwing, Uchibe and Doya, "Sigmoid-weighted linear units" (2017),
 * https://arxiv.org/abs/1702.03118.
 *
 * @throws {TypeError} if x is neither a Value nor a number.
 * @category Operations
 * @example
 * ```ts
 * import { silu } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 * deepEqual([silu(0).data, silu(100).data], [0, 100]);
 * ```
 */
export function silu(x: Operand): Value {
  checkCount("silu", arguments, 1);
  return applyUnary("silu", x);
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
