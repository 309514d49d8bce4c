import { RandomGenerator, Value } from "../../engine/mod.ts";
import { checkCount, constant, describe } from "../../engine/internal.ts";
import type { Examples } from "../check.ts";
import { countRight, findStranger } from "../classify/classes.ts";
import { isMadeBySigmoid } from "../classify/predict.ts";
import { clearThreshold, rememberThreshold, thresholdByLoss } from "../classify/threshold.ts";
import { answerOf, type Model, outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { monitor } from "../watch/monitor.ts";
import { busy, compiledTrainer, whyEager, whyNever } from "./compiled_trainer.ts";
import { eagerTrainer } from "./eager_trainer.ts";
import { type FitEpoch, FitHistory } from "./fit_history.ts";
import { checkFit, type FitOptions } from "./fit_options.ts";
import type { Loss, Task, Trainer } from "./trainer.ts";

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
 * parameters of the last step and is in training mode; a new call trains on.
 *
 * A loss of NaN ends the training before it moves anything: the history keeps
 * what was until then, its `stoppedBecause` has the epoch, and a warning says so.
 *
 * @param model takes as many numbers as a row of `data.x` has.
 * @param data examples with labels: a Dataset or `{ x, y }`.
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
export function fit<R extends Value | Value[]>(
  model: Model<R>,
  data: Examples,
  options: FitOptions<R>,
): FitHistory {
  checkCount("fit", arguments, 3, "write fit(model, { x, y }, { … })");
  checkFit(model, data, options);
  const { optimizer, validation, epochs, seed = 0, scheduler, monitor: shown } = options;
  const task: Task = { model, loss: options.loss as Loss, optimizer, data, validation };
  const answer = inMode(model, false, () => rehearse(task));
  const outputs = outputsOf(answer).length;
  const threshold = findThreshold(task, answer);
  const hasClasses = (labels: readonly number[]) =>
    threshold !== null && findStranger(labels, outputs) < 0;

  const n = data.x.length;
  const batchSize = Math.min(options.batchSize ?? n, n);
  const batches = Math.ceil(n / batchSize);
  const steps = epochs * batches;
  const live = shown ? monitor(steps, shown === true ? {} : shown) : null;
  const generator = new RandomGenerator(seed);
  const losses: number[] = [];
  const history: FitEpoch[] = [];
  let stopped: string | null = null;
  // Last of all: it may start threads, which a refused setting would leave running.
  const { trainer, reason, notes } = chooseTrainer(task, batchSize, options);
  if (threshold !== null) rememberThreshold(model, threshold);

  /** The part of an epoch's record that tells of the validation data, if there are any. */
  const validate = () => {
    if (validation === undefined) return {};
    const measured = trainer.validate();
    const right = countRight(measured.outputs, validation.y, threshold ?? 0);
    return {
      validationLoss: measured.loss,
      ...hasClasses(validation.y) && { validationAccuracy: right / validation.y.length },
    };
  };

  const train = () => {
    let order = data.x.map((_, i) => i);
    let [mean, right] = [0, 0];
    // A monitor draws its last picture when its loop ends, also if the loss throws.
    for (const step of live ?? Array(steps).keys()) {
      const start = step % batches * batchSize;
      if (start === 0 && batches > 1) order = generator.permutation(n);
      const batch = order.slice(start, start + batchSize);
      const measured = trainer.step(batch);
      losses.push(measured.loss);
      live?.push(measured.loss);
      if (Number.isNaN(measured.loss)) {
        const epoch = history.length + 1;
        stopped = `the loss is NaN in epoch ${epoch}, step ${losses.length}`;
        break;
      }
      mean += measured.loss * (batch.length / n);
      right += countRight(measured.outputs, batch.map((i) => data.y[i]), threshold ?? 0);
      if (start + batch.length < n) continue;
      trainer.share();
      history.push({
        epoch: history.length + 1,
        loss: mean,
        ...hasClasses(data.y) && { accuracy: right / n },
        ...validate(),
        lr: optimizer.lr,
      });
      scheduler?.step();
      [mean, right] = [0, 0];
    }
  };
  try {
    inMode(model, true, train);
    trainer.verify();
  } finally {
    trainer.end();
  }
  const result = new FitHistory(losses, history, reason, {
    notes: [...notes, ...trainer.notes()],
    stoppedBecause: stopped,
  });
  // Who does not look at the result should know, too.
  if (stopped !== null) console.warn(`fit: ${result.stoppedBecause}`);
  return result;
}

/** What takes the steps, and what there is to say of it. */
interface Choice {
  readonly trainer: Trainer;
  /** Why it is no compiled program; `null` if it is one. */
  readonly reason: string | null;
  readonly notes: readonly string[];
}

function chooseTrainer(
  task: Task,
  batchSize: number,
  { compile, threads = 1 }: { compile?: boolean; threads?: number },
): Choice {
  const reason = compile === false ? "compile is false" : compile ? whyNever(task) : whyEager(task);
  const eager = (because: string): Choice => ({
    trainer: eagerTrainer(task),
    reason: because,
    notes: busy(1, threads),
  });
  if (reason !== null) {
    if (compile) throw new Error(`fit: compile is not possible here: ${reason}`);
    return eager(reason);
  }
  try {
    return { trainer: compiledTrainer(task, { threads, batchSize }), reason, notes: [] };
  } catch (error) {
    if (compile) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    if (threads === 1) return eager(problem);
    const alone = chooseTrainer(task, batchSize, {});
    return { ...alone, notes: busy(1, threads).map((note) => `${note} because ${problem}`) };
  }
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
  if (Array.isArray(answer) && answer.length > 1) return 0;
  if (findStranger(data.y, 1) >= 0) return null;
  const output = (x: number) => Array.isArray(answer) ? [new Value(x)] : new Value(x);
  return thresholdByLoss(loss, output, data.y) ?? clearThreshold(isMadeBySigmoid(answer), data.y);
}
