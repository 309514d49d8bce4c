import { assertEquals } from "../../support/assert.ts";
import { fills, letter, strokes } from "../../../nn/recorder/recorder_shades.ts";

Deno.test("each shade has a letter, and what is no number one of its own", () => {
  const all = Array.from({ length: 65 }, (_, i) => letter(i - 32, 32));
  assertEquals(new Set(all).size, 65);
  assertEquals([letter(-99, 32), letter(Infinity, 32)], [all[0], all[64]]);
  assertEquals(new Set([...all, letter(NaN, 1)]), new Set(Object.keys(strokes)));
  assertEquals(Object.keys(fills), Object.keys(strokes));
});

Deno.test("the larger a number, the wider its line and the fuller its circle", () => {
  const look = (x: number) => [...strokes[letter(x, 4)], fills[letter(x, 4)]];
  assertEquals([-4, 0, 2, 4].map(look), [
    ["#e0663a", 4, "#e0663a"],
    ["#2f7fd8", .4, "#f1f1f1"],
    ["#2f7fd8", 2.2, "#90b8e5"],
    ["#2f7fd8", 4, "#2f7fd8"],
  ]);
});
