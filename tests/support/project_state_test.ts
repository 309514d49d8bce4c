import { join } from "node:path";
import { assertEquals, assertNotEquals } from "./assert.ts";
import { withFolder } from "./files.ts";
import { projectState } from "./project_state.ts";

Deno.test("whatever changes in a project's files gives it another state", () =>
  withFolder(async (folder) => {
    const write = (path: string, text: string) => Deno.writeTextFile(join(folder, path), text);
    await Deno.mkdir(join(folder, "a"));
    await write("a/x.ts", "12");
    await write("y.ts", "3");
    const state = await projectState(folder);
    assertEquals(await projectState(folder), state);
    const changes: Record<string, () => Promise<void>> = {
      "a letter": () => write("a/x.ts", "13"),
      "what moved from file to file": async () => {
        await write("a/x.ts", "1");
        await write("y.ts", "23");
      },
      "a name": () => Deno.rename(join(folder, "y.ts"), join(folder, "z.ts")),
      "a new file": () => write("a/new.ts", ""),
      "a file less": () => Deno.remove(join(folder, "a", "x.ts")),
    };
    const seen = new Set([state]);
    for (const [what, change] of Object.entries(changes)) {
      await change();
      const next = await projectState(folder);
      assertEquals(seen.has(next), false, what);
      seen.add(next);
    }
    assertNotEquals(await projectState(folder, "also"), await projectState(folder));
  }));

Deno.test("what is made of a project is no part of its state", () =>
  withFolder(async (folder) => {
    await Deno.writeTextFile(join(folder, "x.ts"), "1");
    const state = await projectState(folder);
    await Deno.mkdir(join(folder, ".output"));
    await Deno.writeTextFile(join(folder, ".output", "book.html"), "1");
    assertEquals(await projectState(folder), state);
  }));
