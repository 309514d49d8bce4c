import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import { lossSurface } from "../../../mod.ts";
import { inner } from "../../../nn/watch/directions.ts";
import { Bowl, surface, way } from "../../support/models.ts";

Deno.test("the directions of a path span it, have length 1 and stand at a right angle", () => {
  const { directions: [u, v], path, explained } = surface();
  assertAlmostEquals(inner(u, u), 1, 1e-12);
  assertAlmostEquals(inner(v, v), 1, 1e-12);
  assertAlmostEquals(inner(u, v), 0, 1e-12);
  assertAlmostEquals(explained, 1, 1e-12);
  assertEquals(path.length, 9);
  path.forEach(({ a, b }, k) => {
    way[k].forEach((x, i) => assertAlmostEquals(way[8][i] + a * u[i] + b * v[i], x, 1e-9));
  });
  assertEquals(path[8], { a: 0, b: 0 });
});

Deno.test("a straight path has a second direction as well", () => {
  const bowl = new Bowl(0, 0, 0);
  const path = [[3, 0, 0], [2, 0, 0], [0, 0, 0]];
  const { directions: [u, v], bs, path: drawn } = lossSurface(() => bowl.loss(), bowl, { path });
  assertEquals(u.map(Math.abs), [1, 0, 0]);
  assertAlmostEquals(Math.hypot(...v), 1, 1e-12);
  assert(drawn.every(({ b }) => Math.abs(b) < 1e-12));
  assert(bs[24] > .1, "the picture is not flat");
});
