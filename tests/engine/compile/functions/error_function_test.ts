import { assertEquals } from "../../../support/assert.ts";
import { apply, hasSpecials, isExact, isNear, uniform } from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

Deno.test("erf is within 1 unit in the last place of mpmath's value", () => {
  isExact("erf", 1);
});

Deno.test("erf of zeros with their signs, infinities, NaN and the ends of the range is the engine's", () => {
  hasSpecials("erf");
});

Deno.test("erf of thousands of random numbers is the engine's within 1e-15", () => {
  for (const size of [1e-9, 1, 3, 7]) isNear("erf", uniform(-size, size));
});

Deno.test("erf is odd, exactly, and 1 from 6 on", () => {
  const xs = fixtures.erf.map(([x]) => x);
  assertEquals(apply("erf", xs.map((x) => -x)), apply("erf", xs).map((y) => -y));
  assertEquals(apply("erf", [6, 1e300, -6, -7]), [1, 1, -1, -1]);
});
