import { basename, join } from "node:path";
import { bookFolder } from "../../notebooks/book/build.ts";
import {
  compareOutputs,
  type Notebook,
  type Output,
  plain,
} from "../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { runNotebooks } from "../../notebooks/jupyter/run.ts";
import { root } from "../../notebooks/jupyter/task.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import {
  assertions,
  brokenClaims,
  type Claim,
  type Given,
  textOf,
  textsOf,
  unheld,
  unusedGivens,
} from "./claims/claim.ts";
import { ledger, numbersIn, pictures, sameNumbers } from "./notebooks_ledger.ts";

type Cell = Notebook["cells"][number] & {
  metadata?: { source_cell?: number; measured?: boolean };
};

const committed = await findNotebooks();
const notebooks = new Map<string, Notebook>();

/** The cells that stand for cells of the source, in reading order. */
function counterparts(): [number, Cell][] {
  const cells = committed.flatMap((path) => notebooks.get(basename(path))!.cells as Cell[]);
  return cells.flatMap((cell) => {
    const number = cell.metadata?.source_cell;
    return number === undefined ? [] : [[number, cell]];
  });
}

// The book of the stored notebooks, which are the same, is made by the tests that read it.
Deno.test("task notebooks runs them from scratch on the Deno kernel, and makes a book of what it ran", async () => {
  const books: [notebooks: readonly string[], folder: string][] = [];
  const code = await runNotebooks([], (...book) => Promise.resolve(void books.push(book)));
  assertEquals(code, 0, "a cell failed, or an output is missing; it is named above");
  const ran = committed.map((path) => join(root, ".output", "notebooks", basename(path)));
  assertEquals(books, [[ran, bookFolder]]);
  for (const path of ran) notebooks.set(basename(path), await readNotebook(path));
});

Deno.test("every cell of the source has its counterpart, in the source's order", () => {
  const expected = Object.keys(ledger).map(Number).sort((a, b) => a - b);
  assertEquals(counterparts().map(([number]) => number), expected);
});

for (const [number, { source, check = sameNumbers }] of Object.entries(ledger)) {
  Deno.test(`source cell ${number} prints ${source ? "what the source prints" : "nothing"}`, () => {
    const found = counterparts().find(([other]) => other === Number(number));
    assert(found !== undefined, `no cell has the source_cell ${number}`);
    const outputs = found[1].outputs ?? [];
    if (source === "") assertEquals(outputs, []);
    else check(textOf(outputs), source);
  });
}

for (const path of committed) {
  const name = basename(path);

  Deno.test(`${name} shows all of its pictures`, () => {
    const outputs = notebooks.get(name)!.cells.flatMap((cell) => cell.outputs ?? []);
    const drawn = outputs.map(({ data }) => plain(data?.["image/svg+xml"])).filter((svg) => svg);
    assertEquals(drawn.length, pictures[name]);
    for (const svg of drawn) assert(/<(path|circle|rect|image)\b/.test(svg), "an empty picture");
  });

  Deno.test(`${name} is committed with the outputs that it has now`, async () => {
    const differences = compareOutputs(await readNotebook(path), notebooks.get(name)!);
    assertEquals(differences, [], `stale; run: deno task notebooks --update`);
  });
}

/**
 * What the sentences of each notebook rely on: the stored outputs, which stand beside them. Those of
 * measured cells are different in each run, and tests share their processors; all others are fresh.
 */
for (const path of committed) {
  const name = basename(path);

  Deno.test(`${name} says what its cells bear out, and no more`, async () => {
    const { claims, given }: { claims: readonly Claim[]; given: readonly Given[] } = await import(
      `./claims/${name.replace(".ipynb", ".ts")}`
    );
    const texts = textsOf(await readNotebook(path));
    assertEquals(brokenClaims(texts, claims), []);
    // What the solutions explain, their checks hold.
    if (name === "solutions.ipynb") return;
    assertEquals(unheld(texts, claims, given), [], "each needs a claim, or to be given");
    assertEquals(unusedGivens(texts, given), []);
  });
}

