import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { display, Table } from "../../../mod.ts";
import { elements } from "../../support/pictures.ts";

type Row = Record<string, string | number>;

const table = new Table([{ name: "a", grad: 6 }, { name: "bcd", grad: -4.5 }], "Gradients");

Deno.test("a table's text has the caption, the columns' names and a line a row", () => {
  assertEquals(table.toString(), "Gradients\nname  grad\na        6\nbcd   -4.5");
  assertEquals(Deno.inspect(table), table.toString());
});

Deno.test("a table shows itself as HTML and as text", async () => {
  const bundle = await table[display]();
  assertEquals(Object.keys(bundle).sort(), ["text/html", "text/plain"]);
  assertEquals(bundle["text/plain"], table.toString());
  const names = elements(String(bundle["text/html"]));
  assertEquals(names.filter((name) => name === "tr").length, 3);
  assertEquals(names.filter((name) => name === "td").length, 4);
});

Deno.test("markup in a table stays text, in cells, names and caption", async () => {
  const attack = `<img src=x onerror="alert(1)">`;
  const html = String((await new Table([{ [attack]: attack }], attack)[display]())["text/html"]);
  assert(!elements(html).includes("img"));
  assertStringIncludes(html, "&#60;img src=x");
});

Deno.test("numbers stand to the right, texts to the left", () => {
  const { left, right } = Object.groupBy(
    String(new Table([{ t: "a", n: 1 }, { t: "10", n: NaN }])[display]()["text/html"])
      .match(/<td style="text-align:(left|right)">/g) ?? [],
    (cell) => cell.includes("right") ? "right" : "left",
  );
  assertEquals([left?.length, right?.length], [2, 2]);
});

Deno.test("a cell that a row lacks is empty, and a table of no rows is its caption", () => {
  assertEquals(new Table([{ a: 1, b: 2 }, { a: 3 }]).toString(), "a  b\n1  2\n3");
  assertEquals(new Table([], "nothing").toString(), "nothing");
  assertEquals(new Table([]).toString(), "");
});

Deno.test("columns have any names: what every object has, and whole numbers in their place", () => {
  const rows = [{ constructor: 1, toString: 2 }, { constructor: 3 }] as unknown as Row[];
  assertEquals(
    new Table(rows).toString(),
    "constructor  toString\n          1         2\n          3",
  );
  const image = { name: "seven", 10: 1, 9: 2 };
  assertEquals(new Table([image]).toString(), "name   9  10\nseven  2   1");
  assertEquals(new Table([image], "", ["10", "name"]).toString(), "10  name\n 1  seven");
  assertEquals(
    new Table([{ "-1": 1, "1.5": 2, "007": 3, a: 4 }]).toString(),
    "-1  1.5  007  a\n 1    2    3  4",
  );
});

Deno.test("a column that only a later row has is not left out", () => {
  assertEquals(new Table([{ a: 1 }, { a: 2, b: 3 }]).toString(), "a  b\n1\n2  3");
});

Deno.test("minus zero is no zero", () => {
  assertEquals(new Table([{ x: -0 }, { x: 0 }]).toString(), " x\n-0\n 0");
});

Deno.test("one word in a column of numbers leaves them on the right, one number in words is a word", () => {
  const table = new Table([
    { steps: 12, said: "no" },
    { steps: "never", said: "yes" },
    { steps: 1200, said: 7 },
  ]);
  assertEquals(table.toString(), "steps  said\n   12  no\nnever  yes\n 1200  7");
});

Deno.test("a table of 100,000 rows shows the first and the last of them, and says so", () => {
  const table = new Table(
    Array.from({ length: 100_000 }, (_, i) => ({ i, square: i * i })),
    "Squares",
  );
  const lines = table.toString().split("\n");
  assertEquals(lines.slice(0, 2), [
    "Squares",
    "The first 180 and the last 20 of 100000 rows.",
  ]);
  assertEquals(lines.length, 2 + 1 + 180 + 1 + 20);
  assertMatch(lines[3 + 179], /^\s+179\s+32041$/);
  assertMatch(lines[3 + 180], /^\s+⋯\s+⋯$/);
  assertMatch(lines[3 + 181], /^99980\s/);
  const html = String(table[display]()["text/html"]);
  assert(html.length < 50_000, `${html.length} characters`);
  assertStringIncludes(html, "<p>Squares<br>The first 180 and the last 20 of 100000 rows.</p>");
  assertEquals(
    new Table(Array.from({ length: 200 }, (_, i) => ({ i }))).toString().split("\n").length,
    201,
  );
});

Deno.test("a table of 10,000 columns and of long texts is short, and says so", () => {
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`c${i}`, i]));
  const [caption, names] = new Table([wide]).toString().split("\n");
  assertEquals(caption, "The first 50 of 10000 columns.");
  assertEquals(names.split(/\s+/).slice(-2), ["c49", "⋯"]);
  assert(new Table([{ a: "x".repeat(1e6) }], "y".repeat(1e6)).toString().length < 1000);
});

Deno.test("numbers stand to the right however they are written, and lists of them to the left", () => {
  const rows = [
    {
      large: "1,024",
      share: "97.5%",
      factor: "1.2 ×",
      signed: "−3",
      list: "1, 2",
      size: "16 × 16",
    },
    { large: "19,683", share: "100%", factor: "12 ×", signed: "7", list: "3, 4", size: "27 × 16" },
  ];
  const html = String(new Table(rows)[display]()["text/html"]);
  const sides = [...html.matchAll(/<th style="text-align:(\w+)">(\w+)/g)].map((all) =>
    all.slice(1)
  );
  assertEquals(sides, [
    ...["large", "share", "factor", "signed"].map((name) => ["right", name]),
    ...["list", "size"].map((name) => ["left", name]),
  ]);
});

Deno.test("cells, names and captions give a terminal nothing to obey", () => {
  const text = new Table([{ "\u001b[2J": "a\nb\u001b[31m" }], "\u001b]0;title\u0007").toString();
  assertEquals(text, "␛]0;title␇\n␛[2J\na␊b␛[31m");
});
