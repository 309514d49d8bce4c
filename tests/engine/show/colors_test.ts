import { assertEquals } from "../../support/assert.ts";
import { classColors, diverging, mix, pale } from "../../../engine/show/colors.ts";

Deno.test("mix() goes from one colour to the other", () => {
  assertEquals([0, .5, 1].map((t) => mix("#000000", "#ff8010", t)), [
    "#000000",
    "#804008",
    "#ff8010",
  ]);
});

Deno.test("diverging colours are pale at 0 alone, and end at -1 and 1", () => {
  const { palette, shade } = diverging(1);
  const color = (t: number) => palette[shade(t)];
  assertEquals([-1, 0, 1].map(color), ["#e0663a", pale, "#2f7fd8"]);
  assertEquals([color(-9), color(9), color(-Infinity)], [color(-1), color(1), color(-1)]);
  assertEquals(palette.indexOf(pale), palette.lastIndexOf(pale));
});

Deno.test("each of ten classes has a colour of its own, and two those of a single output", () => {
  assertEquals(new Set(classColors(10)).size, 10);
  assertEquals(classColors(12)[10], classColors(10)[0]);
  assertEquals(classColors(2), ["#e0663a", "#2f7fd8"]);
});