Deno.test("a claim that nothing bears out is found, and a number that nothing holds", () => {
  const texts = textsOf({
    cells: [
      { id: "a", cell_type: "markdown", source: "Of 20 runs, nine\nfall faster than $3$." },
      { id: "b", cell_type: "markdown", source: "## 7\nIn notebook 3, $x_3 = 4$ and `5` [a](6)." },
      {
        id: "c",
        cell_type: "code",
        source: "run(20)",
        outputs: [
          { output_type: "stream", text: "9 fall\n" },
          { output_type: "display_data", data: { "image/svg+xml": "<text x='1'>grad 2</text>" } },
          {
            output_type: "execute_result",
            data: { "text/html": String.raw`<script>["\u003ctext x=\"1\">at 5: \"6\""]</script>` },
          },
        ],
      },
    ],
  });
  const runs = /run\(20\)/, shows = /^9 fall$/m;
  assertEquals(
    brokenClaims(texts, [{ says: "Of 20 runs", runs }, { says: "nine fall", shows }]),
    [],
  );
  assertEquals(brokenClaims(texts, [{ shows: /^grad 2$/m }]), []);
  assertEquals(brokenClaims(texts, [{ shows: /^at 5: "6"$/m }]), []);
  assertEquals(brokenClaims(texts, [{ says: "ten fall", shows }]), ["no sentence says: ten fall"]);
  assertEquals(brokenClaims(texts, [{ says: "nine fall", shows: /^8 / }]), [
    "no output shows: /^8 /",
  ]);
  assertEquals(brokenClaims(texts, [{ runs: /run\(30\)/ }]), ["no code says: /run\\(30\\)/"]);
  assertEquals(brokenClaims(texts, [{ says: "nine fall" }]), ["nothing bears out: nine fall"]);
  assertEquals(assertions(texts.prose[0]).map(({ words }) => words), [
    "20",
    "nine",
    "faster than",
    "3",
  ]);
  assertEquals(assertions(texts.prose[1]), []);
  assertEquals(unheld(texts, [{ says: "Of 20 runs", runs }], [/faster than \$3\$/]), [
    '"nine" in: …Of 20 runs, nine fall faster than $3$.…',
  ]);
  assertEquals(unusedGivens(texts, ["$3$", "$4$"]), ["$4$"]);
});

Deno.test("the ledger notices a number that is off, a missing one and a rising loss", () => {
  assertEquals(numbersIn("[ Value(data=-2.5), 1e-7 ]"), [-2.5, 1e-7]);
  assertThrows(() => sameNumbers("[ 2, 1 ]", "(1.0, 1)"), Error);
  assertThrows(() => sameNumbers("[ 1 ]", "(1.0, 1)"), Error);
  const rising = ledger[29].source.replace("0.01852038585466734", "0.0195");
  assertThrows(() => ledger[29].check!(rising, ledger[29].source), Error, "rises");
  ledger[29].check!(ledger[29].source, ledger[29].source);
});

Deno.test("a lost or changed output is found by comparison", () => {
  const notebook = (outputs: Output[]): Notebook => ({
    cells: [{ id: "x", cell_type: "code", source: "1", outputs }],
  });
  const result = (data: Record<string, unknown>): Output => ({ output_type: "display_data", data });
  const both = notebook([result({ "text/plain": "1", "image/svg+xml": "<svg/>" })]);
  const one = notebook([result({ "text/plain": "1" })]);
  const other = notebook([result({ "text/plain": "2", "image/svg+xml": "<svg/>" })]);
  const kinds = (before: Notebook, after: Notebook) =>
    compareOutputs(before, after).map(({ kind }) => kind);
  assertEquals(kinds(both, both), []);
  assertEquals(kinds(both, one), ["missing"]);
  assertEquals(kinds(both, notebook([])), ["missing", "missing"]);
  assertEquals(kinds(both, other), ["changed"]);
  // JupyterLab adds a PNG to a chart that it saves.
  const spec = { "application/vnd.vegalite.v5+json": {}, "text/plain": "1" };
  const chart = notebook([result(spec)]), saved = notebook([result({ "image/png": "x", ...spec })]);
  assertEquals([kinds(saved, chart), kinds(chart, saved)], [[], []]);
  const png = notebook([result({ "image/png": "x", "text/plain": "1" })]);
  assertEquals([kinds(png, one), kinds(one, png)], [["missing"], ["changed"]]);
  both.cells[0].metadata = { measured: true };
  assertEquals([kinds(both, other), kinds(both, one)], [[], ["missing"]]);
});
