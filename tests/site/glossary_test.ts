import { join } from "node:path";
import { plain } from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { headingsIn, linksIn } from "../support/markdown.ts";

const folder = join(root, "notebooks", "book");
const glossary = await Deno.readTextFile(join(folder, "glossary.md"));

/** The glossary's entries: a term, what it means, and where it is introduced. */
const entries = [...glossary.matchAll(/^- \*\*(.+?)\*\*: (.*\n(?: {2}.*\n)*)/gm)].map(
  ([, term, text]) => ({ term, text, ...linksIn(text)[0] }),
);

/** The text of a notebook's section; without an anchor, what stands below the title. */
async function section(path: string, anchor: string): Promise<string | undefined> {
  const { cells } = await readNotebook(join(folder, path));
  const text = cells.filter(({ cell_type }) => cell_type === "markdown")
    .map(({ source }) => plain(source)).join("\n\n");
  const parts = text.split(/^(?=#+ )/m);
  return anchor === ""
    ? parts[0]
    : parts.find((part) => headingsIn(part.split("\n")[0])[0]?.anchor === anchor);
}

Deno.test("the glossary was read, and is sorted", () => {
  const terms = entries.map(({ term }) => term.toLowerCase());
  assert(terms.length >= 80, `${terms.length} terms`);
  assertEquals(terms, terms.toSorted());
  assertEquals(new Set(terms).size, terms.length);
});

for (const { term, text, path, anchor } of entries) {
  Deno.test(`the glossary explains "${term}" and leads to where it is introduced`, async () => {
    assert(/^.{15,}/.test(text), text);
    const found = await section(path, anchor);
    assert(found !== undefined, `${path} has no heading for #${anchor}`);
    const marked = [...found.matchAll(/^#+ .+|\*\*[^*]+\*\*|`[^`\n]+`/gm)].join("\n").toLowerCase();
    const words = term.toLowerCase().match(/[\p{L}\d]{3,}/gu)!;
    const stem = (word: string) => word.slice(0, Math.max(4, word.length - 3));
    assert(words.some((word) => marked.includes(stem(word))), `it does not mark ${term}`);
  });
}

Deno.test("a term is introduced once: nothing stands in bold in two places", async () => {
  const bold: string[] = [];
  for (const path of await findNotebooks()) {
    for (const { cell_type, source } of (await readNotebook(path)).cells) {
      if (cell_type !== "markdown") continue;
      const text = plain(source).replace(/^```[^]*?^```/gm, "");
      bold.push(
        ...[...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words]) =>
          words.replace(/\s+/g, " ").toLowerCase()
        ),
      );
    }
  }
  assertEquals(bold.filter((words, i) => bold.indexOf(words) < i), []);
});
