import { RandomGenerator, Value } from "../../engine/mod.ts";
import { checkCount, constant, describe } from "../../engine/internal.ts";
import { areRows, type Examples, type Targets } from "../check.ts";
import { findStranger } from "../classify/classes.ts";
import { isMadeBySigmoid } from "../classify/predict.ts";
import { clearThreshold, rememberThreshold, thresholdByLoss } from "../classify/threshold.ts";
import { answerOf, type Model, outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { monitor } from "../watch/monitor.ts";
import { chooseTrainer } from "./choice.ts";
import { EarlyStopping } from "./early_stopping.ts";
import { FitNotes } from "./fit_notes.ts";
import { runEpochs } from "./epochs.ts";
import { FitHistory } from "./fit_history.ts";
import { checkFit, clipOf, type FitOptions } from "./fit_options.ts";
import { progress, rememberHistory } from "./progress.ts";
import type { Loss, Task } from "./trainer.ts";

/**
 * Trains a model: goes through the examples `epochs` times, and after every
 * `batchSize` of them follows the gradient of their loss one step down. The
 * order is drawn anew in each epoch, unless one batch has all examples.
 *
 * The model trains in training mode, is measured in evaluation mode, and is then
 * in the mode that it was in. Accuracies are noted if the labels name classes:
 * places of the outputs, or for a single output 0 and 1 or −1 and 1. A single
 * output turns from one to the other where both cost the same, at 0 or at 0.5,
 * which {@link predict} then knows of the model as well. After the Stop button the model has the
 * parameters of the last step and is in training mode; a new call trains on, and the losses so far
 * are in {@link historyOf}.
 *
 * `onStep` and `onEpoch` are told how it goes, and end it by returning `false`; `earlyStopping` ends
 * it when the validation loss no longer falls. The history says so in `stoppedBecause`.
 *
 * A loss of NaN ends the training before it moves anything: the history keeps
 * what was until then, its `stoppedBecause` has the epoch, and a warning says so.
 *
 * @param model takes as many numbers as a row of `data.x` has.
 * @param data examples with labels: a Dataset or `{ x, y }`. Each label is a number, or a row of
 * numbers for a loss that takes such, as `mseLoss` does.
 * @returns the loss of every step, and what each epoch came to.
 * @throws {TypeError} if an argument is of the wrong kind, or `loss` returns no Value.
 * @throws {RangeError} if a setting is unknown or out of its range, there is no example, lengths
 * differ, rows do not suit the model, a number is not finite, the loss refuses a label or the
 * optimizer holds no parameter of the model. Nothing has been changed then.
 * @throws {Error} if `compile` is true and model, loss or optimizer cannot be compiled, or after
 * the training the program no longer computes the loss.
 * @category Training
 *
 * @example Classes
 * ```ts
 * import { Adam, crossEntropy, fit, MLP, predict, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const xor = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [0, 1, 1, 0] };
 * const generator = new RandomGenerator(1);
 * const model = new MLP(2, [8, 2], { outputActivation: "linear", generator });
 * const optimizer = new Adam(model.parameters(), { lr: 0.1 });
 * const history = fit(model, xor, { loss: crossEntropy, optimizer, epochs: 50 });
 * deepEqual(history.epochs[49].accuracy, 1);
 * deepEqual(predict(model, xor.x), xor.y);
 * ```
 *
 * @example Targets of several numbers: an autoencoder, which answers with what it is asked
 * ```ts
 * import { Adam, fit, MLP, mseLoss, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = [[1, 1, 0, 0], [0, 0, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0]]; // two numbers say it all
 * const generator = new RandomGenerator(1);
 * const model = new MLP(4, [2, 4], { outputActivation: "sigmoid", generator });
 * const optimizer = new Adam(model.parameters(), { lr: 0.1 });
 * const { losses } = fit(model, { x, y: x }, { loss: mseLoss, optimizer, epochs: 300 });
 * deepEqual(losses[299] < 0.01, true);
 * ```
 *
 * @example Told of every epoch, and ended by it
 * ```ts
 * import { fit, hingeLoss, makeMoons, MLP, RandomGenerator, SGD } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const { x, y } = makeMoons({ samples: 40 });
 * const model = new MLP(2, [8, 1], { generator: new RandomGenerator(1) });
 * const history = fit(model, { x, y: y.map((label) => 2 * label - 1) }, {
 *   loss: hingeLoss,
 *   optimizer: new SGD(model.parameters(), { lr: 0.5 }),
 *   epochs: 1000,
 *   onEpoch: ({ loss }) => loss > 0.3,
 * });
 * const { epochs, stoppedBecause } = history;
 * deepEqual(stoppedBecause, `onEpoch returned false in epoch ${epochs.length}`);
 * ```
 *
 * @example A loss of one's own, with the squares of all parameters
 * ```ts
 * import { dot, fit, hingeLoss, MLP, RandomGenerator, SGD } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [4, 1], { generator: new RandomGenerator(1) });
 * const parameters = model.parameters();
 * const penalty = () => dot(parameters, parameters).mul(1e-4);
 * const history = fit(model, { x: [[1, 2], [2, 1]], y: [-1, 1] }, {
 *   loss: (scores, labels) => hingeLoss(scores, labels).add(penalty()),
 *   optimizer: new SGD(parameters, { lr: 0.1 }),
 *   epochs: 20,
 * });
 * deepEqual(history.losses[19] < history.losses[0], true);
 * ```
 */
export function fit<R extends Value | Value[], Y = number>(
  model: Model<R>,
  data: Examples<Y>,
  options: FitOptions<R, NoInfer<Y>>,
): FitHistory {
  checkCount("fit", arguments, 3, "write fit(model, { x, y }, { … })");
  const pairs = checkFit(model, data, options);
  const { optimizer, epochs, scheduler, monitor: shown, earlyStopping } = options;
  const task: Task = { model, loss: options.loss as Loss, optimizer, ...pairs };
  task.clip = clipOf(options);
  const answer = inMode(model, false, () => rehearse(task));
  const outputs = outputsOf(answer).length;
  const threshold = findThreshold(task, answer);

  const n = data.x.length;
  const batchSize = Math.min(options.batchSize ?? n, n);
  const steps = epochs * Math.ceil(n / batchSize);
  const fitNotes = new FitNotes(n, batchSize);
  const stopping = earlyStopping ? new EarlyStopping(optimizer.parameters, earlyStopping) : null;
  const live = shown
    ? monitor(steps, shown === true ? {} : shown)
    : shown === false
    ? null
    : progress(steps);
  // Last of all: it may start threads, which a refused setting would leave running.
  const { trainer, reason, notes } = chooseTrainer(task, batchSize, options);
  if (threshold !== null) rememberThreshold(model, threshold);
  rememberHistory(model, () => new FitHistory(fitNotes.losses, fitNotes.records, reason));

  const run = {
    task,
    trainer,
    epochs,
    batchSize,
    generator: options.generator ?? new RandomGenerator(options.seed ?? 0),
    threshold: threshold ?? 0,
    labelsOf: (targets: Targets) =>
      threshold === null || areRows(targets) || findStranger(targets, outputs) >= 0
        ? null
        : targets,
    live,
    isLookedAt: Boolean(shown || scheduler || options.onEpoch || stopping),
    scheduler,
    earlyStopping: stopping,
    onStep: options.onStep,
    onEpoch: options.onEpoch,
    notes: fitNotes,
  };
  let stop;
  try {
    stop = inMode(model, true, () => runEpochs(run));
    trainer.verify();
  } finally {
    trainer.end();
  }
  const restored = stopping?.restore() ?? [];
  const hint = stop?.isNaN ? "; diagnose(loss, model) may tell why" : "";
  const result = new FitHistory(fitNotes.losses, fitNotes, reason, {
    notes: [...notes, ...trainer.notes(), ...restored],
    stoppedBecause: stop && stop.because + hint,
  });
  // Who does not look at the result should know, too.
  if (stop?.isNaN) console.warn(`fit: ${result.stoppedBecause}`);
  return result;
}

/**
 * Tries the model on one example and the loss on every label, so that what they
 * refuse is known before anything is changed.
 *
 * @returns the answer to the example.
 */
function rehearse({ model, loss, data, validation }: Task): Value | Value[] {
  const answer = answerOf("fit", model, data.x[0].map(constant));
  for (const labels of [data.y, ...validation ? [validation.y] : []]) {
    const value: unknown = loss(labels.map(() => answer), [...labels]);
    if (value instanceof Value) continue;
    throw new TypeError(`fit: loss must return a Value, got ${describe(value)}`);
  }
  return answer;
}

/** Where a single output turns from one class to the other; null if that is not clear. */
function findThreshold({ loss, data }: Task, answer: Value | Value[]): number | null {
  if (areRows(data.y)) return null;
  if (Array.isArray(answer) && answer.length > 1) return 0;
  if (findStranger(data.y, 1) >= 0) return null;
  const output = (x: number) => Array.isArray(answer) ? [new Value(x)] : new Value(x);
  return thresholdByLoss(loss, output, data.y) ?? clearThreshold(isMadeBySigmoid(answer), data.y);
}
