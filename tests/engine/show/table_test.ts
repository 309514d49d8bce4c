import { assert, assertEquals, assertStringIncludes } from "../../support/assert.ts";
import { display, Table } from "../../../mod.ts";
import { elements } from "../../support/pictures.ts";

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
