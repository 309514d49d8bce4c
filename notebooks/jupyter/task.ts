/**
 * What the project's tasks share: where the project is, and how a task ends.
 *
 * @module
 */
import { fileURLToPath } from "node:url";

/** The folder of the project. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url)).slice(0, -1);

/** A problem that the reader can solve; its message says how. */
export class SetupError extends Error {
  override name = "SetupError";
}

/** Whether there is a file or a folder of that path. */
export async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/**
 * Runs a task's main function with what was written after the task's name. A problem that the
 * reader can solve ends it in one sentence; `--help` shows the comment at the head of its file.
 */
export async function runTask(main: (args: readonly string[]) => Promise<number>): Promise<never> {
  try {
    if (await showHelp()) Deno.exit(0);
    Deno.exit(await main(Deno.args));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}

/** If the task was asked for help, shows it. */
export async function showHelp(): Promise<boolean> {
  if (!Deno.args.some((argument) => argument === "--help" || argument === "-h")) return false;
  const [, comment] = (await Deno.readTextFile(new URL(Deno.mainModule))).match(
    /\/\*\*(.*?)\*\//s,
  )!;
  const lines = comment.split("\n").map((line) => line.replace(/^ \* ?/, ""));
  console.log(lines.filter((line) => line !== "@module").join("\n").replaceAll("`", "").trim());
  return true;
}

/** @throws {SetupError} if there are arguments, for a task that takes none. */
export function takeNothing(args: readonly string[]): void {
  if (args.length === 0) return;
  throw new SetupError(`This task takes no arguments, got ${args.join(" ")}; see --help.`);
}
