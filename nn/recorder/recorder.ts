import type { Value } from "../../engine/mod.ts";
import { checkCount, checkOptions, describe, type Known } from "../../engine/internal.ts";
import { display, inspect, type MimeBundle } from "../../engine/show/mod.ts";
import {
  checkExamples,
  checkNumbers,
  checkObject,
  checkSize,
  type Examples,
  lossOf,
} from "../check.ts";
import { boundaryOf, type DecisionBoundary } from "../classify/decision_boundary.ts";
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
export interface RecorderOptions {
  /** Keep the parameters of every n-th step. Default 1. */
  every?: number;
  /**
   * The data, n ≥ 1 examples of as many features as the network has inputs. With two
   * of them, the map of {@link decisionBoundary} is shown, and labels are as there.
   */
  data?: Examples;
  /** The input whose way through the network is shown. Default: the first of the data, or none. */
  input?: readonly number[];
  /** How many places in a row of the map the network is asked at, from 2 to 100. Default 30. */
  resolution?: number;
  /** The room around the data, from 0, as a part of the map's longer side. Default 0.15. */
  margin?: number;
  /** Whether the loss axis is logarithmic. Default false. */
  logarithmic?: boolean;
}

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
  logarithmic: "boolean",
};

/**
 * Records a training, to travel in it: a notebook shows a slider over its
 * moments, which moves a mark on the loss curve, the decision boundary of a
 * network with two inputs, and the weights and activations in the picture of
 * the network, all together. At most 60 moments are shown, evenly spread. The
 * page needs no kernel.
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
export class Recorder {
  /** The network. */
  readonly model: MLP;
  /** The loss of every step so far. */
  readonly history: LossHistory;
  /** The data, if there are any. */
  readonly data: Examples | null;
  /** The input whose way through the network is shown, if there is one. */
  readonly input: readonly number[] | null;
  readonly #map: { resolution: number; margin?: number };
  readonly #every: number;
  readonly #kept: RecordedMoment[] = [];
  #last: RecordedMoment | null = null;

  /**
   * An empty tape for a network.
   *
   * @param model the network, which may go on to be trained in any way.
   * @throws {TypeError} if `model` is not an MLP, or `data` no examples.
   * @throws {RangeError} if a number is not finite, `every` not a whole number from 1, `data` or
   * `input` do not have as many numbers as there are inputs, a label names no class of a network
   * with two inputs, or `resolution` or `margin` is out of its range.
   * @throws {RangeError} for an option of another name.
   */
  constructor(model: MLP, options: RecorderOptions = {}) {
    checkCount("Recorder", arguments, 2);
    checkOptions<RecorderOptions>("Recorder", options, recorderOptions);
    if (!(model instanceof MLP)) {
      throw new TypeError(`Recorder: model must be an MLP, got ${describe(model)}`);
    }
    const { every = 1, data = null, resolution = 30, margin, logarithmic } = options;
    const { nin } = model.layers[0];
    checkSize("Recorder: every", every);
    if (data) {
      checkExamples("Recorder: data", data);
      checkWidth("Recorder: data.x[0]", data.x[0], nin);
    }
    const { input = data && data.x[0] } = options;
    if (input !== null) {
      checkWidth("Recorder: input", input, nin);
      checkNumbers("Recorder: input", input);
    }
    if (resolution > 100) {
      throw new RangeError(`Recorder: resolution must be at most 100, got ${resolution}`);
    }
    this.model = model;
    this.data = data;
    this.input = input;
    this.history = new LossHistory({ logarithmic });
    this.#map = { resolution, margin };
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
    if (step % this.#every === 0) this.#kept.push(this.#last);
  }

  /** The loss of every step so far. */
  get losses(): readonly number[] {
    return this.history.losses;
  }

  /** The moments that are kept: every n-th, and the last. */
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
    return boundaryOf("Recorder", model, data, this.#map, (rows) =>
      rows.map((row) => {
        const columns = replay(model, parameters, row);
        return columns[columns.length - 1];
      }));
  }

  /** `Recorder(50 steps, 11 kept)` */
  toString(): string {
    const { losses, moments } = this;
    const noun = losses.length === 1 ? "step" : "steps";
    return `Recorder(${losses.length} ${noun}, ${moments.length} kept)`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderRecorder } = await import("./recorder_view.ts");
    return await renderRecorder(this);
  }
}

function checkWidth(name: string, x: readonly number[], n: number): void {
  if (Array.isArray(x) && x.length === n) return;
  throw new RangeError(`${name} must be an array of ${n} numbers, got ${describe(x)}`);
}
