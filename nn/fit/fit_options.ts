import { checkOptions, describe, type Known, maxThreads } from "../../engine/internal.ts";
import { RandomGenerator, type Value } from "../../engine/mod.ts";
import {
  areRows,
  checkBoolean,
  checkChoice,
  checkFunction,
  checkInstance,
  checkLength,
  checkNumber,
  checkPairs,
  checkSize,
  checkWhole,
  type Examples,
  type Targets,
} from "../check.ts";
import { checkModel, type Model } from "../model.ts";
import type { MonitorOptions } from "../watch/monitor.ts";
import { clipNorm, clipValues } from "../optimizers/clip_grad.ts";
import { Optimizer } from "../optimizers/optimizer.ts";
import { LRScheduler } from "../optimizers/schedules.ts";
import { checkEarlyStopping, type EarlyStoppingOptions } from "./early_stopping.ts";
import type { FitEpoch } from "./fit_history.ts";
import type { Pairs, Task } from "./trainer.ts";

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
 * What a step of a training came to, as `onStep` of {@link fit} is told.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { fit, type FitStep, mseLoss, Neuron, SGD } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const neuron = new Neuron(1, { activation: "linear" });
 * const steps: FitStep[] = [];
 * fit(neuron, { x: [[1], [2]], y: [1, 2] }, {
 *   loss: mseLoss,
 *   optimizer: new SGD(neuron.parameters()),
 *   epochs: 9,
 *   batchSize: 1,
 *   onStep: (step) => steps.push(step) < 3 || false, // ends after three
 * });
 * deepEqual(steps.map(({ step, epoch }) => [step, epoch]), [[1, 1], [2, 1], [3, 2]]);
 * ```
 */
export interface FitStep {
  /** The number of the step, from 1. */
  readonly step: number;
  /** The number of its epoch, from 1. */
  readonly epoch: number;
  /** The loss of its batch, before the step. */
  readonly loss: number;
}

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
export interface FitOptions<R extends Value | Value[] = Value | Value[], Y = number> {
  /**
   * The loss of a batch, such as `crossEntropy`, or a function of one's own. It
   * should do nothing else: it is tried out on all labels before the first step.
   */
  loss: (outputs: Outputs<R>, targets: Y[]) => Value;
  /** What moves the parameters. */
  optimizer: Optimizer;
  /** How often all examples are gone through, from 1. */
  epochs: number;
  /** How many examples a step looks at, from 1; the last step takes what is left. Default: all. */
  batchSize?: number;
  /** Where the order of the examples comes from, a whole number from 0. Default 0. */
  seed?: number;
  /**
   * The same as a generator, which the next training may go on with. One that was saved and
   * loaded, as `optimizer` and `scheduler` can be, goes on as if nothing had come between.
   */
  generator?: RandomGenerator;
  /**
   * Whether the loss is shown while it runs, or how; see {@link monitor}. By default a training of
   * more than 2,000 steps shows how far it is, of which nothing stays; `false` forbids it.
   */
  monitor?: boolean | MonitorOptions;
  /** Examples that are not trained on, but measured after every epoch. */
  validation?: Examples<Y>;
  /** What changes the learning rate of the optimizer after every epoch. */
  scheduler?: LRScheduler;
  /** How long the gradients may be together in each step, from 0; see {@link clipGradNorm}. */
  clipGradNorm?: number;
  /** How large each gradient may be, from 0; see {@link clipGradValue}. */
  clipGradValue?: number;
  /**
   * Is told of every step after it, with the parameters in their Values; what it changes in them,
   * counts. Returning `false` ends the training.
   */
  onStep?: (step: FitStep) => unknown;
  /** The same of every epoch, after `scheduler` has set the next learning rate. */
  onEpoch?: (epoch: FitEpoch) => unknown;
  /** Ends the training once the validation loss no longer falls, and takes its best parameters. */
  earlyStopping?: EarlyStoppingOptions;
  /**
   * Whether the steps run as a compiled program; see {@link compile}. By default
   * they do where model and loss are the library's own.
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
  /** The numbers of a compiled training: `"float64"`, the default, or `"float32"`. */
  precision?: "float64" | "float32";
  /** Whether a compiled training may round a product and its sum at once. Default false. */
  fused?: boolean;
}

/** What the options of `fit` take. */
const known: Known<FitOptions> = {
  loss: "function",
  optimizer: "Optimizer",
  epochs: "number",
  batchSize: "number",
  seed: "number",
  generator: "RandomGenerator",
  monitor: "boolean",
  validation: "Dataset",
  scheduler: "LRScheduler",
  clipGradNorm: "number",
  clipGradValue: "number",
  onStep: "function",
  onEpoch: "function",
  earlyStopping: "object",
  compile: "boolean",
  threads: "number",
  precision: "string",
  fused: "boolean",
};

/**
 * Throws unless the arguments of `fit` are of the right kinds and fit together.
 *
 * @returns the examples, whose targets have been found to be numbers or rows.
 */
export function checkFit<R extends Value | Value[], Y>(
  model: Model<R>,
  data: Examples<Y>,
  options: FitOptions<R, Y>,
): { data: Pairs; validation: Pairs | undefined } {
  checkModel("fit", model);
  checkPairs("fit: data", data);
  checkOptions<FitOptions>("fit", options, known);
  const { loss, optimizer, epochs, validation, scheduler } = options;
  const { batchSize = 1, monitor = false } = options;
  checkFunction("fit: loss", loss, ": write one such as mseLoss, without quotes");
  checkOptimizer(model, optimizer);
  checkSize("fit: epochs", epochs);
  checkSize("fit: batchSize", batchSize);
  checkOrder(options);
  if (typeof monitor !== "boolean" && (typeof monitor !== "object" || monitor === null)) {
    throw new TypeError(
      `fit: monitor must be true, false or an object of options, got ${describe(monitor)}`,
    );
  }
  if (validation !== undefined) {
    checkPairs("fit: validation", validation);
    const width = data.x[0].length;
    checkLength("fit: validation.x[0]", validation.x[0], width, " as data.x[0]");
    checkSameTargets(data.y, validation.y);
  }
  if (scheduler !== undefined) checkScheduler(scheduler, optimizer);
  checkClips(options);
  checkCallbacks(options);
  checkCompiled(options);
  return { data, validation };
}

function checkOptimizer(model: Model, optimizer: Optimizer): void {
  const hint = ": write one such as new SGD(model.parameters(), { lr: 0.1 })";
  checkInstance("fit: optimizer", optimizer, Optimizer, "an Optimizer", hint);
  const parameters = new Set(model.parameters());
  if (optimizer.parameters.some((p) => parameters.has(p))) return;
  throw new RangeError(
    `fit: optimizer must hold parameters of the model, got ${optimizer} with none of them`,
  );
}

function checkOrder({ seed, generator }: Pick<FitOptions, "seed" | "generator">): void {
  if (seed !== undefined) checkWhole("fit: seed", seed, 0);
  if (generator === undefined) return;
  checkInstance("fit: generator", generator, RandomGenerator, "a RandomGenerator");
  if (seed === undefined) return;
  throw new RangeError(`fit: seed must be left out where there is a generator, got ${seed}`);
}

function checkSameTargets(y: Targets, validation: Targets): void {
  const name = "fit: validation.y[0]";
  if (!areRows(y)) {
    if (areRows(validation)) {
      throw new TypeError(`${name} must be a number as data.y[0], got ${describe(validation[0])}`);
    }
  } else if (areRows(validation)) {
    checkLength(name, validation[0], y[0].length, " as data.y[0]");
  } else {
    throw new TypeError(`${name} must be an array as data.y[0], got ${describe(validation[0])}`);
  }
}

function checkScheduler(scheduler: LRScheduler, optimizer: Optimizer): void {
  checkInstance("fit: scheduler", scheduler, LRScheduler, "an LRScheduler");
  if (scheduler.optimizer === optimizer) return;
  throw new RangeError(
    "fit: scheduler must be one of the optimizer that trains, " +
      `got one of another ${scheduler.optimizer}`,
  );
}

type Clips = Pick<FitOptions, "clipGradNorm" | "clipGradValue">;

function checkClips({ clipGradNorm, clipGradValue }: Clips): void {
  if (clipGradNorm !== undefined) checkNumber("fit: clipGradNorm", clipGradNorm, " from 0");
  if (clipGradValue === undefined) return;
  checkNumber("fit: clipGradValue", clipGradValue, " from 0");
  if (clipGradNorm === undefined) return;
  throw new RangeError(
    `fit: clipGradValue must be left out where there is a clipGradNorm, got ${clipGradValue}`,
  );
}

/** What the settings make shorter, as a training does it. */
export function clipOf({ clipGradNorm, clipGradValue }: Clips): Task["clip"] {
  if (clipGradNorm !== undefined) return (grad, n) => void clipNorm(grad, n, clipGradNorm);
  if (clipGradValue !== undefined) return (grad, n) => clipValues(grad, n, clipGradValue);
  return undefined;
}

function checkCallbacks(
  { onStep, onEpoch, earlyStopping, validation }: Pick<
    FitOptions<never, unknown>,
    "onStep" | "onEpoch" | "earlyStopping" | "validation"
  >,
): void {
  for (const [name, callback] of Object.entries({ onStep, onEpoch })) {
    if (callback === undefined) continue;
    checkFunction(`fit: ${name}`, callback);
    if (Object.prototype.toString.call(callback) !== "[object AsyncFunction]") continue;
    throw new TypeError(`fit: ${name} must not be async, since nothing waits for what it returns`);
  }
  if (earlyStopping === undefined) return;
  checkEarlyStopping("fit: earlyStopping", earlyStopping);
  if (validation !== undefined) return;
  throw new TypeError("fit: validation must be given for earlyStopping, got undefined");
}

function checkCompiled(
  { compile, threads = 1, precision = "float64", fused = false }: Pick<
    FitOptions,
    "compile" | "threads" | "precision" | "fused"
  >,
): void {
  if (compile !== undefined) checkBoolean("fit: compile", compile);
  checkSize("fit: threads", threads, maxThreads);
  checkChoice("fit: precision", precision, ["float64", "float32"]);
  checkBoolean("fit: fused", fused);
  if (compile !== false) return;
  if (precision !== "float64") {
    throw new RangeError(
      `fit: precision must be float64 where compile is false, got ${precision}`,
    );
  }
  if (fused) throw new RangeError("fit: fused must be false where compile is false, got true");
}
