import { asList, checkCount, checkOptions } from "../../engine/internal.ts";
import { type NumberArray, RandomGenerator } from "../../engine/mod.ts";
import {
  asName,
  counted,
  display,
  formatNumber,
  type MimeBundle,
  Shown,
} from "../../engine/show/mod.ts";
import {
  areRows,
  checkArray,
  checkImageSize,
  checkIndices,
  checkNumber,
  checkRows,
  checkSameLength,
  checkString,
  checkTargets,
  checkWhole,
  plainRows,
  type Rows,
} from "../check.ts";

/**
 * Settings of a {@link Dataset}.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { Dataset, type DatasetOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: DatasetOptions = { name: "strokes", imageSize: [2, 2] };
 * const strokes = new Dataset([[1, 0, 1, 0], [1, 1, 0, 0]], [0, 1], options);
 * deepEqual(String(strokes), "Dataset(strokes: 2 examples of 2 × 2 pixels, labels 0 and 1)");
 * ```
 */
export interface DatasetOptions {
  /** What the data is called in texts and pictures. Default: nothing. */
  name?: string;
  /**
   * For images: how many pixels wide and high they are, each from 1 to 250. The
   * features are then the pixels, row by row from the top. Default: no images.
   */
  imageSize?: readonly [width: number, height: number];
}

/**
 * Examples with labels, which are numbers (`Y`, the default) or rows of numbers. A notebook shows
 * examples of two features as points in the plane, images as images and all others as a table. The
 * rows are copied and frozen.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { Dataset } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const data = new Dataset([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0], { name: "xor" });
 * deepEqual([data.length, data.features, data.classes], [4, 2, 2]);
 * deepEqual(data.select([1, 2]).y, [1, 1]);
 *
 * const { train, test } = data.split(0.25, 7);
 * deepEqual([train.length, test.length], [3, 1]);
 * ```
 *
 * @example Targets of several numbers
 * ```ts
 * import { Dataset } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const turned = new Dataset([[1, 0], [0, 1]], [[0, 1], [-1, 0]]);
 * deepEqual(turned.select([1]).y, [[-1, 0]]);
 * deepEqual(String(turned), "Dataset(2 examples of 2 features, targets of 2 numbers)");
 * ```
 */
export class Dataset<Y = number> extends Shown {
  /** The examples: n rows of the same number of finite numbers. */
  readonly x: readonly (readonly number[])[];
  /** The labels: one finite number for each example, or a row of them. */
  readonly y: readonly Y[];
  /** What the data is called, or an empty text. */
  readonly name: string;
  /** The pixels in a row and in a column of each image, or null where the data are not images. */
  readonly imageSize: readonly [width: number, height: number] | null;

  /**
   * A set of the given examples.
   *
   * @param rows n ≥ 1 rows of d ≥ 1 finite numbers, `x`.
   * @param labels n finite numbers, `y`: classes 0 to k − 1, or −1 and 1, or what a regression is to
   * answer; or n rows of the same number of them.
   * @throws {TypeError} if `x`, a row, `y` or the image size is not an array, or the name is not
   * a string.
   * @throws {RangeError} if there is no example or no feature, the lengths differ, a number is
   * not finite, or the image size is not two whole numbers from 1 to 250 whose product is d.
   * @throws {RangeError} for an option of another name.
   */
  constructor(
    rows: Rows,
    labels: readonly Y[] | NumberArray,
    options: DatasetOptions = {},
  ) {
    checkCount("Dataset", arguments, 3);
    checkOptions<DatasetOptions>("Dataset", options, { name: "string", imageSize: "array" });
    const { name = "", imageSize } = options;
    const x = plainRows("Dataset: x", rows);
    checkRows("Dataset: x", x);
    const given: unknown = asList(labels);
    checkArray("Dataset: y", given);
    const y: unknown[] = Array.from(given, (label) => {
      const row: unknown = asList(label);
      return Array.isArray(row) ? Object.freeze([...row]) : row;
    });
    checkSameLength("Dataset", { x, y });
    checkTargets<Y>("Dataset: y", y);
    checkString("Dataset: name", name);
    if (imageSize !== undefined) checkImageSize("Dataset: imageSize", imageSize, x[0].length);
    super();
    this.x = Object.freeze(x.map((row) => Object.freeze([...row])));
    this.y = Object.freeze(y);
    this.name = name;
    this.imageSize = imageSize === undefined ? null : Object.freeze([...imageSize] as const);
  }

