/**
 * The measurements as tables for people.
 *
 * @module
 */
import { Table } from "../../mod.ts";
import type { BatchCost } from "./batch_cost.ts";
import type { Clock } from "./clock.ts";
import type { CompileTime } from "./compile_time.ts";
import type { FitOverhead } from "./fit_overhead.ts";
import type { Verdict } from "./goals.ts";
import type { Machine } from "./machine.ts";
import type { Result } from "./measure.ts";
import type { NodeCost } from "./node_cost.ts";
import { brief } from "./statistics.ts";

/** Everything that was measured. */
export interface Measurements {
  /** What made them. */
  readonly command: string;
  readonly machine: Machine;
  readonly rounds: number;
  readonly clock: Clock;
  /** Descriptions of the problems, by name. */
  readonly problems: Readonly<Record<string, string>>;
  readonly results: readonly Result[];
  readonly compile: readonly CompileTime[];
  readonly nodes: readonly NodeCost[];
  readonly fits: readonly FitOverhead[];
  readonly batches: readonly BatchCost[];
  readonly goals: readonly Verdict[];
}

const clocks = { wall: "time on the wall", cpu: "time of the processor" };

/** The whole report. */
export function report(
  { machine, rounds, clock, problems, results, compile, nodes, fits, batches, goals }: Measurements,
) {
  const sections = [
    `${machine.date}, ${machine.processor}, ${machine.processors} processors, ${machine.system}\n` +
    `${machine.deno}; medians of ${rounds} interleaved rounds, ${clocks[clock]}`,
    ...Object.entries(problems).map(([name, about]) =>
      resultTable(`${name}: ${about}`, results.filter(({ problem }) => problem === name))
    ),
  ];
  if (compile.length > 0) sections.push(compileTable(compile));
  if (nodes.length > 0) sections.push(nodeTable(nodes));
  if (fits.length > 0) sections.push(fitTable(fits));
  if (batches.length > 0) sections.push(batchTable(batches));
  if (goals.length > 0) sections.push(goalTable(goals));
  return sections.join("\n\n");
}

/** The competitors of a problem, the fastest first, then those that were not timed and why. */
export function resultTable(caption: string, results: readonly Result[]): string {
  const timed = results.filter(({ microseconds }) => microseconds !== undefined)
    .toSorted((a, b) => a.microseconds! - b.microseconds!);
  const compiled = timed.find(({ name, precision }) =>
    name === "chainrule compiled" && precision === "float64"
  )?.microseconds;
  const rows = timed.map(({ name, precision, microseconds, fastest, spread, version }) => ({
    "": name,
    precision,
    "µs a step": brief(microseconds!),
    "of compiled": compiled ? brief(microseconds! / compiled) : "",
    fastest: brief(fastest!),
    spread: `${Math.round(100 * spread!)} %`,
    version: version ?? "",
  }));
  const others = results.filter(({ microseconds }) => microseconds === undefined)
    .map(({ name, precision, missing, wrong }) =>
      missing
        ? `skipped: ${name} (${precision}) lacks ${missing}`
        : `wrong, not timed: ${name} (${precision}): ${wrong}`
    );
  return [new Table(rows, caption).toString(), ...others].join("\n");
}

function compileTable(times: readonly CompileTime[]): string {
  const rows = times.map(({ problem, first, later }) => ({
    problem,
    "first, ms": brief(first),
    "later, ms": brief(later),
  }));
  return new Table(rows, "Compiling, the first time in a process and later").toString();
}

function nodeTable(costs: readonly NodeCost[]): string {
  const rows = costs.map(({ nodes, nanoseconds, bytes }) => ({
    nodes: nodes.toLocaleString("en-US"),
    "ns a node": brief(nanoseconds),
    "bytes a node": brief(bytes),
  }));
  return new Table(rows, "Eager graphs, built and swept backwards").toString();
}

function fitTable(overheads: readonly FitOverhead[]): string {
  const rows = overheads.map(({ problem, fit, program, ratio }) => ({
    problem,
    "fit, µs a step": brief(fit),
    "its program": brief(program),
    ratio: brief(ratio),
  }));
  return new Table(rows, "Training by fit, and by the steps of its program").toString();
}

function batchTable(costs: readonly BatchCost[]): string {
  const rows = costs.map(({ problem, precision, one, four, ratio }) => ({
    problem,
    precision,
    "one, µs a step": brief(one),
    "four": brief(four),
    ratio: brief(ratio),
  }));
  return new Table(rows, "Steps with one example, and with four").toString();
}

function goalTable(goals: readonly Verdict[]): string {
  const rows = goals.map(({ goal, measured, reached }) => ({
    goal,
    measured,
    "": reached === null ? "?" : reached ? "reached" : "MISSED",
  }));
  return new Table(rows, "Goals").toString();
}
