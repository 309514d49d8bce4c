import { assertEquals } from "../../support/assert.ts";
import {
  classesOf,
  classOf,
  countRight,
  findStranger,
  wholePercent,
} from "../../../nn/classify/classes.ts";

Deno.test("of several outputs the place of the largest is the class, the first of equals", () => {
  const rows = [[3, 1, 2], [-3, -1, -2], [0, 0, 7], [4, 4, 1]];
  assertEquals(rows.map((row) => classOf(row, 0)), [0, 1, 2, 0]);
});

Deno.test("a single output means class 1 above the threshold, and 0 at it", () => {
  for (const threshold of [0, .5]) {
    assertEquals([-.1, 0, .1].map((x) => classOf([threshold + x], threshold)), [0, 0, 1]);
  }
});

Deno.test("labels name places of several outputs, or 0 and 1, or -1 and 1, and nothing else", () => {
  assertEquals(classesOf([2], 3), [0, 1, 2]);
  assertEquals([classesOf([0, 1], 1), classesOf([1, -1], 1)], [[0, 1], [-1, 1]]);
  for (const bad of [-1, 3, .5, NaN]) assertEquals(findStranger([0, 2, bad], 3), 2);
  assertEquals(findStranger([0, 2, 1], 3), -1);
  for (const bad of [2, .5, -2]) assertEquals(findStranger([1, bad, 0], 1), 1);
  assertEquals([findStranger([1, 0], 1), findStranger([1, -1], 1)], [-1, -1]);
  assertEquals(findStranger([0, 1, -1], 1), 0, "0 is no class where -1 is one");
});

Deno.test("right answers are counted, whether no is 0 or -1", () => {
  const all = [0, 1, 2];
  assertEquals(countRight([-2, 1, 3], [0, 0, 1], all, 0), 2);
  assertEquals(countRight(Float32Array.of(-2, 1, 3), [-1, -1, 1], all, 0), 2);
  assertEquals(countRight([.4, .6], [0, 1], [0, 1], .5), 2);
  assertEquals(countRight([1, 2, 2, 1], [1, 1], [0, 1], 0), 1);
});

Deno.test("right answers are those of the examples in their order", () => {
  assertEquals(countRight([-1, 5, -1], [1, 1, 0, 0], [3, 0, 2], 0), 3);
  assertEquals(countRight([1, 0, 0, 1, 0, 0], [2, 0, 0], [1, 2], 0), 2);
});

Deno.test("an output of NaN is no right answer", () => {
  assertEquals(countRight([NaN, -1], [0, 0], [0, 1], 0), 1);
  assertEquals(countRight([1, NaN, 1, 0], [0, 0], [0, 1], 0), 1);
});

Deno.test("a probability is 100% only where it is 1", () => {
  const shown = [0, 0.004, 0.734, 0.9999, 1, NaN].map(wholePercent);
  assertEquals(shown, ["0%", "0%", "73%", "99%", "100%", "NaN%"]);
});
