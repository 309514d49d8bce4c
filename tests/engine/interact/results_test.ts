import { Chart, display, draw, explain, formula, Table, Value } from "../../../mod.ts";
import { alike, resultsOf, stillOf } from "../../../engine/interact/results.ts";
import { assert, assertEquals, assertMatch, assertRejects } from "../../support/assert.ts";

const svg = (width: number, height: number, inner = "<rect/>") =>
  `<svg width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${inner}</svg>`;
const picture = (width: number, height: number, inner?: string) => ({
  [display]: () => ({ "image/svg+xml": svg(width, height, inner), "text/plain": "a picture" }),
});
const x = () => new Value(3, { label: "x" });

Deno.test("numbers and strings are text, and markup in them stays text", async () => {
  const results = await resultsOf([1 / 3, "a < b"]);
  assertEquals(results.map(({ html }) => html), ["<pre>0.33333</pre>", "<pre>a &#60; b</pre>"]);
  assertEquals(results.map(({ text }) => text), ["0.33333", "a < b"]);
});

Deno.test("a Value and a chart are their pictures, drawn in the page", async () => {
  const chart = new Chart({ mark: "point", data: { values: [{ a: 1 }] }, encoding: {} }, "a dot");
  for (const shown of [x().mul(2), chart]) {
    const [result] = await resultsOf(shown);
    const { html, svg, text } = result;
    assertEquals(html, svg);
    assertMatch(html, /^<svg /);
    assertMatch(
      stillOf(result),
      /^<img alt="[^"]+" style="max-width:100%;min-width:\d+px" src="data:image\/svg\+xml;base64,/,
    );
    assert(text.length > 0);
  }
});

Deno.test("a graph has room for any number, so that its boxes stand still", async () => {
  const boxes = async (made: (x: Value) => unknown) => {
    const all = await Promise.all(
      [1, -0.000123456].map((data) => resultsOf(made(new Value(data, { label: "x" }).tanh()))),
    );
    return all.map(([{ html }]) => html.match(/<rect x="[^>]* rx="5"/g));
  };
  for (const made of [(y: Value) => y, (y: Value) => draw(y)]) {
    const [a, b] = await boxes(made);
    assertEquals([a?.length, a], [2, b]);
  }
});

Deno.test("a table and an explanation are their HTML, a formula is MathML", async () => {
  const y = x().mul(2);
  const [table, why, square] = await resultsOf([
    new Table([{ a: 1 }]),
    explain(y.operands[0], y),
    formula(x().pow(2)),
  ]);
  assertMatch(table.html, /^<table>/);
  assertMatch(why.html, /^<div class="chainrule-explain">/);
  assertMatch(square.html, /<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/);
  assertEquals([stillOf(square), square.text], ["<pre>(a formula)</pre>", "x^{2}"]);
});

Deno.test("an image of pixels and text of other kinds are shown, too", async () => {
  const show = async (bundle: Record<string, string>) =>
    (await resultsOf({ [display]: () => Promise.resolve(bundle) }))[0].html;
  assertEquals(
    await show({ "image/png": "AA\nBB", "text/plain": '"' }),
    '<img alt="&#34;" src="data:image/png;base64,AABB">',
  );
  assertEquals(await show({ "text/markdown": "*a*" }), "<pre>*a*</pre>");
  assertEquals(await show({}), "<pre></pre>");
});

Deno.test("what a notebook would not show is refused", async () => {
  const must = "fn must return a number, a string, something that a notebook shows, or an array";
  for (const returned of [null, true, {}, [[1]], () => 1]) {
    await assertRejects(async () => await resultsOf(returned), TypeError, must);
  }
  const error = await resultsOf(undefined).catch(({ message }) => message);
  assertMatch(error, /, got undefined: has it a return\?$/);
});

Deno.test("pictures at the same place get one size, the smaller ones more paper", async () => {
  const all = alike([await resultsOf([picture(10, 40)]), await resultsOf([picture(30, 20)])]);
  const [a, b] = all.map(([{ svg }]) => svg);
  assertEquals(
    a,
    '<svg width="30" height="40" viewBox="0 0 30 40" style="background:#ffffff"><rect/></svg>',
  );
  assertEquals(b, a);
  const [[same]] = alike([await resultsOf(picture(5, 5)), await resultsOf([picture(5, 5), 1])]);
  assertEquals(same.svg, svg(5, 5));
});

Deno.test("pictures at the same place shrink until the smallest text in any of them has 10 pixels", async () => {
  const text = (size: number) => `<text font-size="${size}">x</text>`;
  const all = alike([
    await resultsOf(picture(300, 5, text(20))),
    await resultsOf(picture(300, 5, text(12))),
  ]);
  for (const [{ html }] of all) {
    assertMatch(html, /^<svg width="300" [^>]* style="max-width:100%;min-width:250px">/);
  }
});

Deno.test("texts at the same place get as many lines", async () => {
  const all = alike([
    await resultsOf("a\nb\nc"),
    await resultsOf("a"),
    await resultsOf(picture(1, 1)),
  ]);
  assertEquals(all.slice(0, 2).map(([{ html }]) => html), [
    "<pre>a\nb\nc</pre>",
    "<pre>a\n\n </pre>",
  ]);
});

Deno.test("a graph that cannot be drawn is its text, and says why", async () => {
  const missing = {
    [display]: () => ({ "text/plain": "Value(data=6)\n(no picture: no network)" }),
  };
  const [{ html }] = await resultsOf(missing);
  assertEquals(html, "<pre>Value(data=6)\n(no picture: no network)</pre>");
});
