import { assertAlmostEquals, assertEquals } from "../support/assert.ts";
import { brief, distance, median, spread, stepsFor } from "./statistics.ts";

Deno.test("median() is the middle one, whatever the order, and the lower of two", () => {
  assertEquals(median([5, 1, 3]), 3);
  assertEquals(median([10, 9]), 9);
  assertEquals(median([7]), 7);
});

Deno.test("spread() is that of the middle half, relative to the median", () => {
  assertAlmostEquals(spread([8, 9, 10, 11, 1000]), .2);
  assertEquals(spread([3, 3, 3]), 0);
});

Deno.test("distance() is relative, and infinite where lists cannot be compared", () => {
  assertAlmostEquals(distance([100, 2], [101, 2]), .01);
  assertEquals(distance([1], [1, 2]), Infinity);
  assertEquals(distance([], []), Infinity);
  assertEquals(distance([1, 2], [NaN, 2]), Infinity);
});

Deno.test("stepsFor() is at least one", () => {
  assertEquals(stepsFor(.1, 1e-3), 100);
  assertEquals(stepsFor(.1, 5), 1);
});

Deno.test("brief() has three digits and separates thousands", () => {
  assertEquals([.41234, 25.34, 1234567, 2].map(brief), ["0.412", "25.3", "1,230,000", "2"]);
});
