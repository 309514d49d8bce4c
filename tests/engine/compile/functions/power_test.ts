import { assert } from "../../../support/assert.ts";
import {
  hasSpecials,
  isExact,
  isNear,
  specials,
  uniform,
} from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

Deno.test("pow is within 1.6 units in the last place of mpmath's value", () => {
  isExact("pow", 1.6);
});

Deno.test("pow has the special cases of the table for all pairs of special numbers", () => {
  const more = [2, 3, 0.5, 2.5, 2 ** 53 + 2, 2 ** 52 + 1, 1 - 2 ** -53, 1 + 2 ** -52];
  const list = [...specials, ...more, ...more.map((x) => -x)];
  const xs = list.flatMap((x) => list.map(() => x));
  const ys = list.flatMap(() => list);
  hasSpecials("pow", xs, ys);
});

Deno.test("pow of thousands of random numbers is Math's within 1e-15", () => {
  isNear("pow", uniform(0, 20), uniform(-20, 20));
});

Deno.test("the fixtures of pow reach from subnormal results to those near overflow", () => {
  const results = fixtures.pow.map((row) => Math.abs(row.at(-2)!));
  assert(results.some((y) => y > 0 && y < 2 ** -1022) && results.some((y) => y > 1e300));
});
