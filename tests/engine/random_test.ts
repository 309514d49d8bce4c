import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assert, assertEquals, assertNotEquals, assertThrows } from "../support/assert.ts";
import { Neuron, RandomGenerator } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";

function draws(seed: number, count = 8): number[] {
  const generator = new RandomGenerator(seed);
  return Array.from({ length: count }, () => generator.uniform());
}

Deno.test("the same seed gives the same numbers, on every machine", () => {
  assertEquals(draws(42), draws(42));
  assertEquals(draws(42, 3), [0.5998512565150806, 0.7940097091516206, 0.8042472213823805]);
});

Deno.test("seeds that differ a little give sequences that differ throughout", () => {
  const seeds = [0, 1, 2, 3, 42, 43, 2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 33];
  seeds.push(Number.MAX_SAFE_INTEGER - 2, Number.MAX_SAFE_INTEGER - 1, Number.MAX_SAFE_INTEGER);
  const all = seeds.map((seed) => draws(seed));
  for (let i = 0; i < seeds.length; i++) {
    for (let k = 0; k < i; k++) {
      assert(all[i].every((x, n) => x !== all[k][n]), `seeds ${seeds[i]} and ${seeds[k]}`);
    }
  }
});

Deno.test("a generator is not stuck at seed 0", () => {
  const numbers = draws(0, 1000);
  assertEquals(new Set(numbers).size, 1000);
  assert(numbers.every((x) => x !== 0));
});

for (const seed of [0, 1, 7, 2 ** 40]) {
  Deno.test(`uniform() has the mean, variance and spread of its distribution from seed ${seed}`, () => {
    const n = 100_000;
    const numbers = draws(seed, n);
    const mean = numbers.reduce((a, b) => a + b) / n;
    const variance = numbers.reduce((a, x) => a + (x - mean) ** 2, 0) / n;
    // Five standard errors: √(1/12/n) of the mean, √(1/180/n) of the variance.
    assert(Math.abs(mean - 1 / 2) < 5 * Math.sqrt(1 / 12 / n), `mean ${mean}`);
    assert(Math.abs(variance - 1 / 12) < 5 * Math.sqrt(1 / 180 / n), `variance ${variance}`);
    const bins = new Array<number>(100).fill(0);
    for (const x of numbers) bins[Math.floor(x * 100)]++;
    const chi2 = bins.reduce((a, count) => a + (count - n / 100) ** 2 / (n / 100), 0);
    // 99 degrees of freedom: 99 ± 14.
    assert(chi2 > 45 && chi2 < 170, `χ² ${chi2}`);
  });
}

Deno.test("successive numbers are not correlated", () => {
  const n = 100_000;
  const numbers = draws(3, n + 1).map((x) => x - .5);
  let sum = 0;
  for (let i = 0; i < n; i++) sum += numbers[i] * numbers[i + 1];
  assert(Math.abs(sum / n * 12) < 5 / Math.sqrt(n));
});

Deno.test("uniform(low, high) stays from low up to but not including high", () => {
  const generator = new RandomGenerator(5);
  for (let i = 0; i < 10_000; i++) {
    const x = generator.uniform(-1, 1);
    assert(-1 <= x && x < 1);
    const y = generator.uniform(10, 10.5);
    assert(10 <= y && y < 10.5);
  }
  assertEquals(generator.uniform(3, 3), 3);
});

Deno.test("uniform() uses more than 32 bits", () => {
  assert(draws(9, 20).some((x) => x * 2 ** 32 % 1 !== 0));
});

Deno.test("uniform() refuses bounds that are not finite or out of order, and draws nothing", () => {
  const bounds: [number, number][] = [[1, 0], [NaN, 1], [0, NaN], [-Infinity, 0], [0, Infinity]];
  bounds.push([-Number.MAX_VALUE, Number.MAX_VALUE]);
  const generator = new RandomGenerator(4);
  for (const [low, high] of bounds) {
    assertThrows(
      () => generator.uniform(low, high),
      RangeError,
      `uniform: low, high and high - low must be finite and low <= high, got ${low} and ${high}`,
    );
  }
  assertEquals(generator.uniform(), draws(4, 1)[0]);
});

/** The normal distribution function: Abramowitz and Stegun 26.2.17, good to 7.5e-8. */
function normalBelow(z: number): number {
  if (z < 0) return 1 - normalBelow(-z);
  const t = 1 / (1 + .2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -.356563782, .31938153]
    .reduce((sum, c) => (sum + c) * t, 0);
  return 1 - Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
}

