import { checkOptions, describe, type Known, maxThreads } from "../../engine/internal.ts";
import type { Value } from "../../engine/mod.ts";
import {
  checkBoolean,
  checkExamples,
  checkFunction,
  checkInstance,
  checkLength,
  checkSize,
  checkWhole,
  type Examples,
} from "../check.ts";
import { checkModel, type Model } from "../model.ts";
import type { MonitorOptions } from "../watch/monitor.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { LRScheduler } from "../optimizers/schedules.ts";

/**
 * What a loss gets of a model that returns R: one Value an example, or one list of Values.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { fit, Neuron, type Outputs, SGD, sum, type Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const absolute = (answers: Outputs<Value>, targets: number[]): Value =>
 *   sum(answers.map((answer, i) => answer.sub(targets[i]).abs())).div(targets.length);
 * const neuron = new Neuron(1, { activation: "linear" });
 * const optimizer = new SGD(neuron.parameters(), { lr: 0.1 });
 * const data = { x: [[1], [2]], y: [10, 20] };
 * const { losses } = fit(neuron, data, { loss: absolute, optimizer, epochs: 5 });
 * deepEqual(losses[4] < losses[0], true);
 * ```
 */
export type Outputs<R extends Value | Value[]> = [R] extends [Value] ? Value[]
  : [R] extends [Value[]] ? Value[][]
  : Value[] & Value[][];

/**
 * Settings of {@link fit}.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { Adam, fit, type FitOptions, hingeLoss, makeMoons, MLP, type Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [4, 1]);
 * const options: FitOptions<Value> = {
 *   loss: (scores, labels) => hingeLoss(scores, labels.map((y) => 2 * y - 1)),
 *   optimizer: new Adam(model.parameters(), { lr: 0.01 }),
 *   epochs: 3,
 *   batchSize: 8,
 *   validation: makeMoons({ samples: 10, seed: 2 }),
 * };
 * const history = fit(model, makeMoons({ samples: 20 }), options);
 * deepEqual([history.epochs.length, history.losses.length], [3, 9]); // three steps an epoch
 * ```
 */
export interface FitOptions<R extends Value | Value[] = Value | Value[]> {
  /**
   * The loss of a batch, such as `crossEntropy`, or a function of one's own. It
   * should do nothing else: it is tried out on all labels before the first step.
   */
  loss: (outputs: Outputs<R>, targets: number[]) => Value;
  /** What moves the parameters. */
  optimizer: Optimizer;
  /** How often all examples are gone through, from 1. */
  epochs: number;
  /** How many examples a step looks at, from 1; the last step takes what is left. Default: all. */
  batchSize?: number;
  /** Where the order of the examples comes from, a whole number from 0. Default 0. */
  seed?: number;
  /** Whether the loss is shown while it runs, or how; see {@link monitor}. Default false. */
  monitor?: boolean | MonitorOptions;
  /** Examples that are not trained on, but measured after every epoch. */
  validation?: Examples;
  /** What changes the learning rate of the optimizer after every epoch. */
  scheduler?: LRScheduler;
  /**
   * Whether the steps run as a compiled program; see {@link compile}. By default
   * they do where model and loss are the library's own and there is no dropout.
   * `true` asks for it with a loss or model of one's own, which must compute the
   * same formula for every example and be the mean over a batch. Before and after
   * the training it is compared on all examples, or as many as a second allows;
   * `false` forbids it.
   */
  compile?: boolean;
  /**
   * How many threads share each batch of a compiled training, from 1 to 64. Default 1;
   * more pay only where a step takes far longer than 20 µs. See {@link compile}.
   */
  threads?: number;
}

/** What the options of `fit` take. */
const known: Known<FitOptions> = {
  loss: "function",
  optimizer: "Optimizer",
  epochs: "number",
  batchSize: "number",
  seed: "number",
  monitor: "boolean",
  validation: "Dataset",
  scheduler: "LRScheduler",
  compile: "boolean",
  threads: "number",
};

/** Throws unless the arguments of `fit` are of the right kinds and fit together. */
export function checkFit<R extends Value | Value[]>(
  model: Model<R>,
  data: Examples,
  options: FitOptions<R>,
): void {
  checkModel("fit", model);
  checkExamples("fit: data", data);
  checkOptions<FitOptions>("fit", options, known);
  const { loss, optimizer, epochs, validation, scheduler } = options;
  const { batchSize = 1, seed = 0, monitor = false, compile = false, threads = 1 } = options;
  checkFunction("fit: loss", loss);
  checkOptimizer(model, optimizer);
  checkSize("fit: epochs", epochs);
  checkSize("fit: batchSize", batchSize);
  checkWhole("fit: seed", seed, 0);
  if (typeof monitor !== "boolean" && (typeof monitor !== "object" || monitor === null)) {
    throw new TypeError(
      `fit: monitor must be true, false or an object of options, got ${describe(monitor)}`,
    );
  }
  if (validation !== undefined) {
    checkExamples("fit: validation", validation);
    const width = data.x[0].length;
    checkLength("fit: validation.x[0]", validation.x[0], width, " as data.x[0]");
  }
  if (scheduler !== undefined) {
    checkInstance("fit: scheduler", scheduler, LRScheduler, "an LRScheduler");
    if (scheduler.optimizer !== optimizer) {
      throw new RangeError(
        "fit: scheduler must be one of the optimizer that trains, " +
          `got one of another ${scheduler.optimizer}`,
      );
    }
  }
  checkBoolean("fit: compile", compile);
  checkSize("fit: threads", threads, maxThreads);
}

function checkOptimizer(model: Model, optimizer: Optimizer): void {
  checkInstance("fit: optimizer", optimizer, Optimizer, "an Optimizer");
  const parameters = new Set(model.parameters());
  if (optimizer.parameters.some((p) => parameters.has(p))) return;
  throw new RangeError(
    `fit: optimizer must hold parameters of the model, got ${optimizer} with none of them`,
  );
}