  /** How many examples there are. */
  get length(): number {
    return this.x.length;
  }

  /** How many numbers an example has. */
  get features(): number {
    return this.x[0].length;
  }

  /**
   * How many classes there are: one more than the greatest label.
   *
   * @throws {RangeError} unless all labels are whole numbers from 0.
   */
  get classes(): number {
    const y: readonly unknown[] = this.y;
    checkIndices("Dataset.classes: y", y);
    return 1 + y.reduce((a, b) => Math.max(a, b));
  }

  /**
   * The examples at the given places, in that order; a place may come twice.
   *
   * @param indices one or more whole numbers from 0 to n − 1.
   * @throws {TypeError} if `indices` is not an array.
   * @throws {RangeError} if it is empty or a number in it is no such place.
   */
  select(indices: readonly number[]): Dataset<Y> {
    checkCount("Dataset.select", arguments, 1);
    checkIndices("Dataset.select: indices", indices, this.length);
    return this.#pick(indices, this.name);
  }

  /**
   * Two sets, of which each example is in one: shuffled, then cut.
   *
   * @param testSize the part of the examples to test with, between 0 and 1. The number of them
   * is rounded up.
   * @param seed a whole number from 0 to 2⁵³ − 1; the same seed cuts the same way.
   * @throws {RangeError} if an argument is out of its range or no example is left to train with.
   */
  split(testSize: number, seed = 0): { train: Dataset<Y>; test: Dataset<Y> } {
    checkCount("Dataset.split", arguments, 2);
    const n = this.length;
    checkNumber("Dataset.split: testSize", testSize, " between 0 and 1");
    checkWhole("Dataset.split: seed", seed, 0);
    const generator = new RandomGenerator(seed);
    const count = Math.ceil(testSize * n);
    if (count === n) {
      throw new RangeError(
        `Dataset.split: testSize must leave an example to train with, got ${testSize} of ${n}`,
      );
    }
    const order = generator.permutation(n);
    const called = (part: string) => this.name === "" ? part : `${this.name} (${part})`;
    return {
      train: this.#pick(order.slice(count), called("train")),
      test: this.#pick(order.slice(0, count), called("test")),
    };
  }

  #pick(indices: readonly number[], name: string): Dataset<Y> {
    const [x, y] = [indices.map((i) => this.x[i]), indices.map((i) => this.y[i])];
    return new Dataset<Y>(x, y, { name, imageSize: this.imageSize ?? undefined });
  }

  /** `Dataset(moons: 100 examples of 2 features, labels 0 and 1)` */
  override toString(): string {
    const { length, features, imageSize } = this;
    const name = this.name === "" ? "" : `${asName(this.name, 60)}: `;
    const examples = counted(length, "example");
    const each = imageSize === null
      ? counted(features, "feature")
      : `${imageSize[0]} × ${imageSize[1]} pixels`;
    return `Dataset(${name}${examples} of ${each}, ${labelsOf(this.y)})`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderDataset } = await import("./dataset_view.ts");
    return await renderDataset(this);
  }
}

/** `labels 0 and 1`, `labels 0 to 9`, `targets of 2 numbers` */
function labelsOf(y: readonly unknown[]): string {
  if (areRows(y)) return `targets of ${counted(y[0].length, "number")}`;
  const labels = [...new Set(y.filter((label) => typeof label === "number"))].sort((a, b) => a - b)
    .map(formatNumber);
  const last = labels[labels.length - 1];
  if (labels.length === 1) return `label ${last}`;
  return `labels ${labels[0]} ${labels.length === 2 ? "and" : "to"} ${last}`;
}
