/**
 * What a training does step by step: the shape that the eager and the compiled
 * way have in common, and what both of them need.
 *
 * @module
 */
import { type Operand, Value } from "../../engine/mod.ts";
import type { FloatArray } from "../../engine/extend.ts";
import { constant } from "../../engine/internal.ts";
import type { Examples, Targets } from "../check.ts";
import { type Model, outputsOf } from "../model.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";

/** Examples whose targets are of either kind. */
export type Pairs = Examples<number> | Examples<readonly number[]>;

/** What is trained, by what, and on what. */
export interface Task {
  model: Model;
  loss: Loss;
  optimizer: Optimizer;
  data: Pairs;
  validation: Pairs | undefined;
  /** Makes gradients shorter before they move anything: the first `count` of them. */
  clip?: (gradients: FloatArray, count: number) => void;
}

/** What an answer is held to: numbers, or Values where the loss is traced. */
export type Target = Operand | readonly Operand[];

/**
 * A loss as the trainers call it. All answers of a model are of one kind, and so
 * are all targets; which one, is only known when the program runs.
 */
export type Loss = (answers: (Value | Value[])[], targets: Target[]) => Value;

/** What takes the steps of a training. */
export interface Trainer {
  /** The loss of one step on the examples of these numbers; one of NaN moves nothing. */
  step(batch: readonly number[]): number;
  /** The loss of the validation data. */
  validate(): number;
  /** The outputs for the examples of the last call, one row after the other, until the next. */
  outputs(): ArrayLike<number>;
  /** Hands the parameters and their gradients over to the Values. */
  share(): void;
  /** Takes over what was changed since they were shared. */
  pull(): void;
  /** Throws if the steps have not been those of the loss. */
  verify(): void;
  /** What else there is to say of how it ran. */
  notes(): string[];
  /** Hands the parameters over for the last time, and gives back what it holds. */
  end(): void;
}

/** Examples whose inputs are constants, made once and not for every neuron anew. */
export interface LiftedExamples {
  /** One row of constants an example. */
  readonly x: readonly (readonly Value[])[];
  /** The targets. */
  readonly y: Targets;
}

/** A copy of the examples whose inputs are constants. */
export function liftExamples({ x, y }: Pairs): LiftedExamples {
  return { x: x.map((row) => row.map(constant)), y: y.slice() };
}

/** The loss of all examples, and their outputs, by graphs; nothing is changed. */
export function measure(
  { model, loss }: Task,
  { x, y }: LiftedExamples,
): { loss: number; outputs: number[] } {
  // Copies without their history, so that one graph at a time is in memory.
  const answers = x.map((row) => detached(model.forward(row)));
  return { loss: loss(answers, [...y]).data, outputs: answers.flatMap(outputsOf) };
}

/** An answer without its history. */
export function detached(answer: Value | Value[]): Value | Value[] {
  return Array.isArray(answer) ? answer.map(({ data }) => new Value(data)) : new Value(answer.data);
}
