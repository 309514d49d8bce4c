import { assert, assertEquals } from "../../support/assert.ts";
import {
  classColors,
  colors,
  diverging,
  mix,
  pale,
  wordColors,
} from "../../../engine/show/colors.ts";

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

/** The contrast of two colours, from 1 to 21: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
function contrast(a: string, b: string): number {
  const [low, high] = [a, b].map((color) => {
    const [red, green, blue] = [1, 3, 5].map((i) => {
      const part = Number.parseInt(color.slice(i, i + 2), 16) / 255;
      return part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
    });
    return .2126 * red + .7152 * green + .0722 * blue;
  }).sort((x, y) => x - y);
  return (high + .05) / (low + .05);
}

Deno.test("words have a contrast of 4.5 to 1", () => {
  const { line, ink, paper, input, result, constant, part, positive, negative } = colors;
  const fullest = [positive, negative].map((color) => mix(pale, color, .85));
  const pairs = [
    ...[line, ink, ...wordColors].map((color) => [color, paper]),
    ...[input, result, constant, part, pale, ...fullest].map((fill) => [ink, fill]),
  ];
  for (const [color, on] of pairs) {
    assert(contrast(color, on) >= 4.5, `${color} on ${on}: ${contrast(color, on).toFixed(2)}`);
  }
});
