import { assert, assertAlmostEquals, assertEquals } from "../../support/assert.ts";
import { zeroLines } from "../../../nn/classify/zero_lines.ts";

/** A function's numbers on a grid of `n` × `m`. */
function grid(n: number, m: number, f: (i: number, j: number) => number): number[][] {
  return Array.from({ length: m }, (_, j) => Array.from({ length: n }, (_, i) => f(i, j)));
}

Deno.test("the zeros of a plane are one straight line from edge to edge", () => {
  const lines = zeroLines(grid(5, 4, (i, j) => i + .5 * j - 1.75));
  assertEquals(lines.length, 1);
  for (const [i, j] of lines[0]) assertAlmostEquals(i + .5 * j, 1.75, 1e-12);
  const heights = lines[0].map(([, j]) => j);
  assertEquals([Math.min(...heights), Math.max(...heights)], [0, 3]);
  // One after the other, without a way back.
  const sorted = heights.toSorted((a, b) => a - b);
  assert([sorted, sorted.toReversed()].some((way) => String(way) === String(heights)));
});

Deno.test("a circle is one closed line", () => {
  const lines = zeroLines(grid(9, 9, (i, j) => (i - 4) ** 2 + (j - 4) ** 2 - 9.1));
  assertEquals(lines.length, 1);
  assertEquals(lines[0][0], lines[0][lines[0].length - 1]);
  for (const [i, j] of lines[0]) assertAlmostEquals(Math.hypot(i - 4, j - 4), 3, .05);
});

Deno.test("in a saddle the middle decides which corners are joined", () => {
  const cut = (corners: number[][]) =>
    zeroLines(corners).map((line) =>
      [0, 1].map((k) => Math.round(line.reduce((sum, point) => sum + point[k] / line.length, 0)))
    );
  assertEquals(cut([[1, -2], [-2, 1]]), [[0, 0], [1, 1]], "those above zero are cut off");
  assertEquals(cut([[2, -1], [-1, 2]]), [[1, 0], [0, 1]], "those below zero are cut off");
});

Deno.test("without a change of sign, and where a number is not finite, there is no line", () => {
  assertEquals(zeroLines(grid(4, 4, () => 1)), []);
  assertEquals(zeroLines(grid(4, 4, () => 0)), []);
  assertEquals(zeroLines([[1, NaN], [-1, -1]]), []);
  assertEquals(zeroLines(grid(3, 2, (i) => [1, -1, Infinity][i])), [[[.5, 0], [.5, 1]]]);
});
