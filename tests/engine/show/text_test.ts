import { assertEquals } from "../../support/assert.ts";
import { counted, percent, score } from "../../../engine/show/text.ts";

Deno.test("only all is 100% and only nothing 0%", () => {
  assertEquals([percent(5, 5), percent(0, 5), percent(2, 3)], ["100%", "0%", "66.7%"]);
  assertEquals([percent(9999, 10_000), percent(1, 10_000)], ["99.9%", "0.1%"]);
  assertEquals([percent(NaN, 1), percent(0, 0)], ["–", "–"]);
});

Deno.test("a score says how many and which share", () => {
  assertEquals(score(97, 100), "97 of 100 right: 97%");
});

Deno.test("a count says its noun in the right number", () => {
  assertEquals([0, 1, 2].map((n) => counted(n, "step")), ["0 steps", "1 step", "2 steps"]);
  assertEquals(counted(2, "class", "classes"), "2 classes");
});
