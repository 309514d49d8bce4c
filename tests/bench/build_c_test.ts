import { join } from "node:path";
import { assert, assertEquals, assertStringIncludes } from "../support/assert.ts";
import { withFolder } from "../support/files.ts";
import { buildC } from "./build_c.ts";

Deno.test("a program in C is built anew in one place, and what gcc says of a wrong one is told", () =>
  withFolder(async (folder) => {
    const source = join(folder, "answer.c");
    const build = async (answer: string) => {
      const text = `#include <stdio.h>\nint main() { printf("%d", ${answer}); }`;
      await Deno.writeTextFile(source, text);
      return await buildC(source, "answer", { ANSWER: 42 }, ["-O1"]);
    };
    const first = await build("ANSWER");
    if ("missing" in first) {
      assertEquals(first.missing, "the command gcc");
      return;
    }
    const run = async ([command]: readonly [string]) =>
      new TextDecoder().decode((await new Deno.Command(command).output()).stdout);
    assertEquals(await run(first), "42");
    assertEquals(await build("ANSWER + 1"), first);
    assertEquals(await run(first), "43");
    const wrong = await build("UNKNOWN");
    assert("missing" in wrong, "there is no UNKNOWN");
    assertStringIncludes(wrong.missing, "gcc failed: ");
    await Deno.remove(first[0]);
  }));
