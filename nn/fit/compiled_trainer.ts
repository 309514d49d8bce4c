/**
 * Training and measuring by a compiled program: the graph of one example is
 * traced once, and its program runs over all of them.
 *
 * @module
 */
import { compile, type Training, Value } from "../../engine/mod.ts";
import type { Examples } from "../check.ts";
import { Layer } from "../layer.ts";
import { binaryCrossEntropyWithLogits, crossEntropy, hingeLoss, mseLoss } from "../losses.ts";
import { MLP } from "../mlp.ts";
import { Neuron } from "../neuron.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { liftExamples, measure, type Task, type Trainer } from "./trainer.ts";

const ownLosses: ReadonlySet<unknown> = new Set([
  mseLoss,
  hingeLoss,
  binaryCrossEntropyWithLogits,
  crossEntropy,
]);
const ownModels: ReadonlySet<unknown> = new Set([MLP, Layer, Neuron].map((c) => c.prototype));

/** After so many milliseconds the Values get the parameters, in case the training is stopped. */
const shareEvery = 20;

/**
 * Why a training runs eagerly where nobody asked for a program; `null` if it
 * need not. A function that is not the library's could do different things for
 * different examples, of which a trace shows one.
 */
export function whyEager(task: Task): string | null {
  const { model, loss } = task;
  if (!ownModels.has(Object.getPrototypeOf(model)) || Object.hasOwn(model, "forward")) {
    return "the model is a class of its own";
  }
  if (!ownLosses.has(loss)) return "the loss is a function of its own";
  return whyNever(task);
}

/** Why a training cannot be compiled, even if asked for; `null` if it can. */
export function whyNever({ model, optimizer }: Task): string | null {
  if ("dropout" in model && model.dropout !== 0) return "dropout draws anew in every step";
  if (optimizer.step !== Optimizer.prototype.step) return "the optimizer has a step of its own";
  return null;
}

/**
 * A trainer that runs a compiled program.
 *
 * @param options how many threads share a batch, and whether the program is compared with the
 * loss that it was traced from.
 * @throws {Error} if the graph of an example cannot be compiled, or the comparison fails.
 */
export function compiledTrainer(
  task: Task,
  { threads, isChecked }: { threads: number; isChecked: boolean },
): Trainer {
  const { model, loss, optimizer, data, validation } = task;
  const inputs = data.x[0].map((x) => new Value(x));
  const label = new Value(data.y[0]);
  const answer = model.forward(inputs);
  const outputs = Array.isArray(answer) ? answer : [answer];
  // A traced label is a Value; the losses of the library take it for the number that it holds.
  const traced = loss([answer], [label]);
  const parameters = [...new Set([...optimizer.parameters, ...model.parameters()])];
  const program = compile(traced, { inputs: [...inputs, label], parameters, outputs, threads });
  const rows = ({ x, y }: Examples) => x.map((row, i) => [...row, y[i]]);
  program.load([...rows(data), ...validation ? rows(validation) : []]);
  const training = program.training(optimizer);
  const problem = isChecked ? findProblem(task, training) : null;
  if (problem !== null) {
    program.close();
    throw new Error(problem);
  }
  const n = data.x.length;
  const held = validation?.x.map((_, i) => n + i) ?? [];
  const measured = (value: number, examples: number) => ({
    loss: value,
    outputs: rowsOf(training.outputs, examples),
  });
  let shared = performance.now();
  return {
    step(batch) {
      const value = training.step(batch);
      const now = performance.now();
      if (now - shared > shareEvery) {
        training.share();
        shared = now;
      }
      return measured(value, batch.length);
    },
    validate: () => measured(training.evaluate(held), held.length),
    share: () => training.share(),
    end() {
      training.share();
      program.close();
    },
  };
}

function rowsOf(numbers: Training["outputs"], examples: number): number[][] {
  const width = numbers.length / examples;
  const row = (_: unknown, i: number) => [...numbers.subarray(i * width, (i + 1) * width)];
  return Array.from({ length: examples }, row);
}

/** How many examples a program is compared on with what it was traced from. */
const compared = 32;

/**
 * Compares a program with its loss: on one example of each label, and on all of
 * them together.
 *
 * @returns what is wrong; `null` if they are equal.
 */
function findProblem(task: Task, training: Training): string | null {
  const { data } = task;
  const labels = [...new Set(data.y)].slice(0, compared);
  const some = [...new Set([0, data.y.length - 1, ...labels.map((y) => data.y.indexOf(y))])];
  for (const batch of [...some.map((i) => [i]), some]) {
    const part = { x: batch.map((i) => data.x[i]), y: batch.map((i) => data.y[i]) };
    const wanted = measure(task, liftExamples(part)).loss;
    const got = training.evaluate(batch);
    if (Object.is(wanted, got) || Math.abs(wanted - got) <= 1e-9 * Math.abs(wanted)) continue;
    const which = batch.length === 1 ? `example ${batch[0]}` : `${batch.length} examples`;
    return `fit: with compile the loss must be the mean over a batch of what one example costs, ` +
      `and compute the same for every label; the loss of ${which} is ${wanted}, compiled ${got}`;
  }
  return null;
}
