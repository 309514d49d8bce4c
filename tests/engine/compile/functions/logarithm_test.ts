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

const limits = { log: 0.9, log1p: 1.1, softplus: 1.8 } as const;

for (const name of ["log", "log1p", "softplus"] as const) {
  Deno.test(`${name} is within ${limits[name]} units in the last place of mpmath's value`, () => {
    isExact(name, limits[name]);
  });

  Deno.test(`${name} of zeros with their signs, infinities, NaN and the ends of the range is Math's`, () => {
    hasSpecials(name);
  });

  Deno.test(`${name} of thousands of random numbers is Math's within 1e-15`, () => {
    if (name === "log") isNear(name, uniform(0, 100));
    else if (name === "log1p") {
      for (const size of [1e-9, .9, 1e9]) isNear(name, uniform(-.9, size));
    } else for (const size of [1, 30, 700]) isNear(name, uniform(-size, size));
  });
}

Deno.test("log of a subnormal number is exact, and of a negative one NaN", () => {
  const tiny = [5e-324, 2 ** -1030, 2 ** -1022 - 2 ** -1074, 3e-310];
  apply("log", tiny).forEach((y, i) => assert(distance(y, Math.log(tiny[i])) <= 1, `${tiny[i]}`));
  assert(apply("log", [-5e-324, -1]).every(Number.isNaN));
});

Deno.test("softplus of -700 is e to the power of it, and of the fixtures some are subnormal", () => {
  assert(distance(apply("softplus", [-700, 0])[0], apply("exp", [-700, 0])[0]) <= 1);
  assert(fixtures.softplus.some((row) => row.at(-2)! > 0 && row.at(-2)! < 2 ** -1022));
});

Deno.test("log1p keeps what 1 + x loses, and below −1 is NaN", () => {
  assertEquals(apply("log1p", [1e-20, -1e-300]), [1e-20, -1e-300]);
  assert(apply("log1p", [-1 - 2 ** -52, -2]).every(Number.isNaN));
  assertEquals(apply("log1p", [-1, 0])[0], -Infinity);
});
