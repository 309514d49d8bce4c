/**
 * What VS Code underlines in the notebooks, by Deno's own language server: nothing but the classes
 * that notebook 2 writes again and again, and says so.
 */
import { basename, join } from "node:path";
import { findNotebooks, readNotebook } from "../../notebooks/jupyter/notebooks.ts";
import { root } from "../../notebooks/jupyter/setup.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { LanguageServer } from "../support/language_server.ts";

/** An editor keeps to the first `class Value`, so it does not know what the later ones have. */
const announced = [
  /^Duplicate identifier 'Value'/,
  /^Property '(propagate|backward)' does not exist on type 'Value'/,
  /^Argument of type 'typeof With\w+' .*\bProperty 'propagate' is missing in type 'With\w+'/s,
];

Deno.test("an editor that checks types finds nothing wrong with correct notebooks", async () => {
  await using server = await LanguageServer.start(root);
  const bad = [`new Map<string, number>().set("a", "b");`, `const text: string = 1;`];
  const [first, second] = await server.checkNotebook(join(root, "notebooks", "bad.ipynb"), bad);
  assertEquals([first.length, second.length], [1, 1], "the server finds what is wrong");

  const paths = await findNotebooks();
  assert(paths.length >= 10);
  for (const path of paths) {
    const { cells } = await readNotebook(path);
    const code = cells.filter(({ cell_type: type }) => type === "code");
    const found = await server.checkNotebook(
      path,
      code.map(({ source }) => [source].flat().join("")),
    );
    assertEquals(found.length, code.length);
    const errors = found.flat().filter(({ severity }) => severity === 1)
      .map(({ message }) => message);
    const isSecond = basename(path).startsWith("02");
    const others = errors.filter((error) => !(isSecond && announced.some((it) => it.test(error))));
    assertEquals(others, [], basename(path));
    if (isSecond) assert(errors.length > 0, "the sentence in notebook 2 can go");
  }
});
