/// <reference lib="dom" />
/**
 * Shows on the contents page how many exercises of each chapter are solved.
 *
 * @module
 */
import { notebookOf, progress } from "./kept.ts";

/** Says it after each chapter in which something is solved; before that, nothing is loaded. */
export async function showProgress(): Promise<void> {
  const solved = Object.entries(progress()).filter(([, state]) => state === "solved");
  const links = document.querySelectorAll<HTMLAnchorElement>("#chapters li a[href]");
  if (solved.length === 0 || links.length === 0) return;
  const response = await fetch(new URL("exercises.json", import.meta.url));
  if (!response.ok) return;
  const exercises: Record<string, string[]> = await response.json();
  const ids = new Set(solved.map(([id]) => id));
  for (const link of links) {
    const all = exercises[notebookOf(new URL(link.href))] ?? [];
    const count = all.filter((id) => ids.has(id)).length;
    if (count === 0) continue;
    const note = document.createElement("span");
    note.className = "live-progress";
    const share = count === all.length ? `✓ all ${count}` : `${count} of ${all.length}`;
    note.textContent = ` ${share} exercises solved`;
    (link.closest("li")?.querySelector("p") ?? link.parentElement)?.append(note);
  }
}
