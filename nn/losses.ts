/**
 * Losses: how far a model's answers are from what they should be, as one Value
 * to call `backward()` on. All check their arguments before they make a node.
 *
 * @module
 */
import {
  add,
  dot,
  logSumExp,
  mul,
  neg,
  type Operand,
  type Operands,
  scope,
  softplus,
  sub,
  sum,
  Value,
} from "../engine/mod.ts";
import { asList, checkCount, checkOptions, describe, describeNumber } from "../engine/internal.ts";
import {
  checkArray,
  checkChoice,
  checkIndices,
  checkLength,
  checkNumber,
  checkNumbers,
  checkOperands,
  checkSameLength,
  type Range,
} from "./check.ts";

/**
 * Settings of the losses.
 *
 * @category Losses
 *
 * @example
 * ```ts
 * import { type LossOptions, mseLoss } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: LossOptions = { reduction: "sum" };
 * deepEqual(mseLoss([1, 3], [0, 0], options).data, 10);
 * deepEqual(mseLoss([1, 3], [0, 0]).data, 5);
 * ```
 */
export interface LossOptions {
  /** What becomes of the losses of the single examples. Default `"mean"`. */
  reduction?: "mean" | "sum";
}

/**
 * The squared error, (prediction − target)², over all examples; of rows over all their numbers, as
 * `torch.nn.MSELoss` does.
 *
 * @param predictions n ≥ 1 Values or numbers.
 * @param targets n finite Values or numbers.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument is not an array, or an element neither a Value nor a number.
 * @throws {RangeError} if the arrays are empty or differ in length, a target is not finite or
 * the reduction is unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { mseLoss, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const y = new Value(3);
 * const loss = mseLoss([y, 1], [1, 1]);
 * loss.backward();
 * deepEqual([loss.data, y.grad], [2, 2]);
 * deepEqual(mseLoss([y, 1], [1, 1], { reduction: "sum" }).data, 4);
 * deepEqual(mseLoss([[y, 1], [0, 0]], [[1, 1], [0, 2]]).data, 2);
 * ```
 */
export function mseLoss(
  predictions: Operands,
  targets: Operands,
  options?: LossOptions,
): Value;
/** The same where each example has a row of outputs: over all numbers of all rows. */
export function mseLoss(
  predictions: readonly Operands[],
  targets: readonly Operands[],
  options?: LossOptions,
): Value;
export function mseLoss(
  predictions: Operands | readonly Operands[],
  targets: Operands | readonly Operands[],
  options: LossOptions = {},
): Value {
  checkCount("mseLoss", arguments, 3);
  const [xs, ys] = elements("mseLoss", { predictions, targets });
  return reduce("mseLoss", xs, options, (x, i) => sub(x, ys[i]).pow(2));
}

/**
 * The absolute error, |prediction − target|, over all examples; with the derivative 0 at 0.
 *
 * @param predictions n ≥ 1 Values or numbers.
 * @param targets n finite Values or numbers.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument is not an array, or an element neither a Value nor a number.
 * @throws {RangeError} if the arrays are empty or differ in length, a target is not finite or
 * the reduction is unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { l1Loss, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const y = new Value(3);
 * const loss = l1Loss([y, 1], [1, 1]);
 * loss.backward();
 * deepEqual([loss.data, y.grad], [1, 0.5]);
 * ```
 */
export function l1Loss(
  predictions: Operands,
  targets: Operands,
  options?: LossOptions,
): Value;
/** The same where each example has a row of outputs: over all numbers of all rows. */
export function l1Loss(
  predictions: readonly Operands[],
  targets: readonly Operands[],
  options?: LossOptions,
): Value;
export function l1Loss(
  predictions: Operands | readonly Operands[],
  targets: Operands | readonly Operands[],
  options: LossOptions = {},
): Value {
  checkCount("l1Loss", arguments, 3);
  const [xs, ys] = elements("l1Loss", { predictions, targets });
  return reduce("l1Loss", xs, options, (x, i) => sub(x, ys[i]).abs());
}

/**
 * Settings of {@link huberLoss}.
 *
 * @category Losses
 *
 * @example
 * ```ts
 * import { huberLoss, type HuberLossOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: HuberLossOptions = { delta: 2, reduction: "sum" };
 * deepEqual(huberLoss([1, 10], [0, 0], options).data, 0.5 + 18);
 * ```
 */
export interface HuberLossOptions extends LossOptions {
  /** Up to which error the loss is a square, above 0. Default 1. */
  delta?: number;
}

/**
 * Half of the squared error e² / 2 where the error is at most delta, else the
 * straight line that goes on from there, delta · (|e| − delta / 2), so that a few
 * wild examples do not outweigh all others.
 *
 * Huber, "Robust estimation of a location parameter" (1964).
 *
 * @param predictions n ≥ 1 Values or numbers.
 * @param targets n finite Values or numbers.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument is not an array, or an element neither a Value nor a number.
 * @throws {RangeError} if the arrays are empty or differ in length, a target is not finite, `delta`
 * not above 0 or the reduction unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { huberLoss, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const y = new Value(100);
 * const loss = huberLoss([y], [0]);
 * loss.backward();
 * deepEqual([loss.data, y.grad], [99.5, 1]);
 * ```
 */
