import { assert, assertEquals } from "../support/assert.ts";
import { erf } from "../../engine/erf.ts";
import { distance } from "../support/lane_functions.ts";
import fixtures from "../fixtures/functions.json" with { type: "json" };

Deno.test("erf is within a unit in the last place of mpmath's value, and a half beyond", () => {
  assert(fixtures.erf.length > 200);
  for (const [x, value] of fixtures.erf) {
    assert(distance(erf(x), value) <= 1, `erf(${x}) = ${erf(x)}, not ${value}`);
  }
});

Deno.test("erf is odd, keeps −0, is 1 at infinity and NaN of NaN", () => {
  for (const [x] of fixtures.erf) assertEquals(erf(-x), -erf(x));
  assertEquals([-0, Infinity, -Infinity, NaN].map(erf), [-0, 1, -1, NaN]);
});
