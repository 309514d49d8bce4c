import { assert, assertEquals } from "../../../support/assert.ts";
import {
  apply,
  distance,
  hasSpecials,
  isExact,
  isNear,
  references,
  uniform,
} from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

/** From here on angles are far, and Math's own. */
const far = 2 ** 20;

const limits = { sin: 0.8, cos: 0.8 } as const;

for (const name of ["sin", "cos"] as const) {
  Deno.test(`${name} is within ${limits[name]} units in the last place of mpmath's value`, () => {
    isExact(name, limits[name], ([x]) => Math.abs(x) < far);
  });

  Deno.test(`${name} of zeros with their signs, infinities, NaN and the ends of the range is Math's`, () => {
    hasSpecials(name);
  });

  Deno.test(`${name} of thousands of random numbers is Math's within 1e-15`, () => {
    isNear(name, uniform(-700, 700));
    isNear(name, uniform(-300, 300).map((x) => x * 10 ** (Math.abs(x) - 1)));
  });
}

Deno.test("sin and cos of far angles are Math's to the last bit, and of near ones not always", () => {
  const angles = fixtures.sin.map(([x]) => x).filter((x) => Math.abs(x) >= far);
  assert(angles.length > 300 && angles.includes(far));
  const near = Array.from({ length: 4096 }, (_, i) => far - 1 - i / 7);
  for (const name of ["sin", "cos"] as const) {
    const isMath = (x: number, i: number, ys: number[]) => ys[i] === references[name](x, NaN);
    const ours = apply(name, angles);
    assert(angles.every((x, i) => isMath(x, i, ours)), name);
    const others = apply(name, near);
    assert(!near.every((x, i) => isMath(x, i, others)), "2 ** 20 is where Math begins");
  }
});

Deno.test("a far angle does not disturb the near one in the other lane", () => {
  const xs = [0.5, 1e300, -1e22, -2, 2 ** 20, 3, 7, Infinity];
  for (const name of ["sin", "cos"] as const) {
    apply(name, xs).forEach((actual, i) => {
      assert(distance(actual, references[name](xs[i], NaN)) <= 2, `${name}(${xs[i]}) = ${actual}`);
    });
  }
});

Deno.test("a near angle has the same sine to the last bit, whether its neighbour is far or near", () => {
  const near = Array.from({ length: 64 }, (_, i) => 1 + i / 9);
  for (const name of ["sin", "cos"] as const) {
    const alone = apply(name, near.flatMap((x) => [x, 1]));
    assertEquals(
      apply(name, near.flatMap((x) => [x, 1e22])).filter((_, i) => i % 2 === 0),
      alone.filter((_, i) => i % 2 === 0),
    );
  }
});

Deno.test("sin of a tiny number is that number, and some results of the fixtures are subnormal", () => {
  const tiny = [1e-200, -3e-310];
  assertEquals(apply("sin", tiny), tiny);
  assert(fixtures.sin.some((row) => row.at(-2)! > 0 && row.at(-2)! < 2 ** -1022));
});

Deno.test("sin is odd and cos is even, exactly", () => {
  const xs = fixtures.sin.map(([x]) => x);
  const opposite = xs.map((x) => -x);
  assertEquals(apply("sin", opposite), apply("sin", xs).map((y) => -y));
  assertEquals(apply("cos", opposite), apply("cos", xs));
});
