/**
 * Where a single output turns from one class to the other: at 0 for logits, at
 * 0.5 for probabilities and for estimates of the labels 0 and 1.
 *
 * @module
 */
import type { Value } from "../../engine/mod.ts";
import { describeNumber, type Known } from "../../engine/internal.ts";
import { checkNumber } from "../check.ts";
import type { Loss } from "../fit/trainer.ts";
import type { Model } from "../model.ts";

/**
 * Settings of `predict` and `accuracy`.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { MLP, predict, type PredictOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1], { activation: "linear" });
 * [1, 0].forEach((data, i) => model.parameters()[i].data = data); // what it is asked
 * const estimates: PredictOptions = { threshold: 0.5 };
 * deepEqual(predict(model, [[0.2], [0.7]], estimates), [0, 1]);
 * deepEqual(predict(model, [[0.2], [0.7]], { threshold: 0 }), [1, 1]); // as logits
 * ```
 */
export interface PredictOptions {
  /**
   * The number above which a single output means class 1. Default: what follows
   * from the loss that `fit` trained the model with; else 0.5 for a sigmoid, and 0
   * for the labels −1 and 1. Where none of this decides, outputs above 0 up to 0.5
   * are an error.
   */
  threshold?: number;
}

/** What the options take. */
export const predictOptions: Known<PredictOptions> = { threshold: "number" };

/** What a model says to some examples. */
export interface Asked {
  /** Its outputs for each example. */
  readonly outputs: readonly (readonly number[])[];
  /** Whether they are single ones that a sigmoid made. */
  readonly isSigmoid: boolean;
}

const known = new WeakMap<Model, number>();

/** Keeps in mind where the single output of a model turns, as its training says. */
export function rememberThreshold(model: Model, threshold: number): void {
  known.set(model, threshold);
}

/**
 * Where the output of a model turns; 0 for several outputs, of which the largest counts.
 *
 * @param asked all that depends on it.
 * @throws {RangeError} if that is not clear and matters for an output.
 */
export function thresholdOf(
  name: string,
  model: Model,
  { outputs, isSigmoid }: Asked,
  labels: readonly number[],
  threshold: number | undefined,
): number {
  const { length } = outputs[0];
  if (threshold !== undefined) {
    checkNumber(`${name}: threshold`, threshold);
    if (length === 1) return threshold;
    throw new RangeError(
      `${name}: threshold must be left out for a model of ${length} outputs, ` +
        `got ${describeNumber(threshold)}`,
    );
  }
  if (length > 1) return 0;
  const clear = known.get(model) ?? clearThreshold(isSigmoid, labels);
  if (clear !== null) return clear;
  const between = outputs.filter(([x]) => x > 0 && x <= 0.5);
  if (between.length === 0) return 0;
  throw new RangeError(
    `${name}: threshold must say where the output turns from class 0 to 1, at 0 as a logit does ` +
      `or at 0.5 as an estimate of 0 and 1; got none, and an output of ${between[0][0]}`,
  );
}

/** Where a single output turns by what it was made by, or by the labels; null if that is not clear. */
export function clearThreshold(isSigmoid: boolean, labels: readonly number[]): number | null {
  if (isSigmoid) return 0.5;
  return labels.includes(-1) ? 0 : null;
}

/**
 * Where a single output turns by a loss: where both labels cost the same.
 *
 * @param output such an answer of the model, with any number.
 * @returns 0 or 0.5; null if it is neither.
 */
export function thresholdByLoss(
  loss: Loss,
  output: (data: number) => Value | Value[],
  labels: readonly number[],
): number | null {
  const pairs = labels.includes(-1) ? [[-1, 1]] : labels.includes(0) ? [[0, 1]] : [[0, 1], [-1, 1]];
  for (const pair of pairs) {
    const isEven = (data: number) => {
      const [no, yes] = pair.map((label) => loss([output(data)], [label]).data);
      const rounding = 1e-9 * Math.max(Math.abs(no), Math.abs(yes));
      return Number.isFinite(rounding) && Math.abs(no - yes) <= rounding;
    };
    try {
      const [atZero, atHalf] = [isEven(0), isEven(0.5)];
      if (atZero !== atHalf) return atZero ? 0 : 0.5;
    } catch {
      // The loss knows other labels.
    }
  }
  return null;
}
