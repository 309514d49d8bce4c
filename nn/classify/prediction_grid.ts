import { checkCount, checkOptions } from "../../engine/internal.ts";
import { display, type MimeBundle, score, Shown } from "../../engine/show/mod.ts";
import { checkImageSize, checkSize, type Examples } from "../check.ts";
import { wholePercent } from "./classes.ts";
import { classify } from "./predict.ts";
import type { PredictOptions } from "./threshold.ts";
import type { Model } from "../model.ts";

/**
 * Images with labels; a {@link Dataset} of images is one.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { type LabeledImages, MLP, predictionGrid } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const diagonals: LabeledImages = {
 *   x: [[1, 0, 0, 1], [0, 1, 1, 0]],
 *   y: [0, 1],
 *   imageSize: [2, 2],
 * };
 * deepEqual(predictionGrid(new MLP(4, [2]), diagonals).predictions.length, 2);
 * ```
 */
export interface LabeledImages extends Examples {
  /** How many pixels the images are wide and high; a row of `x` is one, row by row from the top. */
  readonly imageSize: readonly [width: number, height: number] | null;
}

/**
 * Settings of {@link predictionGrid}.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { display, Dataset, MLP, predictionGrid } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const images = new Dataset([[0, 1], [1, 0], [1, 1]], [0, 1, 1], { imageSize: [2, 1] });
 * const grid = predictionGrid(new MLP(2, [2]), images, { columns: 1, count: 2 });
 * const { "image/svg+xml": picture } = await grid[display]();
 * deepEqual(String(picture).match(/% sure/g)?.length, 2);
 * ```
 */
export interface PredictionGridOptions extends PredictOptions {
  /** How many images stand side by side, from 1 to 20. Default 10. */
  columns?: number;
  /** How many images are shown at most, from 1 to 200; of 250,000 pixels in all. Default 60. */
  count?: number;
}

/**
 * An image, and what the model says to it.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { MLP, type Prediction, predictionGrid } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [1], { activation: "linear" });
 * [1, 0, -1].forEach((data, i) => model.parameters()[i].data = data); // x1 − 1
 * const images = { x: [[1, 0], [0, 1]], y: [0, 1], imageSize: [2, 1] } as const;
 * const [first]: readonly Prediction[] = predictionGrid(model, images).predictions;
 * deepEqual([first.index, first.label, first.answer], [1, 1, 0]); // the mistake
 * deepEqual(first.certainty.toFixed(3), "0.731"); // sigmoid(1), as the output is −1
 * ```
 */
export interface Prediction {
  /** Its place in the data. */
  readonly index: number;
  /** The right class. */
  readonly label: number;
  /** The model's class. */
  readonly answer: number;
  /** The probability that the model gives its class, from 0 to 1. */
  readonly certainty: number;
}

/** More make a page slow. */
const mostPixels = 250_000;

/**
 * What a classifier says to images; a notebook shows them, its mistakes first.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { MLP, predictionGrid } from "chainrule";
 * import { deepEqual, match } from "node:assert/strict";
 *
 * const model = new MLP(2, [1], { activation: "linear" });
 * [1, 0, -1].forEach((data, i) => model.parameters()[i].data = data); // x1 − 1
 * const images = { x: [[0, 0], [3, 0], [5, 0]], y: [0, 0, 1], imageSize: [2, 1] } as const;
 * const grid = predictionGrid(model, images);
 * deepEqual(grid.wrong.map(({ index }) => index), [1]);
 * match(String(grid), /2 of 3 right: 66.7%; wrong: \[1\] is 0, said 1 \(88% sure\)/);
 * ```
 */
export class PredictionGrid extends Shown {
  /** All images: the wrong ones first, most certain first; then the others, least certain first. */
  readonly predictions: readonly Prediction[];
  readonly #data: LabeledImages;
  readonly #columns: number;
  readonly #count: number;

  /** @ignore */
  constructor(
    predictions: readonly Prediction[],
    data: LabeledImages,
    columns: number,
    count: number,
  ) {
    super();
    this.predictions = predictions;
    this.#data = data;
    this.#columns = columns;
    this.#count = count;
  }

  /** Those that the model takes for something else, the most certain first. */
  get wrong(): Prediction[] {
    return this.predictions.filter(({ label, answer }) => label !== answer);
  }

