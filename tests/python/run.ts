/**
 * Runs Python programs of the tests, with the packages of `requirements.txt`,
 * which are installed into the project's `.venv` on the first use.
 *
 * @module
 */
import { join } from "node:path";

const folder = import.meta.dirname!;

/**
 * What a program of this folder prints, which must be JSON.
 *
 * @param script its file name.
 * @param args its arguments.
 */
export async function runPython(script: string, args: readonly string[]): Promise<unknown> {
  // On demand: it looks at the environment as soon as it is loaded.
  const { setupPackages } = await import("../../notebooks/jupyter/setup.ts");
  const { python, env } = await setupPackages("tests", join(folder, "requirements.txt"));
  const { success, stdout, stderr } = await new Deno.Command(python, {
    args: [join(folder, script), ...args],
    env,
    stdin: "null",
  }).output();
  if (!success) throw new Error(`${script} failed:\n${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
