/**
 * The library in a project and in a notebook of one's own: imported by its path, from a folder
 * that knows nothing of `deno.json`.
 */
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { executeNotebooks } from "../notebooks/jupyter/run.ts";
import { readNotebook } from "../notebooks/jupyter/notebooks.ts";
import { assert, assertEquals, assertMatch } from "./support/assert.ts";
import { withFolder } from "./support/files.ts";

interface Shown {
  name: string;
  text: string;
  pictures: string[];
}

const root = new URL("../", import.meta.url);
const program = new URL("tests/support/displays.ts", root);

async function deno(folder: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  assert(success, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const parse = (lines: string): Shown[] => lines.trim().split("\n").map((line) => JSON.parse(line));

/** A test in a folder of its own. */
function elsewhere(name: string, test: (folder: string) => Promise<void>): void {
  Deno.test(name, () => withFolder(test));
}

async function* sources(folder: URL): AsyncGenerator<URL> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (/\.[jt]s$/.test(name)) yield new URL(name, folder);
  }
}

const path = fileURLToPath(new URL("mod.ts", root));
const ways: Record<string, [name: string, configuration?: object]> = {
  "with no configuration": [path],
  "that gives it a name": ["chainrule", { imports: { chainrule: path } }],
};

for (const [how, [name, configuration]] of Object.entries(ways)) {
  elsewhere(`another project ${how} has clean types and all pictures`, async (folder) => {
    const code = (await Deno.readTextFile(program)).replace("../../mod.ts", name);
    await Deno.writeTextFile(join(folder, "main.ts"), code);
    if (configuration) {
      await Deno.writeTextFile(join(folder, "deno.json"), JSON.stringify(configuration));
    }
    await deno(folder, "check", "main.ts");
    const shown = parse(await deno(folder, "run", "--allow-all", "main.ts"));
    assertEquals(shown.length, 16);
    for (const { name, text, pictures } of shown) {
      assert(pictures.length > 0 && !text.includes("no picture"), name);
    }
  });
}

Deno.test("where a package is missing, everything shows its text and one line that says why", async () => {
  const args = ["run", "--allow-all", program.href];
  const [shown, without] = await Promise.all([
    deno(".", ...args),
    deno(".", "run", "--no-npm", ...args.slice(1)),
  ]).then((all) => all.map(parse));
  assertEquals(without.map(({ name }) => name), shown.map(({ name }) => name));
  for (const [i, { name, text, pictures }] of without.entries()) {
    assert(text.startsWith(`${shown[i].text}\n`), name);
    assertMatch(
      text.slice(shown[i].text.length + 1),
      /^\(no picture: the package (@viz-js\/viz|vega) could not be loaded: npm specifiers .*\)$/,
    );
    // JupyterLab draws these itself.
    assertEquals(pictures.filter((type) => type !== "application/vnd.vegalite.v5+json"), []);
  }
});

elsewhere("a notebook in any folder shows the graph of a Value", async (folder) => {
  const source = `import { Value } from ${JSON.stringify(path)};\nnew Value(2).mul(3)`;
  const cell = { cell_type: "code", id: "a", metadata: {}, outputs: [], source };
  const notebook = {
    cells: [{ ...cell, execution_count: null }],
    metadata: { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  const mine = join(folder, "mine.ipynb");
  await Deno.writeTextFile(mine, JSON.stringify(notebook));
  const { success, notebooks } = await executeNotebooks([mine], join(folder, "out"));
  assert(success);
  const [{ outputs }] = (await readNotebook(notebooks[0])).cells;
  const types = outputs?.flatMap(({ data }) => Object.keys(data ?? {}));
  assert(types?.includes("image/svg+xml"), String(types));
});

Deno.test("the library names packages in one file, in the versions that deno.json has", async () => {
  const { imports } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  const named = new Set<string>();
  for (const folder of ["engine/", "nn/"]) {
    for await (const file of sources(new URL(folder, root))) {
      const code = await Deno.readTextFile(file);
      for (const [, specifier] of code.matchAll(/"((?:npm|jsr|https?):[^"]*@[^"]*)"/g)) {
        assertEquals(basename(file.pathname), "packages.ts");
        named.add(specifier);
      }
    }
  }
  const packages = [...named].map((specifier) => specifier.replace(/^npm:(.+)@.*$/, "$1"));
  assertEquals(packages.toSorted(), ["@viz-js/viz", "katex", "vega", "vega-lite"]);
  const own: string[] = packages.map((name) => imports[name]).filter((known) => known);
  assertEquals(own.filter((specifier) => !named.has(specifier)), []);
  assert(own.length > 0);
});
