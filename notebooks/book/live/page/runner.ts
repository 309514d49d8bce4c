/// <reference lib="dom" />
/**
 * Runs cells of the page, one after the other, in a kernel of its own.
 *
 * @module
 */
import type { Cell } from "../kernel/cell.ts";
import type { KernelMessage, RunRequest } from "../messages.ts";
import { showOutput } from "./outputs.ts";
import { type LivePage, type PageCell, reset } from "./page.ts";

type Done = Extract<KernelMessage, { type: "done" }>;

let worker: Worker | undefined;
/** The cells that wait for their turn; the first one is running, or what it needs. */
let asked: PageCell[] = [];
/** Is told when the running cell is done. */
let finish: ((done: Done | undefined) => void) | undefined;
let prepared: Promise<readonly Cell[]> | undefined;
let allButton: HTMLButtonElement | undefined;

/** The button of a cell: runs it, or stops it, or takes it out of those that wait. */
export async function press(cell: PageCell, page: LivePage): Promise<void> {
  const place = asked.indexOf(cell);
  if (place === 0) return stop(page);
  if (place > 0) {
    if (allButton === undefined) asked.splice(place, 1);
    cell.say(allButton === undefined ? "" : "waits for its turn …");
    return showButtons(page);
  }
  asked.push(cell);
  showButtons(page);
  if (asked.length > 1) return cell.say("waits for its turn …");
  await work(page);
}

/** Runs all cells from the first, in a new kernel; or stops that. */
export async function pressAll(page: LivePage, button: HTMLButtonElement): Promise<void> {
  if (asked.length > 0) return stop(page);
  endKernel(page);
  for (const cell of page.cells) cell.say("");
  asked = [...page.cells];
  allButton = button;
  showButtons(page);
  await work(page);
}

/** Gives all cells back the book's code and outputs, and ends the kernel. */
export function resetAll(page: LivePage): void {
  if (asked.length > 0) stop(page);
  endKernel(page);
  for (const cell of page.cells) reset(cell);
  page.say("All cells are the book's again, and the variables are gone.");
}

async function work(page: LivePage): Promise<void> {
  const isAll = allButton !== undefined;
  const count = asked.length;
  page.say("");
  while (asked.length > 0) {
    const cell = asked[0];
    if (isAll) page.say(`running, ${count - asked.length + 1} of ${count} …`);
    const isOk = await runWithNeeded(cell, page);
    if (asked[0] !== cell) return; // it was stopped
    if (isOk) asked.shift();
    else asked = [];
    showButtons(page);
    if (isAll && asked.length === 0) {
      page.say(isOk ? "All cells have run." : `Cell ${cell.number} failed.`);
    }
  }
  allButton = undefined;
  showButtons(page);
}

/** Runs the cells above that have not run or have changed, and then the cell. */
async function runWithNeeded(cell: PageCell, page: LivePage): Promise<boolean> {
  const needed = page.cells.slice(0, cell.number - 1).filter(({ ran, text }) => ran !== text);
  for (const [i, one] of needed.entries()) {
    const count = needed.length === 1
      ? "the cell above"
      : `the cells above, ${i + 1} of ${needed.length}`;
    cell.say(`first ${count} …`);
    const done = await run(one, page, one.showsStored && one.text === one.stored.text);
    if (!done) return false;
    if (done.isOk) continue;
    cell.say(`It needs cell ${one.number}, which failed.`);
    return false;
  }
  cell.say("running …");
  const done = await run(cell, page, false);
  if (done) cell.say(done.isOk ? timeOf(done.milliseconds) : "");
  return done?.isOk ?? false;
}

async function run(cell: PageCell, page: LivePage, isQuiet: boolean): Promise<Done | undefined> {
  const { text } = cell;
  const kernel = worker ??= startKernel(page);
  const isStored = text === cell.stored.text;
  const request: RunRequest = {
    ...{ cell: cell.number, source: text, isQuiet },
    prepared: isStored ? (await prepare(page))[cell.number - 1] : undefined,
  };
  if (worker !== kernel) return undefined;
  const ended = new Promise<Done | undefined>((resolve) => finish = resolve);
  if (!isQuiet) {
    showOutput(cell, { type: "begin" });
    cell.resetButton.disabled = false;
  }
  kernel.postMessage(request);
  const done = await ended;
  if (!isQuiet) showOutput(cell, { type: "end" });
  cell.ran = done?.isOk ? text : undefined;
  return done;
}

/** The cells of the book, ready to run: none has to be read here. */
function prepare({ notebook, cells }: LivePage): Promise<readonly Cell[]> {
  return prepared ??= (async () => {
    const response = await fetch(new URL(`cells/${notebook}.json`, import.meta.url));
    const found: Cell[] = response.ok ? await response.json() : [];
    return found.length === cells.length ? found : [];
  })();
}

function startKernel(page: LivePage): Worker {
  void prepare(page);
  const started = new Worker(new URL("kernel.js", import.meta.url), { type: "module" });
  started.onmessage = ({ data }: MessageEvent<KernelMessage>) => {
    if (worker !== started) return;
    if (data.type === "done") return finish?.(data);
    const cell = page.cells[data.cell - 1];
    // Output that comes late goes to its cell, unless that shows the book's again.
    if (data.type === "error" || finish || !cell.showsStored) showOutput(cell, data);
  };
  started.onerror = (event) => {
    event.preventDefault();
    if (worker !== started) return;
    const [cell] = asked;
    stop(page);
    cell?.say(`The kernel could not start${event.message ? `: ${event.message}` : "."}`);
  };
  return started;
}

function endKernel({ cells }: LivePage): void {
  worker?.terminate();
  worker = undefined;
  for (const cell of cells) cell.ran = undefined;
}

function stop(page: LivePage): void {
  const [cell] = asked;
  for (const one of asked.slice(1)) one.say("");
  asked = [];
  allButton = undefined;
  endKernel(page);
  finish?.(undefined);
  finish = undefined;
  const told = "Stopped. The variables are gone; Run starts again from the first cell.";
  cell?.say(told);
  page.say("");
  showButtons(page);
}

function showButtons({ cells }: LivePage): void {
  const isAll = allButton !== undefined;
  for (const cell of cells) {
    const isBusy = isAll ? cell === asked[0] : asked.includes(cell);
    label(cell.runButton, isBusy ? "Stop" : "Run");
    cell.box.classList.toggle("live-running", isBusy);
  }
  const runAll = document.querySelector<HTMLButtonElement>(".live-page-bar button");
  if (runAll) label(runAll, isAll ? "Stop" : "Run all");
}

function label(button: HTMLButtonElement, name: string): void {
  if (button.textContent !== name) button.textContent = name;
  button.dataset.action = name.toLowerCase();
}

function timeOf(milliseconds: number): string {
  return milliseconds < 995
    ? `${Math.ceil(milliseconds)} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
