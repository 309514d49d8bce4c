import type { Value } from "../../engine/mod.ts";
import { checkCount, checkOptions, describe, type Known } from "../../engine/internal.ts";
import { counted, display, type MimeBundle, Shown } from "../../engine/show/mod.ts";
import {
  checkExamples,
  checkInstance,
  checkLength,
  checkNumbers,
  checkObject,
  checkSize,
  checkWhole,
  type Examples,
  lossOf,
} from "../check.ts";
import { boundaryOf, type DecisionBoundary } from "../classify/decision_boundary.ts";
import { ask } from "../classify/predict.ts";
import type { PredictOptions } from "../classify/threshold.ts";
import { MLP } from "../mlp.ts";
import { LossHistory } from "../watch/loss_history.ts";
import { replay } from "./replay.ts";

/**
 * Settings of a {@link Recorder}.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { MLP, Recorder, type RecorderOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: RecorderOptions = { every: 4, input: [1, 2, 3] };
 * const tape = new Recorder(new MLP(3, [1]), options);
 * for (let step = 0; step < 10; step++) tape.record(1 / (step + 1));
 * deepEqual(tape.moments.map(({ step }) => step), [0, 4, 8, 9]);
 * ```
 */
export interface RecorderOptions extends PredictOptions {
  /**
   * Keep the parameters of every n-th step. Default 1. Where that becomes more than
   * 1,000 moments, or 80 MB, every other of them is dropped, and n is doubled.
   */
  every?: number;
  /**
   * The data, n ≥ 1 examples of as many features as the network has inputs. With two
   * of them, the map of {@link decisionBoundary} is shown, and labels are as there.
   */
  data?: Examples;
  /** The input whose way through the network is shown at first. Default: the first of the data, or none. */
  input?: readonly number[];
  /** How many places in a row of the map the network is asked at, from 2 to 100. Default 30. */
  resolution?: number;
  /** The room around the data, from 0, as a part of the map's longer side. Default 0.15. */
  margin?: number;
  /** Whether the loss axis is logarithmic. Default false. */
  logarithmic?: boolean;
}

/** The most moments that are kept, and the most numbers in all of them: 80 MB. */
const most = { moments: 1000, numbers: 10_000_000 };

/**
 * The network at one moment of a training.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { MLP, type RecordedMoment, Recorder } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1]);
 * const tape = new Recorder(model);
 * tape.record(0.5);
 * const [{ step, loss, parameters }]: readonly RecordedMoment[] = tape.moments;
 * deepEqual([step, loss], [0, 0.5]);
 * deepEqual(parameters, model.parameters().map((p) => p.data));
 * ```
 */
export interface RecordedMoment {
  /** The number of the step, from 0. */
  readonly step: number;
  /** The loss. */
  readonly loss: number;
  /** The parameters, in the order of `model.parameters()`. */
  readonly parameters: readonly number[];
}

/** What the options of a recorder take. */
const recorderOptions: Known<RecorderOptions> = {
  every: "number",
  data: "Dataset",
  input: "array",
  resolution: "number",
  margin: "number",
  threshold: "number",
  logarithmic: "boolean",
};

/**
 * Records a training, to travel in it: a notebook shows a slider over its
 * moments, which moves a mark on the loss curve, the decision boundary of a
 * network with two inputs, and the weights and activations in the picture of
 * the network, all together. At most 60 moments are shown, evenly spread. A click
 * on the map, or the arrows up and down, choose an example whose way through the
 * network is shown, one of about a hundred at most. The page needs no kernel.
 *
 * Record before the update, so that the loss and the weights belong together.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { MLP, RandomGenerator, Recorder, sum } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const data = { x: [[0, 0], [0, 1], [1, 0], [1, 1]], y: [-1, 1, 1, -1] };
 * const model = new MLP(2, [4, 1], { generator: new RandomGenerator(1) });
 * const tape = new Recorder(model, { data, every: 5 });
 * for (let step = 0; step < 50; step++) {
 *   const loss = sum(data.x.map((x, i) => model.forward(x).sub(data.y[i]).pow(2)));
 *   tape.record(loss);
 *   model.zeroGrad();
 *   loss.backward();
 *   for (const p of model.parameters()) p.data -= 0.1 * p.grad;
 * }
 * deepEqual(tape.moments.length, 11); // steps 0, 5, …, 45, and the last one
 * deepEqual(tape.boundary(tape.moments[10])?.accuracy, 1);
 * ```
 */
