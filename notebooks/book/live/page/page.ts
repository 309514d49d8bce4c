/// <reference lib="dom" />
/**
 * Makes a page of the book live: each cell of code gets its buttons. What runs
 * cells, and what edits them, is loaded when it is asked for.
 *
 * @module
 */
import { showProgress } from "./contents.ts";
import { KeptEdits, notebookOf, progress } from "./kept.ts";
import type { Editor } from "./editor.ts";

/** A cell of code on the page. */
export interface PageCell {
  /** Its place among the cells, from 1. */
  readonly number: number;
  readonly box: HTMLElement;
  readonly input: HTMLElement;
  readonly output: HTMLElement;
  /** The code and the outputs as the book has them. */
  readonly stored: { readonly text: string; readonly input: Node[]; readonly output: Node[] };
  /** The number of the exercise that it checks. */
  readonly exercise?: string;
  readonly runButton: HTMLButtonElement;
  readonly resetButton: HTMLButtonElement;
  /** The code as it is now. */
  text: string;
  editor?: Editor;
  /** The code that ran last in the kernel that is there. */
  ran?: string;
  /** Whether its outputs are those of the book. */
  showsStored: boolean;
  /** Says something below the code. */
  say(text: string): void;
}

/** The page, for what is loaded later. */
export interface LivePage {
  readonly notebook: string;
  readonly cells: readonly PageCell[];
  /** Says something for the whole page. */
  say(text: string): void;
}

const kept: { edits?: KeptEdits } = {};
const loadRunner = () => import("./runner.ts");

function makeLive(boxes: readonly HTMLElement[]): void {
  const cells = boxes.map(makeCell);
  const notebook = notebookOf(location);
  kept.edits = new KeptEdits(notebook, cells.map(({ stored }) => stored.text));
  const page: LivePage = { notebook, cells, say: addPageBar(() => page) };
  for (const cell of cells) {
    addActions(cell, page);
    const text = kept.edits.get(cell.number);
    if (text !== undefined && text !== cell.stored.text) {
      change(cell, text);
      void edit(cell, false);
    }
    if (cell.exercise && progress()[cell.exercise]) {
      void import("./exercises.ts").then(({ showState }) => showState(cell));
    }
  }
}

function makeCell(box: HTMLElement, i: number): PageCell {
  const input = box.querySelector<HTMLElement>(".cell_input")!;
  const text = input.querySelector("pre")!.textContent!.replace(/\n$/, "");
  const output = box.querySelector<HTMLElement>(":scope > .cell_output") ??
    document.createElement("div");
  if (!output.parentNode) {
    output.className = "cell_output docutils container";
    box.append(output);
  }
  const bar = document.createElement("div");
  bar.className = "live-bar";
  bar.role = "group";
  bar.ariaLabel = `cell ${i + 1}`;
  const [runButton, editButton, resetButton] = ["Run", "Edit", "Reset"].map(button);
  const status = document.createElement("output");
  bar.append(runButton, editButton, resetButton, status);
  output.before(bar);
  return {
    ...{ number: i + 1, box, input, output, text, runButton, resetButton, showsStored: true },
    stored: { text, input: [...input.childNodes], output: [...output.childNodes] },
    exercise: text.match(/\bcheck\("(\d+\.\d+)"/)?.[1],
    say: (text) => void (status.textContent = text),
  };
}

function button(name: string): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.dataset.action = name.toLowerCase();
  return button;
}

function addActions(cell: PageCell, page: LivePage): void {
  const run = async () => (await loadRunner()).press(cell, page);
  const [runButton, editButton, resetButton] = cell.runButton.parentElement!.querySelectorAll(
    "button",
  );
  runButton.title = "Shift+Enter";
  runButton.addEventListener("click", ({ detail }) => {
    if (detail < 2) void run(); // the second click of two would stop what the first has started
  });
  cell.box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!event.repeat) void run();
  });
  editButton.addEventListener("click", () => void edit(cell, true));
  resetButton.disabled = true;
  resetButton.addEventListener("click", () => {
    if (cell.box.classList.contains("live-running")) cell.say("It runs: stop it first.");
    else reset(cell);
  });
}

/** Takes over a text as the cell's code. */
function change(cell: PageCell, text: string): void {
  const isEdited = text !== cell.stored.text;
  if (text !== cell.text) cell.say(isEdited ? "Edited; kept in this browser until Reset." : "");
  cell.text = text;
  cell.box.classList.toggle("live-edited", isEdited);
  cell.resetButton.disabled = !isEdited && cell.showsStored;
  kept.edits?.set(cell.number, isEdited ? text : undefined);
}

async function edit(cell: PageCell, isAsked: boolean): Promise<void> {
  const details = cell.input.closest("details");
  if (isAsked && details) details.open = true;
  if (!cell.editor) {
    if (isAsked) cell.say("The editor is loading …");
    const { openEditor } = await import("./editor.ts");
    if (isAsked) cell.say("");
    cell.editor ??= openEditor(cell, (text) => change(cell, text));
  }
  if (isAsked) cell.editor.focus();
}

/** The cell as the book has it, code and outputs. */
export function reset(cell: PageCell): void {
  cell.editor?.close();
  cell.editor = undefined;
  cell.input.replaceChildren(...cell.stored.input);
  cell.output.replaceChildren(...cell.stored.output);
  cell.output.style.minHeight = "";
  cell.showsStored = true;
  change(cell, cell.stored.text);
  cell.say("");
}

/** Puts a line for the whole page below its title; returns what says something in it. */
function addPageBar(page: () => LivePage): (text: string) => void {
  const bar = document.createElement("div");
  bar.className = "live-bar live-page-bar";
  const text = document.createElement("p");
  text.textContent =
    "Every cell on this page runs, here in your browser: press Run (Shift+Enter), " +
    "or change something first. Each page begins anew and knows nothing of the others.";
  const [runAll, resetAll] = ["Run all", "Reset all"].map(button);
  const status = document.createElement("output");
  runAll.addEventListener("click", async () => (await loadRunner()).pressAll(page(), runAll));
  resetAll.addEventListener("click", async () => (await loadRunner()).resetAll(page()));
  bar.append(text, runAll, resetAll, status);
  (document.querySelector(".origin") ?? document.querySelector("h1"))?.after(bar);
  return (text) => void (status.textContent = text);
}

const boxes = [...document.querySelectorAll<HTMLElement>("div.cell")].filter((box) =>
  box.querySelector(".cell_input pre")
);
if (boxes.length > 0) makeLive(boxes);
else void showProgress();
