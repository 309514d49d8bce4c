import { assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import { makeMoons } from "../../../mod.ts";

Deno.test("half-moons are half circles of radius 1, the upper one around (0, 0)", () => {
  const { x, y } = makeMoons({ samples: 41 });
  x.forEach(([a, b], i) => {
    const [centre, side] = y[i] === 0 ? [[0, 0], 1] : [[1, .5], -1];
    assertAlmostEquals(Math.hypot(a - centre[0], b - centre[1]), 1, 1e-12);
    assertEquals(side * (b - centre[1]) > -1e-12, true);
  });
});

Deno.test("half-moons go from one end of the half circle to the other", () => {
  const { x } = makeMoons({ samples: 20, shuffle: false });
  assertEquals([0, 9, 10, 19].map((i) => x[i].map((a) => Math.round(a * 1e9) / 1e9 + 0)), [
    [1, 0],
    [-1, 0],
    [0, .5],
    [2, .5],
  ]);
});
