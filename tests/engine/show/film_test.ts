import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { type Film, renderFilm } from "../../../engine/show/film.ts";

const attack = `</script><img src=x onerror="alert(1)">`;
const film: Film = {
  name: "test",
  description: attack,
  count: 3,
  unit: "frame",
  pace: 200,
  still: `<svg xmlns="http://www.w3.org/2000/svg"><title>∂</title></svg>`,
  alt: attack,
  reel: { text: attack },
  start: function start() {},
  style: ".own { color: red; }",
};

Deno.test("a film has its first picture, its data and a slider over its frames", () => {
  const html = renderFilm(film);
  const [, still] = html.match(/src="data:image\/svg\+xml;base64,([^"]*)"/)!;
  const bytes = Uint8Array.from(atob(still), (c) => c.charCodeAt(0));
  assertEquals(new TextDecoder().decode(bytes), film.still);
  const [, json] = html.match(/<script type="application\/json">(.*?)<\/script>/)!;
  assertEquals(JSON.parse(json), film.reel);
  const [, bar] = html.match(/\(document\.currentScript, function start\(\) \{\}, 200, (".*")\)/)!;
  assertMatch(JSON.parse(bar), /<input type="range" min="0" max="2" value="0" aria-label="frame">/);
  assertMatch(html, /A still picture: run this cell to make it move\./);
  assert(!html.includes("<button"), "a button that nothing answers to");
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
