/**
 * The README keeps its word: its code prints what stands below it, its picture
 * is the one that the library draws, and its links lead somewhere.
 */
import { math, steps, Value } from "../mod.ts";
import { assert, assertEquals } from "./support/assert.ts";

const root = new URL("../", import.meta.url);
const readme = await Deno.readTextFile(new URL("README.md", root));

Deno.test("the README's code prints what stands below it", async () => {
  const blocks = [...readme.matchAll(/```ts\n([^]*?)```\s+```text\n([^]*?)```/g)];
  assert(blocks.length > 0, "code with its output");
  for (const [, code, expected] of blocks) {
    const run = new Deno.Command(Deno.execPath(), {
      args: ["run", "--ext=ts", "--quiet", "-"],
      cwd: root,
      env: { NO_COLOR: "1" },
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const stdin = run.stdin.getWriter();
    await stdin.write(new TextEncoder().encode(code));
    await stdin.close();
    assertEquals(new TextDecoder().decode((await run.output()).stdout), expected);
  }
});

Deno.test("the README's picture is the film of its formula", async () => {
  const [a, b, c, f] = [2, -3, 10, -2].map((data, i) => new Value(data, { label: "abcf"[i] }));
  const e = a.mul(b), d = e.add(c);
  const L = math`${d} * ${f}`;
  [e.label, d.label, L.label] = ["e", "d", "L"];
  const svg = await steps(L).svg() + "\n";
  const file = new URL(".github/backpropagation.svg", root);
  if (Deno.env.get("UPDATE_SNAPSHOTS") === "1") await Deno.writeTextFile(file, svg);
  assertEquals(await Deno.readTextFile(file), svg);
  assert(readme.includes("(.github/backpropagation.svg)"));
});

for (const name of ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]) {
  Deno.test(`every link of ${name} to a file leads to one`, async () => {
    const text = await Deno.readTextFile(new URL(name, root));
    for (const [, path] of text.matchAll(/\]\((?!https?:|#)([^)#]+)[^)]*\)/g)) {
      await Deno.stat(new URL(path, root)).catch(() => assert(false, `${name}: ${path}`));
    }
  });
}

/** The documents of the project, and for a notebook what its cells say. */
async function* documents(folder = ""): AsyncGenerator<[path: string, text: string]> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(`./${folder}`, root))) {
    const path = folder + name;
    if (isDirectory && (!name.startsWith(".") || name === ".github") && name !== "node_modules") {
      yield* documents(`${path}/`);
    } else if (/\.(md|yml|ipynb)$/.test(name)) {
      const text = await Deno.readTextFile(new URL(path, root));
      if (!name.endsWith(".ipynb")) yield [path, text];
      else for (const { source } of JSON.parse(text).cells) yield [path, [source].flat().join("")];
    }
  }
}

Deno.test("every path that a document or a notebook names is there", async () => {
  const named = new Map<string, string>();
  for await (const [document, text] of documents()) {
    for (
      const [, path] of text.matchAll(
        /(?<![\w/.:@-])(?:\.\.?\/|[ab]\/)*((?:engine|nn|notebooks|tests)\/[\w./-]*\w)(?![\w*])/g,
      )
    ) named.set(path, document);
  }
  for (const path of ["engine/rules.ts", "engine/compile", "tests/site/exercises/11_its_name.ts"]) {
    assert(named.has(path), path);
  }
  for (const [path, document] of named) {
    // The notebook that CONTRIBUTING.md tells how to add.
    if (path.includes("/11_its_name.")) continue;
    await Deno.stat(new URL(path, root)).catch(() => assert(false, `${document}: ${path}`));
  }
});
