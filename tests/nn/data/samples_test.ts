import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "../../support/assert.ts";
import {
  type Dataset,
  makeCircles,
  makeMoons,
  makeSpirals,
  makeXor,
  type SamplesOptions,
} from "../../../mod.ts";
import { shares } from "../../../nn/data/samples.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import fixtures from "../../fixtures/sklearn_data.json" with { type: "json" };

const makers: Record<string, (options?: SamplesOptions) => Dataset> = {
  makeMoons,
  makeCircles,
  makeSpirals,
  makeXor,
};

/** Fails unless the points agree up to the rounding of sine, cosine and logarithm. */
function assertPoints(actual: readonly (readonly number[])[], expected: number[][]): void {
  assertEquals(actual.length, expected.length);
  expected.forEach((row, i) =>
    row.forEach((x, k) => assertAlmostEquals(actual[i][k], x, 1e-12, `point ${i}: ${actual[i]}`))
  );
}

for (const { name, options, y, first, last } of fixtures.sets) {
  Deno.test(`${name}(${JSON.stringify(options)}) is scikit-learn's`, () => {
    const data = makers[name](options);
    assertEquals(data.y.join(""), y);
    assertPoints(data.x.slice(0, 3), first);
    assertPoints(data.x.slice(-3), last);
  });
}

Deno.test("the half-moons of seed 1337 are those of micrograd's demo", () => {
  const { x, y } = makeMoons({ samples: 100, noise: .1, seed: 1337 });
  assertPoints(x.slice(0, 10), fixtures.demonstration.x);
  assertEquals(y.join(""), fixtures.demonstration.y);
});

for (const [name, make] of Object.entries(makers)) {
  Deno.test(`${name} gives 100 points in two equal classes unless told otherwise`, () => {
    const data = make();
    assertEquals([data.length, data.features, data.classes], [100, 2, 2]);
    assertEquals(data.y.filter((label) => label === 1).length, 50);
    assertEquals(`make${data.name}`.toLowerCase(), name.toLowerCase());
    assertEquals(data.x, make({ samples: 100, noise: 0, shuffle: true, seed: 0 }).x);
  });

  Deno.test(`${name}: the seed decides on all points`, () => {
    const settings = { samples: 30, noise: .1 };
    assertEquals(make({ ...settings, seed: 4 }).x, make({ ...settings, seed: 4 }).x);
    assertNotEquals(make({ ...settings, seed: 4 }).x, make({ ...settings, seed: 5 }).x);
  });

  Deno.test(`${name}: noise moves every point, about as far as it says`, () => {
    const exact = make({ samples: 500, shuffle: false, seed: 8 });
    const blurred = make({ samples: 500, shuffle: false, seed: 8, noise: .3 });
    assertEquals(blurred.y, exact.y);
    const moves = blurred.x.flatMap((row, i) => row.map((x, k) => x - exact.x[i][k]));
    assert(moves.every((move) => move !== 0));
    const deviation = Math.sqrt(moves.reduce((sum, move) => sum + move ** 2, 0) / moves.length);
    // Four standard deviations of the estimate.
    assert(Math.abs(deviation - .3) < 4 * .3 / Math.sqrt(2000), `${deviation}`);
  });

  Deno.test(`${name}: points come class by class, or shuffled but the same`, () => {
    const ordered = make({ samples: 31, shuffle: false, seed: 2 });
    const shuffled = make({ samples: 31, seed: 2 });
    const examples = ({ x, y }: Dataset) => x.map((row, i) => JSON.stringify([row, y[i]])).sort();
    assertEquals(examples(shuffled), examples(ordered));
    assertEquals(ordered.y, [...Array(15).fill(0), ...Array(16).fill(1)]);
    assertNotEquals(shuffled.y, ordered.y);
  });

  Deno.test(`${name} refuses wrong settings by name`, () => {
    for (const bad of [0, -1, 2.5, NaN, Infinity]) {
      const message = `${name}: samples must be a whole number from 1, got ${bad}`;
      assertThrows(() => make({ samples: bad }), RangeError, message);
    }
    for (const bad of [-1, NaN, Infinity]) {
      const message = `${name}: noise must be a finite number from 0, got ${bad}`;
      assertThrows(() => make({ noise: bad }), RangeError, message);
    }
    for (const bad of [-1, .5, 2 ** 32, NaN]) {
      const message = `${name}: seed must be a whole number from 0 to 4294967295, got ${bad}`;
      assertThrows(() => make({ seed: bad }), RangeError, message);
    }
    assertThrows(
      () => make({ shuffle: untyped(0) }),
      TypeError,
      `${name}: shuffle must be a boolean, got number 0`,
    );
    for (const [thing, got] of strangers.filter(([thing]) => thing !== undefined)) {
      const wrong = untyped<number>(thing);
      assertThrows(() => make({ samples: wrong }), RangeError, `got ${got}`);
      assertThrows(() => make({ noise: wrong }), RangeError, `got ${got}`);
      assertThrows(() => make({ seed: wrong }), RangeError, `got ${got}`);
    }
  });
}

Deno.test("shares differ by one at most, and the later ones are larger", () => {
  assertEquals([shares(7, 2), shares(10, 4), shares(3, 3)], [[3, 4], [2, 3, 2, 3], [1, 1, 1]]);
});
