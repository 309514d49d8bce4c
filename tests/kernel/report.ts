/**
 * Says in words how much of what a notebook prints arrives, without the barrier
 * and with it, on a Deno of your own or else on the newest:
 * `deno run --allow-all tests/kernel/report.ts [path of a Deno]`.
 *
 * @module
 */
import { join } from "node:path";
import { root, runTask, setup, SetupError } from "../../notebooks/jupyter/setup.ts";
import { newestDeno } from "./newest_deno.ts";

/** What arrived of one cell. */
export interface CellCount {
  /** Printed lines. */
  lines: number;
  /** Pictures that the cell displayed. */
  pictures: number;
  /** Lines and pictures of other cells. */
  foreign: number;
}

/** What `lost_output.py` found. */
export interface Report {
  /** The version of Deno. */
  deno: string;
  /** What each cell sends. */
  sent: { lines: number; pictures: number };
  /** For each run of the notebook, what arrived of each cell. */
  runs: CellCount[][];
}

/** A report, added up. */
export interface Tally {
  cells: number;
  /** How many cells lost something. */
  lossy: number;
  /** How many outputs all cells sent, and how many of them arrived in their own cell. */
  sent: number;
  arrived: number;
  /** How many arrived in another cell. */
  foreign: number;
}

/** Runs the reproduction on the Deno at a path. */
export async function reproduce(
  deno: string,
  { runs = 1, barrier = false }: { runs?: number; barrier?: boolean } = {},
): Promise<Report> {
  const { python, env } = await setup();
  const args = [join(import.meta.dirname!, "lost_output.py"), "--deno", deno, "--runs", `${runs}`];
  if (barrier) args.push("--barrier", join(root, "notebooks", "jupyter", "barrier.ts"));
  const { success, stdout, stderr } = await new Deno.Command(python, { args, env, stdin: "null" })
    .output();
  if (success) return JSON.parse(new TextDecoder().decode(stdout));
  const reason = new TextDecoder().decode(stderr).trim().split("\n").at(-1);
  throw new SetupError(`The notebook did not run on ${deno}: ${reason}`);
}

/** Adds up a report. */
export function tally({ sent, runs }: Report): Tally {
  const cells = runs.flat();
  const whole = sent.lines + sent.pictures;
  const total = (count: (cell: CellCount) => number) =>
    cells.reduce((sum, cell) => sum + count(cell), 0);
  return {
    cells: cells.length,
    lossy: cells.filter(({ lines, pictures }) => lines + pictures < whole).length,
    sent: cells.length * whole,
    arrived: total(({ lines, pictures }) => lines + pictures),
    foreign: total(({ foreign }) => foreign),
  };
}

/** A report as the beginning of a sentence. */
export function inWords(report: Report): string {
  const { cells, lossy, sent, arrived, foreign } = tally(report);
  const n = (x: number) => x.toLocaleString("en-US");
  if (lossy === 0) return `Deno ${report.deno}: all ${n(sent)} outputs arrived`;
  const elsewhere = foreign === 0 ? "" : `, ${n(foreign)} others in a wrong cell`;
  return `Deno ${report.deno}: lost output in ${lossy} of ${cells} cells ` +
    `(${n(arrived)} of ${n(sent)} arrived${elsewhere})`;
}

/** What the reports of the pinned Deno and the newest mean for the pin. */
export function verdict(pinned: Report, newest: Report): string {
  const pin = "the pin in notebooks/jupyter/requirements.txt";
  const meaning = pinned.deno === newest.deno
    ? `${pin} is the newest version`
    : tally(newest).lossy === 0
    ? `${pin} can be lifted`
    : `${pin} stays`;
  return `${inWords(pinned)}; ${inWords(newest)}: ${meaning}.`;
}

async function main(): Promise<number> {
  const [given] = Deno.args;
  const path = given ?? (await newestDeno())?.path;
  if (path === undefined) {
    throw new SetupError("PyPI is out of reach: give the path of a Deno to try.");
  }
  console.log(`Without the barrier: ${inWords(await reproduce(path))}.`);
  console.log(`With the barrier:    ${inWords(await reproduce(path, { barrier: true }))}.`);
  return 0;
}

if (import.meta.main) await runTask(main);
