/**
 * Training and measuring by a compiled program: the graph of one example is
 * traced once, and its program runs over all of them.
 *
 * @module
 */
import { compile, type CompileOptions, type Program, Value } from "../../engine/mod.ts";
import type { FloatArray } from "../../engine/extend.ts";
import { isOfLibrary } from "../classify/compiled_answers.ts";
import { type Mask, traceDropout } from "../dropout.ts";
import {
  binaryCrossEntropyWithLogits,
  crossEntropy,
  hingeLoss,
  huberLoss,
  l1Loss,
  mseLoss,
} from "../losses.ts";
import { inMode } from "../module.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { Clock } from "../watch/clock.ts";
import { compare, type Comparison } from "./comparison.ts";
import type { Pairs, Task, Trainer } from "./trainer.ts";

const ownLosses: ReadonlySet<unknown> = new Set([
  mseLoss,
  l1Loss,
  huberLoss,
  hingeLoss,
  binaryCrossEntropyWithLogits,
  crossEntropy,
]);

/**
 * After so many milliseconds the Values get the parameters, in case the training is stopped; later
 * where there are so many that this would take more than its share of the time.
 */
const shareEvery = 20, share = 1 / 50;

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

/** Why a training cannot be compiled, even if asked for; `null` if it can. */
export function whyNever({ optimizer }: Task): string | null {
  if (optimizer.step !== Optimizer.prototype.step) return "the optimizer has a step of its own";
  return null;
}

/** How a training is compiled. */
export interface CompiledOptions
  extends Required<Pick<CompileOptions, "precision" | "fused" | "threads">> {
  /** How many examples a batch has. */
  readonly batchSize: number;
}

/**
 * A trainer that runs a compiled program. Where model or loss are not the
 * library's, the program is compared with them. There, and where outputs are
 * dropped, the validation, which is measured in evaluation mode, has a program
 * of its own.
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
  options: CompiledOptions,
  keep: (program: Program) => Program,
): Trainer {
  const { optimizer, data, validation, clip } = task;
  const { threads, batchSize, precision } = options;
  const isUnknown = whyUnknown(task) !== null;
  const traced = trace(task, true, options);
  const program = keep(traced.program);
  const masks = traced.masks.flatMap(({ leaves, draw }) => leaves.map(() => draw));
  const heldProgram = (isUnknown || masks.length > 0) && validation
    ? keep(trace(task, false, { ...options, threads: 1 }).program)
    : null;
  const n = data.x.length;
  const kept = masks.map(() => 1);
  program.load([
    ...rows(data).map((row) => [...row, ...kept]),
    ...validation && heldProgram === null ? rows(validation) : [],
  ]);
  if (validation) heldProgram?.load(rows(validation));
  const training = program.training(optimizer);
  const held = heldProgram === null && validation ? validation.x.map((_, i) => n + i) : [];
  // The optimizer's parameters are the program's first ones.
  const adjust = clip && ((gradients: FloatArray) => clip(gradients, optimizer.parameters.length));
  const width = kept.length === 0 ? 0 : training.examples.length / n;
  /** Draws what is dropped of the examples, in the order in which they would be asked one by one. */
  const drop = (batch: readonly number[]) => {
    const { examples } = training;
    for (const i of batch) {
      const end = (i + 1) * width;
      for (let k = 0; k < masks.length; k++) examples[end - masks.length + k] = masks[k]();
    }
  };
  const keepAll = () => {
    for (let i = 1; i <= n && width > 0; i++) {
      training.examples.fill(1, i * width - masks.length, i * width);
    }
  };
  /** Throws unless the programs still compute what the loss does where nothing is dropped. */
  const check = (when: string): Comparison[] => {
    if (!isUnknown) return [];
    keepAll();
    const evaluate = (i: number) => training.evaluate([i]);
    const comparisons = [compare(task, data, true, evaluate, { batchSize, precision })];
    if (heldProgram && validation) {
      const evaluate = (i: number) => heldProgram.forward([i]);
      comparisons.push(compare(task, validation, false, evaluate, { precision }));
    }
    for (const { problem } of comparisons) if (problem) throw new Error(problem + when);
    return comparisons;
  };
  const [comparison] = check("");
  // A batch of all that is loaded need not be laid out anew.
  const isAll = (batch: readonly number[]) => batch.length === n && held.length === 0;
  const clock = new Clock();
  /** The outputs of the program for the validation data, if that has computed last. */
  let heldOutputs: ArrayLike<number> | null = null;
  let due = clock.now + shareEvery;
  const shareInTime = () => {
    const before = performance.now();
    training.share();
    const after = performance.now();
    due = after + Math.max(shareEvery, (after - before) / share);
  };
  return {
    step(batch) {
      if (masks.length > 0) drop(batch);
      const value = training.step(isAll(batch) ? undefined : batch, adjust);
      heldOutputs = null;
      if (clock.tick() && clock.now >= due) shareInTime();
      return value;
    },
    validate() {
      if (heldProgram === null) return training.evaluate(held);
      training.share();
      const value = heldProgram.forward();
      heldOutputs = heldProgram.outputs();
      return value;
    },
    outputs: () => heldOutputs ?? training.outputs,
    share: () => training.share(),
    pull: () => training.pull(),
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

/** The program of the loss of one example, in training mode or not, and what is dropped in it. */
function trace(
  { model, loss, optimizer, data }: Task,
  isTraining: boolean,
  { precision, fused, threads }: CompiledOptions,
): { program: Program; masks: readonly Mask[] } {
  const inputs = data.x[0].map((x) => new Value(x));
  const [first] = data.y;
  const labels = [first].flat().map((y) => new Value(y));
  const { result: [answer, traced], masks } = traceDropout(() =>
    inMode(model, isTraining, () => {
      const answer = model.forward(inputs);
      // A traced label is a Value; the losses of the library take it for the number that it holds.
      return [answer, loss([answer], typeof first === "number" ? labels : [labels])] as const;
    })
  );
  const program = compile(traced, {
    inputs: [...inputs, ...labels, ...masks.flatMap(({ leaves }) => leaves)],
    parameters: [...new Set([...optimizer.parameters, ...model.parameters()])],
    outputs: Array.isArray(answer) ? answer : [answer],
    precision,
    fused,
    threads,
  });
  return { program, masks };
}

function rows({ x, y }: Pairs): number[][] {
  return x.map((row, i) => [row, y[i]].flat());
}
