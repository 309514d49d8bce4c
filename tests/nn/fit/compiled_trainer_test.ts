import {
  Adam,
  AdamW,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  dot,
  fit,
  hingeLoss,
  makeMoons,
  makeSpirals,
  MLP,
  type MLPOptions,
  mseLoss,
  Neuron,
  type Operand,
  RandomGenerator,
  SGD,
  type Value,
} from "../../../mod.ts";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { needs } from "../../support/permissions.ts";

const moons = makeMoons({ samples: 53, noise: 0.2, seed: 3 });
const signed = { x: moons.x, y: moons.y.map((c) => 2 * c - 1) };
const spirals = makeSpirals({ samples: 61, classes: 3, noise: 0.05, seed: 4 });

function network(outputs: number, options: MLPOptions = {}) {
  const generator = new RandomGenerator(5);
  return new MLP(2, [8, 8, outputs], { outputActivation: "linear", generator, ...options });
}

/** The largest relative difference between two lists of numbers. */
function difference(a: readonly number[], b: readonly number[]): number {
  assertEquals(a.length, b.length);
  return Math.max(...a.map((x, i) => Math.abs(x - b[i]) / Math.max(Math.abs(b[i]), 1e-3)));
}

type Settings = Parameters<typeof fit<Value | Value[]>>[2];

/** Trains two equal networks, compiled and eagerly, and compares all that can be seen of it. */
function compare(
  outputs: number,
  data: { x: readonly (readonly number[])[]; y: readonly number[] },
  settings: Omit<Settings, "optimizer">,
  optimizer: (parameters: Value[]) => Settings["optimizer"],
  options: MLPOptions = {},
) {
  const [a, b] = [network(outputs, options), network(outputs, options)];
  const run = (model: MLP, compile: boolean) =>
    fit(model, data, {
      ...settings,
      optimizer: optimizer(model.parameters()),
      compile,
    } as Settings);
  const compiled = run(a as MLP, true), eager = run(b as MLP, false);
  assertEquals([compiled.eagerBecause, eager.eagerBecause], [null, "compile is false"]);
  assert(difference(compiled.losses, eager.losses) < 1e-12);
  const numbers = (model: MLP) => model.parameters().flatMap(({ data, grad }) => [data, grad]);
  assert(difference(numbers(a as MLP), numbers(b as MLP)) < 1e-12);
  for (const [i, epoch] of compiled.epochs.entries()) {
    const other = eager.epochs[i];
    assertEquals(
      [epoch.epoch, epoch.accuracy, epoch.validationAccuracy, epoch.lr],
      [other.epoch, other.accuracy, other.validationAccuracy, other.lr],
    );
    const losses = ({ loss, validationLoss }: typeof epoch) => [loss, validationLoss ?? 0];
    assert(difference(losses(epoch), losses(other)) < 1e-12);
  }
}

const sgd = (parameters: Value[]) => new SGD(parameters, { lr: 0.05, momentum: 0.9 });

for (
  const [name, outputs, data, loss] of [
    ["mseLoss", 1, moons, mseLoss],
    ["hingeLoss", 1, signed, hingeLoss],
    ["binaryCrossEntropyWithLogits", 1, moons, binaryCrossEntropyWithLogits],
    ["crossEntropy", 3, spirals, crossEntropy],
  ] as const
) {
  Deno.test(`a compiled training with ${name} is the eager one within 1e-12`, () => {
    const settings = { loss, epochs: 6, batchSize: 10, seed: 2, validation: data };
    compare(outputs, data, settings as unknown as Omit<Settings, "optimizer">, sgd);
  });
}

for (const activation of ["tanh", "relu", "sigmoid", "softplus"] as const) {
  Deno.test(`a compiled training of ${activation} layers, with residuals, is the eager one`, () => {
    const settings = { loss: hingeLoss, epochs: 20 } as unknown as Settings;
    compare(1, signed, settings, (parameters) => new AdamW(parameters, { lr: 0.01 }), {
      activation,
      residual: true,
    });
  });
}

Deno.test("with compile, a loss of one's own is compiled too", () => {
  const parameters: Value[] = [];
  const settings = {
    loss: (scores: Value[], labels: Operand[]) => {
      return hingeLoss(scores, labels).add(dot(parameters, parameters).mul(1e-3));
    },
    epochs: 3,
    batchSize: 10,
  };
  const made: Value[][] = [];
  compare(1, signed, settings as unknown as Settings, (own) => {
    parameters.splice(0, parameters.length, ...own);
    made.push(own);
    return new Adam(own, { lr: 0.01 });
  });
  assertEquals(made.length, 2);
});

