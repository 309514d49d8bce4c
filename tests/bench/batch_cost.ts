/**
 * What a step with one example costs beside one with four.
 *
 * @module
 */
import { Adam, compile, type Program, SGD } from "../../mod.ts";
import type { Updater } from "../../engine/extend.ts";
import { type Clock, timed } from "./clock.ts";
import { lossOf as lossOfNames } from "./language/loss.ts";
import { makeLanguageProblem } from "./language/problem.ts";
import { lossOf, rowsOf } from "./loss.ts";
import { makeProblem, problemNames } from "./problems.ts";
import { median } from "./statistics.ts";

/** The medians of a problem, in microseconds a step. */
export interface BatchCost {
  readonly problem: string;
  readonly precision: "float64" | "float32";
  readonly one: number;
  readonly four: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

/** A program with examples, and what trains it. */
interface Trained {
  readonly program: Program;
  readonly optimizer: Updater;
  readonly examples: number;
}

/** How many milliseconds each side runs in a round. */
const turn = 50;
/** So long both run before that, while V8 gets to know the program. */
const warmUp = 2000;

/** Measures all problems, and the language model, in both precisions. */
export async function batchCosts(rounds: number, clock: Clock): Promise<BatchCost[]> {
  const costs: BatchCost[] = [];
  for (const precision of ["float64", "float32"] as const) {
    for (const name of problemNames) {
      costs.push({ problem: name, precision, ...cost(ofProblem(name, precision), rounds, clock) });
    }
    const model = await languageModel(precision);
    costs.push({ problem: "G1", precision, ...cost(model, rounds, clock) });
  }
  return costs;
}

function ofProblem(name: typeof problemNames[number], precision: BatchCost["precision"]): Trained {
  const problem = makeProblem(name);
  const { loss, inputs, parameters } = lossOf(problem);
  const program = compile(loss, { inputs, parameters, precision });
  const rows = rowsOf(problem);
  program.load(rows);
  return { program, optimizer: new SGD(parameters, { lr: 1e-6 }), examples: rows.length };
}

async function languageModel(precision: BatchCost["precision"]): Promise<Trained> {
  const { loss, inputs, parameters, rows } = lossOfNames(await makeLanguageProblem("G1"));
  const program = compile(loss, { inputs, parameters, precision });
  program.load(rows);
  return { program, optimizer: new Adam(parameters, { lr: 1e-9 }), examples: rows.length };
}

function cost({ program, optimizer, examples }: Trained, rounds: number, clock: Clock) {
  const train = (size: number, steps: number) => {
    const order = Array.from(
      { length: steps },
      (_, k) => Array.from({ length: size }, (_, i) => (k * size + i) % examples),
    );
    return timed(clock, () => program.train(optimizer, order));
  };
  let steps = 16;
  while (train(1, steps) < turn) steps *= 2;
  const start = performance.now();
  while (performance.now() - start < warmUp) {
    train(1, steps);
    train(4, steps);
  }
  const each = Array.from({ length: rounds }, () => ({
    one: train(1, steps),
    four: train(4, steps),
  }));
  return {
    one: 1e3 * median(each.map(({ one }) => one)) / steps,
    four: 1e3 * median(each.map(({ four }) => four)) / steps,
    ratio: median(each.map(({ one, four }) => one / four)),
  };
}