export function huberLoss(
  predictions: Operands,
  targets: Operands,
  options?: HuberLossOptions,
): Value;
/** The same where each example has a row of outputs: over all numbers of all rows. */
export function huberLoss(
  predictions: readonly Operands[],
  targets: readonly Operands[],
  options?: HuberLossOptions,
): Value;
export function huberLoss(
  predictions: Operands | readonly Operands[],
  targets: Operands | readonly Operands[],
  options: HuberLossOptions = {},
): Value {
  checkCount("huberLoss", arguments, 3);
  checkOptions<HuberLossOptions>("huberLoss", options, { delta: "number", reduction: "string" });
  const { delta = 1, reduction } = options;
  const [xs, ys] = elements("huberLoss", { predictions, targets });
  checkNumber("huberLoss: delta", delta, " above 0");
  return reduce("huberLoss", xs, { reduction }, (x, i) => {
    // With what counts as a square, c: c·(|e| − c / 2) is both.
    const size = sub(x, ys[i]).abs();
    const c = size.min(delta);
    return c.mul(size.sub(c.div(2)));
  });
}

/**
 * The max-margin loss of a support vector machine, max(0, 1 − label · score):
 * 0 for a score on the right side of 0 by at least 1.
 *
 * Cortes and Vapnik, "Support-Vector Networks" (1995).
 *
 * @param scores n ≥ 1 Values or numbers.
 * @param labels n numbers or Values, each −1 or 1.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument is not an array, or a score neither a Value nor a number.
 * @throws {RangeError} if the arrays are empty or differ in length, a label is neither −1 nor 1
 * or the reduction is unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { hingeLoss, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const score = new Value(0.5);
 * const loss = hingeLoss([score, -2], [1, -1]);
 * loss.backward();
 * deepEqual([loss.data, score.grad], [0.25, -0.5]);
 * ```
 */
export function hingeLoss(
  scores: readonly Operand[],
  labels: Operands,
  options: LossOptions = {},
): Value {
  checkCount("hingeLoss", arguments, 3);
  labels = asList(labels);
  checkSameLength("hingeLoss", { scores, labels });
  checkOperands("hingeLoss: scores", scores);
  for (const [i, label] of labels.map(numberOf).entries()) {
    if (label === 1 || label === -1) continue;
    throw new RangeError(`hingeLoss: labels[${i}] must be -1 or 1, got ${describeNumber(label)}`);
  }
  return reduce("hingeLoss", scores, options, (score, i) => sub(1, mul(labels[i], score)).relu());
}

/**
 * The negative log-likelihood of yes-or-no answers: a logit x stands for the
 * probability p = sigmoid(x) of yes, and costs −y log p − (1 − y) log(1 − p)
 * where the target is y. No logit is too large for it.
 *
 * Bishop, "Pattern Recognition and Machine Learning" (2006), equation 4.90.
 *
 * @param logits n ≥ 1 Values or numbers.
 * @param targets n numbers or Values from 0 to 1.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument is not an array, or an element neither a Value nor a number.
 * @throws {RangeError} if the arrays are empty or differ in length, a target is not from 0 to 1
 * or the reduction is unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { binaryCrossEntropyWithLogits, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const logit = new Value(0);
 * const loss = binaryCrossEntropyWithLogits([logit], [1]);
 * loss.backward();
 * deepEqual([loss.data, logit.grad], [Math.LN2, -0.5]);
 * deepEqual(binaryCrossEntropyWithLogits([-1000], [1]).data, 1000);
 * ```
 */
export function binaryCrossEntropyWithLogits(
  logits: Operands,
  targets: Operands,
  options?: LossOptions,
): Value;
/** The same where each example has a row of yes-or-no answers: over all of them. */
export function binaryCrossEntropyWithLogits(
  logits: readonly Operands[],
  targets: readonly Operands[],
  options?: LossOptions,
): Value;
export function binaryCrossEntropyWithLogits(
  logits: Operands | readonly Operands[],
  targets: Operands | readonly Operands[],
  options: LossOptions = {},
): Value {
  const name = "binaryCrossEntropyWithLogits";
  checkCount(name, arguments, 3);
  const [xs, ys] = elements(name, { logits, targets }, " from 0 to 1");
  // −log p = softplus(−x) and −log(1 − p) = softplus(x), both to the last digits for
  // every x; the shorter softplus(x) − y·x cancels where the answer is right.
  return reduce(name, xs, options, (x, i) => {
    const y = ys[i];
    if (y === 0) return softplus(x);
    if (y === 1) return softplus(neg(x));
    return add(mul(sub(1, y), softplus(x)), mul(y, softplus(neg(x))));
  });
}

