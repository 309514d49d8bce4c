import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "../../support/assert.ts";
import { MersenneTwister } from "../../../nn/data/mersenne_twister.ts";
import fixtures from "../../fixtures/sklearn_data.json" with { type: "json" };

Deno.test("the ten thousandth number of seed 5489 is the one that the C++ standard names", () => {
  const random = new MersenneTwister(5489);
  for (let i = 1; i < 10_000; i++) random.next();
  assertEquals(random.next(), 4123659995);
});

for (const { seed, words, uniform, normal, permutation } of fixtures.generators) {
  Deno.test(`seed ${seed} gives the numbers that NumPy's RandomState gives`, () => {
    const random = new MersenneTwister(seed);
    const drawn = Array.from({ length: 1300 }, () => random.next());
    assertEquals([0, 1, 2, 623, 624, 1299].map((i) => drawn[i]), words);
    const fractions = new MersenneTwister(seed);
    assertEquals(uniform.map(() => fractions.uniform()), uniform);
    const normals = new MersenneTwister(seed);
    for (const z of normal) assertAlmostEquals(normals.normal(), z, 1e-14);
    assertEquals(new MersenneTwister(seed).permutation(20), permutation);
  });
}

Deno.test("normal numbers have mean 0 and variance 1, uniform ones stay below 1", () => {
  const [n, random] = [20_000, new MersenneTwister(7)];
  const normals = Array.from({ length: n }, () => random.normal());
  const mean = normals.reduce((a, b) => a + b) / n;
  const variance = normals.reduce((sum, z) => sum + (z - mean) ** 2, 0) / n;
  // Four standard deviations of a mean and of a variance.
  assert(Math.abs(mean) < 4 / Math.sqrt(n), `mean ${mean}`);
  assert(Math.abs(variance - 1) < 4 * Math.sqrt(2 / n), `variance ${variance}`);
  const uniforms = Array.from({ length: n }, () => random.uniform());
  assert(uniforms.every((u) => u >= 0 && u < 1));
});

Deno.test("a permutation has every number once; of none and of one there is one", () => {
  const random = new MersenneTwister(0);
  const order = random.permutation(1000);
  assertNotEquals(order, order.toSorted((a, b) => a - b));
  assertEquals(order.toSorted((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
  assertEquals([random.permutation(0), random.permutation(1)], [[], [0]]);
});
