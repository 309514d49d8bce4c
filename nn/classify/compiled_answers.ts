import { compile, type Program, Value } from "../../engine/mod.ts";
import { constant } from "../../engine/internal.ts";
import type { Examples } from "../check.ts";
import { Layer } from "../layer.ts";
import { MLP } from "../mlp.ts";
import { answerOf, type Model, outputsOf } from "../model.ts";
import { inMode, partsOf } from "../module.ts";
import { Neuron } from "../neuron.ts";
import type { Asked } from "./threshold.ts";

const ownModels: ReadonlySet<unknown> = new Set([MLP, Layer, Neuron].map((c) => c.prototype));

/** Whether a model computes the same for whatever numbers, since all of it is the library's. */
export function isOfLibrary(model: Model): boolean {
  return partsOf(model).every((part) =>
    ownModels.has(Object.getPrototypeOf(part)) && !Object.hasOwn(part, "forward")
  );
}

/**
 * From so many rows, and so many products of a parameter and a number of a row,
 * a program pays that is yet to be made: it takes as long as the graphs of 40 to
 * 100 rows of a large network, and for a small one as those of 250,000 products.
 */
const fewest = 64, fewestProducts = 250_000;

/** From so many rows a program pays that is there; asking whether it still is the model's takes two. */
const fewestAgain = 8;

/** So many rows are in a program's memory at once. */
const chunk = 1024;

/** Answers that are so near to a tie, relative to their size and to 1, are asked for once more. */
const nearTie = 1e-9;

/** A model's answer to one row, and the program made of it. */
interface Traced {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly program: Program;
}

const programs = new WeakMap<Model, Traced>();

/**
 * What a model that does not train says to each of many rows, by a compiled
 * program, which is kept for the next time. The numbers are those of `forward`
 * up to rounding; where that could change a class, they are those of `forward`.
 *
 * @param threshold where a single output turns, if that is said; else at 0 or 0.5.
 * @returns null where graphs are faster, or the model cannot be compiled.
 */
export function compiledAnswers(
  name: string,
  model: Model,
  rows: Examples["x"],
  threshold?: number,
): Asked | null {
  const kept = programs.get(model);
  if (rows.length < (kept ? fewestAgain : fewest) || !isOfLibrary(model)) return null;
  const pays = () =>
    rows.length >= fewest && rows.length * model.parameters().length >= fewestProducts;
  if (!kept && !pays()) return null;
  return inMode(model, false, () => {
    const forward = (row: readonly (number | Value)[]) => {
      const answer = answerOf(name, model, row);
      return Array.isArray(answer) ? answer : [answer];
    };
    // By the same leaves, so that those of the two graphs are the same.
    const inputs = kept?.inputs.length === rows[0].length
      ? kept.inputs
      : rows[0].map((x) => new Value(x));
    const outputs = forward(inputs);
    const isKept = kept?.inputs === inputs && isSameGraph(outputs, kept.outputs);
    const traced = isKept ? kept : pays() ? trace(model, inputs, outputs) : null;
    if (traced === null) return null;
    programs.set(model, traced);
    const turns = threshold === undefined ? [0, .5] : [threshold];
    return {
      outputs: answers(traced.program, rows, outputs.length).map((numbers, i) =>
        isNearTie(numbers, turns) ? outputsOf(forward(rows[i])) : numbers
      ),
      isSigmoid: outputs.length === 1 && outputs[0].op === "sigmoid",
    };
  });
}

/** The program of an answer; null if it cannot be made here. */
function trace(
  model: Model,
  inputs: readonly Value[],
  outputs: readonly Value[],
): Traced | null {
  const parameters = [...new Set(model.parameters())];
  try {
    // There is no loss, so all that is computed lies beside it.
    return { inputs, outputs, program: compile(constant(0), { inputs, parameters, outputs }) };
  } catch {
    return null;
  }
}

/** The outputs for all rows. */
function answers(program: Program, rows: Examples["x"], width: number): number[][] {
  const all: number[][] = [];
  for (let start = 0; start < rows.length; start += chunk) {
    const some = rows.slice(start, start + chunk);
    program.load(some);
    program.forward();
    const numbers = program.outputs();
    for (let i = 0; i < some.length; i++) {
      all.push(Array.from(numbers.subarray(i * width, (i + 1) * width)));
    }
  }
  return all;
}

/** Whether rounding may decide which class these outputs mean. */
function isNearTie(outputs: readonly number[], turns: readonly number[]): boolean {
  const isNear = (a: number, b: number) =>
    Math.abs(a - b) <= nearTie * Math.max(1, Math.abs(a), Math.abs(b));
  if (outputs.length === 1) return turns.some((turn) => isNear(outputs[0], turn));
  let [first, second] = [-Infinity, -Infinity];
  for (const x of outputs) {
    if (x > first) [first, second] = [x, first];
    else if (x > second) second = x;
  }
  return isNear(first, second);
}

/** Whether two lists of Values are computed in the same way, of the same leaves and equal numbers. */
function isSameGraph(as: readonly Value[], bs: readonly Value[]): boolean {
  if (as.length !== bs.length) return false;
  const partner = new Map<Value, Value>();
  const open = as.map((a, i) => [a, bs[i]] as const);
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [a, b] = pair;
    if (a === b || partner.get(a) === b) continue;
    if (a.op !== b.op || a.operands.length !== b.operands.length || partner.has(a)) return false;
    if (a.op === null && (a.requiresGrad || b.requiresGrad || !Object.is(a.data, b.data))) {
      return false;
    }
    partner.set(a, b);
    const { operands } = b;
    a.operands.forEach((x, i) => x === operands[i] || open.push([x, operands[i]]));
  }
  return true;
}
