import { checkCount } from "../../engine/internal.ts";
import { counted, inspect } from "../../engine/show/mod.ts";
import { checkLength, checkRows, plainRows, type Rows } from "../check.ts";
import { Dataset } from "./dataset.ts";

/**
 * Brings each feature to the mean 0 and the standard deviation 1, as
 * scikit-learn's `StandardScaler` does, so that none counts more for being
 * measured in a smaller unit. What it takes away is learned from the training
 * data alone, and then taken from all others.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { Dataset, StandardScaler } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const train = new Dataset([[1, 2000], [3, 6000]], [0, 1]);
 * const scaler = new StandardScaler(train.x);
 * deepEqual(scaler.transform(train).x, [[-1, -1], [1, 1]]);
 * deepEqual(scaler.transform([[2, 8000]]), [[0, 2]]);
 * ```
 */
export class StandardScaler {
  /** The mean of each feature. */
  readonly mean: readonly number[];
  /** The standard deviation of each feature; 1 for a feature that is always the same. */
  readonly scale: readonly number[];

  /**
   * A scaler for data like these.
   *
   * @param rows n ≥ 1 rows `x` of the same number of finite numbers.
   * @throws {TypeError} if `x` or a row is not an array.
   * @throws {RangeError} if there is no row or no feature, the lengths differ, or a number is not
   * finite.
   */
  constructor(rows: Rows) {
    checkCount("StandardScaler", arguments, 1);
    const x = plainRows("StandardScaler: x", rows);
    checkRows("StandardScaler: x", x);
    const average = (f: (row: readonly number[], j: number) => number) =>
      Array.from(x[0], (_, j) => x.reduce((total, row) => total + f(row, j), 0) / x.length);
    const mean = average((row, j) => row[j]);
    const variance = average((row, j) => (row[j] - mean[j]) ** 2);
    this.mean = Object.freeze(mean);
    this.scale = Object.freeze(variance.map((v) => v === 0 ? 1 : Math.sqrt(v)));
  }

  /**
   * The data on the common scale: (x − mean) / scale.
   *
   * @param data a set, of which all but the features stays; or rows.
   * @throws {TypeError} if `data` or a row is not an array.
   * @throws {RangeError} if there is no row, a row has another number of features, or a number is
   * not finite.
   */
  transform<Y>(data: Dataset<Y>): Dataset<Y>;
  /** The same of rows alone. */
  transform(data: Rows): number[][];
  transform<Y>(data: Dataset<Y> | Rows): Dataset<Y> | number[][] {
    checkCount("StandardScaler.transform", arguments, 1);
    const isSet = data instanceof Dataset;
    const rows = isSet ? data.x : plainRows("StandardScaler.transform: data", data);
    checkRows("StandardScaler.transform: data", rows);
    checkLength("StandardScaler.transform: data[0]", rows[0], this.mean.length);
    const scaled = rows.map((row) => Array.from(row, (x, j) => (x - this.mean[j]) / this.scale[j]));
    if (!isSet) return scaled;
    const { y, name, imageSize } = data;
    return new Dataset<Y>(scaled, y, { name, imageSize: imageSize ?? undefined });
  }

  /** `StandardScaler(64 features)` */
  toString(): string {
    return `StandardScaler(${counted(this.mean.length, "feature")})`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }
}
