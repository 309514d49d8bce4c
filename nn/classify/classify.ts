import { checkExamples, type Examples } from "../check.ts";
import { classOf, describeClasses, findStranger, middleOf } from "./classes.ts";
import { answerOf, checkModel, inMode, type Model, outputsOf } from "../model.ts";

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

/** The outputs of a model that does not train, for each of the rows. */
export function ask(name: string, model: Model, rows: Examples["x"]): number[][] {
  return inMode(model, false, () => rows.map((row) => outputsOf(answerOf(name, model, row))));
}

/**
 * Asks a model about examples whose labels must be classes that it knows.
 *
 * @param answer what it says to rows. Default: what it says now.
 */
export function classify(
  name: string,
  model: Model,
  data: Examples,
  answer = (rows: Examples["x"]) => ask(name, model, rows),
): Classified {
  checkModel(name, model);
  checkExamples(`${name}: data`, data);
  const outputs = answer(data.x);
  const count = outputs[0].length;
  const stranger = findStranger(data.y, count);
  if (stranger >= 0) {
    throw new RangeError(
      `${name}: data.y[${stranger}] must be ${describeClasses(data.y, count)}, got ${
        data.y[stranger]
      }`,
    );
  }
  const labels = count > 1 ? outputs[0].map((_, k) => k) : [data.y.includes(-1) ? -1 : 0, 1];
  const middle = middleOf(model);
  const answers = outputs.map((row) => labels[classOf(row, middle)]);
  return { outputs, answers, labels, middle };
}
