/**
 * What the benchmark lets everybody compute: networks, their data, their initial
 * parameters and the loss, as plain numbers that are handed over as JSON.
 *
 * @module
 */
import { makeMoons, MLP, RandomGenerator } from "../../mod.ts";

/** A network to train by gradient descent; one step is one batch. */
export interface Problem {
  readonly name: string;
  /** A description for people. */
  readonly about: string;
  /** The number of inputs, then of the neurons of each layer. */
  readonly sizes: readonly number[];
  /** What follows the weighted sums of all layers but the last. */
  readonly activation: "tanh" | "relu";
  readonly outputActivation: "tanh" | "linear";
  /**
   * Of a batch: `squares` the sum of (f − y)²; `margin` the mean of max(0, 1 − y·f)
   * plus `penalty` times the sum of the squares of all parameters; `crossEntropy` the
   * mean of −log softmax(f)[y].
   */
  readonly loss: "squares" | "margin" | "crossEntropy";
  readonly penalty: number;
  readonly lr: number;
  /** Examples a step; step k takes the k-th batch, and after the last the first again. */
  readonly batch: number;
  readonly x: readonly (readonly number[])[];
  readonly y: readonly number[];
  /** Layer by layer, neuron by neuron, weights then bias. */
  readonly parameters: readonly number[];
}

/** The names of the problems. */
export const problemNames = ["W1", "W2", "D1", "D2"] as const;

/** A problem by its name. */
export function makeProblem(name: typeof problemNames[number]): Problem {
  if (name === "W1") return tutorial();
  if (name === "W2") return moons();
  return name === "D1"
    ? classifier("D1", [64, 32, 10], "images of 8x8 digits")
    : classifier("D2", [784, 50, 10], "images of 28x28 digits");
}

/** The model of a problem, with its initial parameters. */
export function makeModel({ sizes, activation, outputActivation, parameters }: Problem): MLP {
  const [nin, ...nouts] = sizes;
  const model = new MLP(nin, nouts, {
    activation,
    outputActivation,
    generator: new RandomGenerator(1),
  });
  model.parameters().forEach((p, i) => p.data = parameters[i]);
  return model;
}

/** The first and the last example (exclusive) of the batch of a step. */
export function batchOf({ batch, y }: Problem, step: number): [start: number, end: number] {
  const start = step % (y.length / batch) * batch;
  return [start, start + batch];
}

function drawn(sizes: readonly number[], init: "uniform" | "kaimingUniform"): number[] {
  const [nin, ...nouts] = sizes;
  const model = new MLP(nin, nouts, { init, generator: new RandomGenerator(42) });
  return model.parameters().map((p) => p.data);
}

function tutorial(): Problem {
  const sizes = [3, 4, 4, 1];
  return {
    name: "W1",
    about: "the tutorial's network on its four examples",
    sizes,
    activation: "tanh",
    outputActivation: "tanh",
    loss: "squares",
    penalty: 0,
    lr: .05,
    batch: 4,
    x: [[2, 3, -1], [3, -1, .5], [.5, 1, 1], [1, 1, -1]],
    y: [1, -1, -1, 1],
    parameters: drawn(sizes, "uniform"),
  };
}

function moons(): Problem {
  const sizes = [2, 16, 16, 1];
  const { x, y } = makeMoons({ samples: 100, noise: .1, seed: 1 });
  return {
    name: "W2",
    about: "two moons, 100 points at once",
    sizes,
    activation: "relu",
    outputActivation: "linear",
    loss: "margin",
    penalty: 1e-4,
    lr: .05,
    batch: 100,
    x,
    y: y.map((label) => 2 * label - 1),
    parameters: drawn(sizes, "uniform"),
  };
}

/** Random pictures with random classes: what is in them does not matter for the speed. */
function classifier(name: string, sizes: readonly number[], about: string): Problem {
  const generator = new RandomGenerator(7);
  const draw = (n: number) => Array.from({ length: n }, () => generator.uniform());
  const [nin, k] = [sizes[0], sizes.at(-1)!];
  return {
    name,
    about: `${about}, batches of 32`,
    sizes,
    activation: "relu",
    outputActivation: "linear",
    loss: "crossEntropy",
    penalty: 0,
    lr: .05,
    batch: 32,
    x: Array.from({ length: 320 }, () => draw(nin)),
    y: Array.from({ length: 320 }, (_, i) => i % k),
    parameters: drawn(sizes, "kaimingUniform"),
  };
}
