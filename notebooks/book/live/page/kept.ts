/// <reference lib="dom" />
/**
 * What the browser keeps between visits: edits, and how far exercises are.
 *
 * @module
 */

/** How far an exercise is: an answer was tried, or one was right. */
export type Progress = "tried" | "solved";

/** The name of a page's notebook, without its ending. */
export function notebookOf(address: Location | URL): string {
  return decodeURIComponent(address.pathname).split("/").at(-1)!.replace(/\.html$/, "");
}

/** The edited cells of a page, by their numbers; of another version of its notebook, none. */
export class KeptEdits {
  readonly #key: string;
  readonly #texts: Record<number, string>;

  /** Reads what is kept for a notebook with these cells. */
  constructor(notebook: string, stored: readonly string[]) {
    this.#key = `chainrule edits ${notebook} ${hash(stored.join("\0"))}`;
    this.#texts = read<Record<number, string>>(this.#key);
  }

  /** The text of an edited cell. */
  get(cell: number): string | undefined {
    return this.#texts[cell];
  }

  /** Keeps the text of a cell, or no longer. */
  set(cell: number, text: string | undefined): void {
    if (text === undefined) delete this.#texts[cell];
    else this.#texts[cell] = text;
    write(this.#key, this.#texts);
  }
}

const exercisesKey = "chainrule exercises";

/** How far the exercises of all notebooks are. */
export function progress(): Record<string, Progress> {
  return read<Record<string, Progress>>(exercisesKey);
}

/** Notes how far an exercise is; what was solved stays so. */
export function noteProgress(id: string, state: Progress): void {
  const all = progress();
  if (all[id] === "solved") return;
  write(exercisesKey, { ...all, [id]: state });
}

function read<T extends object>(key: string): T {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return {} as T;
  }
}

/** Writes, where the browser allows for it. */
function write(key: string, value: object): void {
  try {
    if (Object.keys(value).length === 0) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Then nothing is kept.
  }
}

/** A short number that tells versions of a text apart. */
function hash(text: string): string {
  let sum = 5381;
  for (let i = 0; i < text.length; i++) sum = Math.imul(sum, 33) ^ text.charCodeAt(i);
  return (sum >>> 0).toString(36);
}
