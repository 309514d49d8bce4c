import { describe } from "./value.ts";

/**
 * A seeded source of random numbers: the same seed gives the same numbers on
 * every machine. Whatever in this library draws random numbers takes one as an
 * argument.
 *
 * The generator is sfc32 (C. Doty-Humphrey, PractRand), 128 bits of state and
 * a period of at least 2³², seeded through SplitMix32's finalizer.
 *
 * @example
 * ```ts
 * import { RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [a, b] = [new RandomGenerator(7), new RandomGenerator(7)];
 * deepEqual(a.uniform(-1, 1), b.uniform(-1, 1));
 * ```
 */
export class RandomGenerator {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  /**
   * A generator at the start of the seed's sequence.
   *
   * @param seed a whole number from 0 to 2⁵³ − 1.
   * @throws {RangeError} for any other seed.
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      const got = typeof seed === "number" ? seed : describe(seed);
      throw new RangeError(`RandomGenerator: seed must be a whole number from 0, got ${got}`);
    }
    this.#a = mix(seed);
    this.#b = mix(Math.floor(seed / 2 ** 32) + 0x9e3779b9);
    this.#c = mix(this.#a ^ this.#b);
    for (let i = 0; i < 12; i++) this.#next();
  }

  /**
   * A number from `low` up to but not including `high`, all equally likely, with 53 random bits.
   *
   * @throws {RangeError} if a bound or `high - low` is not finite or `low` is above `high`.
   */
  uniform(low = 0, high = 1): number {
    const ordered = Number.isFinite(low) && Number.isFinite(high) && low <= high;
    if (!ordered || high - low === Infinity) {
      throw new RangeError(
        `uniform: low, high and high - low must be finite and low <= high, got ${low} and ${high}`,
      );
    }
    const bits = (this.#next() >>> 5) * 2 ** 26 + (this.#next() >>> 6);
    return low + (high - low) * (bits / 2 ** 53);
  }

  #next(): number {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out;
  }
}

function mix(x: number): number {
  x = ((x | 0) + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

let shared = new RandomGenerator(0);

/** The generator that is used where none is given. It starts from seed 0 in every program. */
export function defaultGenerator(): RandomGenerator {
  return shared;
}

/**
 * Restarts {@link defaultGenerator} from a seed, as PyTorch's `manual_seed` does.
 *
 * @throws {RangeError} if `seed` is not a whole number from 0 to 2⁵³ − 1.
 *
 * @example
 * ```ts
 * import { manualSeed, Neuron } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * manualSeed(42);
 * const first = new Neuron(3);
 * manualSeed(42);
 * deepEqual(new Neuron(3).b.data, first.b.data);
 * ```
 */
export function manualSeed(seed: number): void {
  shared = new RandomGenerator(seed);
}
