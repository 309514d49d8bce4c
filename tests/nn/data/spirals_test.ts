import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import { makeSpirals } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";

/** The angle of a point clockwise from the top, as a part of a turn from 0 to 1. */
const turn = ([a, b]: readonly number[]) => (Math.atan2(a, b) / (2 * Math.PI) + 1) % 1;

Deno.test("a spiral's radius grows evenly to 1 while it turns one and three quarter times", () => {
  const { x } = makeSpirals({ samples: 80, shuffle: false });
  x.slice(0, 40).forEach((point, i) => {
    const radius = (i + 1) / 40;
    assertAlmostEquals(Math.hypot(...point), radius, 1e-12);
    const off = Math.abs(turn(point) - 1.75 * radius % 1);
    assert(Math.min(off, 1 - off) < 1e-12, `point ${i}: ${off} of a turn`);
  });
});

Deno.test("the spirals are one spiral, turned by equal parts of a whole turn", () => {
  for (const classes of [2, 3, 5]) {
    const { x, y } = makeSpirals({ samples: 20 * classes, classes, shuffle: false });
    x.forEach((point, i) => {
      assertEquals(y[i], Math.floor(i / 20));
      const off = (turn(point) - turn(x[i % 20]) - y[i] / classes + 2) % 1;
      assert(Math.min(off, 1 - off) < 1e-12, `${classes} spirals, point ${i}: ${off} of a turn`);
    });
  }
});

Deno.test("spirals have no point in common, not even in the middle", () => {
  const { x } = makeSpirals({ samples: 101, classes: 4 });
  assertEquals(new Set(x.map((row) => row.map((a) => a.toFixed(9)).join())).size, 101);
});

Deno.test("there must be two spirals, and a point for each", () => {
  assertEquals(makeSpirals({ samples: 3, classes: 3 }).y.toSorted(), [0, 1, 2]);
  for (const bad of [0, 1.5, -2]) {
    assertThrows(
      () => makeSpirals({ classes: bad }),
      RangeError,
      `makeSpirals: classes must be a whole number from 2 to 100, got ${bad}`,
    );
  }
  for (const [samples, classes] of [[100, 1], [2, 3], [1, undefined]]) {
    assertThrows(
      () => makeSpirals({ samples, classes }),
      RangeError,
      `makeSpirals: classes must be a whole number from 2 to ${samples}, got ${classes ?? 2}`,
    );
  }
  assertThrows(() => makeSpirals({ classes: untyped("2") }), RangeError, 'got string "2"');
});
