import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkWhole } from "../check.ts";
import type { Dataset } from "./dataset.ts";
import {
  checkSamples,
  fromClasses,
  type SamplesOptions,
  samplesOptions,
  shares,
} from "./samples.ts";

/**
 * Settings of {@link makeSpirals}.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { makeSpirals, type SpiralsOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: SpiralsOptions = { samples: 50, classes: 5, shuffle: false };
 * const { y } = makeSpirals(options);
 * deepEqual([y[0], y[9], y[10], y[49]], [0, 0, 1, 4]); // ten points a spiral
 * ```
 */
export interface SpiralsOptions extends SamplesOptions {
  /** How many spirals, from 2 to the number of samples. Default 2. */
  classes?: number;
}

/** How often a spiral goes around, as in TensorFlow Playground. */
const turns = 1.75;

/**
 * Spirals that wind around (0, 0) between each other, each a class: they start
 * near the middle, go around one and three quarter times clockwise and end at radius 1.
 *
 * The two spirals of TensorFlow Playground, https://playground.tensorflow.org, at a
 * fifth of their size and with noise of the normal distribution; of 100 points the
 * first is 0.02 from the middle. More spirals as in the notes of Stanford's
 * CS231n, https://cs231n.github.io/neural-networks-case-study/.
 *
 * @throws {TypeError} if `shuffle` is not a boolean.
 * @throws {RangeError} if another setting is out of its range.
 * @throws {RangeError} for an option of another name.
 * @category Data
 *
 * @example
 * ```ts
 * import { makeSpirals } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const spirals = makeSpirals({ samples: 90, classes: 3, shuffle: false });
 * deepEqual([spirals.length, spirals.classes], [90, 3]);
 * const end = spirals.x[29]; // one and three quarter turns from the top
 * deepEqual(Math.hypot(end[0] + 1, end[1]) < 1e-12, true); // at (−1, 0)
 * ```
 */
export function makeSpirals(options: SpiralsOptions = {}): Dataset {
  checkCount("makeSpirals", arguments, 1);
  checkOptions<SpiralsOptions>("makeSpirals", options, { ...samplesOptions, classes: "number" });
  const { classes = 2 } = options;
  const settings = checkSamples("makeSpirals", options);
  checkWhole("makeSpirals: classes", classes, 2, settings.samples);
  const spirals = shares(settings.samples, classes).map((n, k) =>
    Array.from({ length: n }, (_, i) => {
      // Not from 0: there the spirals would have a point in common.
      const radius = (i + 1) / n;
      const angle = 2 * Math.PI * (turns * radius + k / classes);
      return [radius * Math.sin(angle), radius * Math.cos(angle)];
    })
  );
  return fromClasses("spirals", spirals, settings);
}
