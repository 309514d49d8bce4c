/**
 * What a training does step by step: the shape that the eager and the compiled
 * way have in common, and what both of them need.
 *
 * @module
 */
import { type Operand, Value } from "../../engine/mod.ts";
import { constant } from "../../engine/internal.ts";
import type { Examples } from "../check.ts";
import { type Model, outputsOf } from "../model.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";

/** What is trained, by what, and on what. */
export interface Task {
  model: Model;
  loss: Loss;
  optimizer: Optimizer;
  data: Examples;
  validation: Examples | undefined;
}

/**
 * A loss as the trainers call it. All answers of a model are of one kind; which
 * one, is only known when the program runs. The targets are numbers, or Values
 * where the loss is traced.
 */
export type Loss = (answers: (Value | Value[])[], targets: Operand[]) => Value;

/** What some examples came to: their loss, and the outputs for each. */
export interface Measured {
  /** The loss of all of them together. */
  loss: number;
  /** One row of outputs an example. */
  outputs: number[][];
}

/** What takes the steps of a training. */
export interface Trainer {
  /** One step on the examples of these numbers; a loss of NaN moves nothing. */
  step(batch: readonly number[]): Measured;
  /** The loss of the validation data, and their outputs. */
  validate(): Measured;
  /** Hands the parameters and their gradients over to the Values. */
  share(): void;
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
  /** The labels. */
  readonly y: readonly number[];
}

/** A copy of the examples whose inputs are constants. */
export function liftExamples({ x, y }: Examples): LiftedExamples {
  return { x: x.map((row) => row.map(constant)), y: [...y] };
}

/** The loss of all examples, and their outputs, by graphs; nothing is changed. */
export function measure({ model, loss }: Task, { x, y }: LiftedExamples): Measured {
  // Copies without their history, so that one graph at a time is in memory.
  const answers = x.map((row) => detached(model.forward(row)));
  return { loss: loss(answers, [...y]).data, outputs: answers.map(outputsOf) };
}

/** An answer without its history. */
export function detached(answer: Value | Value[]): Value | Value[] {
  return Array.isArray(answer) ? answer.map(({ data }) => new Value(data)) : new Value(answer.data);
}
