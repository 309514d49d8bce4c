import { basename, join } from "node:path";
import { anchorOf } from "../../notebooks/book/links.ts";
import { plain } from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals, assertMatch } from "../support/assert.ts";
import { headingsIn, linksIn } from "../support/markdown.ts";
import { ledger, sections } from "./notebooks_ledger.ts";

const mapFolder = join(root, "notebooks", "book");
const map = await Deno.readTextFile(join(mapFolder, "source_map.md"));

/** The rows of all tables in a Markdown text, without their heads. */
function rowsIn(markdown: string): string[][] {
  return markdown.split(/^\|[ |-]+\|$/m).slice(1).flatMap((table) =>
    table.trimStart().split("\n\n")[0].split("\n").filter((line) => line.startsWith("|"))
      .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
  );
}

/** Where the counterparts of the source's cells stand, as a link from the map would say. */
async function placesOfCells(): Promise<Map<number, string>> {
  const places = new Map<number, string>();
  for (const path of await findNotebooks()) {
    let place = `../${basename(path)}`;
    const title = place;
    for (const { cell_type, source, metadata } of (await readNotebook(path)).cells) {
      if (cell_type === "markdown") {
        const above = headingsIn(plain(source)).at(-1);
        if (above) {
          place = place === title && /^\d/.test(above.title) ? title : `${title}#${above.anchor}`;
        }
      }
      if (metadata?.source_cell !== undefined) places.set(metadata.source_cell, place);
    }
  }
  return places;
}

Deno.test("the map of the source has all of its sections, in their order", () => {
  const titles = headingsIn(map).map(({ title }) => title);
  assertEquals(titles, ["From the source to here", ...sections, "Its slips"]);
});

Deno.test("the map leads from each cell of the source to the section of its counterpart", async () => {
  const places = await placesOfCells();
  const rows = rowsIn(map).filter(([there]) => /^cell \d+$/.test(there));
  const cells = Object.keys(ledger).map(Number).sort((a, b) => a - b);
  assertEquals(rows.map(([there]) => Number(there.slice(5))), cells);
  for (const [there, here] of rows) {
    const [{ path, anchor }] = linksIn(here);
    assertEquals(anchor ? `${path}#${anchor}` : path, places.get(Number(there.slice(5))), there);
  }
});

Deno.test("each row of the map says what is there, where it is here, and what differs", () => {
  const rows = rowsIn(map);
  assert(rows.length > Object.keys(ledger).length + sections.length, `${rows.length} rows`);
  for (const cells of rows) {
    assert(cells.length === 3 || cells.length === 4, cells.join(" | "));
    for (const cell of cells) assertMatch(cell, /\S/, cells.join(" | "));
  }
});

Deno.test("each link of the map leads to a heading or a file that is there", async () => {
  for (const { path, anchor } of linksIn(map)) {
    if (!path.endsWith(".ipynb")) {
      await Deno.stat(join(mapFolder, path));
      continue;
    }
    const { cells } = await readNotebook(join(mapFolder, path));
    const anchors = cells.filter(({ cell_type }) => cell_type === "markdown")
      .flatMap(({ source }) => headingsIn(plain(source))).map((each) => each.anchor);
    assert(anchor === "" || anchors.includes(anchor), `${path} has no heading for #${anchor}`);
    assertEquals(new Set(anchors).size, anchors.length, `${path} has a heading twice`);
  }
});

Deno.test("the map is read as the book reads it", () => {
  assertEquals(anchorOf("`visited`, spelled right"), "visited-spelled-right");
  assertEquals(headingsIn("# A b: c\n\n```sh\n# no\n```\n\n## D").map(({ anchor }) => anchor), [
    "a-b-c",
    "d",
  ]);
  assertEquals(rowsIn("| a | b |\n| - | - |\n| 1 | 2 |\n| 3 |  |\n\nend\n"), [["1", "2"], [
    "3",
    "",
  ]]);
  assertEquals(linksIn("[x](../a.ipynb#b) [y](z.md)"), [
    { path: "../a.ipynb", anchor: "b" },
    { path: "z.md", anchor: "" },
  ]);
});