export class Recorder extends Shown {
  /** The network. */
  readonly model: MLP;
  /** The loss of every step so far. */
  readonly history: LossHistory;
  /** The data, if there are any. */
  readonly data: Examples | null;
  /** The input whose way through the network is shown, if there is one. */
  readonly input: readonly number[] | null;
  readonly #map: { resolution: number; margin?: number; threshold?: number };
  #every: number;
  #kept: RecordedMoment[] = [];
  #last: RecordedMoment | null = null;

  /**
   * An empty tape for a network.
   *
   * @param model the network, which may go on to be trained in any way.
   * @throws {TypeError} if `model` is not an MLP, or `data` no examples.
   * @throws {RangeError} if a number is not finite, `every` not a whole number from 1, `data` or
   * `input` do not have as many numbers as there are inputs, a label names no class of a network
   * with two inputs, `resolution` or `margin` is out of its range, or the threshold of the map is
   * not given where it is not clear and matters.
   * @throws {RangeError} for an option of another name.
   */
  constructor(model: MLP, options: RecorderOptions = {}) {
    checkCount("Recorder", arguments, 2);
    checkOptions<RecorderOptions>("Recorder", options, recorderOptions);
    checkInstance("Recorder: model", model, MLP, "an MLP");
    const { every = 1, data = null, resolution = 30, margin, threshold, logarithmic } = options;
    const { nin } = model.layers[0];
    checkSize("Recorder: every", every);
    if (data) {
      checkExamples("Recorder: data", data);
      checkLength("Recorder: data.x[0]", data.x[0], nin);
    }
    const { input = data && data.x[0] } = options;
    if (input !== null) checkNumbers("Recorder: input", input, nin);
    checkWhole("Recorder: resolution", resolution, 2, 100);
    super();
    this.model = model;
    this.data = data;
    this.input = input;
    this.history = new LossHistory({ logarithmic });
    this.#map = { resolution, margin, threshold };
    this.#every = every;
    // What the map cannot show is known at once, and not at the end of the training.
    this.boundary({ parameters: model.parameters().map((p) => p.data) });
  }

  /**
   * Notes the loss of one more step and the parameters as they are now.
   *
   * @throws {TypeError} if `loss` is neither a Value nor a number.
   */
  record(loss: Value | number): void {
    checkCount("Recorder.record", arguments, 1);
    const data = lossOf("Recorder.record", loss);
    const step = this.losses.length;
    const parameters = this.model.parameters().map((p) => p.data);
    this.history.push(data);
    this.#last = { step, loss: data, parameters };
    if (step % this.#every !== 0) return;
    this.#kept.push(this.#last);
    const room = Math.max(2, Math.floor(most.numbers / parameters.length));
    if (this.#kept.length <= Math.min(most.moments, room)) return;
    this.#kept = this.#kept.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }

  /** The loss of every step so far. */
  get losses(): readonly number[] {
    return this.history.losses;
  }

  /** The moments that are kept: every n-th of those that there is room for, and the last. */
  get moments(): readonly RecordedMoment[] {
    const last = this.#last;
    if (last === null || last.step % this.#every === 0) return [...this.#kept];
    return [...this.#kept, last];
  }

  /**
   * What the network answered at a moment, all over the plane of its two inputs.
   *
   * @param moment one of the `moments`, or any other with parameters of this network.
   * @returns null where there are no data, or other than two inputs.
   * @throws {TypeError} if `moment` has not as many parameters as the network.
   */
  boundary(moment: Pick<RecordedMoment, "parameters">): DecisionBoundary | null {
    checkCount("Recorder.boundary", arguments, 1);
    const count = this.model.parameters().length;
    checkObject("Recorder.boundary: moment", moment);
    const { parameters } = moment;
    if (
      !(ArrayBuffer.isView(parameters) || Array.isArray(parameters)) || parameters.length !== count
    ) {
      throw new TypeError(
        `Recorder.boundary: moment must have ${count} parameters, got ${describe(parameters)}`,
      );
    }
    const { model, data } = this;
    if (data?.x[0].length !== 2) return null;
    const { isSigmoid } = ask("Recorder", model, [data.x[0]]);
    const outputs = (rows: Examples["x"]) =>
      rows.map((row) => {
        const columns = replay(model, parameters, row);
        return columns[columns.length - 1];
      });
    const answer = (rows: Examples["x"]) => ({ outputs: outputs(rows), isSigmoid });
    return boundaryOf("Recorder", model, data, this.#map, answer);
  }

  /** `Recorder(50 steps, 11 kept)` */
  override toString(): string {
    const { losses, moments } = this;
    return `Recorder(${counted(losses.length, "step")}, ${moments.length} kept)`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderRecorder } = await import("./recorder_view.ts");
    return await renderRecorder(this);
  }
}
