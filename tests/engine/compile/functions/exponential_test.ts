import { assert, assertEquals } from "../../../support/assert.ts";
import {
  apply,
  distance,
  hasSpecials,
  isExact,
  isNear,
  uniform,
} from "../../../support/lane_functions.ts";
import fixtures from "../../../fixtures/functions.json" with { type: "json" };

const limits = { exp: 1.1, tanh: 1.6, sigmoid: 1.8 } as const;

for (const name of ["exp", "tanh", "sigmoid"] as const) {
  Deno.test(`${name} is within ${limits[name]} units in the last place of mpmath's value`, () => {
    isExact(name, limits[name]);
  });

  Deno.test(`${name} of zeros with their signs, infinities, NaN and the ends of the range is Math's`, () => {
    hasSpecials(name);
  });

  Deno.test(`${name} of thousands of random numbers is Math's within 1e-15`, () => {
    for (const size of [1, 30, 700]) isNear(name, uniform(-size, size));
  });
}

Deno.test("exp overflows and vanishes where the exact results do", () => {
  const xs = [709.782712893384, 709.7827128933841, -745.1332191019411, -745.1332191019412];
  const [finite, infinite, smallest, zero] = apply("exp", xs);
  assert(Number.isFinite(finite));
  assertEquals([infinite, smallest, zero], [Infinity, 5e-324, 0]);
});

Deno.test("the fixtures of exp, tanh and sigmoid have subnormal results, and those of exp huge ones", () => {
  const results = (name: "exp" | "tanh" | "sigmoid") => fixtures[name].map((row) => row.at(-2)!);
  for (const name of ["exp", "tanh", "sigmoid"] as const) {
    assert(results(name).some((y) => y !== 0 && Math.abs(y) < 2 ** -1022), name);
  }
  assert(results("exp").some((y) => y > 1e300));
});

Deno.test("tanh of a tiny number is that number, and sigmoid of -700 keeps its digits", () => {
  const tiny = [1e-200, -3e-310];
  assertEquals(apply("tanh", tiny), tiny);
  const [e] = apply("exp", [-700, -700]);
  assert(distance(apply("sigmoid", [-700, 0])[0], e) <= 2);
});

Deno.test("tanh is odd, exactly", () => {
  const xs = fixtures.tanh.map(([x]) => x);
  assertEquals(apply("tanh", xs.map((x) => -x)), apply("tanh", xs).map((y) => -y));
});
