import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import type { Packed } from "../../../engine/show/pack.ts";
import { type Film, frameSlider, renderFilm } from "../../../engine/show/film.ts";

const attack = `</script><img src=x onerror="alert(1)">`;
const film: Film = {
  name: "test",
  description: attack,
  sliders: [frameSlider("frame", 3)],
  pace: 200,
  still: "<b>∂</b>",
  use: "to make it move",
  reel: { text: attack },
  start: function start() {},
  style: ".own { color: red; }",
};

/** What the page's script gets besides the pictures. */
function controlsIn(
  html: string,
): { bar: string; stops: string[][]; pace: number; texts: Packed } {
  const [, json] = html.match(/\(document\.currentScript, function start\(\) \{\}, (\{.*\})\)/)!;
  return JSON.parse(json);
}

Deno.test("a film has its first picture, its data and a slider over its frames", () => {
  const html = renderFilm(film);
  assertMatch(html, /<div class="view"><b>∂<\/b><\/div>/);
  const [, json] = html.match(/<script type="application\/json">(.*?)<\/script>/)!;
  assertEquals(JSON.parse(json), film.reel);
  const { bar, stops, pace } = controlsIn(html);
  assertMatch(bar, /<input type="range" min="0" max="2" value="0" aria-label="frame">/);
  assertEquals([stops, pace], [[["1 / 3", "2 / 3", "3 / 3"]], 200]);
  assertMatch(html, /A still picture: run this cell to make it move\./);
  assert(!html.includes("<button"), "a button that nothing answers to");
});

Deno.test("a film that does not play has the names of its sliders beside them, and no buttons", () => {
  const sliders = [
    { label: "w", stops: ["-1", "0", "1"], start: 1 },
    { label: attack, stops: ["a", "b"] },
  ];
  const html = renderFilm({ ...film, sliders, pace: undefined });
  const { bar, stops, pace } = controlsIn(html);
  assertMatch(bar, /<span>w<\/span><input type="range" min="0" max="2" value="1"><\/label>/);
  assertMatch(bar, /<input type="range" min="0" max="1" value="0">/);
  assertEquals([stops, pace], [[["-1", "0", "1"], ["a", "b"]], 0]);
  assert(!bar.includes("<button") && !bar.includes("<img"));
  assert(!html.includes("tabindex"), "a place to stop at that answers to no key");
});

Deno.test("a film's rules hold in the film's own element alone", () => {
  const [, style] = renderFilm(film).match(/<style>([^]*?)<\/style>/)!;
  const rules = style.trim().split("\n");
  assert(rules.length > 4 && rules.every((rule) => rule.startsWith(".chainrule-test ")));
  assertMatch(style, /^\.chainrule-test \.own \{ color: red; \}$/m);
});

Deno.test("markup in a film's words and data stays text", () => {
  const html = renderFilm(film);
  assertEquals([html.match(/<\/script>/g)!.length, html.includes("<img src=x")], [2, false]);
});
