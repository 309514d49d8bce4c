import { checkExamples, checkRows, type Examples, plainRows, type Rows } from "../check.ts";
import { answerOf, checkModel, inMode, type Model, outputsOf } from "../model.ts";
import { classesOf, classOf, findStranger, middleOf } from "./classes.ts";

/**
 * The classes that a model takes examples for. Of several outputs it is the
 * place of the largest one; a single output means 1 above 0 (above 0.5 where its
 * activation is the sigmoid), else 0. The model answers in evaluation mode and
 * is then in the mode it was in.
 *
 * @param model anything with `forward(x)`, such as an MLP.
 * @param x n ≥ 1 rows of finite numbers, as many as the model has inputs.
 * @returns n whole numbers from 0.
 * @throws {TypeError} if `model` is not a Module with `forward`, or an argument not an array.
 * @throws {RangeError} if `x` is empty, the rows do not suit the model, or a number is not finite.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { MLP, predict } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1], { activation: "linear" });
 * [2, -3].forEach((data, i) => model.parameters()[i].data = data); // 2x − 3
 * deepEqual(predict(model, [[1], [2], [3]]), [0, 1, 1]);
 * ```
 */
export function predict(model: Model, x: Rows): number[] {
  checkModel("predict", model);
  const rows = plainRows("predict: x", x);
  checkRows("predict: x", rows);
  const middle = middleOf(model);
  return ask("predict", model, rows).map((outputs) => classOf(outputs, middle));
}

/**
 * The share of examples that {@link predict} takes for what their labels say,
 * from 0 to 1.
 *
 * @param model anything with `forward(x)`, such as an MLP.
 * @param data examples with labels: classes from 0; for a single output 0 and 1, or −1 and 1.
 * @throws {TypeError} if `model` is not a Module with `forward`, or `data` is not examples.
 * @throws {RangeError} if there is no example, the lengths differ, the rows do not suit the model,
 * a number is not finite or a label not one of the classes.
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
export function accuracy(model: Model, data: Examples): number {
  const { answers } = classify("accuracy", model, data);
  return answers.filter((answer, i) => answer === data.y[i]).length / answers.length;
}

/** The outputs of a model that does not train, for each of the rows. */
export function ask(name: string, model: Model, rows: Examples["x"]): number[][] {
  return inMode(model, false, () => rows.map((row) => outputsOf(answerOf(name, model, row))));
}

/** What a classifier says to examples. */
export interface Classified {
  /** Its outputs for each example. */
  outputs: number[][];
  /** The class that it means by them, as the labels call it. */
  answers: number[];
  /** The label of each class. */
  labels: number[];
  /** Where a single output turns from one class to the other. */
  middle: number;
}

/** Asks a model about examples whose labels must be classes that it knows. */
export function classify(name: string, model: Model, data: Examples): Classified {
  checkModel(name, model);
  checkExamples(`${name}: data`, data);
  const outputs = ask(name, model, data.x);
  const count = outputs[0].length;
  const labels = classesOf(data.y, count);
  const i = findStranger(data.y, count);
  if (i >= 0) {
    const known = count > 1 ? `a whole number from 0 to ${count - 1}` : labels.join(" or ");
    throw new RangeError(`${name}: data.y[${i}] must be ${known}, got ${data.y[i]}`);
  }
  const middle = middleOf(model);
  return { outputs, answers: outputs.map((row) => labels[classOf(row, middle)]), labels, middle };
}
