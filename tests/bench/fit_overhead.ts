/**
 * What `fit` costs beside the steps of the program that it compiles.
 *
 * @module
 */
import {
  compile,
  crossEntropy,
  fit,
  hingeLoss,
  mseLoss,
  type Operand,
  RandomGenerator,
  SGD,
  Value,
} from "../../mod.ts";
import { type Clock, timed } from "./clock.ts";
import { makeModel, makeProblem, type Problem, problemNames } from "./problems.ts";
import { median } from "./statistics.ts";

/** The medians of a problem, in microseconds a step. */
export interface FitOverhead {
  readonly problem: string;
  /** A step of `fit`, with its share of what follows an epoch. */
  readonly fit: number;
  /** The program's own step. */
  readonly program: number;
  /** The median of the rounds' ratios. */
  readonly ratio: number;
}

/** How long each side runs in a round. */
const turn = 200;

/** Measures all problems, with the losses that `fit` compiles by itself. */
export function fitOverheads(rounds: number, clock: Clock): FitOverhead[] {
  return problemNames.map((name) => overhead(makeProblem(name), rounds, clock));
}

/** What is traced has a Value as its label. */
type Loss = (answers: (Value | Value[])[], labels: readonly Operand[]) => Value;
const losses: Record<Problem["loss"], Loss> = {
  squares: mseLoss as Loss,
  margin: hingeLoss as Loss,
  crossEntropy: crossEntropy as Loss,
};

function overhead(problem: Problem, rounds: number, clock: Clock): FitOverhead {
  const { batch, x, y, lr } = problem;
  const loss = losses[problem.loss];
  const perEpoch = y.length / batch;
  const fitting = (epochs: number) => {
    const model = makeModel(problem);
    const optimizer = new SGD(model.parameters(), { lr: lr / 100 });
    const options = { loss, optimizer, epochs, batchSize: batch, monitor: false };
    return timed(clock, () => fit(model, { x, y }, options));
  };
  const model = makeModel(problem);
  const inputs = x[0].map((x) => new Value(x)), label = new Value(y[0]);
  const answer = model.forward(inputs);
  const graph = loss([answer], [label]);
  const examples = x.map((row, i) => [...row, y[i]]);
  const generator = new RandomGenerator(0);
  const batchesOf = () => {
    if (perEpoch === 1) return [undefined];
    const order = generator.permutation(y.length);
    return Array.from({ length: perEpoch }, (_, k) => order.slice(k * batch, (k + 1) * batch));
  };
  // As `fit` does, each turn trains a program that is new, which V8 first has to get to know.
  const stepping = (epochs: number) => {
    const program = compile(graph, {
      inputs: [...inputs, label],
      parameters: model.parameters(),
      outputs: [answer].flat(),
    });
    program.load(examples);
    const optimizer = new SGD(model.parameters(), { lr: lr / 100 });
    const order = Array.from({ length: epochs }, batchesOf).flat();
    return timed(clock, () => program.train(optimizer, order));
  };
  let epochs = 1;
  while (stepping(epochs) < turn / 2) epochs *= 2;
  const steps = epochs * perEpoch;
  const each: { fit: number; program: number }[] = [];
  for (let round = 0; round < rounds; round++) {
    // What comes before the second step, compiling above all, is taken away.
    const [first, own] = [fitting(1), stepping(1)];
    each.push({ fit: fitting(1 + epochs) - first, program: stepping(1 + epochs) - own });
  }
  return {
    problem: problem.name,
    fit: 1e3 * median(each.map(({ fit }) => fit)) / steps,
    program: 1e3 * median(each.map(({ program }) => program)) / steps,
    ratio: median(each.map(({ fit, program }) => fit / program)),
  };
}
