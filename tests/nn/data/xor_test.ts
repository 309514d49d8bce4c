import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { makeXor } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";

Deno.test("a point is of class 1 where exactly one of its coordinates is positive", () => {
  for (const margin of [0, .06, .5]) {
    const { x, y } = makeXor({ samples: 200, margin, seed: 3 });
    assertEquals(x.map(([a, b]) => Number((a > 0) !== (b > 0))), y);
  }
});

Deno.test("points fill the square from −1 to 1 and stay off its axes by the margin", () => {
  for (const margin of [0, .06, .5]) {
    const sizes = makeXor({ samples: 1000, margin }).x.flat().map(Math.abs);
    const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
    const far = margin + .02 * (1 - margin);
    assert(least >= margin && least > 0 && least < far, `the nearest is ${least} from an axis`);
    assert(most <= 1 && most > .98, `the farthest is ${most} from an axis`);
  }
  assertEquals(makeXor().x, makeXor({ margin: .06 }).x);
});

Deno.test("every quarter has its share of the points", () => {
  const counts = [0, 0, 0, 0];
  for (const [a, b] of makeXor({ samples: 102 }).x) counts[2 * Number(a > 0) + Number(b > 0)]++;
  assertEquals(counts.toSorted(), [25, 25, 26, 26]);
});

Deno.test("noise may carry points over the border, but their labels stay", () => {
  const exact = makeXor({ samples: 100, shuffle: false });
  const blurred = makeXor({ samples: 100, shuffle: false, noise: .5 });
  assertEquals(blurred.y, exact.y);
  assert(blurred.x.some(([a, b], i) => Number(a * b < 0) !== blurred.y[i]));
});

Deno.test("the margin must leave room in the square", () => {
  for (const bad of [1, -.1, NaN]) {
    assertThrows(
      () => makeXor({ margin: bad }),
      RangeError,
      `makeXor: margin must be a finite number from 0 and below 1, got ${bad}`,
    );
  }
  assertThrows(() => makeXor({ margin: untyped(null) }), RangeError, "got null");
});
