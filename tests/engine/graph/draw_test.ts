import { type GraphNode, topologicalOrder } from "../../../engine/extend.ts";
import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import { display, draw, RandomGenerator, sum, Value } from "../../../mod.ts";
import { rules } from "../../../engine/rules.ts";
import { apply, cases, contents, sample, strangers, untyped } from "../../support/helpers.ts";
import { assertPicture, elements, pictureTypes } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";

/** The texts of a picture, in order, entities resolved. */
function texts(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) =>
    text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
  );
}

/** How many values a picture shows; operations have rounder boxes. */
function boxes(svg: string): number {
  return svg.match(/<rect [^>]* rx="5"/g)?.length ?? 0;
}

/** The tutorial's expression, swept. */
function expression(): Value {
  const [a, b, c, f] = Object.entries({ a: 2, b: -3, c: 10, f: -2 })
    .map(([label, x]) => new Value(x, { label }));
  const e = a.mul(b);
  e.label = "e";
  const d = e.add(c);
  d.label = "d";
  const L = d.mul(f);
  L.label = "L";
  L.backward();
  return L;
}

Deno.test("a drawing shows every value's label, data and gradient", async () => {
  const drawn = texts(await draw(expression()).svg()).join(" | ");
  for (
    const row of [
      "a | data 2 | grad 6",
      "b | data -3 | grad -4",
      "c | data 10 | grad -2",
      "f | data -2 | grad 4",
      "e | data -6 | grad -2",
      "d | data 4 | grad -2",
      "L | data -8 | grad 1",
    ]
  ) assertStringIncludes(drawn, row);
});

Deno.test("a drawing has a box for each value and an edge for each operand, repeats kept", async () => {
  const x = new Value(2);
  const edges = (svg: string) => svg.match(/<path d="M[^"]*C[^"]*"\/>/g)?.length;
  const square = await draw(x.mul(x)).svg();
  assertEquals([boxes(square), edges(square)], [2, 2]);
  const svg = await draw(expression()).svg();
  assertEquals([boxes(svg), edges(svg)], [7, 6]);
});

for (const { op, count: n, name } of cases) {
  Deno.test(`${name}: its drawing has the operation's symbol`, async () => {
    const xs = sample(op, n, new RandomGenerator(7)).map((x) => new Value(x));
    const svg = await draw(apply(op, xs)).svg();
    assert(texts(svg).includes(rules[op].symbol));
    assertEquals(boxes(svg), n + 1);
  });
}

Deno.test("a constant shows its number only", async () => {
  const drawn = texts(await draw(new Value(2).mul(3)).svg());
  assert(drawn.includes("3") && !drawn.includes("data 3"));
});

Deno.test("a drawing is the same each time, and changes nothing", async () => {
  const L = expression();
  const before = contents(L);
  assertEquals(await draw(L).svg(), await draw(L).svg());
  assertEquals(contents(L), before);
});

Deno.test("a drawing shows the graph as it is when it is shown", async () => {
  const a = new Value(2);
  const drawing = draw(a.mul(3));
  a.data = 7;
  assert(texts(await drawing.svg()).includes("data 7"));
});

const attack = `<img src=x onerror="alert(1)">`;

