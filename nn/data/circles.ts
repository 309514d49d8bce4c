import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkNumber } from "../check.ts";
import type { Dataset } from "./dataset.ts";
import {
  angles,
  checkSamples,
  fromClasses,
  type SamplesOptions,
  samplesOptions,
  shares,
} from "./samples.ts";

/**
 * Settings of {@link makeCircles}.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { type CirclesOptions, makeCircles } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: CirclesOptions = { samples: 10, factor: 0.25, shuffle: false };
 * const { x, y } = makeCircles(options);
 * deepEqual([x[5], y[5]], [[0.25, 0], 1]); // the first point of the inner circle
 * ```
 */
export interface CirclesOptions extends SamplesOptions {
  /** The radius of the inner circle, from 0 and below 1. Default 0.8. */
  factor?: number;
}

/**
 * A circle within a circle, both around (0, 0): the points of class 0 lie on
 * the outer one, of radius 1, those of class 1 on the inner one.
 *
 * The same points in the same order as of scikit-learn's `make_circles(samples,
 * shuffle=shuffle, noise=noise, random_state=seed, factor=factor)`, up to the
 * rounding of sine, cosine and logarithm.
 *
 * @throws {TypeError} if `shuffle` is not a boolean.
 * @throws {RangeError} if another setting is out of its range.
 * @throws {RangeError} for an option of another name.
 * @category Data
 *
 * @example
 * ```ts
 * import { makeCircles } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const { x, y } = makeCircles({ samples: 50, factor: 0.5, seed: 3 });
 * deepEqual(x.map(([a, b]) => Math.hypot(a, b).toFixed(6)), y.map((label) =>
 *   label === 1 ? "0.500000" : "1.000000"
 * ));
 * ```
 */
export function makeCircles(options: CirclesOptions = {}): Dataset {
  checkCount("makeCircles", arguments, 1);
  checkOptions<CirclesOptions>("makeCircles", options, { ...samplesOptions, factor: "number" });
  const { factor = 0.8 } = options;
  const settings = checkSamples("makeCircles", options);
  checkNumber("makeCircles: factor", factor, " from 0 and below 1");
  const [outer, inner] = shares(settings.samples, 2).map((n) => angles(n, 2 * Math.PI / n));
  return fromClasses("circles", [
    outer.map((t) => [Math.cos(t), Math.sin(t)]),
    inner.map((t) => [factor * Math.cos(t), factor * Math.sin(t)]),
  ], settings);
}
