import { assertEquals } from "../../../support/assert.ts";
import { apply, hasSpecials, isExact, isNear, uniform } from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

Deno.test("atan is within 0.8 units in the last place of mpmath's value", () => {
  isExact("atan", .8);
});

Deno.test("atan of zeros with their signs, infinities, NaN and the ends of the range is Math's", () => {
  hasSpecials("atan");
  assertEquals(apply("atan", [Infinity, -Infinity]), [Math.PI / 2, -Math.PI / 2]);
});

Deno.test("atan of thousands of random numbers is Math's within 1e-15", () => {
  for (const size of [1e-9, .5, 3, 1e9]) isNear("atan", uniform(-size, size));
});

Deno.test("atan is odd, exactly", () => {
  const xs = fixtures.atan.map(([x]) => x);
  assertEquals(apply("atan", xs.map((x) => -x)), apply("atan", xs).map((y) => -y));
});
