import { assert, assertEquals } from "../../../support/assert.ts";
import { apply, hasSpecials, isExact, isNear, uniform } from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

const limits = { expm1: 1, sinh: 1.6, cosh: 1.3 } as const;

for (const name of ["expm1", "sinh", "cosh"] as const) {
  Deno.test(`${name} is within ${limits[name]} units in the last place of mpmath's value`, () => {
    isExact(name, limits[name]);
  });

  Deno.test(`${name} of zeros with their signs, infinities, NaN and the ends of the range is Math's`, () => {
    hasSpecials(name);
  });

  Deno.test(`${name} of thousands of random numbers is Math's within 1e-15`, () => {
    for (const size of [1e-9, 1, 30, 700]) isNear(name, uniform(-size, size));
  });
}

Deno.test("sinh and cosh reach as far as their results do, beyond the end of exp", () => {
  const last = 710.4758;
  assertEquals(apply("exp", [last, -last])[0], Infinity);
  for (const name of ["sinh", "cosh"] as const) {
    const [y, next] = apply(name, [last, 710.4759]);
    assert(y > 1.79e308 && y < Infinity && next === Infinity, `${name}: ${y}, ${next}`);
  }
});

Deno.test("sinh is odd and cosh is even, exactly", () => {
  const xs = fixtures.sinh.map(([x]) => x);
  const opposite = xs.map((x) => -x);
  assertEquals(apply("sinh", opposite), apply("sinh", xs).map((y) => -y));
  assertEquals(apply("cosh", opposite), apply("cosh", xs));
});

Deno.test("expm1 keeps what exp loses beside 1", () => {
  assertEquals(apply("expm1", [1e-20, -1e-300]), [1e-20, -1e-300]);
  assertEquals(apply("exp", [1e-20, -1e-300]), [1, 1]);
});
