import { describe } from "../engine/internal.ts";
import { type Operand, Value } from "../engine/mod.ts";
import { Module } from "./module.ts";

/**
 * What can be trained and asked: a {@link Module} whose `forward` turns the
 * numbers of one example into one Value, or into a list of Values.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { MLP, type Model, Neuron, type Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const answers = (model: Model<Value>, xs: readonly number[][]): number[] =>
 *   xs.map((x) => model.forward(x).data);
 * const models = [new Neuron(2), new MLP(2, [4, 1])];
 * deepEqual(models.map((model) => answers(model, [[1, 2], [3, 4]]).length), [2, 2]);
 * ```
 */
export interface Model<R extends Value | Value[] = Value | Value[]> extends Module {
  /** The answer to one example. */
  forward(x: readonly Operand[]): R;
}

/** Throws unless `model` is a Module with a `forward`. */
export function checkModel(name: string, model: Model): void {
  if (model instanceof Module && typeof model.forward === "function") return;
  throw new TypeError(`${name}: model must be a Module with forward(x), got ${describe(model)}`);
}

/** The model's answer to one example, which must be of Values. */
export function answerOf(name: string, model: Model, x: readonly Operand[]): Value | Value[] {
  const answer: unknown = model.forward(x);
  if (answer instanceof Value) return answer;
  const isList = Array.isArray(answer) && answer.length > 0;
  if (isList && answer.every((output) => output instanceof Value)) return answer;
  throw new TypeError(
    `${name}: model.forward must return a Value or an array of Values, got ${describe(answer)}`,
  );
}

/** The numbers of an answer, of one Value or of several. */
export function outputsOf(answer: Value | Value[]): number[] {
  return Array.isArray(answer) ? answer.map(({ data }) => data) : [answer.data];
}
