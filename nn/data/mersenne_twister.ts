const n = 624;
const m = 397;

/**
 * The random numbers of NumPy's `numpy.random.seed(seed)` and
 * `RandomState(seed)`, number by number, so that data drawn here is the data
 * that Python programs of the same seed draw. For all else there is
 * `RandomGenerator`.
 *
 * MT19937: Matsumoto and Nishimura, "Mersenne Twister: A 623-Dimensionally
 * Equidistributed Uniform Pseudo-Random Number Generator" (1998), seeded as in
 * their version of 2002.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(n);
  #index = n;
  /** Normal numbers come in pairs; this is the second one, kept for the next call. */
  #spare: number | null = null;

  /**
   * A generator at the start of the seed's sequence.
   *
   * @param seed a whole number from 0 to 2³² − 1.
   */
  constructor(seed: number) {
    const s = this.#state;
    s[0] = seed;
    for (let i = 1; i < n; i++) {
      s[i] = Math.imul(1812433253, s[i - 1] ^ (s[i - 1] >>> 30)) + i;
    }
  }

  /** A whole number from 0 to 2³² − 1. */
  next(): number {
    if (this.#index === n) this.#twist();
    let y = this.#state[this.#index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A number from 0 up to but not including 1, with 53 random bits. */
  uniform(): number {
    const [high, low] = [this.next() >>> 5, this.next() >>> 6];
    return (high * 2 ** 26 + low) / 2 ** 53;
  }

  /**
   * A number of the standard normal distribution.
   *
   * Marsaglia and Bray, "A Convenient Method for Generating Normal Variables" (1964).
   */
  normal(): number {
    if (this.#spare !== null) {
      const spare = this.#spare;
      this.#spare = null;
      return spare;
    }
    for (;;) {
      const [a, b] = [2 * this.uniform() - 1, 2 * this.uniform() - 1];
      const square = a * a + b * b;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt(-2 * Math.log(square) / square);
      this.#spare = factor * a;
      return factor * b;
    }
  }

  /** The numbers from 0 to `count` − 1, shuffled. */
  permutation(count: number): number[] {
    const order = Array.from({ length: count }, (_, i) => i);
    for (let i = count - 1; i > 0; i--) {
      const j = this.#upTo(i);
      [order[i], order[j]] = [order[j], order[i]];
    }
    return order;
  }

  /** A whole number from 0 to `last`: too large ones are drawn again, so that all are equally likely. */
  #upTo(last: number): number {
    const mask = 0xffffffff >>> Math.clz32(last);
    for (;;) {
      const x = (this.next() & mask) >>> 0;
      if (x <= last) return x;
    }
  }

  #twist(): void {
    const s = this.#state;
    for (let i = 0; i < n; i++) {
      const y = (s[i] & 0x80000000) | (s[(i + 1) % n] & 0x7fffffff);
      s[i] = s[(i + m) % n] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }
}
