import { join } from "node:path";
import { pathToFileURL } from "node:url";
import process from "node:process";
import { assert, assertEquals, assertRejects } from "../../support/assert.ts";
import { withFolder } from "../../support/files.ts";
import { needs } from "../../support/permissions.ts";
import { replaceFile } from "../../../nn/files/replace_file.ts";

const files = needs("read", "write", "env");

Deno.test("a file is written beside and takes the place of the old one", files, async () => {
  await withFolder(async (folder) => {
    for (const path of [join(folder, "a.json"), pathToFileURL(join(folder, "größe 1.json"))]) {
      for (const content of ["first", new TextEncoder().encode("second, and longer")]) {
        await replaceFile("test", path, content);
        const text = typeof content === "string" ? content : new TextDecoder().decode(content);
        assertEquals(await Deno.readTextFile(path), text);
      }
    }
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "a.json",
      "größe 1.json",
    ]);
  });
});

Deno.test(
  "where the disk is full or the place cannot be taken, the old file stays whole",
  files,
  async () => {
    const fs = process.getBuiltinModule("node:fs/promises");
    const { open, rename } = fs;
    const full = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
    await withFolder(async (folder) => {
      const path = join(folder, "model.json");
      await Deno.writeTextFile(path, "before");
      const attempt = async (change: () => void) => {
        change();
        try {
          await assertRejects(() => replaceFile("test", path, "after"), Error, "ENOSPC");
        } finally {
          Object.assign(fs, { open, rename });
        }
        assertEquals(await Deno.readTextFile(path), "before");
        assertEquals([...Deno.readDirSync(folder)].length, 1);
      };
      await attempt(() =>
        fs.open = async (...x: Parameters<typeof open>) => {
          const file = await open(...x);
          file.writeFile = async () => {
            await file.write("af");
            throw full;
          };
          return file;
        }
      );
      await attempt(() => fs.rename = () => Promise.reject(full));
    });
  },
);

Deno.test("a link stays a link, and permissions stay", {
  ignore: files.ignore || Deno.build.os === "windows",
}, async () => {
  await withFolder(async (folder) => {
    const [path, link] = [join(folder, "model.json"), join(folder, "link.json")];
    await Deno.writeTextFile(path, "before", { mode: 0o600 });
    await Deno.symlink("model.json", link);
    await replaceFile("test", link, "after");
    assert((await Deno.lstat(link)).isSymlink);
    assertEquals(await Deno.readTextFile(path), "after");
    assertEquals((await Deno.stat(path)).mode! & 0o777, 0o600);
  });
});

Deno.test("where only the file may be written, it is written in place", files, async () => {
  const fs = process.getBuiltinModule("node:fs/promises");
  const { open } = fs;
  await withFolder(async (folder) => {
    const path = join(folder, "model.json");
    const denied = Object.assign(new Error("EACCES"), { code: "EACCES" });
    fs.open = () => Promise.reject(denied);
    try {
      await assertRejects(() => replaceFile("test", path, "new"), Error, "EACCES");
      await Deno.writeTextFile(path, "before");
      await replaceFile("test", path, "after");
    } finally {
      fs.open = open;
    }
    assertEquals(await Deno.readTextFile(path), "after");
  });
});
