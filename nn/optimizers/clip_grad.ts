import { checkCount } from "../../engine/internal.ts";
import { Value } from "../../engine/mod.ts";
import type { FloatArray } from "../../engine/extend.ts";
import { checkEach, checkInstance, checkNumber } from "../check.ts";

/**
 * Scales gradients down where together they are longer than `maxNorm`, and keeps
 * their direction, as PyTorch's `clip_grad_norm_` does; call it between
 * `backward()` and the optimizer's `step()`.
 *
 * Pascanu, Mikolov and Bengio, "On the difficulty of training recurrent neural networks"
 * (ICML 2013), https://arxiv.org/abs/1211.5063.
 *
 * @param parameters at least one Value, such as all of a model's parameters.
 * @param maxNorm the greatest length, from 0.
 * @returns the length that the gradients had: the root of the sum of their squares.
 * @throws {TypeError} if `parameters` is not an array of Values.
 * @throws {RangeError} if it is empty or `maxNorm` no such number.
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { clipGradNorm, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const xs = [new Value(1), new Value(1)];
 * [xs[0].grad, xs[1].grad] = [30, -40];
 * deepEqual(clipGradNorm(xs, 5), 50);
 * deepEqual(xs.map(({ grad }) => Math.round(grad)), [3, -4]);
 * ```
 */
export function clipGradNorm(parameters: readonly Value[], maxNorm: number): number {
  checkCount("clipGradNorm", arguments, 2);
  checkEach("clipGradNorm: parameters", parameters, checkValue);
  checkNumber("clipGradNorm: maxNorm", maxNorm, " from 0");
  const all = [...new Set(parameters)];
  const gradients = Float64Array.from(all, ({ grad }) => grad);
  const norm = clipNorm(gradients, gradients.length, maxNorm);
  all.forEach((p, i) => p.grad = gradients[i]);
  return norm;
}

/** The same of the first `count` of some numbers. */
export function clipNorm(gradients: FloatArray, count: number, maxNorm: number): number {
  let squares = 0;
  for (let i = 0; i < count; i++) squares += gradients[i] * gradients[i];
  const norm = Math.sqrt(squares);
  // As there; what is added keeps a length of 0 from dividing.
  const scale = maxNorm / (norm + 1e-6);
  if (!(scale >= 1)) { for (let i = 0; i < count; i++) gradients[i] *= scale; }
  return norm;
}

/**
 * Brings each gradient by itself between −`clipValue` and `clipValue`, as
 * PyTorch's `clip_grad_value_` does. Their direction may change.
 *
 * @param parameters at least one Value, such as all of a model's parameters.
 * @param clipValue the greatest size of a gradient, from 0.
 * @throws {TypeError} if `parameters` is not an array of Values.
 * @throws {RangeError} if it is empty or `clipValue` no such number.
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { clipGradValue, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const xs = [new Value(1), new Value(1)];
 * [xs[0].grad, xs[1].grad] = [0.5, -40];
 * clipGradValue(xs, 1);
 * deepEqual(xs.map(({ grad }) => grad), [0.5, -1]);
 * ```
 */
export function clipGradValue(parameters: readonly Value[], clipValue: number): void {
  checkCount("clipGradValue", arguments, 2);
  checkEach("clipGradValue: parameters", parameters, checkValue);
  checkNumber("clipGradValue: clipValue", clipValue, " from 0");
  for (const p of parameters) p.grad = clipped(p.grad, clipValue);
}

/** The same of the first `count` of some numbers. */
export function clipValues(gradients: FloatArray, count: number, clipValue: number): void {
  for (let i = 0; i < count; i++) gradients[i] = clipped(gradients[i], clipValue);
}

function clipped(x: number, most: number): number {
  return Math.max(-most, Math.min(most, x));
}

function checkValue(name: string, p: unknown): asserts p is Value {
  checkInstance(name, p, Value, "a Value");
}
