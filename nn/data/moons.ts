import { checkCount, checkOptions } from "../../engine/internal.ts";
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
 * Two half circles that reach into each other: the points of class 0 lie on the
 * upper half of a circle of radius 1 around (0, 0), those of class 1 on the
 * lower half of one around (1, 0.5).
 *
 * The same points in the same order as of scikit-learn's `make_moons(samples,
 * shuffle=shuffle, noise=noise, random_state=seed)`, up to the rounding of sine,
 * cosine and logarithm. They are also those of `numpy.random.seed(seed)` followed by
 * `make_moons` without a `random_state`: micrograd's demo has seed 1337, 100
 * samples and noise 0.1, and turns the labels into −1 and 1.
 *
 * @throws {TypeError} if `shuffle` is not a boolean.
 * @throws {RangeError} if another setting is out of its range.
 * @throws {RangeError} for an option of another name.
 * @category Data
 *
 * @example The data of micrograd's demo
 * ```ts
 * import { makeMoons } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const moons = makeMoons({ samples: 100, noise: 0.1, seed: 1337 });
 * deepEqual(moons.x[0].map((x) => x.toFixed(6)), ["1.122115", "0.081477"]);
 * const labels = moons.y.map((y) => 2 * y - 1);
 * deepEqual(labels.slice(0, 5), [-1, -1, 1, -1, 1]);
 * ```
 */
export function makeMoons(options: SamplesOptions = {}): Dataset {
  checkCount("makeMoons", arguments, 1);
  checkOptions<SamplesOptions>("makeMoons", options, samplesOptions);
  const settings = checkSamples("makeMoons", options);
  const [upper, lower] = shares(settings.samples, 2).map((n) =>
    angles(n, Math.PI / Math.max(1, n - 1))
  );
  return fromClasses("moons", [
    upper.map((t) => [Math.cos(t), Math.sin(t)]),
    lower.map((t) => [1 - Math.cos(t), 1 - Math.sin(t) - 0.5]),
  ], settings);
}
