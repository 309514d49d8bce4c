/** How every notebook is written, whatever it says; nothing is executed. */
import { basename } from "node:path";
import { type Notebook, plain } from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { assertEquals } from "../support/assert.ts";

const columns = 84;
/** The plumbing that each notebook begins with, and nobody reads. */
const barrier = /^import \* as barrier /;

/** Lines of code that are too long to be read without scrolling: `cell 4: 90 columns`. */
function longLines({ cells }: Notebook): string[] {
  return cells.flatMap(({ cell_type, source }, i) =>
    cell_type !== "code" ? [] : plain(source).split("\n")
      .filter((line) => line.length > columns && !barrier.test(line))
      .map((line) => `cell ${i + 1}: ${line.length} columns`)
  );
}

/** Charts that do not say what they show. */
function untitledCharts({ cells }: Notebook): string[] {
  return cells.flatMap(({ outputs = [] }, i) =>
    outputs.flatMap(({ data = {} }) => Object.entries(data))
      .filter(([type, spec]) => type.includes("vegalite") && !hasTitle(spec))
      .map(() => `cell ${i + 1}`)
  );
}

function hasTitle(spec: unknown): boolean {
  if (typeof spec !== "object" || spec === null || !("title" in spec)) return false;
  const { title } = spec;
  const text = typeof title === "object" && title !== null && "text" in title ? title.text : title;
  return [text].flat().join("").trim() !== "" && text !== null;
}

/** Cells that the book folds and JupyterLab does not. */
function halfFolded({ cells }: Notebook): string[] {
  return cells.flatMap(({ metadata }, i) =>
    metadata?.tags?.includes("hide-input") && metadata.jupyter?.source_hidden !== true
      ? [`cell ${i + 1}`]
      : []
  );
}

for (const path of await findNotebooks()) {
  const name = basename(path);

  Deno.test(`${name} has no line of code of more than ${columns} columns`, async () => {
    assertEquals(longLines(await readNotebook(path)), []);
  });

  Deno.test(`${name} has a title over every chart`, async () => {
    assertEquals(untitledCharts(await readNotebook(path)), []);
  });

  Deno.test(`${name} folds the same cells in JupyterLab as in the book`, async () => {
    const advice = "run: deno task notebooks --update";
    assertEquals(halfFolded(await readNotebook(path)), [], advice);
  });
}

Deno.test("a long line, a chart without a title and a cell that is half folded are found", () => {
  const chart = (spec: unknown) => [{
    output_type: "display_data",
    data: { "application/vnd.vegalite.v5+json": spec },
  }];
  const notebook: Notebook = {
    cells: [
      { cell_type: "markdown", source: "x".repeat(columns + 1) },
      { cell_type: "code", source: `import * as barrier ${"x".repeat(columns)}` },
      { cell_type: "code", source: ["1\n", "x".repeat(columns + 1)], outputs: chart({}) },
      { cell_type: "code", source: "1", outputs: chart({ title: { text: ["a", "b"] } }) },
      { cell_type: "code", source: "1", outputs: chart({ title: null }) },
      { cell_type: "code", source: "1", metadata: { tags: ["hide-input"] } },
      {
        cell_type: "code",
        source: "1",
        metadata: { tags: ["hide-input"], jupyter: { source_hidden: true } },
      },
    ],
  };
  assertEquals(longLines(notebook), [`cell 3: ${columns + 1} columns`]);
  assertEquals(untitledCharts(notebook), ["cell 3", "cell 5"]);
  assertEquals(halfFolded(notebook), ["cell 6"]);
});
