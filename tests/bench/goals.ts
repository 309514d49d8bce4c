/**
 * What the library wants to reach, and whether it does.
 *
 * @module
 */
import type { BatchCost } from "./batch_cost.ts";
import type { CompileTime } from "./compile_time.ts";
import type { FitOverhead } from "./fit_overhead.ts";
import type { Result } from "./measure.ts";
import type { NodeCost } from "./node_cost.ts";
import { brief } from "./statistics.ts";

/** A goal with what was measured. */
export interface Verdict {
  readonly goal: string;
  readonly measured: string;
  /** `null` if a competitor is missing. */
  readonly reached: boolean | null;
}

/** `ours` on a problem takes at most 1/factor of the time of `peer`. */
interface SpeedGoal {
  readonly problem: string;
  readonly ours: "eager" | "compiled" | "fused";
  readonly peer: string;
  readonly precision: "float64" | "float32";
  readonly factor: number;
}

const native = "gcc -O3 native fast-math";
const speeds: readonly SpeedGoal[] = [
  speed("W1", "eager", "Python source", 80),
  speed("W1", "compiled", "Python source", 1000),
  speed("W1", "compiled", "JAX fori_loop", 3),
  speed("W2", "eager", "TypeScript closures", 5),
  speed("W2", "compiled", "JAX fori_loop", .95),
  speed("W2", "fused", "JAX fori_loop", 1.05),
  speed("W2", "compiled", "JAX fori_loop", 1.3, "float32"),
  speed("W2", "compiled", "gcc -O3", 1),
  speed("W2", "compiled", native, 1 / 4),
  speed("W2", "fused", native, 1 / 2.5, "float32"),
  speed("G1", "eager", "Python closures", 40),
  speed("G1", "eager", "TypeScript closures", 4),
  speed("G1", "compiled", "Python closures", 500),
  speed("G1", "compiled", "PyTorch eager", 1),
  speed("G1", "compiled", "JAX jit", 1),
  speed("G1", "compiled", native, 1 / 4),
  speed("G32", "compiled", "PyTorch eager", 1),
  speed("G32", "compiled", "JAX jit", 1),
  speed("G32", "compiled", native, 1 / 2),
  speed("D1", "compiled", "JAX fori_loop", .65),
  speed("D1", "compiled", "JAX fori_loop", .8, "float32"),
  speed("D1", "compiled", "PyTorch eager", 1),
  speed("D1", "compiled", "PyTorch eager", 1, "float32"),
  speed("D2", "compiled", "JAX fori_loop", .5),
  speed("D2", "compiled", "JAX fori_loop", .55, "float32"),
  speed("D2", "compiled", "PyTorch eager", 1.5),
  speed("D2", "compiled", "PyTorch eager", 1, "float32"),
];

function speed(
  problem: string,
  ours: SpeedGoal["ours"],
  peer: string,
  factor: number,
  precision: SpeedGoal["precision"] = "float64",
): SpeedGoal {
  return { problem, ours, peer, factor, precision };
}

/** The milliseconds that compiling may take, in a fresh process. */
const compileLimits: Readonly<Record<string, number>> = { W1: 15, W2: 15, D1: 1000, D2: 1000 };
/** How much more a node may cost in the most expensive graph than in the cheapest. */
const flatness = 2;
/** How many times the time of the program's own steps a training by `fit` may take. */
const mostOfSteps = 1.15;
/** How much of the time of a step with four examples one with one example may take. */
const mostOfFour = .5;

/** How fast ours must be, for the problems that were measured. */
export function speedVerdicts(results: readonly Result[]): Verdict[] {
  const measured = new Set(results.map(({ problem }) => problem));
  return speeds.filter(({ problem }) => measured.has(problem)).map((goal) => {
    const time = (name: string) =>
      results.find((result) =>
        result.problem === goal.problem && result.precision === goal.precision &&
        result.name === name
      )?.microseconds;
    const ours = time(`chainrule ${goal.ours}`), theirs = time(goal.peer);
    const factor = ours && theirs ? theirs / ours : null;
    return {
      goal: `${goal.problem} ${goal.ours}${goal.precision === "float32" ? " float32" : ""}: ` +
        inWords(goal.factor, goal.peer),
      measured: factor === null ? "not measured" : `${brief(factor)} times its speed`,
      reached: factor === null ? null : factor >= goal.factor,
    };
  });
}

function inWords(factor: number, peer: string): string {
  if (factor === 1) return `at least as fast as ${peer}`;
  return factor > 1
    ? `at least ${factor} times as fast as ${peer}`
    : `at most ${brief(1 / factor)} times the time of ${peer}`;
}

/** How long compiling may take. */
export function compileVerdicts(times: readonly CompileTime[]): Verdict[] {
  return times.map(({ problem, first }) => ({
    goal: `${problem}: compiled in less than ${compileLimits[problem]} ms`,
    measured: `${brief(first)} ms`,
    reached: first < compileLimits[problem],
  }));
}

/** How the cost of a node may grow with its graph. */
export function nodeVerdicts(costs: readonly NodeCost[]): Verdict[] {
  if (costs.length === 0) return [];
  const nanoseconds = costs.map((cost) => cost.nanoseconds);
  const ratio = Math.max(...nanoseconds) / Math.min(...nanoseconds);
  return [{
    goal: `a node costs the same in every graph, within a factor of ${flatness}`,
    measured: `a factor of ${brief(ratio)}`,
    reached: ratio <= flatness,
  }];
}

/** What `fit` may cost beside the steps. */
export function fitVerdicts(overheads: readonly FitOverhead[]): Verdict[] {
  return overheads.map(({ problem, ratio }) => ({
    goal: `${problem}: fit takes at most ${mostOfSteps} times the time of its steps`,
    measured: `${brief(ratio)} times`,
    reached: ratio <= mostOfSteps,
  }));
}

/** What one example may cost beside four. */
export function batchVerdicts(costs: readonly BatchCost[]): Verdict[] {
  return costs.map(({ problem, precision, ratio }) => ({
    goal: `${problem}${precision === "float32" ? " float32" : ""}: a step with one example takes ` +
      `at most ${mostOfFour} of the time of one with four`,
    measured: `${brief(ratio)} of it`,
    reached: ratio <= mostOfFour,
  }));
}
