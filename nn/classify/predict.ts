import { Value } from "../../engine/mod.ts";
import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkExamples, checkRows, type Examples, plainRows, type Rows } from "../check.ts";
import { answerOf, checkModel, type Model, outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { classesOf, classOf, findStranger } from "./classes.ts";
import { compiledAnswers } from "./compiled_answers.ts";
import { type Asked, type PredictOptions, predictOptions, thresholdOf } from "./threshold.ts";

/**
 * The classes that a model takes examples for. Of several outputs it is the
 * place of the largest one; a single output means 1 above `threshold`, else 0.
 * The model answers in evaluation mode and is then in the mode it was in. To many
 * rows a network of the library answers by a compiled program, as it would by
 * `forward`.
 *
 * @param model anything with `forward(x)`, such as an MLP.
 * @param x n ≥ 1 rows of finite numbers, as many as the model has inputs.
 * @returns n whole numbers from 0.
 * @throws {TypeError} if `model` is not a Module with `forward`, or an argument not an array.
 * @throws {RangeError} if `x` is empty, the rows do not suit the model, a number is not finite, or
 * the model answers with NaN, or the threshold is not given where it is not clear and matters.
 * @throws {RangeError} for an option of another name.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { MLP, predict } from "chainrule";
 * import { deepEqual, throws } from "node:assert/strict";
 *
 * const model = new MLP(1, [1], { activation: "linear" });
 * [2, -3].forEach((data, i) => model.parameters()[i].data = data); // 2x − 3
 * deepEqual(predict(model, [[1], [2], [3]]), [0, 1, 1]);
 * throws(() => predict(model, [[1.6]]), /threshold/); // 0.2: a logit, or nearer to 0 than to 1?
 * deepEqual(predict(model, [[1.6]], { threshold: 0 }), [1]);
 * ```
 */
export function predict(model: Model, x: Rows, options: PredictOptions = {}): number[] {
  const hint = "accuracy(model, { x, y }) compares";
  checkCount("predict", arguments, 3, hint);
  checkOptions<PredictOptions>("predict", options, predictOptions, hint);
  checkModel("predict", model);
  const rows = plainRows("predict: x", x);
  checkRows("predict: x", rows);
  const asked = ask("predict", model, rows, options.threshold);
  checkAnswers("predict: the answer to x", asked.outputs);
  const threshold = thresholdOf("predict", model, asked, [], options.threshold);
  return asked.outputs.map((outputs) => classOf(outputs, threshold));
}

/** Throws if a number among the outputs is NaN, which would pass for the first class. */
function checkAnswers(name: string, answers: readonly (readonly number[])[]): void {
  const wrong = answers.findIndex((outputs) => outputs.some(Number.isNaN));
  if (wrong < 0) return;
  throw new RangeError(
    `${name}[${wrong}] must be a class, got NaN: diagnose(loss, model) may tell why`,
  );
}

/**
 * The share of examples that {@link predict} takes for what their labels say,
 * from 0 to 1.
 *
 * @param model anything with `forward(x)`, such as an MLP.
 * @param data examples with labels: classes from 0; for a single output 0 and 1, or −1 and 1.
 * @throws {TypeError} if `model` is not a Module with `forward`, or `data` is not examples.
 * @throws {RangeError} if there is no example, the lengths differ, the rows do not suit the model,
 * a number is not finite, a label not one of the classes, the model answers with NaN, or the
 * threshold is not given where it is not clear and matters.
 * @throws {RangeError} for an option of another name.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { accuracy, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1], { activation: "linear" });
 * [2, -3].forEach((data, i) => model.parameters()[i].data = data); // 2x − 3
 * deepEqual(accuracy(model, { x: [[1], [2], [3], [4]], y: [-1, -1, 1, 1] }), 0.75);
 * ```
 */
export function accuracy(model: Model, data: Examples, options: PredictOptions = {}): number {
  const hint = "the labels belong to data: accuracy(model, { x, y })";
  checkCount("accuracy", arguments, 3, hint);
  checkOptions<PredictOptions>("accuracy", options, predictOptions, hint);
  const { answers, outputs } = classify("accuracy", model, data, options);
  checkAnswers("accuracy: the answer to data.x", outputs);
  return answers.filter((answer, i) => answer === data.y[i]).length / answers.length;
}

/**
 * What a model that does not train says to each of the rows.
 *
 * @param threshold where a single output turns, if that is said.
 */
export function ask(
  name: string,
  model: Model,
  rows: Examples["x"],
  threshold?: number,
): Asked {
  return compiledAnswers(name, model, rows, threshold) ?? inMode(model, false, () => {
    let isSigmoid = true;
    const outputs = rows.map((row) => {
      const answer = answerOf(name, model, row);
      isSigmoid &&= isMadeBySigmoid(answer);
      return outputsOf(answer);
    });
    return { outputs, isSigmoid };
  });
}

/** Whether an answer is a single output that a sigmoid made last. */
export function isMadeBySigmoid(answer: Value | Value[]): boolean {
  const [output, ...others] = answer instanceof Value ? [answer] : answer;
  return others.length === 0 && output.op === "sigmoid";
}

/** What a classifier says to examples. */
export interface Classified {
  /** Its outputs for each example. */
  outputs: readonly (readonly number[])[];
  /** The same for the other rows. */
  others: readonly (readonly number[])[];
  /** The class that it means by them, as the labels call it; NaN where an output is NaN. */
  answers: number[];
  /** The label of each class. */
  labels: number[];
  /** Where a single output turns from one class to the other. */
  threshold: number;
  /** Whether a single output is a probability, or an estimate of 0 and 1. */
  isProbability: boolean;
}

/** What a classifier is asked, and how. */
export interface Question {
  /** Rows beside the examples. */
  rows?: Examples["x"];
  /** What it says to rows. Default: what it says now. */
  answer?: (rows: Examples["x"]) => Asked;
}

/** Asks a model about examples whose labels must be classes that it knows. */
export function classify(
  name: string,
  model: Model,
  data: Examples,
  { threshold: given }: PredictOptions = {},
  { rows = [], answer = (rows) => ask(name, model, rows, given) }: Question = {},
): Classified {
  checkModel(name, model);
  checkExamples(`${name}: data`, data);
  const n = data.x.length;
  const asked = answer([...data.x, ...rows]);
  const [outputs, others] = [asked.outputs.slice(0, n), asked.outputs.slice(n)];
  const count = outputs[0].length;
  const labels = classesOf(data.y, count);
  const i = findStranger(data.y, count);
  if (i >= 0) {
    const known = count > 1 ? `a whole number from 0 to ${count - 1}` : labels.join(" or ");
    throw new RangeError(`${name}: data.y[${i}] must be ${known}, got ${data.y[i]}`);
  }
  const threshold = thresholdOf(name, model, asked, data.y, given);
  const answers = outputs.map((row) =>
    row.some(Number.isNaN) ? NaN : labels[classOf(row, threshold)]
  );
  const isProbability = asked.isSigmoid || threshold === 0.5;
  return { outputs, others, answers, labels, threshold, isProbability };
}
