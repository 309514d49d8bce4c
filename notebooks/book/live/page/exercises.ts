/// <reference lib="dom" />
/**
 * What a page does about exercises: it remembers what has been tried and solved,
 * and opens the solution of one that has been tried.
 *
 * @module
 */
import { noteProgress, progress } from "./kept.ts";
import type { PageCell } from "./page.ts";

/** Looks whether what a cell shows is a verdict on an answer, and takes note of it. */
export function showVerdict(cell: PageCell, data: Record<string, unknown>): void {
  const verdict = String(data["text/plain"] ?? "").match(/^([✓✗]) Exercise (\d+\.\d+)/);
  if (!verdict || verdict[2] !== cell.exercise) return;
  noteProgress(cell.exercise, verdict[1] === "✓" ? "solved" : "tried");
  showState(cell);
}

/** Shows how far the exercise of a cell is: a mark if it is solved, a button for the solution. */
export function showState(cell: PageCell): void {
  const state = cell.exercise && progress()[cell.exercise];
  if (!state) return;
  cell.box.classList.toggle("live-solved", state === "solved");
  const bar = cell.runButton.parentElement!;
  if (!bar.querySelector(".live-mark") && state === "solved") {
    const mark = document.createElement("span");
    mark.className = "live-mark";
    mark.textContent = "✓ solved";
    bar.querySelector("output")?.before(mark);
  }
  if (bar.querySelector("[data-action=solution]")) return;
  const button = document.createElement("button");
  Object.assign(button, { type: "button", textContent: "Solution", ariaExpanded: "false" });
  button.dataset.action = "solution";
  button.addEventListener("click", () => void toggleSolution(cell, button));
  bar.querySelector("output")?.before(button);
}

async function toggleSolution(cell: PageCell, button: HTMLButtonElement): Promise<void> {
  const open = cell.box.querySelector(":scope > .live-solution");
  button.ariaExpanded = String(!open);
  if (open) return open.remove();
  const place = document.createElement("div");
  place.className = "live-solution";
  cell.box.append(place);
  place.append(...await solutionOf(cell.exercise!));
  const { renderMathInElement, katex_options } = globalThis as unknown as {
    renderMathInElement?: (element: HTMLElement, options?: object) => void;
    katex_options?: object;
  };
  renderMathInElement?.(place, katex_options);
}

/** The section of the page of solutions. */
async function solutionOf(id: string): Promise<Node[]> {
  const response = await fetch("solutions.html");
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const section = [...page.querySelectorAll("section")].find((section) =>
    section.querySelector(":scope > h3")?.textContent?.startsWith(`Exercise ${id}:`)
  );
  if (!section) return [document.createTextNode("There is no solution to this exercise.")];
  for (const link of section.querySelectorAll(".headerlink, .cell_output")) link.remove();
  const heading = section.querySelector("h3")!;
  const title = document.createElement("p");
  title.className = "rubric";
  title.textContent = `A solution to exercise ${heading.textContent?.replace(/^Exercise /, "")}`;
  heading.replaceWith(title);
  return [...section.childNodes].map((node) => document.importNode(node, true));
}