  /** `PredictionGrid(345 of 360 right: 95.8%; wrong: [17] is 8, said 1 (98% sure), …)` */
  override toString(): string {
    const { predictions, wrong } = this;
    const first = wrong.slice(0, 3).map(({ index, label, answer, certainty }) =>
      `[${index}] is ${label}, said ${answer} (${wholePercent(certainty)} sure)`
    );
    const more = wrong.length > first.length ? ", …" : "";
    const mistakes = wrong.length === 0 ? "" : `; wrong: ${first.join(", ")}${more}`;
    const count = predictions.length;
    return `PredictionGrid(${score(count - wrong.length, count)}${mistakes})`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderPredictions } = await import("./prediction_grid_view.ts");
    const room = Math.max(1, Math.floor(mostPixels / this.#data.x[0].length));
    const count = Math.min(this.#count, room);
    return renderPredictions(this, this.#data, this.#columns, count);
  }
}

/**
 * Images with what a classifier says to them. Its mistakes come first, those it
 * is most certain of at the front; then what it has right, beginning with what
 * it is least certain of. How certain it is, is the softmax of its outputs; of a
 * single output the sigmoid, unless that is its activation already or the
 * output estimates 0 and 1.
 *
 * @param model takes as many numbers as an image has pixels.
 * @param data n ≥ 1 images with labels: 0 to k − 1 for a model of k outputs, 0 and 1 or −1 and 1
 * for one of a single output.
 * @throws {TypeError} if `model` is no Module with `forward`, or `data` no examples with images.
 * @throws {RangeError} if images are more than 250 pixels wide or high or have not as many pixels
 * as a row, a label names no class of the model, a setting is out of its range, or the threshold
 * is not given where it is not clear and matters.
 * @throws {RangeError} for an option of another name.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { loadDigits, MLP, predictionGrid, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const digits = await loadDigits();
 * const model = new MLP(64, [10], {
 *   activation: "linear",
 *   generator: new RandomGenerator(1),
 * });
 * const some = digits.select([0, 1, 2, 3, 4, 5]);
 * const grid = predictionGrid(model, some, { columns: 3 });
 * const [worst] = grid.predictions;
 * deepEqual(worst.label === worst.answer, false); // it has learnt nothing yet
 * deepEqual(worst.certainty > 0.1, true);
 * ```
 */
export function predictionGrid(
  model: Model,
  data: LabeledImages,
  options: PredictionGridOptions = {},
): PredictionGrid {
  checkCount("predictionGrid", arguments, 3);
  checkOptions<PredictionGridOptions>("predictionGrid", options, {
    columns: "number",
    count: "number",
    threshold: "number",
  });
  const name = "predictionGrid";
  const { columns = 10, count = 60 } = options;
  checkSize(`${name}: columns`, columns, 20);
  checkSize(`${name}: count`, count, 200);
  const { outputs, answers, labels, isProbability } = classify(name, model, data, options);
  checkImageSize(`${name}: data.imageSize`, data.imageSize, data.x[0].length);
  const predictions = data.y.map((label, index): Prediction => ({
    index,
    label,
    answer: answers[index],
    certainty: certaintyOf(outputs[index], isProbability, answers[index] === labels[1]),
  }));
  const isWrong = ({ label, answer }: Prediction) => label !== answer;
  // What is not a number is least certain.
  const key = ({ certainty }: Prediction) => Number.isNaN(certainty) ? 0 : certainty;
  return new PredictionGrid(
    [
      ...predictions.filter(isWrong).sort((a, b) => key(b) - key(a)),
      ...predictions.filter((p) => !isWrong(p)).sort((a, b) => key(a) - key(b)),
    ],
    data,
    columns,
    count,
  );
}

/** The probability of the class that is taken, without overflow. */
function certaintyOf(
  outputs: readonly number[],
  isProbability: boolean,
  isSecond: boolean,
): number {
  if (outputs.length > 1) {
    const largest = Math.max(...outputs);
    return 1 / outputs.reduce((sum, x) => sum + Math.exp(x - largest), 0);
  }
  const [output] = outputs;
  if (!isProbability) return 1 / (1 + Math.exp(isSecond ? -output : output));
  // An estimate of 0 and 1 may be beyond them.
  const certain = Math.min(1, Math.max(0, output));
  return isSecond ? certain : 1 - certain;
}
