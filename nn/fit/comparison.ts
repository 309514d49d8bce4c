import { RandomGenerator, type Value } from "../../engine/mod.ts";
import { topologicalOrder } from "../../engine/extend.ts";
import { traceDropout } from "../dropout.ts";
import { inMode } from "../module.ts";
import { detached, liftExamples, type Pairs, type Target, type Task } from "./trainer.ts";

/** How long examples are compared one by one, in milliseconds; the first ones are in any case. */
const patience = 1000, least = 32;

/** How far two losses may be apart, relatively, and what a number is rounded by. */
const precisions = {
  float64: { tolerance: 1e-9, rounding: Number.EPSILON },
  float32: { tolerance: 1e-4, rounding: 2 ** -23 },
} as const;

/** What a comparison came to. */
export interface Comparison {
  /** What is wrong; `null` if nothing is. */
  readonly problem: string | null;
  /** How many examples were compared. */
  readonly count: number;
}

/**
 * Compares a program with what it was traced from: on the examples one by one,
 * so that it meets every branch that they take, and on some of them together.
 * First come examples of different labels, then the others, in an order that is
 * drawn, as far as a second goes. Nothing is dropped.
 *
 * @param training whether the model is in training mode.
 * @param compiled what the program says to one example.
 * @param options `batchSize`: how many examples the training takes together, default all;
 * `precision`: that of the program.
 */
export function compare(
  task: Task,
  examples: Pairs,
  training: boolean,
  compiled: (example: number) => number,
  { batchSize = examples.y.length, precision = "float64" }: {
    batchSize?: number;
    precision?: keyof typeof precisions;
  } = {},
): Comparison {
  const { model, loss } = task;
  const { tolerance, rounding } = precisions[precision];
  const n = examples.y.length;
  const { x, y } = liftExamples(examples);
  const labels = [...new Map([...y.entries()].reverse().map(([i, label]) => [label, i])).values()];
  const order = new Set([
    0,
    n - 1,
    ...labels.slice(-least),
    ...new RandomGenerator(0).permutation(n),
  ]);
  const work = () => {
    const start = performance.now();
    const answers: (Value | Value[])[] = [], targets: Target[] = [], losses: number[] = [];
    const found = (problem: string | null) => ({ problem, count: losses.length });
    for (const i of order) {
      if (losses.length >= least && performance.now() - start > patience) break;
      const answer = model.forward(x[i]);
      const value = loss([answer], [y[i]]);
      const got = compiled(i);
      if (!isClose(value.data, got, tolerance) && !isRounding(value, got, rounding)) {
        return found(say(`example ${i}`, value.data, got));
      }
      answers.push(detached(answer));
      targets.push(y[i]);
      losses.push(value.data);
    }
    const sizes = [losses.length, batchSize, n % batchSize].filter((size) => size > 1);
    for (const size of new Set(sizes.map((size) => Math.min(size, losses.length)))) {
      const [some, single] = [answers.slice(0, size), losses.slice(0, size)];
      const wanted = loss(some, targets.slice(0, size)).data;
      const mean = (x: readonly number[]) => x.reduce((sum, xi) => sum + xi / size, 0);
      if (isClose(wanted, mean(single), 1e-9, mean(single.map(Math.abs)))) continue;
      return found(say(`${size} examples`, wanted, mean(single)));
    }
    return found(null);
  };
  return traceDropout(() => inMode(model, training, work)).result;
}

function say(which: string, wanted: number, got: number): string {
  return "fit: with compile the loss must be the mean over a batch of what one example costs, " +
    `and compute the same for every label and input; the loss of ${which} is ${wanted}, ` +
    `compiled ${got}`;
}

function isClose(
  wanted: number,
  got: number,
  tolerance: number,
  size = Math.abs(wanted),
): boolean {
  return Object.is(wanted, got) || Math.abs(wanted - got) <= tolerance * size;
}

/**
 * Whether a difference is what rounding can do: each node of the graph may be
 * wrong in its last digits, and counts by its derivative.
 */
function isRounding(loss: Value, got: number, rounding: number): boolean {
  const nodes = topologicalOrder(loss);
  const leaves = nodes.filter(({ op }) => op === null);
  const before = leaves.map(({ grad }) => grad);
  for (const leaf of leaves) leaf.grad = 0;
  loss.backward();
  const error = nodes.reduce((sum, { data, grad }) => sum + Math.abs(data * grad), 0);
  leaves.forEach((leaf, i) => leaf.grad = before[i]);
  return Math.abs(loss.data - got) <= 16 * rounding * error;
}
