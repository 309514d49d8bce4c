/**
 * The kernel of a page in a browser, without its page: does it answer as Deno's
 * kernel does, and does every cell of the book give what is stored?
 */
import { basename, join } from "node:path";
import { type Output, plain } from "../../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../../notebooks/jupyter/notebooks.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { browserPath, withBrowser } from "../../support/browser.ts";
import { serveFolder } from "../../support/serve_folder.ts";
import { madeBook } from "../made_book.ts";
import { differences } from "./differences.ts";
import { type Ran, runCells } from "./kernel_in_browser.ts";
import snippets from "./kernel_snippets.json" with { type: "json" };

if (!browserPath) {
  console.log("Tests of the live book skipped: no Chromium or Chrome on the PATH.");
}

let book: string;
let live: string;
Deno.test.beforeAll(async () => {
  if (!browserPath) return;
  book = await madeBook();
  const [{ name }] = await Array.fromAsync(Deno.readDir(join(book, "live")));
  live = `live/${name}/`;
});

type Run = (sources: readonly string[], notebook?: string) => Promise<Ran[]>;

function kernelTest(name: string, use: (run: Run) => Promise<void>): void {
  Deno.test({
    name,
    ignore: !browserPath,
    fn: async () => {
      await using server = serveFolder(book);
      await withBrowser(async (browser) => {
        const page = await browser.newPage();
        // There is no page here, but a worker wants one from the same server.
        await page.goto(server.url + live);
        await use((sources, notebook) => runCells(page, server.url + live, sources, notebook));
      });
    },
  });
}

/** Outputs as the snippets have them: pairs of a kind and a text. */
function inPairs(outputs: readonly Output[]): unknown[] {
  return outputs.map(({ output_type, name, text, data, ename, evalue }) => {
    if (output_type === "stream") return [name, plain(text)];
    if (output_type === "error") return ["error", `${ename}: ${evalue}`];
    const isPlain = data && Object.keys(data).join() === "text/plain";
    return [output_type, isPlain ? data["text/plain"] : data];
  });
}

kernelTest("snippets give what Deno's kernel answers", async (run) => {
  let count = 0;
  for (const { cells, kernel } of snippets) {
    const ran = await run(cells);
    for (const [i, cell] of cells.entries()) {
      assertEquals(inPairs(ran[i].outputs), kernel[i], cell);
      count++;
    }
  }
  assert(count > 300, `only ${count} snippets`);
});

// Long notebooks keep one processor busy each, so they are run two at a time.
kernelTest("every cell of every notebook runs and gives what is stored", async (run) => {
  const paths = await findNotebooks();
  const found: string[] = [];
  let cells = 0;
  const left = paths.toReversed().values();
  const worker = async () => {
    for (const path of left) {
      const notebook = await readNotebook(path);
      const stored = notebook.cells.filter(({ cell_type }) => cell_type === "code");
      const name = basename(path, ".ipynb");
      const ran = await run(stored.map(({ source }) => plain(source)), name);
      for (const [i, cell] of stored.entries()) {
        cells++;
        const problems = differences(ran[i].outputs, cell.outputs ?? [], cell.metadata?.measured);
        found.push(...problems.map((problem) => `${name}, cell ${i + 1}: ${problem}`));
      }
    }
  };
  await Promise.all([worker(), worker()]);
  assertEquals(found, []);
  assert(cells > 290, `only ${cells} cells`);
});

kernelTest(
  "a mistake is shown with its line, and the cell's name is in no message",
  async (run) => {
    const sources = ["let a = 1;\n\nlet b = ;", "function f() {\n  null.x;\n}", "1;\nf();"];
    const outputs = (await run(sources)).map(({ outputs: [first] }) => first?.evalue);
    assertEquals(outputs, [
      "Expression expected\n  |\n3 | let b = ;\n  |         ~",
      undefined,
      "Cannot read properties of null (reading 'x')",
    ]);
  },
);

kernelTest("what a timer prints goes to the cell that started it", async (run) => {
  const [first, second] = await run([
    "void setTimeout(() => console.log('late'), 20);",
    "console.log('at once'); await new Promise((resolve) => setTimeout(resolve, 60));",
  ]);
  assertEquals(inPairs(first.outputs), [["stdout", "late\n"]]);
  assertEquals(inPairs(second.outputs), [["stdout", "at once\n"]]);
});

kernelTest("threads become one in a page, which is said once", async (run) => {
  const [, first, second] = await run([
    `import { compile, Value } from "chainrule";
     const [x, w] = [new Value(2), new Value(3)];
     const make = () => {
       const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w], threads: 2 });
       program.load([[1], [2], [3]]);
       return program.backward();
     };`,
    "make()",
    "make()",
  ]);
  const warning = "compile: one thread computes, since here no thread can wait for others, " +
    "as in a page\n";
  assertEquals(inPairs(first.outputs), [["stderr", warning], ["execute_result", "42"]]);
  assertEquals(inPairs(second.outputs), [["execute_result", "42"]]);
});

kernelTest("files are in memory, and what needs a computer says so", async (run) => {
  const [files, missing, computer] = await run([
    `const folder = await Deno.makeTempDir();
     await Deno.writeTextFile(folder + "/a.txt", "text");
     const read = await Deno.readTextFile(folder + "/a.txt");
     await Deno.remove(folder, { recursive: true });
     [read, await Deno.readTextFile(folder + "/a.txt").catch((error) => error.name)]`,
    `Deno.openSync("a.txt")`,
    `const { Peer } = await import("../tests/bench/peer.ts"); Peer()`,
  ]);
  assertEquals(inPairs(files.outputs), [["execute_result", '[ "text", "NotFound" ]']]);
  const said = [missing, computer].map(({ outputs: [{ evalue }] }) => evalue);
  assertEquals(said, [
    "Deno.openSync needs Deno on a computer; a page of the book has files in memory",
    "Peer of ../tests/bench/peer.ts needs Deno on a computer",
  ]);
});
