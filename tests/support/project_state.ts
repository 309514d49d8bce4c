import { createHash } from "node:crypto";
import { join, relative } from "node:path";

/** What is made of the project, or is none of it. */
const others = new Set([".git", ".venv", ".output", "node_modules", ".ipynb_checkpoints"]);

/**
 * A name for the content of all files of a project. What was made of them stays right as long as
 * the name is the same.
 *
 * @param also what counts besides.
 */
export async function projectState(root: string, ...also: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([Deno.version, ...also]));
  const paths = await Array.fromAsync(files(root));
  for (const path of paths.sort()) {
    const content = await Deno.readFile(path);
    hash.update(JSON.stringify([relative(root, path), content.length])).update(content);
  }
  return hash.digest("hex").slice(0, 16);
}

async function* files(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory, isFile } of Deno.readDir(folder)) {
    if (others.has(name)) continue;
    const path = join(folder, name);
    if (isDirectory) yield* files(path);
    else if (isFile) yield path;
  }
}
