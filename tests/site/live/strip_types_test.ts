/** Types are taken out as swc does it, over all code of the project, and places stay. */
import swc from "@swc/wasm-typescript";
import { tokenizer } from "acorn";
import { join, relative } from "node:path";
import { stripTypes } from "../../../notebooks/book/live/kernel/strip_types.ts";
import { plain } from "../../../notebooks/jupyter/compare.ts";
import { findNotebooks, readNotebook } from "../../../notebooks/jupyter/notebooks.ts";
import { root } from "../../../notebooks/jupyter/setup.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** The signs that code consists of; semicolons stand where types were. */
function tokens(js: string): string[] {
  const all = tokenizer(js, { ecmaVersion: "latest", sourceType: "module" });
  return [...all].map(({ start, end }) => js.slice(start, end)).filter((token) => token !== ";");
}

/** Without types, by swc; null where it wants to write new code, as for enumerations. */
function bySwc(source: string): string | null {
  try {
    return swc.transformSync(source, { mode: "strip-only", module: true }).code;
  } catch {
    return null;
  }
}

async function* allCode(): AsyncGenerator<[name: string, source: string]> {
  for (const path of await findNotebooks()) {
    for (const [i, { cell_type, source }] of (await readNotebook(path)).cells.entries()) {
      if (cell_type === "code") yield [`${relative(root, path)}, cell ${i + 1}`, plain(source)];
    }
  }
  for (const folder of ["engine", "nn", "notebooks", "tests"]) yield* codeIn(join(root, folder));
}

async function* codeIn(folder: string): AsyncGenerator<[name: string, source: string]> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) yield* codeIn(path);
    else if (name.endsWith(".ts")) yield [relative(root, path), await Deno.readTextFile(path)];
  }
}

Deno.test("every cell and every file of the project loses its types as swc takes them out", async () => {
  let count = 0, refused = 0;
  for await (const [name, source] of allCode()) {
    const mine = stripTypes(source);
    assertEquals(mine.split("\n").length, source.split("\n").length, name);
    const others = bySwc(source);
    if (others === null) refused++;
    else assertEquals(tokens(mine), tokens(others), name);
    count++;
  }
  assert(count > 600, `only ${count} texts`);
  assert(refused < 10, `swc refused ${refused} texts`);
});

Deno.test("what is left of code stands where it stood", () => {
  const source = 'let a: number = 1, b = f<string>("x")!;\nconst g = (x?: T) => x as U;';
  assertEquals(
    stripTypes(source),
    'let a         = 1, b = f        ("x") ;\nconst g = (x    ) => x     ;',
  );
});

/** What an expression gives after code without its types. */
function valueAfter(source: string, expression: string): unknown {
  return new Function(`${stripTypes(source)}\nreturn ${expression}`)();
}

Deno.test("a line never goes on with the next one where only a type stood between", () => {
  assertEquals(valueAfter("let b = 2\nlet a = b as number\n[1].length", "a"), 2);
  assertEquals(valueAfter("const f = (x: number): {\n  x: number;\n} => ({ x })", "f(3).x"), 3);
  assertEquals(valueAfter("const f = async <\n  T,\n>(x: T) => x", "typeof f"), "function");
  assertEquals(valueAfter("class A {\n  x = 1\n  private *g() {}\n}", "new A().x"), 1);
});

Deno.test("enumerations, namespaces and properties in parameters become code", () => {
  const numbers = "enum E { A, B = 5, C, D = B | 2 }";
  assertEquals(valueAfter(numbers, "[E.A, E.C, E.D, E[6]]"), [0, 6, 7, "C"]);
  assertEquals(valueAfter('const enum E { "a-b" = "x" }', 'E["a-b"]'), "x");
  assertEquals(valueAfter("namespace N { export const a = 1; export type T = 1 }", "N.a"), 1);
  const classes =
    "class B {}\nclass A extends B { z = this.x; constructor(readonly x = 2) { super() } }";
  const entries = [["x", 2], ["z", undefined]];
  assertEquals(valueAfter(classes, "Object.entries(new A())"), entries);
});
