/**
 * Training and measuring by building the graph of every example anew.
 *
 * @module
 */
import { type Operand, Value } from "../../engine/mod.ts";
import { constant } from "../../engine/internal.ts";
import type { Examples } from "../check.ts";
import { inMode, type Model, outputsOf } from "../model.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";

/** A loss of outputs whose number is only known when the program runs. */
export type AnyLoss = (outputs: Value[] & Value[][], targets: number[]) => Value;

/** Examples whose inputs are constants, made once and not for every neuron anew. */
export interface LiftedExamples {
  /** One row of constants an example. */
  readonly x: readonly (readonly Operand[])[];
  /** The labels. */
  readonly y: readonly number[];
}

/** A copy of the examples whose inputs are constants. */
export function liftExamples({ x, y }: Examples): LiftedExamples {
  return { x: x.map((row) => row.map(constant)), y: [...y] };
}

/** What some examples came to: their loss, and the outputs for each. */
export interface Measured {
  /** The loss of all of them together. */
  loss: number;
  /** One row of outputs an example. */
  outputs: number[][];
}

/** What takes the steps of a training. */
export interface Trainer {
  /** One step, forward, backward and update, on the examples of these numbers. */
  step(batch: readonly number[]): Measured;
  /** The loss of the validation data, and their outputs. */
  validate(): Measured;
  /** Hands the parameters and their gradients over to the Values. */
  share(): void;
  /** The same, for the last time. */
  end(): void;
}

/** A trainer that builds every graph anew. */
export function eagerTrainer(
  model: Model,
  loss: AnyLoss,
  optimizer: Optimizer,
  data: Examples,
  validation: Examples | undefined,
): Trainer {
  const examples = liftExamples(data);
  const held = validation && liftExamples(validation);
  return {
    step: (batch) => eagerStep(model, examples, loss, optimizer, batch),
    validate: () => inMode(model, false, () => eagerMeasure(model, held!, loss)),
    share() {},
    end() {},
  };
}

/** One step of training: forward, backward and update on the examples of these numbers. */
function eagerStep(
  model: Model,
  { x, y }: LiftedExamples,
  loss: AnyLoss,
  optimizer: Optimizer,
  batch: readonly number[],
): Measured {
  const outputs = batch.map((i) => model.forward(x[i]));
  const value = loss(asLossTakes(outputs), batch.map((i) => y[i]));
  // The optimizer may hold less than the model, or more.
  model.zeroGrad();
  optimizer.zeroGrad();
  value.backward();
  optimizer.step();
  return { loss: value.data, outputs: outputs.map(outputsOf) };
}

/** The loss of all examples, and their outputs; nothing is changed. */
export function eagerMeasure(model: Model, { x, y }: LiftedExamples, loss: AnyLoss): Measured {
  // Copies without their history, so that one graph at a time is in memory.
  const outputs = x.map((row) => detached(model.forward(row)));
  return { loss: loss(asLossTakes(outputs), [...y]).data, outputs: outputs.map(outputsOf) };
}

function detached(answer: Value | Value[]): Value | Value[] {
  return Array.isArray(answer) ? answer.map(({ data }) => new Value(data)) : new Value(answer.data);
}

/** All answers of a model are of one kind; which one, its type may not tell. */
export function asLossTakes(outputs: (Value | Value[])[]): Value[] & Value[][] {
  return outputs as Value[] & Value[][];
}