for (const seed of [0, 1, 7, 2 ** 40]) {
  Deno.test(`normal() has the moments and the distribution function of its name from seed ${seed}`, () => {
    const n = 100_000;
    const generator = new RandomGenerator(seed);
    const numbers = Array.from({ length: n }, () => generator.normal());
    // Five standard errors of each moment: √((E x²ᵏ − (E xᵏ)²) / n).
    for (const [k, expected, variance] of [[1, 0, 1], [2, 1, 2], [3, 0, 15], [4, 3, 96]]) {
      const moment = numbers.reduce((sum, x) => sum + x ** k, 0) / n;
      assert(Math.abs(moment - expected) < 5 * Math.sqrt(variance / n), `moment ${k}: ${moment}`);
    }
    // Kolmogorov's distance, times √n, is above 1.95 once in 1,000 samples.
    const distance = Math.max(
      ...numbers.sort((a, b) => a - b).map((x, i) =>
        Math.max(Math.abs(normalBelow(x) - i / n), Math.abs(normalBelow(x) - (i + 1) / n))
      ),
    );
    assert(distance * Math.sqrt(n) < 1.95, `distance ${distance}`);
  });
}

Deno.test("successive normal numbers are not correlated, nor are their squares", () => {
  const n = 100_000;
  const generator = new RandomGenerator(3);
  const numbers = Array.from({ length: n + 1 }, () => generator.normal());
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    sum += numbers[i] * numbers[i + 1];
    squares += (numbers[i] ** 2 - 1) * (numbers[i + 1] ** 2 - 1);
  }
  assert(Math.abs(sum / n) < 5 / Math.sqrt(n));
  assert(Math.abs(squares / n) < 5 * 2 / Math.sqrt(n));
});

Deno.test("normal(mean, std) is mean + std times what normal() is from the same seed", () => {
  const [a, b] = [new RandomGenerator(6), new RandomGenerator(6)];
  for (let i = 0; i < 100; i++) assertEquals(a.normal(10, .5), 10 + .5 * b.normal());
  assertEquals(a.normal(3, 0), 3);
  const fixed = new RandomGenerator(42);
  assertEquals([fixed.normal(), fixed.normal()], [0.44392625737668295, 1.0425405257334879]);
});

Deno.test("normal() refuses a mean or std that is none, and draws nothing", () => {
  const generator = new RandomGenerator(4);
  for (const x of [NaN, Infinity, -Infinity]) {
    const message = (name: string) => `normal: ${name}, got ${x}`;
    assertThrows(() => generator.normal(x), RangeError, message("mean must be a finite number"));
    assertThrows(
      () => generator.normal(0, x),
      RangeError,
      message("std must be a finite number from 0"),
    );
  }
  assertThrows(
    () => generator.normal(0, -1),
    RangeError,
    "std must be a finite number from 0, got -1",
  );
  for (const [thing, name] of strangers) {
    if (thing === undefined) continue;
    const x = untyped<number>(thing);
    assertThrows(() => generator.normal(x), RangeError, `finite number, got ${name}`);
    assertThrows(() => generator.normal(0, x), RangeError, `from 0, got ${name}`);
  }
  assertEquals(generator.uniform(), draws(4, 1)[0]);
});

