/**
 * What the drawn data sets share: their settings, and the way from exact points
 * to shuffled points with noise.
 *
 * @module
 */
import type { Known } from "../../engine/internal.ts";
import { checkBoolean, checkNumber, checkSize, checkWhole } from "../check.ts";
import { Dataset } from "./dataset.ts";
import { MersenneTwister } from "./mersenne_twister.ts";

/**
 * Settings that all drawn data sets have.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { makeMoons, type SamplesOptions } from "chainrule";
 * import { deepEqual, notDeepEqual } from "node:assert/strict";
 *
 * const options: SamplesOptions = { samples: 6, noise: 0.1, seed: 1 };
 * const moons = makeMoons(options);
 * deepEqual([moons.length, moons.x], [6, makeMoons(options).x]);
 * notDeepEqual(moons.x, makeMoons({ ...options, seed: 2 }).x);
 * ```
 */
export interface SamplesOptions {
  /** How many points, from 1. Default 100. */
  samples?: number;
  /** The standard deviation of what is added to each coordinate, from 0. Default 0. */
  noise?: number;
  /** Whether the points come in random order, rather than class by class. Default true. */
  shuffle?: boolean;
  /** The start of the random numbers, a whole number from 0 to 2³² − 1. Default 0. */
  seed?: number;
}

/** What the options that all sets share take. */
export const samplesOptions: Known<SamplesOptions> = {
  samples: "number",
  noise: "number",
  shuffle: "boolean",
  seed: "number",
};

/** The settings, checked, and the random numbers of the seed. */
export function checkSamples(
  name: string,
  options: SamplesOptions,
): { samples: number; noise: number; shuffle: boolean; random: MersenneTwister } {
  const { samples = 100, noise = 0, shuffle = true, seed = 0 } = options;
  checkSize(`${name}: samples`, samples);
  checkNumber(`${name}: noise`, noise, " from 0");
  checkBoolean(`${name}: shuffle`, shuffle);
  checkWhole(`${name}: seed`, seed, 0, 2 ** 32 - 1);
  return { samples, noise, shuffle, random: new MersenneTwister(seed) };
}

/** How many of `samples` points each class has: as equal as can be, the later ones first to grow. */
export function shares(samples: number, classes: number): number[] {
  const before = (k: number) => Math.floor(k * samples / classes);
  return Array.from({ length: classes }, (_, k) => before(k + 1) - before(k));
}

/** `n` angles from 0, a step apart. */
export function angles(n: number, step: number): number[] {
  return Array.from({ length: n }, (_, i) => i * step);
}

/** The points of each class as one set. First the order is drawn, then the noise, as in scikit-learn. */
export function fromClasses(
  name: string,
  classes: readonly (readonly (readonly number[])[])[],
  { noise, shuffle, random }: { noise: number; shuffle: boolean; random: MersenneTwister },
): Dataset {
  const points = classes.flat();
  const labels = classes.flatMap((points, label) => points.map(() => label));
  const order = shuffle ? random.permutation(points.length) : points.map((_, i) => i);
  const blurred = (x: number) => x + noise * random.normal();
  return new Dataset(order.map((i) => points[i].map(blurred)), order.map((i) => labels[i]), {
    name,
  });
}