Deno.test("fit compiles by itself what is the library's own, and says so", () => {
  const model = network(1);
  const history = fit(model, signed, {
    loss: hingeLoss,
    optimizer: sgd(model.parameters()),
    epochs: 2,
  });
  assertEquals(history.eagerBecause, null);
  assert(String(history).startsWith("FitHistory(2 epochs, compiled: loss "), String(history));
});

class Own extends Neuron {
  override forward(x: readonly Operand[]): Value {
    return super.forward(x).mul(2);
  }
}

Deno.test("fit does not compile what it cannot know, and says why", () => {
  const why = (model: MLP | Neuron, options: Partial<Settings> = {}) =>
    fit(model, signed, {
      loss: hingeLoss,
      optimizer: sgd(model.parameters()),
      epochs: 1,
      ...options,
    } as Settings).eagerBecause;
  const generator = new RandomGenerator(1);
  assertEquals(why(new Own(2, { generator })), "the model is a class of its own");
  const loss = (scores: Value[], labels: number[]) => hingeLoss(scores, labels);
  assertEquals(
    why(network(1) as MLP, { loss } as unknown as Settings),
    "the loss is a function of its own",
  );
  assertEquals(why(network(1, { dropout: 0.5 }) as MLP), "dropout draws anew in every step");
  class Stepper extends SGD {
    override step(): void {}
  }
  const model = network(1) as MLP;
  assertEquals(
    why(model, { optimizer: new Stepper(model.parameters()) }),
    "the optimizer has a step of its own",
  );
});

Deno.test("compile refuses dropout, and a loss that is no mean of one formula", () => {
  const attempt = (loss: unknown, options: MLPOptions = {}) => {
    const model = network(1, options);
    fit(model, signed, {
      loss: loss as typeof hingeLoss,
      optimizer: sgd(model.parameters()),
      epochs: 1,
      compile: true,
    });
  };
  assertThrows(
    () => attempt(hingeLoss, { dropout: 0.5 }),
    Error,
    "fit: compile is not possible here: dropout draws anew in every step",
  );
  const sum = (scores: Value[], labels: number[]) =>
    hingeLoss(scores, labels, { reduction: "sum" });
  assertThrows(() => attempt(sum), Error, "the loss must be the mean over a batch");
  const branching = ([score, ...more]: Value[], labels: number[]): Value => {
    const own = labels[0] === 1 ? score.neg().softplus() : score.softplus();
    return more.length === 0 ? own : own.add(branching(more, labels.slice(1)).mul(more.length))
      .div(more.length + 1);
  };
  assertThrows(() => attempt(branching), Error, "compute the same for every label");
});

Deno.test("while a compiled training runs, the Values follow it from epoch to epoch", () => {
  const model = network(1);
  const seen: number[] = [];
  class Watching extends SGD {
    override update(data: Float64Array, grad: Float64Array): void {
      seen.push(model.parameters()[0].data);
      super.update(data, grad);
    }
  }
  const optimizer = new Watching(model.parameters(), { lr: 0.1 });
  const history = fit(model, signed, { loss: hingeLoss, optimizer, epochs: 3 });
  assertEquals(history.eagerBecause, null);
  assertEquals(new Set([...seen, model.parameters()[0].data]).size, 4);
});

Deno.test("threads share a batch, and the training is the same within 1e-12", needs("read"), () => {
  const settings = { loss: crossEntropy, epochs: 3, batchSize: 25, seed: 2, validation: spirals };
  for (const threads of [2, 3, 64]) {
    compare(3, spirals, { ...settings, threads } as unknown as Settings, sgd);
  }
});

Deno.test("without WebAssembly's vectors fit trains eagerly, with the same results", () => {
  const train = () => {
    const model = network(1);
    const history = fit(model, signed, {
      loss: hingeLoss,
      optimizer: sgd(model.parameters()),
      epochs: 3,
    });
    return { history, numbers: model.parameters().map(({ data }) => data) };
  };
  const compiled = train();
  const { Module } = WebAssembly;
  WebAssembly.Module = class {
    constructor() {
      throw new WebAssembly.CompileError("no vectors here");
    }
  } as unknown as typeof Module;
  try {
    const eager = train();
    assertEquals(eager.history.eagerBecause, "no vectors here");
    assert(difference(compiled.history.losses, eager.history.losses) < 1e-12);
    assert(difference(compiled.numbers, eager.numbers) < 1e-12);
  } finally {
    WebAssembly.Module = Module;
  }
});
