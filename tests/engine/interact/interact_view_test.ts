import { Chart, display, interact, Value } from "../../../mod.ts";
import type { Packed } from "../../../engine/show/pack.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "../../support/assert.ts";

/** What the page's script gets. */
function readPage(html: unknown): { sliders: { name: string; count: number }[]; texts: Packed } {
  const [, sliders] = String(html).match(/<script type="application\/json">(.*?)<\/script>/)!;
  const [, controls] = String(html).match(/, (\{"bar":.*\})\)<\/script>/)!;
  return { sliders: JSON.parse(sliders), texts: JSON.parse(controls).texts };
}

Deno.test("the page has the results of all stops, equal ones once, and the same each time", async () => {
  const shown = interact((a, b) => a * b, { a: [0, 2, 1], b: [1, 2, 1] });
  const bundle = await shown[display]();
  const { sliders, texts: { at, frames } } = readPage(bundle["text/html"]);
  assertEquals(sliders, [{ name: "a", count: 3 }, { name: "b", count: 2 }]);
  assertEquals(at, [0, 0, 1, 2, 2, 3]); // 0, 0, 1, 2, 2, 4
  assertEquals(frames.length, 4);
  assertEquals(await shown[display](), bundle);
});

Deno.test("viewers without scripts see the result at the start, and are told which it is", async () => {
  const squares = interact((x) => [`${x} squared`, x ** 2], { x: [0, 4, 1] }, { start: { x: 3 } });
  const { "text/html": html, "text/plain": text } = await squares[display]();
  assertMatch(String(html), /A still picture: run this cell to move on from x = 3\./);
  const view = '<div class="view"><div class="part"><pre>3 squared</pre></div>' +
    '<div class="part"><pre>9</pre></div></div>';
  assert(String(html).includes(view));
  assertEquals(text, "interact: x from 0 to 4, 5 stops; at x = 3\n3 squared\n9");
});

Deno.test("a result that is one picture is a picture to viewers that know no HTML", async () => {
  const graphs = interact((x) => new Value(x).mul(2), { x: [0, 2, 1] });
  assertMatch(String((await graphs[display]())["image/svg+xml"]), /^<svg.*data 2</s);
  const pair = interact((x) => [new Value(x).mul(2), x], { x: [0, 2, 1] });
  assertEquals(Object.keys(await pair[display]()), ["text/html", "text/plain"]);
});

Deno.test("a Value that the next call changes is drawn as it was", async () => {
  const x = new Value(0, { label: "x" });
  const shown = interact((data) => {
    x.data = data;
    return x;
  }, { data: [1, 3, 1] });
  const { "text/html": html } = await shown[display]();
  for (const data of [1, 2, 3]) assertMatch(String(html), new RegExp(`>data ${data}\\b`));
});

Deno.test("fifty charts take less room than seven, alone", async () => {
  const chart = (w: number) =>
    new Chart({
      data: { values: [-2, -1, 0, 1, 2].map((x) => ({ x, y: Math.tanh(w * x) })) },
      mark: "line",
      encoding: {
        x: { field: "x", type: "quantitative" },
        y: { field: "y", type: "quantitative", scale: { domain: [-1, 1] } },
      },
    });
  const { length } = String((await interact(chart, { w: [0, 1, 0.02] })[display]())["text/html"]);
  const one = (await chart(1).svg()).length;
  assert(length < 7 * one, `${length} characters, and ${one} of one chart`);
});

Deno.test("an error of the function says at which stop it was, and keeps its cause", async () => {
  const failing = interact((a, b) => {
    if (a === 1 && b === -0.5) throw new RangeError("no such thing");
    return a;
  }, { a: [0, 1, 1], b: [-0.5, 0.5, 0.5] });
  const error = await assertRejects(
    async () => await failing[display](),
    Error,
    "interact: fn failed at a = 1, b = -0.5: RangeError: no such thing",
  );
  assert(error.cause instanceof RangeError);
  await assertRejects(
    async () => await interact(() => {}, { a: [0, 1, 1] })[display](),
    Error,
    "interact: fn failed at a = 0: TypeError: fn must return a number, a string,",
  );
});

Deno.test("markup in names and values of controls stays text", async () => {
  const bad = "</script><img src=x onerror=alert(1)>";
  const shown = interact((name: string) => name, { [bad]: { values: [bad, "b"] } });
  const html = String((await shown[display]())["text/html"]);
  assert(!html.includes("<img src=x"));
  assertEquals(html.match(/<\/script>/g)!.length, 2);
});
