import { Value } from "../../engine/mod.ts";
import { describe, describeNumber } from "../../engine/internal.ts";
import { display, inspect, type MimeBundle } from "../../engine/show/mod.ts";
import { checkSize } from "../check.ts";
import { MLP } from "../mlp.ts";

/**
 * A point of the data, drawn on the decision boundary.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { type LabeledPoint, MLP, Recorder } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const points: LabeledPoint[] = [{ x: 0, y: 1, label: "cat" }, { x: 2, y: 3, label: "dog" }];
 * const tape = new Recorder(new MLP(2, [1]), { points });
 * deepEqual([tape.input, tape.boundary?.x], [[0, 1], [-0.3, 2.3]]); // the first; all, with room
 * ```
 */
export interface LabeledPoint {
  /** The first input. */
  x: number;
  /** The second input. */
  y: number;
  /**
   * What it is. For a network of one output, a number above or below the middle
   * of the activation (0.5 for sigmoid, 0 for others); for several outputs the
   * number of the right one. Any other names are coloured in order of appearance.
   */
  label: number | string;
}

/**
 * Where the decision boundary is drawn.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { type Boundary, MLP, Recorder } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const boundary: Boundary = { x: [-1, 1], y: [0, 2] };
 * const tape = new Recorder(new MLP(2, [3, 1]), { boundary });
 * deepEqual(tape.boundary, { x: [-1, 1], y: [0, 2], n: 30 });
 * ```
 */
export interface Boundary {
  /** The interval of the first input. */
  x: readonly [low: number, high: number];
  /** The interval of the second input. */
  y: readonly [low: number, high: number];
  /** The number of cells in a row, from 1 to 100. Default 30. */
  n?: number;
}

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
  /** The input whose way through the network is shown. Default: the first of `points`, or none. */
  input?: readonly number[];
  /** The data, for a network with two inputs. */
  points?: readonly LabeledPoint[];
  /** Where the decision boundary is drawn. Default: around `points`, or not at all. */
  boundary?: Boundary;
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
 * const points = [[0, 0, -1], [0, 1, 1], [1, 0, 1], [1, 1, -1]]
 *   .map(([x, y, label]) => ({ x, y, label }));
 * const model = new MLP(2, [4, 1], { generator: new RandomGenerator(1) });
 * const tape = new Recorder(model, { points, every: 5 });
 * for (let step = 0; step < 50; step++) {
 *   const loss = sum(points.map(({ x, y, label }) => model.forward([x, y]).sub(label).pow(2)));
 *   tape.record(loss);
 *   model.zeroGrad();
 *   loss.backward();
 *   for (const p of model.parameters()) p.data -= 0.1 * p.grad;
 * }
 * deepEqual(tape.moments.length, 11); // steps 0, 5, …, 45, and the last one
 * ```
 */
export class Recorder {
  /** The network. */
  readonly model: MLP;
  /** The loss of every step so far. */
  readonly losses: number[] = [];
  /** The input whose way through the network is shown, if there is one. */
  readonly input: readonly number[] | null;
  /** The data. */
  readonly points: readonly LabeledPoint[];
  /** Where the decision boundary is drawn, if it is. */
  readonly boundary: Required<Boundary> | null;
  readonly #every: number;
  readonly #kept: RecordedMoment[] = [];
  #last: RecordedMoment | null = null;

  /**
   * An empty tape for a network.
   *
   * @param model the network, which may go on to be trained in any way.
   * @throws {TypeError} if `model` is not an MLP, `points` not an array, or a label neither a
   * number nor a string.
   * @throws {RangeError} if a number is not finite, `every` not a whole number from 1, or a setting
   * does not fit the network: `points` and `boundary` need two inputs, `input` as many numbers as
   * there are inputs, and an interval a low end below the high.
   */
  constructor(model: MLP, options: RecorderOptions = {}) {
    if (!(model instanceof MLP)) {
      throw new TypeError(`Recorder: model must be an MLP, got ${describe(model)}`);
    }
    const { every = 1, points = [], boundary } = options;
    const { nin } = model.layers[0];
    checkSize("Recorder: every", every);
    checkPoints(points);
    if ((points.length > 0 || boundary) && nin !== 2) {
      const name = boundary ? "boundary" : "points";
      throw new RangeError(`Recorder: ${name} needs a network with 2 inputs, got one with ${nin}`);
    }
    const { input = points.length > 0 ? [points[0].x, points[0].y] : null } = options;
    if (input !== null) checkNumbers("Recorder: input", input, nin);
    this.model = model;
    this.input = input;
    this.points = points;
    this.boundary = boundary
      ? checkedBoundary(boundary)
      : points.length > 0
      ? { x: around(points.map(({ x }) => x)), y: around(points.map(({ y }) => y)), n: 30 }
      : null;
    this.#every = every;
  }

  /**
   * Notes the loss of one more step and the parameters as they are now.
   *
   * @throws {TypeError} if `loss` is neither a Value nor a number.
   */
  record(loss: Value | number): void {
    const data = loss instanceof Value ? loss.data : loss;
    if (typeof data !== "number") {
      throw new TypeError(
        `Recorder.record: loss must be a Value or a number, got ${describe(loss)}`,
      );
    }
    const step = this.losses.push(data) - 1;
    const parameters = this.model.parameters().map((p) => p.data);
    this.#last = { step, loss: data, parameters };
    if (step % this.#every === 0) this.#kept.push(this.#last);
  }

  /** The moments that are kept: every n-th, and the last. */
  get moments(): readonly RecordedMoment[] {
    const last = this.#last;
    if (last === null || last.step % this.#every === 0) return [...this.#kept];
    return [...this.#kept, last];
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
    return renderRecorder(this);
  }
}

function checkNumbers(name: string, x: readonly number[], n: number): void {
  if (!Array.isArray(x) || x.length !== n) {
    throw new RangeError(`${name} must be an array of ${n} numbers, got ${describe(x)}`);
  }
  for (let i = 0; i < n; i++) {
    if (Number.isFinite(x[i])) continue;
    throw new RangeError(`${name}[${i}] must be a finite number, got ${describeNumber(x[i])}`);
  }
}

function checkPoints(points: readonly LabeledPoint[]): void {
  if (!Array.isArray(points)) {
    throw new TypeError(`Recorder: points must be an array, got ${describe(points)}`);
  }
  for (const [i, { x, y, label }] of points.entries()) {
    checkNumbers(`Recorder: [x, y] of points[${i}]`, [x, y], 2);
    if (typeof label === "number" || typeof label === "string") continue;
    throw new TypeError(
      `Recorder: label of points[${i}] must be a number or a string, got ${describe(label)}`,
    );
  }
}

function checkedBoundary({ x, y, n = 30 }: Boundary): Required<Boundary> {
  for (const [name, interval] of Object.entries({ x, y })) {
    checkNumbers(`Recorder: boundary.${name}`, interval, 2);
    const [low, high] = interval;
    if (low < high) continue;
    throw new RangeError(
      `Recorder: boundary.${name} must be a low end and a higher one, got ${low} and ${high}`,
    );
  }
  checkSize("Recorder: boundary.n", n);
  if (n > 100) throw new RangeError(`Recorder: boundary.n must be at most 100, got ${n}`);
  return { x, y, n };
}

/** The interval of some numbers, with room on both sides. */
function around(x: readonly number[]): [low: number, high: number] {
  const low = x.reduce((a, b) => Math.min(a, b)), high = x.reduce((a, b) => Math.max(a, b));
  const room = .15 * (high - low) || 1;
  return [low - room, high + room];
}
