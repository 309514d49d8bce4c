import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkNumber } from "../check.ts";
import type { Dataset } from "./dataset.ts";
import {
  checkSamples,
  fromClasses,
  type SamplesOptions,
  samplesOptions,
  shares,
} from "./samples.ts";

/**
 * Settings of {@link makeXor}.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { makeXor, type XorOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: XorOptions = { samples: 20, margin: 0.5 };
 * const { x } = makeXor(options);
 * deepEqual(x.flat().every((coordinate) => Math.abs(coordinate) >= 0.5), true);
 * ```
 */
export interface XorOptions extends SamplesOptions {
  /** How far from both axes the points stay before noise is added, from 0 and below 1. Default 0.06. */
  margin?: number;
}

/**
 * Points all over the square from −1 to 1, labelled by the exclusive or: class
 * 1 where one coordinate is positive and the other is not, so that their
 * product is below 0, and else class 0. Each quarter of the square has its
 * share of the points. No straight line parts the classes.
 *
 * The square of TensorFlow Playground, https://playground.tensorflow.org, with its
 * margin, at a fifth of its size and with noise of the normal distribution; it
 * labels the other way around.
 *
 * @throws {TypeError} if `shuffle` is not a boolean.
 * @throws {RangeError} if another setting is out of its range.
 * @throws {RangeError} for an option of another name.
 * @category Data
 *
 * @example
 * ```ts
 * import { makeXor } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const { x, y } = makeXor({ samples: 40, seed: 5 });
 * deepEqual(x.map(([a, b]) => a * b < 0 ? 1 : 0), y);
 * ```
 */
export function makeXor(options: XorOptions = {}): Dataset {
  checkCount("makeXor", arguments, 1);
  checkOptions<XorOptions>("makeXor", options, { ...samplesOptions, margin: "number" });
  const { margin = 0.06 } = options;
  const settings = checkSamples("makeXor", options);
  checkNumber("makeXor: margin", margin, " from 0 and below 1");
  const { samples, random } = settings;
  // 1 − uniform() is above 0, so that no point lies on an axis even without a margin.
  const distance = () => margin + (1 - margin) * (1 - random.uniform());
  const quarter = (n: number, [a, b]: readonly number[]) =>
    Array.from({ length: n }, () => [a * distance(), b * distance()]);
  const points = shares(samples, 4).map((n, k) => quarter(n, signs[k]));
  return fromClasses("xor", [[...points[0], ...points[1]], [...points[2], ...points[3]]], settings);
}

/** The quarters of the square: two of class 0, two of class 1. */
const signs = [[1, 1], [-1, -1], [1, -1], [-1, 1]] as const;
