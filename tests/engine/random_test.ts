import { assert, assertEquals, assertNotEquals, assertThrows } from "../assert.ts";
import { defaultGenerator, manualSeed, Neuron, RandomGenerator } from "../../mod.ts";
import { strangers, untyped } from "./helpers.ts";

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