/**
 * The negative log-likelihood of the right classes: the logits x of an example
 * stand for the probabilities softmax(x), and cost −log softmax(x)[class]. No
 * logit is too large for it.
 *
 * Bishop, "Pattern Recognition and Machine Learning" (2006), equation 4.108.
 *
 * @param logits n ≥ 1 examples, each of the same k ≥ 1 Values or numbers.
 * @param classes n whole numbers from 0 to k − 1, or Values that hold such numbers.
 * @returns one Value, from 0.
 * @throws {TypeError} if an argument or an example is not an array, or a logit neither a Value
 * nor a number.
 * @throws {RangeError} if an array is empty, the lengths differ, a class is not such a number or
 * the reduction is unknown.
 * @throws {RangeError} for an option of another name.
 * @category Losses
 *
 * @example
 * ```ts
 * import { crossEntropy, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const logits = [new Value(0), new Value(0)];
 * const loss = crossEntropy([logits], [1]);
 * loss.backward();
 * deepEqual([loss.data, logits[0].grad, logits[1].grad], [Math.LN2, 0.5, -0.5]);
 * deepEqual(crossEntropy([[1000, -1000]], [1]).data, 2000);
 * ```
 */
export function crossEntropy(
  logits: readonly (readonly Operand[])[],
  classes: Operands,
  options: LossOptions = {},
): Value {
  checkCount("crossEntropy", arguments, 3);
  classes = asList(classes);
  checkSameLength("crossEntropy", { logits, classes });
  for (const [i, example] of logits.entries()) {
    const name = `crossEntropy: logits[${i}]`;
    if (typeof example === "number" || example instanceof Value) {
      throw new TypeError(
        `${name} must be an array, got ${
          describe(example)
        }: a model needs an output for each class`,
      );
    }
    checkOperands(name, example);
    checkLength(name, example, logits[0].length, " as logits[0]");
  }
  checkIndices("crossEntropy: classes", classes.map(numberOf), logits[0].length);
  // logSumExp(x) − x[class], but with the difference taken first: digits that all
  // logits share cancel exactly, and so do not drown a small loss in their rounding.
  return reduce("crossEntropy", logits, options, (x, i) => {
    const c = classes[i];
    if (typeof c === "number") {
      // Differences to an infinite logit would no longer tell the others apart.
      if (!Number.isFinite(numberOf(x[c]))) return sub(logSumExp(x), x[c]);
      return logSumExp(x.map((z, j) => j === c ? 0 : sub(z, x[c])));
    }
    const isRight = x.map((_, j) => isClass(c, j));
    const right = dot(isRight, x);
    return logSumExp(x.map((z, j) => mul(sub(1, isRight[j]), sub(z, right))));
  });
}

/** Answers and what they should be, checked: the numbers of all rows where they are in rows. */
function elements(
  name: string,
  sides: Readonly<Record<string, Operands | readonly Operands[]>>,
  range: Range = "",
): [answers: readonly Operand[], targets: readonly Operand[]] {
  const [[answer, xs], [target, ys]] = Object.entries(sides).map(([side, list]) => {
    const all: unknown = asList(list);
    checkArray(`${name}: ${side}`, all);
    return [side, all] as const;
  });
  checkSameLength(name, { [answer]: xs, [target]: ys });
  const checked = (x: unknown, y: unknown, place: string) => {
    const [answers, targets] = [asList(x), asList(y)];
    checkOperands(`${name}: ${answer}${place}`, answers);
    checkOperands(`${name}: ${target}${place}`, targets, answers.length);
    checkNumbers(`${name}: ${target}${place}`, targets.map(numberOf), undefined, range);
    return [answers, targets] as const;
  };
  if (!isRow(xs[0]) && !isRow(ys[0])) return [...checked(xs, ys, "")];
  const rows = xs.map((x, i) => checked(x, ys[i], `[${i}]`));
  return [rows.flatMap(([answers]) => answers), rows.flatMap(([, targets]) => targets)];
}

function isRow(x: unknown): boolean {
  return Array.isArray(x) || ArrayBuffer.isView(x);
}

/** 1 where the class is j, else 0. */
function isClass(c: Value, j: number): Value {
  return sub(1, sub(c, j).abs()).relu();
}

function numberOf(x: Operand): number {
  return x instanceof Value ? x.data : x;
}

function reduce<T>(
  name: string,
  examples: readonly T[],
  options: LossOptions,
  loss: (example: T, i: number) => Value,
): Value {
  checkOptions<LossOptions>(name, options, { reduction: "string" });
  const { reduction = "mean" } = options;
  checkChoice(`${name}: reduction`, reduction, ["mean", "sum"]);
  return scope(name, () => {
    const total = sum(examples.map(loss));
    return reduction === "mean" ? total.div(examples.length) : total;
  });
}
