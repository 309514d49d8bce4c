import { join } from "node:path";
import { buildBook } from "../../notebooks/book/build.ts";
import { repositoryUrl } from "../../notebooks/book/links.ts";
import { findNotebooks } from "../../notebooks/jupyter/notebooks.ts";
import { exists, root } from "../../notebooks/jupyter/task.ts";
import { projectState } from "../support/project_state.ts";

// Sphinx splits what it is told at commas.
const books = join(root, ".output", "tests", "books, by the state of the project");

/**
 * The folder of the book, for reading only: whichever test asks first makes it, and it stays as
 * long as no file of the project changes.
 */
export async function madeBook(): Promise<string> {
  const folder = join(books, await projectState(root, repositoryUrl() ?? ""));
  await Deno.mkdir(books, { recursive: true });
  using file = await Deno.open(join(books, "lock"), { create: true, write: true });
  await file.lock(true);
  if (await exists(folder)) return folder;
  await removeOld();
  await buildBook(await findNotebooks(), folder);
  await Deno.remove(`${folder}-build`, { recursive: true });
  return folder;
}

/** Removes the books of other states, but for those that other tests may be reading now. */
async function removeOld(): Promise<void> {
  const hour = 3_600_000;
  for await (const { name, isDirectory } of Deno.readDir(books)) {
    const { mtime } = await Deno.stat(join(books, name));
    if (isDirectory && Date.now() - mtime!.getTime() > hour) {
      await Deno.remove(join(books, name), { recursive: true });
    }
  }
}