Deno.test("markup in a label stays text", async () => {
  const y = new Value(1, { label: attack }).add(1);
  y.label = "</text></svg><script>alert(2)</script>";
  const svg = await draw(y).svg();
  assert(
    elements(svg).every((name) => ["svg", "title", "g", "path", "rect", "text"].includes(name)),
  );
  assert(!/<img|<script|onerror="/i.test(svg));
  assertStringIncludes(texts(svg).join("\n"), "<img src=x onerror=");
});

Deno.test("markup in the operation of a node of one's own stays text", async () => {
  const leaf: GraphNode = { data: 1, operands: [] };
  const svg = await draw({ data: 2, op: `<b>&"`, operands: [leaf] }).svg();
  assert(!svg.includes("<b>"));
  assert(texts(svg).includes(`<b>&"`));
  assert(elements(svg).length > 0);
});

Deno.test("labels that are not shaped like names keep the picture well-formed", async () => {
  for (const label of ["a\nb", "\u0000", "\ud800", "]]>", "&amp;", "x".repeat(500), "\\N", "😀"]) {
    elements(await draw(new Value(1, { label }).neg()).svg());
  }
});

Deno.test("a label too long for its box is cut", async () => {
  const drawn = texts(await draw(new Value(1, { label: "x".repeat(500) })).svg());
  assert(drawn[0].length < 50 && drawn[0].endsWith("…"));
});

Deno.test("a node of one's own class is drawn, without what it does not have", async () => {
  const leaf: GraphNode = { data: 4, operands: [], label: "leaf" };
  const drawn = texts(await draw({ data: 2, op: "√", operands: [leaf] }).svg());
  assert(drawn.includes("√") && drawn.includes("leaf") && drawn.includes("data 4"));
  assert(!drawn.some((text) => text.startsWith("grad")));
});

/** A chain whose graph has `2n + 1` values. */
function chain(n: number): Value {
  let y = new Value(0);
  for (let i = 0; i < n; i++) y = y.add(1);
  return y;
}

Deno.test("a graph beyond the limit is cut at the far end, and the picture says so", async () => {
  const svg = await draw(chain(1500), { limit: 30 }).svg();
  assertEquals(boxes(svg), 30);
  assertStringIncludes(texts(svg).join("\n"), "30 of 3,001 values");
  assert(texts(svg).some((text) => text.startsWith("⋯ ")), "where it is cut");
  assert(texts(svg).includes("data 1500"), "the result is drawn");
});

Deno.test("a graph within the limit is whole, and nothing says otherwise", async () => {
  const svg = await draw(chain(5), { limit: 11 }).svg();
  assertEquals(boxes(svg), 11);
  assert(!texts(svg).some((text) => text.includes("⋯") || text.includes(" of ")));
  assertStringIncludes(texts(await draw(chain(5), { limit: 10 }).svg()).join(), "10 of 11 values");
});

Deno.test("a graph of 3,000 values is drawn without settings", async () => {
  const xs = Array.from({ length: 3000 }, (_, i) => new Value(i));
  for (const y of [sum(xs), chain(1500)]) {
    const svg = await draw(y).svg();
    assert(boxes(svg) < 100);
    assertStringIncludes(svg, " of 3,001 values");
  }
});

Deno.test("a single value is drawn", async () => {
  const svg = await draw(new Value(NaN)).svg();
  assertEquals([boxes(svg), texts(svg)], [1, ["data NaN", "grad 0"]]);
});

Deno.test("the limit must be a whole number from 1", () => {
  const y = new Value(1);
  for (const limit of [0, -1, 1.5, NaN, Infinity]) {
    assertThrows(
      () => draw(y, { limit }),
      RangeError,
      `draw: limit must be a whole number from 1, got ${limit}`,
    );
  }
  for (const [thing] of strangers.filter(([thing]) => typeof thing === "string")) {
    assertThrows(() => draw(y, { limit: untyped<number>(thing) }), RangeError, "draw: limit must");
  }
});

Deno.test("a drawing shows itself as a picture, and as text that names the result", async () => {
  const bundle = await draw(expression())[display]();
  assertEquals(Object.keys(bundle).sort(), pictureTypes);
  assertMatch(String(bundle["image/svg+xml"]), /^<svg/);
  assertEquals(bundle["text/plain"], "computation graph of L = -8");
});

Deno.test("the drawings of small graphs are as they were", needs("read", "env"), async () => {
  const L = expression();
  await assertPicture(import.meta.url, "expression", await draw(L).svg());
  await assertPicture(import.meta.url, "cut", await draw(L, { limit: 3 }).svg());
  const [x, w] = [new Value(.5, { label: "x" }), new Value(-1.25, { label: attack })];
  const y = x.mul(w).add(x.pow(2)).tanh();
  y.backward();
  assertEquals(topologicalOrder(y).length, 7);
  await assertPicture(import.meta.url, "shared_operand", await draw(y).svg());
  await assertPicture(import.meta.url, "list", await draw(sum([x, x, 3, w])).svg());
});
