/**
 * Tells JupyterLab which notebooks to trust. Of any other it shows neither
 * pictures in SVG nor what needs a script until the reader has run its cells.
 *
 * @module
 */
import { join } from "node:path";
import { findNotebooks } from "./notebooks.ts";
import type { Jupyter } from "./setup.ts";
import { isSystemError, run } from "./python.ts";
import { exists, root } from "./task.ts";

/**
 * Signs the stored notebooks of the project.
 *
 * A notebook's scripts may do in JupyterLab whatever its reader may. Those that came with the
 * project may be trusted by whoever starts JupyterLab from it, since that runs the project's code
 * with all permissions anyway. A file that came later, say a solution that somebody sent under the
 * name of a chapter, may not: so only what git has is signed, and without git only what is there
 * before anything has been signed. What is run and saved in JupyterLab, it signs by itself.
 */
export async function signStored(jupyter: Jupyter): Promise<void> {
  const all = await findNotebooks();
  const { known } = jupyter;
  const paths = await committed(all) ?? (await exists(known) ? [] : all);
  const states = await Promise.all(paths.map(async (path) => {
    const { mtime, size } = await Deno.stat(path);
    return `${path} ${mtime?.getTime()} ${size}`;
  }));
  // Reading notebooks takes seconds, and is seldom needed.
  const state = states.join("\n");
  if (await exists(known) && await Deno.readTextFile(known) === state) return;
  await sign(jupyter, paths);
  await Deno.writeTextFile(known, state);
}

/** Signs notebooks, which must be of the project's own making. */
export async function sign({ python, env }: Jupyter, paths: readonly string[]): Promise<void> {
  if (paths.length === 0) return;
  await run(python, ["-m", "nbformat.sign", ...paths], env, "sign the notebooks");
}

/** Those of some files that are as the last commit has them; null where there is no git. */
export async function committed(paths: readonly string[]): Promise<string[] | null> {
  const [known, changed] = await Promise.all([
    git("ls-files", "-z", "--", ...paths),
    git("diff", "--name-only", "--relative", "-z", "HEAD", "--", ...paths),
  ]);
  if (!known || !changed) return null;
  return paths.filter((path) => known.has(path) && !changed.has(path));
}

/** The paths that a git command names, or null if it fails. */
async function git(...args: string[]): Promise<Set<string> | null> {
  try {
    const { success, stdout } = await new Deno.Command("git", {
      args,
      cwd: root,
      stdin: "null",
      stderr: "null",
    }).output();
    if (!success) return null;
    const names = new TextDecoder().decode(stdout).split("\0").filter((name) => name !== "");
    return new Set(names.map((name) => join(root, name)));
  } catch (error) {
    if (isSystemError(error)) return null;
    throw error;
  }
}