/** Pearson's χ² of counts that should all be alike. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

Deno.test("integer(n) gives each number from 0 to n − 1 about equally often, and no other", () => {
  for (const n of [1, 2, 3, 6, 7, 10, 100]) {
    const generator = new RandomGenerator(n);
    const counts = new Array<number>(n).fill(0);
    for (let i = 0; i < 1000 * n; i++) counts[generator.integer(n)]++;
    assertEquals(counts.length, n);
    // n − 1 degrees of freedom, five standard deviations √(2 (n − 1)), and some for the skew.
    const limit = n - 1 + 5 * Math.sqrt(2 * (n - 1)) + 5;
    assert(chiSquare(counts) < limit, `n = ${n}: χ² ${chiSquare(counts)}`);
  }
});

Deno.test("integer(n) is unbiased for n that are not small against 2⁵³", () => {
  // With a plain remainder, numbers below 2⁵³ − n would come up twice as often as those above.
  const n = 2 ** 52 + 2 ** 51;
  const generator = new RandomGenerator(1);
  const count = 10_000;
  let below = 0;
  for (let i = 0; i < count; i++) {
    const x = generator.integer(n);
    assert(Number.isSafeInteger(x) && 0 <= x && x < n);
    if (x < 2 ** 51) below++;
  }
  assert(Math.abs(below / count - 1 / 3) < 5 * Math.sqrt(2 / 9 / count), `${below} below`);
  assert(generator.integer(Number.MAX_SAFE_INTEGER) > 0);
});

Deno.test("integer() refuses what is not a whole number from 1, and draws nothing", () => {
  const generator = new RandomGenerator(4);
  const wrong: [unknown, string][] = [0, -1, .5, NaN, Infinity, 2 ** 53].map((x) => [x, `${x}`]);
  for (const [thing, name] of [...wrong, ...strangers]) {
    assertThrows(
      () => generator.integer(untyped<number>(thing)),
      RangeError,
      `integer: n must be a whole number from 1, got ${name}`,
    );
  }
  assertEquals(generator.uniform(), draws(4, 1)[0]);
});

Deno.test("permutation(n) has each of 0 to n − 1 once, and depends on the seed", () => {
  for (const n of [0, 1, 2, 5, 100]) {
    const order = new RandomGenerator(n).permutation(n);
    assertEquals(order.toSorted((a, b) => a - b), Array.from({ length: n }, (_, i) => i));
  }
  assertEquals(new RandomGenerator(1).permutation(20), new RandomGenerator(1).permutation(20));
  assertNotEquals(new RandomGenerator(1).permutation(20), new RandomGenerator(2).permutation(20));
});

Deno.test("all 24 permutations of four come up about equally often", () => {
  for (const seed of [0, 1, 2]) {
    const generator = new RandomGenerator(seed);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = generator.permutation(4).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    assertEquals(counts.size, 24);
    // 23 degrees of freedom: 23 ± 7; above 49.7 once in 1,000.
    const chi2 = chiSquare([...counts.values()]);
    assert(chi2 < 49.7 && chi2 > 5, `χ² ${chi2}`);
  }
});

Deno.test("permutation() refuses what is not a whole number from 0, and draws nothing", () => {
  const generator = new RandomGenerator(4);
  const wrong: [unknown, string][] = [-1, .5, NaN, Infinity, 2 ** 32].map((x) => [x, `${x}`]);
  for (const [thing, name] of [...wrong, ...strangers]) {
    assertThrows(
      () => generator.permutation(untyped<number>(thing)),
      RangeError,
      `permutation: n must be a whole number from 0, got ${name}`,
    );
  }
  assertEquals(generator.uniform(), draws(4, 1)[0]);
});

Deno.test("a generator refuses seeds that are not whole numbers from 0", () => {
  for (const seed of [-1, .5, NaN, Infinity, 2 ** 53]) {
    assertThrows(
      () => new RandomGenerator(seed),
      RangeError,
      `RandomGenerator: seed must be a whole number from 0, got ${seed}`,
    );
  }
  for (const [thing, name] of strangers) {
    assertThrows(
      () => new RandomGenerator(untyped<number>(thing)),
      RangeError,
      `RandomGenerator: seed must be a whole number from 0, got ${name}`,
    );
  }
});

Deno.test("manualSeed() restarts the default generator; a refused seed leaves it", () => {
  manualSeed(11);
  const first = defaultGenerator().uniform();
  assertEquals(first, draws(11, 1)[0]);
  manualSeed(11);
  assertThrows(() => manualSeed(-1), RangeError);
  assertEquals(defaultGenerator().uniform(), first);
  assertNotEquals(defaultGenerator().uniform(), first);
});

Deno.test("a generator of one's own leaves the default generator alone", () => {
  manualSeed(12);
  new Neuron(3, { generator: new RandomGenerator(1) });
  new RandomGenerator(12).uniform();
  assertEquals(defaultGenerator().uniform(), draws(12, 1)[0]);
});

Deno.test("a generator goes on from the state of another, to the last bit, also through JSON", () => {
  const generator = new RandomGenerator(11);
  for (let i = 0; i < 100; i++) generator.normal();
  const state = JSON.parse(JSON.stringify(generator.stateDict()));
  const other = new RandomGenerator(0);
  other.loadStateDict(state);
  const draw = (
    g: RandomGenerator,
  ) => [...g.permutation(50), g.uniform(), g.normal(), g.integer(9)];
  assertEquals(draw(other), draw(generator));
});

Deno.test("a generator refuses what is no state, and stays where it is", () => {
  const generator = new RandomGenerator(1);
  const before = generator.stateDict();
  for (
    const state of [null, 3, {}, { state: [1, 2, 3] }, { state: [1, 2, 3, .5] }, {
      state: [1, 2, 3, 2 ** 31],
    }, { state: [1, 2, 3, "4"] }]
  ) {
    assertThrows(
      () => generator.loadStateDict(state as never),
      TypeError,
      "RandomGenerator.loadStateDict: state must have a state of four whole numbers of 32 bits, got",
    );
  }
  assertEquals(generator.stateDict(), before);
});
