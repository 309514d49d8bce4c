import { assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import { makeCircles } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";

Deno.test("circles have radius 1 and the factor", () => {
  for (const factor of [0, .3, undefined]) {
    const { x, y } = makeCircles({ samples: 33, factor });
    x.forEach(([a, b], i) =>
      assertAlmostEquals(Math.hypot(a, b), y[i] === 0 ? 1 : factor ?? .8, 1e-12)
    );
  }
});

Deno.test("a circle has no point twice", () => {
  const { x } = makeCircles({ samples: 60 });
  assertEquals(new Set(x.map((row) => row.map((a) => a.toFixed(9)).join())).size, 60);
});

Deno.test("the inner circle must be smaller than the outer one", () => {
  for (const bad of [1, -.1, NaN]) {
    assertThrows(
      () => makeCircles({ factor: bad }),
      RangeError,
      `makeCircles: factor must be a finite number from 0 and below 1, got ${bad}`,
    );
  }
  assertThrows(() => makeCircles({ factor: untyped("1") }), RangeError, 'got string "1"');
});
