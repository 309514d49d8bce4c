import {
  Adam,
  AdamW,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  Dataset,
  dot,
  type Examples,
  fit,
  hingeLoss,
  huberLoss,
  l1Loss,
  loadDigits,
  makeMoons,
  makeSpirals,
  MLP,
  type MLPOptions,
  Module,
  mseLoss,
  Neuron,
  type Operand,
  Optimizer,
  RandomGenerator,
  SGD,
  sum,
  Value,
} from "../../../mod.ts";
import process from "node:process";
import { Crew } from "../../../engine/compile/run/crew.ts";
import type { UpdateRule } from "../../../engine/extend.ts";
import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
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
type Loss = Settings["loss"];

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
  class Stepper extends SGD {
    override step(): void {}
  }
  const model = network(1) as MLP;
  assertEquals(
    why(model, { optimizer: new Stepper(model.parameters()) }),
    "the optimizer has a step of its own",
  );
});

Deno.test("compile refuses a loss that is no mean of one formula", () => {
  const attempt = (loss: unknown) => {
    const model = network(1);
    fit(model, signed, {
      loss: loss as typeof hingeLoss,
      optimizer: sgd(model.parameters()),
      epochs: 1,
      compile: true,
    });
  };
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

/** Trains with `compile: true` and without, and compares. */
function bothWays(
  make: () => { model: MLP | Module; settings: Omit<Settings, "optimizer"> },
  data: Examples = signed,
) {
  return [true, false].map((compile) => {
    const { model, settings } = make();
    const optimizer = sgd(model.parameters());
    const history = fit(model as MLP, data, { ...settings, optimizer, compile } as Settings);
    return { history, numbers: model.parameters().map((p) => p.data) };
  });
}

/** Doubles its answer while it is trained. */
class Louder extends Neuron {
  constructor() {
    super(2, { activation: "linear", generator: new RandomGenerator(2) });
  }
  override forward(x: readonly Operand[]): Value {
    return super.forward(x).mul(this.training ? 2 : 1);
  }
}

Deno.test("a model is traced in training mode and validated in evaluation mode", () => {
  for (const mode of [true, false]) {
    const [compiled, eager] = bothWays(() => {
      const model = new Louder().train(mode);
      return { model, settings: { loss: hingeLoss as Loss, epochs: 4, validation: signed } };
    });
    assertEquals(compiled.history.eagerBecause, null);
    assert(difference(compiled.numbers, eager.numbers) < 1e-12);
    const measured = ({ history }: typeof eager) =>
      history.epochs.flatMap(({ loss, validationLoss }) => [loss, validationLoss!]);
    assert(difference(measured(compiled), measured(eager)) < 1e-12);
    assertEquals(
      compiled.history.epochs.map((e) => e.validationAccuracy),
      eager.history.epochs.map((e) => e.validationAccuracy),
    );
  }
});

/** Has its dropout inside, where it is not seen at once. */
class Wrapped extends Module {
  readonly inner = new MLP(2, [8, 1], { dropout: .5, generator: new RandomGenerator(5) });
  forward(x: readonly Operand[]): Value {
    return this.inner.forward(x);
  }
  parameters(): Value[] {
    return this.inner.parameters();
  }
}

/** Has it where nobody can look. */
class Hidden extends Module {
  readonly #inner = new MLP(2, [8, 1], { dropout: .5, generator: new RandomGenerator(5) });
  forward(x: readonly Operand[]): Value {
    return this.#inner.forward(x);
  }
  parameters(): Value[] {
    return this.#inner.parameters();
  }
}

for (const Class of [Wrapped, Hidden]) {
  Deno.test(`dropout in a part of a model is compiled, in ${Class.name}, in either mode`, () => {
    for (const mode of [true, false]) {
      const [compiled, eager] = bothWays(() => ({
        model: new Class().train(mode),
        settings: { loss: hingeLoss as Loss, epochs: 4, batchSize: 20, validation: signed },
      }));
      assertEquals(compiled.history.eagerBecause, null);
      assert(difference(compiled.history.losses, eager.history.losses) < 1e-12);
      assert(difference(compiled.numbers, eager.numbers) < 1e-12);
    }
  });
}

Deno.test("a compiled training with dropout is the eager one, which drops the same outputs", () => {
  const settings = { loss: crossEntropy, epochs: 4, batchSize: 10, validation: spirals };
  for (const residual of [false, true]) {
    compare(3, spirals, settings as unknown as Settings, sgd, { dropout: .3, residual });
    compare(3, spirals, { ...settings, batchSize: 61 } as unknown as Settings, sgd, {
      dropout: .5,
    });
  }
});

Deno.test("with dropout, what a generator draws next is the same, compiled or not", () => {
  const [a, b] = [true, false].map((compile) => {
    const generator = new RandomGenerator(5);
    const model = new MLP(2, [8, 1], { dropout: .5, generator });
    fit(model, signed, {
      loss: hingeLoss,
      optimizer: sgd(model.parameters()),
      epochs: 3,
      batchSize: 8,
      compile,
    });
    return generator.uniform();
  });
  assertEquals(a, b);
});

const line = () => new Neuron(2, { activation: "linear", generator: new RandomGenerator(2) });
const rare = {
  x: Array.from({ length: 200 }, (_, i) => [i === 150 ? 90 : Math.sin(i), Math.cos(i)]),
  y: Array.from({ length: 200 }, (_, i) => i % 2),
};

/** Follows another branch where an input is large. */
class Branching extends Neuron {
  constructor() {
    super(2, { activation: "linear", generator: new RandomGenerator(2) });
  }
  override forward(x: readonly Operand[]): Value {
    const first = x[0] instanceof Value ? x[0].data : x[0];
    return first > 1.5 ? super.forward(x).tanh() : super.forward(x);
  }
}

/** Squares small errors and takes the size of large ones. */
function huber(scores: Value[], targets: Operand[], width: number): Value {
  const errors = scores.map((score, i) => score.sub(targets[i]));
  return sum(
    errors.map((e) =>
      Math.abs(e.data) < width ? e.pow(2).div(2) : e.abs().sub(width / 2).mul(width)
    ),
  ).div(errors.length);
}

Deno.test("compile refuses a branch that a single example of many takes", () => {
  const train = (model: Neuron, loss: Loss) =>
    fit(
      model,
      rare,
      { loss, optimizer: sgd(model.parameters()), epochs: 1, compile: true } as Settings,
    );
  const message = "the loss of example 150 is ";
  assertThrows(() => train(new Branching(), mseLoss as Loss), Error, message);
  const known = line();
  known.parameters().forEach((p, i) => p.data = [1, .5, 0][i]);
  // Errors are below 3 but for that of the large input.
  const wide = (scores: Value[], targets: Operand[]) => huber(scores, targets, 3);
  assertThrows(() => train(known, wide as Loss), Error, message);
});

Deno.test("compile refuses a branch that only the validation takes, in evaluation mode", () => {
  const model = new Branching();
  const x = rare.x.filter((_, i) => i !== 150), y = rare.y.filter((_, i) => i !== 150);
  const options = { loss: mseLoss, optimizer: sgd(model.parameters()), epochs: 1, compile: true };
  assertThrows(
    () => fit(model, { x, y }, { ...options, validation: rare }),
    Error,
    "the loss of example 150 is ",
  );
});

Deno.test("a branch that the training itself leads into is found at its end", () => {
  const far = { x: signed.x, y: signed.x.map(([a]) => 100 + a) };
  const model = line();
  assertThrows(
    () =>
      fit(model, far, {
        loss: ((scores: Value[], targets: Operand[]) => huber(scores, targets, 5)) as Loss,
        optimizer: new SGD(model.parameters(), { lr: .5 }),
        epochs: 200,
        compile: true,
      } as Settings),
    Error,
    "after the training, which has followed the compiled one",
  );
});

Deno.test("rounding alone is no difference: a loss that comes close to 0 is compiled", () => {
  const model = line();
  const exact = { x: signed.x, y: signed.x.map(([a, b]) => 1e6 * (3 * a - 2 * b + 1)) };
  const history = fit(model, exact, {
    loss: ((scores: Value[], targets: Operand[]) => mseLoss(scores, targets)) as Loss,
    optimizer: new SGD(model.parameters(), { lr: .3 }),
    epochs: 400,
    compile: true,
  } as Settings);
  assert(history.losses[399] < 1e-6, `${history.losses[399]}`);
});

Deno.test(
  "the reason for an eager training, and threads without work, stand in its text",
  needs("read"),
  () => {
    const text = (options: Partial<Settings>) => {
      const model = network(1);
      const optimizer = sgd(model.parameters());
      return String(
        fit(
          model as MLP,
          signed,
          { loss: hingeLoss, optimizer, epochs: 1, ...options } as Settings,
        ),
      );
    };
    const own = ((scores: Value[], labels: number[]) => hingeLoss(scores, labels)) as Loss;
    assertMatch(
      text({ loss: own, threads: 3 }),
      /^FitHistory\(1 epoch, eager because the loss is a function of its own, 1 of 3 threads had work: loss /,
    );
    assertMatch(
      text({ compile: false }),
      /^FitHistory\(1 epoch, eager because compile is false: loss/,
    );
    assertMatch(
      text({ batchSize: 10, threads: 64 }),
      /^FitHistory\(1 epoch, compiled, 3 of 64 threads had work: loss /,
    );
    assertMatch(text({ threads: 2 }), /^FitHistory\(1 epoch, compiled: loss /);
  },
);

Deno.test("an optimizer whose formula is not one for all numbers says so in the training's text", () => {
  class Signs extends Optimizer {
    protected override get formula(): UpdateRule {
      return {
        state: [],
        shared: 1,
        begin: () => [this.lr],
        apply: (w, p, g, _state, [lr]) => [(g as number) > 0 ? w.sub(p, lr) : w.add(p, lr)],
      };
    }
  }
  const [a, b] = [undefined, false].map((compile) => {
    const model = network(1);
    const history = fit(model, signed, {
      loss: hingeLoss,
      optimizer: new Signs(model.parameters(), .01),
      epochs: 5,
      ...compile === undefined ? {} : { compile },
    });
    return { history, numbers: model.parameters().map(({ data }) => data) };
  });
  assert(difference(a.numbers, b.numbers) < 1e-12);
  assertMatch(
    String(a.history),
    /5 epochs, compiled, updates on numbers because its formula looks at a number/,
  );
});

Deno.test("a loss that throws while it is compiled leaves no thread running", needs("read"), () => {
  const { close } = Crew.prototype;
  let closed = 0;
  Crew.prototype.close = function () {
    closed++;
    close.call(this);
  };
  try {
    // A trace that fails has started none; a comparison that does has.
    for (const after of [0, 1, 9]) {
      const model = network(1);
      let calls = -1;
      const loss = (scores: Value[], labels: Operand[]) => {
        if (calls >= 0 || labels[0] instanceof Value) calls++;
        if (calls === after) throw new Error("in the loss");
        return hingeLoss(scores, labels);
      };
      const options = { loss, optimizer: sgd(model.parameters()), epochs: 1 };
      assertThrows(
        () => fit(model, signed, { ...options, compile: true, threads: 2 }),
        Error,
        "in the loss",
      );
    }
    assertEquals(closed, 2);
  } finally {
    Crew.prototype.close = close;
  }
});

Deno.test(
  "where threads cannot start, the training is compiled for one and says why",
  needs("read"),
  () => {
    const { Worker } = globalThis;
    const { getBuiltinModule } = process;
    process.getBuiltinModule = (() => undefined) as unknown as typeof getBuiltinModule;
    globalThis.Worker = class {
      constructor() {
        throw new Error("no workers here");
      }
    } as unknown as typeof Worker;
    try {
      const model = network(1);
      const options = {
        loss: hingeLoss,
        optimizer: sgd(model.parameters()),
        epochs: 1,
        threads: 4,
      };
      const history = fit(model, signed, options);
      assertEquals(history.eagerBecause, null);
      assertEquals(history.notes, ["1 of 4 threads had work because no workers here"]);
    } finally {
      globalThis.Worker = Worker;
      process.getBuiltinModule = getBuiltinModule;
    }
  },
);

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

/** An autoencoder of 64 pixels by way of 16 numbers, after some epochs on the first digits. */
async function autoencoder(settings: { compile?: boolean; precision?: "float32" }, count = 60) {
  const digits = await loadDigits();
  const { x } = digits.select([...Array(count).keys()]);
  const held = digits.select([...Array(20).keys()].map((i) => count + i)).x;
  const model = new MLP(64, [16, 64], {
    activation: "tanh",
    outputActivation: "sigmoid",
    init: "xavierUniform",
    generator: new RandomGenerator(1),
  });
  const history = fit(model, new Dataset(x, x), {
    loss: mseLoss,
    optimizer: new Adam(model.parameters(), { lr: .01 }),
    epochs: 5,
    batchSize: 16,
    validation: { x: held, y: held },
    ...settings,
  });
  return { history, numbers: model.parameters().map(({ data }) => data) };
}

Deno.test("an autoencoder of the digits learns, compiled as eagerly within 1e-12", async () => {
  const [compiled, eager] = [await autoencoder({}), await autoencoder({ compile: false })];
  assertEquals(compiled.history.eagerBecause, null);
  assert(difference(compiled.history.losses, eager.history.losses) < 1e-12);
  assert(difference(compiled.numbers, eager.numbers) < 1e-12);
  const held = ({ history }: typeof eager) => history.epochs.map((epoch) => epoch.validationLoss!);
  assert(difference(held(compiled), held(eager)) < 1e-12);
  assert(held(compiled)[4] < .75 * held(compiled)[0], `${held(compiled)}`);
  assert(compiled.history.epochs.every((epoch) => !("accuracy" in epoch)));
  const single = await autoencoder({ precision: "float32" });
  assert(difference(single.history.losses, eager.history.losses) < 1e-4);
});

for (
  const [name, loss, targets] of [
    ["mseLoss", mseLoss, (a: number, b: number) => [a + b, a - b, a * b]],
    ["l1Loss", l1Loss, (a: number, b: number) => [a + b, a - b, a * b]],
    ["huberLoss", huberLoss, (a: number, b: number) => [a + b, a - b, 9 * a * b]],
    ["binaryCrossEntropyWithLogits", binaryCrossEntropyWithLogits, (a: number, b: number) => {
      return [Number(a > 0), Number(b > 0), .5];
    }],
  ] as const
) {
  Deno.test(`a compiled training with ${name} of three outputs is the eager one`, () => {
    const data = { x: moons.x, y: moons.x.map(([a, b]) => targets(a, b)) };
    const settings = { loss, epochs: 4, batchSize: 10, validation: data };
    compare(
      3,
      data as unknown as Examples,
      settings as unknown as Omit<Settings, "optimizer">,
      sgd,
    );
  });
}

Deno.test("a loss of one's own gets rows of targets, compiled as well", () => {
  const data = { x: moons.x, y: moons.x.map(([a, b]) => [a + b, a * b]) };
  const [compiled, eager] = [true, false].map((compile) => {
    const model = network(2) as MLP<readonly [8, 8, 2]>;
    return fit(model, data, {
      loss: (answers, targets) =>
        sum(answers.flatMap((row, i) => row.map((x, k) => x.sub(targets[i][k]).pow(2))))
          .div(answers.length),
      optimizer: sgd(model.parameters()),
      epochs: 3,
      compile,
    }).losses;
  });
  assert(difference(compiled, eager) < 1e-12);
});
