/**
 * Training and measuring by a compiled program: the graph of one example is
 * traced once, and its program runs over all of them.
 *
 * @module
 */
import { compile, type Program, type Training, Value } from "../../engine/mod.ts";
import type { Examples } from "../check.ts";
import { isOfLibrary } from "../classify/compiled_answers.ts";
import { dropoutCalls } from "../dropout.ts";
import { binaryCrossEntropyWithLogits, crossEntropy, hingeLoss, mseLoss } from "../losses.ts";
import { inMode, partsOf } from "../module.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { compare, type Comparison } from "./comparison.ts";
import type { Measured, Task, Trainer } from "./trainer.ts";

const ownLosses: ReadonlySet<unknown> = new Set([
  mseLoss,
  hingeLoss,
  binaryCrossEntropyWithLogits,
  crossEntropy,
]);

/** After so many milliseconds the Values get the parameters, in case the training is stopped. */
const shareEvery = 20;

/**
 * Why a training runs eagerly where nobody asked for a program; `null` if it
 * need not. A function that is not the library's could do different things for
 * different examples, of which a trace shows one.
 */
export function whyEager(task: Task): string | null {
  return whyUnknown(task) ?? whyNever(task);
}

function whyUnknown({ model, loss }: Task): string | null {
  if (!isOfLibrary(model)) return "the model is a class of its own";
  return ownLosses.has(loss) ? null : "the loss is a function of its own";
}

const noDropout = "dropout draws anew in every step";

/** Why a training cannot be compiled, even if asked for; `null` if it can. */
export function whyNever({ model, optimizer }: Task): string | null {
  const drops = partsOf(model).some((part) => "dropout" in part && part.dropout !== 0);
  if (drops) return noDropout;
  if (optimizer.step !== Optimizer.prototype.step) return "the optimizer has a step of its own";
  return null;
}

/** How a training is compiled. */
export interface CompiledOptions {
  /** How many threads share a batch. */
  readonly threads: number;
  /** How many examples a batch has. */
  readonly batchSize: number;
}

/**
 * A trainer that runs a compiled program. Where model or loss are not the
 * library's, the program is compared with them, and the validation, which is
 * measured in evaluation mode, has a program of its own.
 *
 * @throws {Error} if the graph of an example cannot be compiled, or the comparison fails.
 */
export function compiledTrainer(task: Task, options: CompiledOptions): Trainer {
  const programs: Program[] = [];
  try {
    return startTrainer(task, options, (program) => {
      programs.push(program);
      return program;
    });
  } catch (error) {
    // Its threads would keep the process alive.
    for (const program of programs) program.close();
    throw error;
  }
}

function startTrainer(
  task: Task,
  { threads, batchSize }: CompiledOptions,
  keep: (program: Program) => Program,
): Trainer {
  const { optimizer, data, validation } = task;
  const isUnknown = whyUnknown(task) !== null;
  const program = keep(trace(task, true, threads));
  const heldProgram = isUnknown && validation ? keep(trace(task, false, 1)) : null;
  const n = data.x.length;
  program.load([...rows(data), ...validation && heldProgram === null ? rows(validation) : []]);
  if (validation) heldProgram?.load(rows(validation));
  const training = program.training(optimizer);
  const held = validation?.x.map((_, i) => n + i) ?? [];
  const measured = (value: number, outputs: Training["outputs"], examples: number): Measured => ({
    loss: value,
    outputs: rowsOf(outputs, examples),
  });
  /** Throws unless the programs still compute what the loss does. */
  const check = (when: string): Comparison[] => {
    if (!isUnknown) return [];
    const comparisons = [compare(task, data, true, (i) => training.evaluate([i]), batchSize)];
    if (heldProgram && validation) {
      comparisons.push(compare(task, validation, false, (i) => heldProgram.forward([i])));
    }
    for (const { problem } of comparisons) if (problem) throw new Error(problem + when);
    return comparisons;
  };
  const [comparison] = check("");
  let shared = performance.now();
  return {
    step(batch) {
      const value = training.step(batch);
      const now = performance.now();
      if (now - shared > shareEvery) {
        training.share();
        shared = now;
      }
      return measured(value, training.outputs, batch.length);
    },
    validate() {
      if (heldProgram === null) {
        return measured(training.evaluate(held), training.outputs, held.length);
      }
      training.share();
      return measured(heldProgram.forward(), heldProgram.outputs(), held.length);
    },
    share: () => training.share(),
    verify() {
      training.share();
      check(", after the training, which has followed the compiled one");
    },
    notes() {
      const why = training.eagerUpdateBecause;
      return [
        ...why === null ? [] : [`updates on numbers because ${why}`],
        ...busy(training.threads, threads),
        ...comparison && comparison.count < n
          ? [`compared with the loss on ${comparison.count} of ${n} examples`]
          : [],
      ];
    },
    end() {
      training.share();
      program.close();
    },
  };
}

/** What is to be said of threads that had nothing to do. */
export function busy(used: number, threads: number): string[] {
  return used < threads ? [`${used} of ${threads} threads had work`] : [];
}

/** The program of the loss of one example, in training mode or not. */
function trace({ model, loss, optimizer, data }: Task, isTraining: boolean, threads: number) {
  const inputs = data.x[0].map((x) => new Value(x));
  const label = new Value(data.y[0]);
  const before = dropoutCalls();
  const [answer, traced] = inMode(model, isTraining, () => {
    const answer = model.forward(inputs);
    // A traced label is a Value; the losses of the library take it for the number that it holds.
    return [answer, loss([answer], [label])];
  });
  // Of a part that is kept where nobody else can look, such as in a private field.
  if (dropoutCalls() > before) throw new Error(`fit: compile is not possible here: ${noDropout}`);
  return compile(traced, {
    inputs: [...inputs, label],
    parameters: [...new Set([...optimizer.parameters, ...model.parameters()])],
    outputs: Array.isArray(answer) ? answer : [answer],
    threads,
  });
}

function rows({ x, y }: Examples): number[][] {
  return x.map((row, i) => [...row, y[i]]);
}

function rowsOf(numbers: Training["outputs"], examples: number): number[][] {
  const width = numbers.length / examples;
  const row = (_: unknown, i: number) => [...numbers.subarray(i * width, (i + 1) * width)];
  return Array.from({ length: examples }, row);
}
