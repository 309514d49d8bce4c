import { checkCount, describe, describeNumber } from "./arguments.ts";

/**
 * Where a {@link RandomGenerator} is in its sequence.
 *
 * @category Randomness
 *
 * @example
 * ```ts
 * import { type GeneratorState, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const state: GeneratorState = new RandomGenerator(7).stateDict();
 * deepEqual(state.state.length, 4);
 * ```
 */
export interface GeneratorState {
  /** Its 128 bits: four whole numbers from −2³¹ to 2³¹ − 1. */
  readonly state: readonly number[];
}

/**
 * A seeded source of random numbers: the same seed gives the same numbers on
 * every machine. Whatever in this library draws random numbers takes one as an
 * argument.
 *
 * The generator is sfc32 (C. Doty-Humphrey, PractRand), 128 bits of state and
 * a period of at least 2³², seeded through SplitMix32's finalizer.
 *
 * @category Randomness
 *
 * @example
 * ```ts
 * import { RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [a, b] = [new RandomGenerator(7), new RandomGenerator(7)];
 * deepEqual(a.uniform(-1, 1), b.uniform(-1, 1));
 * deepEqual(a.normal(), b.normal());
 * deepEqual(a.integer(6), b.integer(6));
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
    checkCount("RandomGenerator", arguments, 1);
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(
        `RandomGenerator: seed must be a whole number from 0, got ${describeNumber(seed)}`,
      );
    }
    this.#a = mix(seed);
    this.#b = mix(Math.floor(seed / 2 ** 32) + 0x9e3779b9);
    this.#c = mix(this.#a ^ this.#b);
    for (let i = 0; i < 12; i++) this.#next();
  }

  /**
   * A number from `low` up to but not including `high`, all equally likely, with 53 random bits.
   *
   * @param low the lower bound, finite.
   * @param high the upper bound, finite and from `low`; if they are equal, that is the number.
   * @throws {RangeError} if a bound or `high - low` is not finite or `low` is above `high`.
   */
  uniform(low = 0, high = 1): number {
    checkCount("uniform", arguments, 2);
    const ordered = Number.isFinite(low) && Number.isFinite(high) && low <= high;
    if (!ordered || high - low === Infinity) {
      throw new RangeError(
        `uniform: low, high and high - low must be finite and low <= high, got ${low} and ${high}`,
      );
    }
    return low + (high - low) * (this.#bits53() / 2 ** 53);
  }

  /**
   * A number from the normal distribution.
   *
   * Drawn by the polar method (Marsaglia and Bray, "A convenient method for
   * generating normal variables", SIAM Review 6, 1964). It yields two numbers;
   * the second is dropped, so that what comes next depends on nothing hidden.
   *
   * @param mean the middle, finite.
   * @param std the standard deviation, from 0.
   * @throws {RangeError} if `mean` is not finite or `std` is not a finite number from 0.
   */
  normal(mean = 0, std = 1): number {
    checkCount("normal", arguments, 2);
    if (!Number.isFinite(mean)) {
      throw new RangeError(`normal: mean must be a finite number, got ${describeNumber(mean)}`);
    }
    if (!Number.isFinite(std) || std < 0) {
      throw new RangeError(
        `normal: std must be a finite number from 0, got ${describeNumber(std)}`,
      );
    }
    let u: number;
    let r2: number;
    do {
      u = this.uniform(-1, 1);
      r2 = u ** 2 + this.uniform(-1, 1) ** 2;
    } while (r2 >= 1 || r2 === 0);
    return mean + std * u * Math.sqrt(-2 * Math.log(r2) / r2);
  }

  /**
   * A whole number from 0 up to but not including `n`, all equally likely.
   *
   * @param n a whole number from 1 to 2⁵³ − 1.
   * @throws {RangeError} for any other `n`.
   */
  integer(n: number): number {
    checkCount("integer", arguments, 1);
    if (!Number.isSafeInteger(n) || n < 1) {
      throw new RangeError(`integer: n must be a whole number from 1, got ${describeNumber(n)}`);
    }
    return this.#below(n);
  }

  /**
   * The numbers 0 to n − 1 in random order, all orders equally likely.
   *
   * Shuffled as by Fisher and Yates (Durstenfeld, "Algorithm 235: Random
   * permutation", Communications of the ACM 7, 1964).
   *
   * @param n a whole number from 0 to 2³² − 1, the greatest length of an array.
   * @throws {RangeError} for any other `n`.
   *
   * @example
   * ```ts
   * import { RandomGenerator } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const order = new RandomGenerator(7).permutation(5);
   * deepEqual(order.toSorted(), [0, 1, 2, 3, 4]);
   * ```
   */
  permutation(n: number): number[] {
    checkCount("permutation", arguments, 1);
    if (!Number.isInteger(n) || n < 0 || n >= 2 ** 32) {
      throw new RangeError(
        `permutation: n must be a whole number from 0, got ${describeNumber(n)}`,
      );
    }
    // By a loop: `Array.from` takes four times as long as all that follows.
    const order: number[] = [];
    for (let i = 0; i < n; i++) order[i] = i;
    for (let i = n - 1; i > 0; i--) {
      const k = this.#below(i + 1), kept = order[i];
      order[i] = order[k];
      order[k] = kept;
    }
    return order;
  }

  /**
   * Where the generator is in its sequence, as plain numbers; for {@link RandomGenerator.loadStateDict}.
   *
   * @example
   * ```ts
   * import { RandomGenerator } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const generator = new RandomGenerator(7);
   * generator.normal();
   * const other = new RandomGenerator(0);
   * other.loadStateDict(JSON.parse(JSON.stringify(generator.stateDict())));
   * deepEqual(other.normal(), generator.normal());
   * ```
   */
  stateDict(): GeneratorState {
    checkCount("RandomGenerator.stateDict", arguments, 0);
    return { state: [this.#a, this.#b, this.#c, this.#counter] };
  }

  /**
   * Goes on where another generator was.
   *
   * @param state what its `stateDict()` returned.
   * @throws {TypeError} if `state` is no such object. Nothing is changed then.
   */
  loadStateDict(state: GeneratorState): void {
    checkCount("RandomGenerator.loadStateDict", arguments, 1);
    const words: unknown = Object(state).state;
    if (!Array.isArray(words) || words.length !== 4 || words.some((x) => !Object.is(x, x | 0))) {
      throw new TypeError(
        "RandomGenerator.loadStateDict: state must have a state of four whole numbers of 32 bits, " +
          `got ${describe(words === undefined ? state : words)}`,
      );
    }
    [this.#a, this.#b, this.#c, this.#counter] = words;
  }

  /** A whole number from 0 up to but not including n. */
  #below(n: number): number {
    // 2⁵³ is seldom a multiple of n: beyond the last one, small remainders would come up too often.
    let bits: number;
    do bits = this.#bits53(); while (bits > 2 ** 53 - n && bits >= 2 ** 53 - 2 ** 53 % n);
    // What bits % n is, in a fifth of the time; the quotient may have been rounded up.
    const rest = bits - Math.floor(bits / n) * n;
    return rest < 0 ? rest + n : rest;
  }

  /** A whole number from 0 up to but not including 2⁵³. */
  #bits53(): number {
    return (this.#next() >>> 5) * 2 ** 26 + (this.#next() >>> 6);
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

/** Restarts {@link defaultGenerator}, for tests of what draws from it. */
export function manualSeed(seed: number): void {
  shared = new RandomGenerator(seed);
}
