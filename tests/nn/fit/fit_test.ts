import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertThrows,
} from "../../support/assert.ts";
import {
  accuracy,
  type Activation,
  Adam,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  decisionBoundary,
  diagnose,
  dot,
  ExponentialLR,
  fit,
  type FitOptions,
  hingeLoss,
  makeMoons,
  MLP,
  Module,
  type MonitorMoment,
  mseLoss,
  Neuron,
  type Operand,
  predict,
  RandomGenerator,
  SGD,
  sum,
  type Value,
} from "../../../mod.ts";
import { dataOf, network, points, signed } from "../../support/points.ts";

/** An MLP that notes the mode in which it is asked. */
class Watched extends MLP<readonly [3, 1]> {
  readonly modes: boolean[] = [];
  constructor() {
    super(2, [3, 1], { dropout: 0.5, generator: new RandomGenerator(1) });
  }
  override forward(x: readonly Operand[]): Value {
    this.modes.push(this.training);
    return super.forward(x);
  }
}

/** The targets that the loss gets, batch by batch; labels stand for examples here. */
function batches(n: number, options: { batchSize?: number; seed?: number }, epochs = 3) {
  const seen: number[][] = [];
  const model = new Neuron(1, { activation: "linear", generator: new RandomGenerator(1) });
  const y = Array.from({ length: n }, (_, i) => i);
  fit(model, { x: y.map((i) => [i / n]), y }, {
    loss: (outputs, targets) => {
      seen.push([...targets]);
      for (const [i, output] of outputs.entries()) {
        // Beside the rehearsal, outputs and targets belong to the same example.
        if (seen.length > 1) assertEquals(output.data, model.forward([targets[i] / n]).data);
      }
      return mseLoss(outputs, targets);
    },
    optimizer: new SGD(model.parameters(), { lr: 1e-6 }),
    epochs,
    ...options,
  });
  assertEquals(seen.shift(), y, "the loss is first tried on all labels");
  return seen;
}

Deno.test("every epoch goes through every example once, in a new order; the last batch is smaller", () => {
  const seen = batches(10, { batchSize: 4 });
  assertEquals(seen.map(({ length }) => length), [4, 4, 2, 4, 4, 2, 4, 4, 2]);
  const orders = [0, 3, 6].map((i) => seen.slice(i, i + 3).flat());
  const sorted = Array.from({ length: 10 }, (_, i) => i);
  for (const order of orders) assertEquals(order.toSorted((a, b) => a - b), sorted);
  assertEquals(new Set([sorted, ...orders].map(String)).size, 4);
});

Deno.test("the seed alone decides the order", () => {
  const first = batches(10, { batchSize: 3, seed: 5 });
  assertEquals(batches(10, { batchSize: 3, seed: 5 }), first);
  assertNotEquals(batches(10, { batchSize: 3, seed: 6 }), first);
  assertEquals(batches(10, { batchSize: 3 }), batches(10, { batchSize: 3, seed: 0 }));
});

Deno.test("a batch of all examples keeps their order, also where it could be larger", () => {
  const all = [[0, 1, 2, 3, 4], [0, 1, 2, 3, 4]];
  for (const batchSize of [undefined, 5, 6, 1000]) assertEquals(batches(5, { batchSize }, 2), all);
});

Deno.test("an epoch's loss is the mean over its examples, whatever the batches", () => {
  const model = network(1);
  const { losses, epochs } = fit(model, signed(points(5)), {
    loss: mseLoss,
    optimizer: new SGD(model.parameters(), { lr: 0.01 }),
    epochs: 2,
    batchSize: 2,
  });
  assertEquals(losses.length, 6);
  assert(losses.every((loss) => loss > 1e-6), `${losses}`);
  const mean = (i: number) => (2 * losses[i] + 2 * losses[i + 1] + losses[i + 2]) / 5;
  for (const [i, { epoch, loss }] of epochs.entries()) {
    assertEquals(epoch, i + 1);
    assert(Math.abs(loss - mean(3 * i)) < 1e-14);
  }
});

Deno.test("the accuracy of an epoch comes from the outputs of its training", () => {
  const data = signed(points(20));
  const model = network(1);
  let optimizer = new SGD(model.parameters(), { lr: 0.3 });
  for (let i = 0; i < 5; i++) {
    // With one batch, the training sees the model as it is before the epoch.
    const before = accuracy(model, data);
    const history = fit(model, data, { loss: hingeLoss, optimizer, epochs: 1 });
    assertEquals(history.epochs[0].accuracy, before);
  }
  const watched = new Watched();
  optimizer = new SGD(watched.parameters());
  fit(watched, data, { loss: hingeLoss, optimizer, epochs: 3, batchSize: 7 });
  assertEquals(watched.modes.length, 1 + 3 * 20);
});

Deno.test("labels that name no classes have no accuracy", () => {
  const model = network(1);
  const optimizer = new SGD(model.parameters(), { lr: 0.01 });
  const x = [[0, 1], [1, 0], [1, 1]];
  const known = (y: number[]) => {
    const options = { loss: mseLoss, optimizer, epochs: 1 };
    return "accuracy" in fit(model, { x, y }, options).epochs[0];
  };
  assertEquals([[0, 1, 1], [-1, 1, 1], [1, 1, 1]].map(known), [true, true, true]);
  assertEquals([[0, 1, 2], [-1, 0, 1], [0.5, 0, 1]].map(known), [false, false, false]);
});

Deno.test("validation data are measured after each epoch, and not trained on", () => {
  const [data, validation] = [points(12), points(9, 2)];
  const model = network(2);
  const options = {
    loss: crossEntropy,
    optimizer: new SGD(model.parameters(), { lr: 0.5 }),
    epochs: 1,
    batchSize: 4,
  };
  const without = network(2);
  fit(without, data, { ...options, optimizer: new SGD(without.parameters(), { lr: 0.5 }) });
  const { epochs: [epoch] } = fit(model, data, { ...options, validation });
  assertEquals(dataOf(model.parameters()), dataOf(without.parameters()));
  const outputs = validation.x.map((x) => model.forward(x));
  const expected = crossEntropy(outputs, validation.y).data;
  assertAlmostEquals(epoch.validationLoss ?? NaN, expected, 1e-15);
  assertEquals(epoch.validationAccuracy, accuracy(model, validation));
});

Deno.test("the scheduler steps once an epoch, and each epoch notes its own rate", () => {
  const model = network(1);
  const optimizer = new SGD(model.parameters(), { lr: 1 });
  const scheduler = new ExponentialLR(optimizer, { gamma: 0.5 });
  const { epochs } = fit(model, signed(points(6)), {
    loss: hingeLoss,
    optimizer,
    scheduler,
    epochs: 3,
    batchSize: 2,
  });
  assertEquals(epochs.map(({ lr }) => lr), [1, 0.5, 0.25]);
  assertEquals(optimizer.lr, 0.125);
});

Deno.test("a model trains in training mode, is measured in evaluation mode, and gets its own back", () => {
  const data = signed(points(4));
  for (const mode of [true, false]) {
    const model = new Watched();
    model.train(mode);
    model.layers[0].train(!mode);
    fit(model, data, {
      loss: hingeLoss,
      optimizer: new SGD(model.parameters(), { lr: 0.1 }),
      validation: data,
      epochs: 2,
      batchSize: 2,
    });
    const epoch = [true, true, true, true, false, false, false, false];
    assertEquals(model.modes, [false, ...epoch, ...epoch]);
    assertEquals([model.training, model.layers[0].training], [mode, !mode]);
  }
});

Deno.test("a training that throws in the middle gives the mode back, and draws its last picture", () => {
  const model = new Watched();
  model.eval();
  const moments: [MonitorMoment, number][] = [];
  let calls = 0;
  const failing = () =>
    fit(model, signed(points(4)), {
      loss: (scores, labels) => {
        // The rehearsal tries all labels, and then both of them at 0 and at 0.5.
        if (++calls === 8) throw new Error("in the loss");
        return hingeLoss(scores, labels);
      },
      optimizer: new SGD(model.parameters(), { lr: 0.1 }),
      epochs: 9,
      monitor: {
        every: Infinity,
        output: ({ losses, steps }, moment) => {
          assertEquals(steps, 9);
          moments.push([moment, losses.length]);
        },
      },
    });
  assertThrows(failing, Error, "in the loss");
  assertEquals(moments, [["first", 0], ["last", 2]]);
  assertEquals(model.training, false);
});

/** A module around another, whose output nobody can see through. */
class Around extends Module {
  readonly inner: MLP<readonly [8, 8, 1]>;
  constructor(outputActivation: Activation) {
    super();
    const generator = new RandomGenerator(1);
    this.inner = new MLP(2, [8, 8, 1], { outputActivation, generator });
  }
  forward(x: readonly Operand[]): Value {
    return this.inner.forward(x).mul(1);
  }
  parameters(): Value[] {
    return this.inner.parameters();
  }
}

const losses01: Record<string, [FitOptions<Value>["loss"], Activation, threshold: number]> = {
  "mseLoss": [mseLoss, "linear", 0.5],
  "mseLoss of a sigmoid": [mseLoss, "sigmoid", 0.5],
  "binaryCrossEntropyWithLogits": [binaryCrossEntropyWithLogits, "linear", 0],
  "hingeLoss of labels made −1 and 1": [
    (scores, labels) => hingeLoss(scores, labels.map((y) => 2 * y - 1)),
    "linear",
    0,
  ],
  "absolute differences": [
    (answers, labels) =>
      sum(answers.map((answer, i) => answer.sub(labels[i]).abs())).div(labels.length),
    "linear",
    0.5,
  ],
};

for (const [name, [loss, activation, threshold]] of Object.entries(losses01)) {
  Deno.test(`the accuracy of 0/1 labels is right by ${name}, in the history and afterwards`, () => {
    const moons = makeMoons({ samples: 100, noise: 0.1, seed: 1 });
    const models = [
      new MLP(2, [8, 8, 1], { outputActivation: activation, generator: new RandomGenerator(1) }),
      new Around(activation),
    ];
    for (const model of models) {
      const optimizer = new Adam(model.parameters(), { lr: 0.01 });
      const options = { loss, optimizer, epochs: 15, batchSize: 10, validation: moons };
      const { epochs } = fit<Value>(model, moons, options);
      const { validationAccuracy } = epochs[14];
      const right = moons.x.filter((x, i) =>
        (model.forward(x).data > threshold) === (moons.y[i] === 1)
      );
      assertEquals(validationAccuracy, right.length / 100);
      assert(validationAccuracy! > 0.8, `${validationAccuracy}`);
      assertEquals(accuracy(model, moons), validationAccuracy);
      assertEquals(decisionBoundary(model, moons, { resolution: 5 }).middle, threshold);
      const answers = moons.x.map((x) => Number(model.forward(x).data > threshold));
      assertEquals(predict(model, moons.x), answers);
    }
  });
}

Deno.test("without a loss that says where a single output turns, no accuracy is noted", () => {
  const model = network(1);
  const { epochs } = fit(model, { x: [[0, 1], [1, 0]], y: [0, 1] }, {
    loss: (scores, labels) => mseLoss(scores, labels.map((y) => 3 * y)),
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 1,
  });
  assertEquals("accuracy" in epochs[0], false);
});

Deno.test("a monitor gets the loss of every step", () => {
  const model = network(1);
  const shown: number[][] = [];
  const history = fit(model, signed(points(6)), {
    loss: hingeLoss,
    optimizer: new SGD(model.parameters(), { lr: 0.1 }),
    epochs: 2,
    batchSize: 4,
    monitor: { every: 0, output: ({ losses }) => shown.push([...losses]) },
  });
  assertEquals(shown, [0, 1, 2, 3, 4].map((n) => history.losses.slice(0, n)));
});

Deno.test("an optimizer may hold a part of the model: the rest stays, and gathers no gradients", () => {
  const model = network(1);
  const [first, last] = model.layers;
  const before = dataOf(first.parameters());
  const data = signed(points(4));
  const optimizer = new SGD(last.parameters(), { lr: 0.1 });
  fit(model, data, { loss: hingeLoss, optimizer, epochs: 5 });
  assertEquals(dataOf(first.parameters()), before);
  optimizer.lr = 0;
  fit(model, data, { loss: hingeLoss, optimizer, epochs: 5 });
  const gradients = first.parameters().map(({ grad }) => grad);
  assert(gradients.some((grad) => grad !== 0));
  fit(model, data, { loss: hingeLoss, optimizer, epochs: 1 });
  assertEquals(first.parameters().map(({ grad }) => grad), gradients);
});

Deno.test("a loss of one's own can add a penalty for large parameters", () => {
  const data = signed(points(10));
  const sizes = [0, 0.1].map((alpha) => {
    const model = network(1);
    const parameters = model.parameters();
    fit(model, data, {
      loss: (scores, labels) =>
        hingeLoss(scores, labels).add(dot(parameters, parameters).mul(alpha)),
      optimizer: new SGD(parameters, { lr: 0.1 }),
      epochs: 50,
    });
    return dot(parameters, parameters).data;
  });
  assert(sizes[1] < sizes[0] / 2, `${sizes}`);
});

/** A training whose rate is far too large, and what it warned of. */
function diverging(compile: boolean) {
  const model = new Neuron(1, { activation: "linear", generator: new RandomGenerator(1) });
  const optimizer = new SGD(model.parameters(), { lr: 1e200 });
  const { warn } = console;
  const warnings: unknown[] = [];
  console.warn = (...x) => warnings.push(x.join(" "));
  try {
    const data = { x: [[1], [2]], y: [0.5, 1] };
    const options = { loss: mseLoss, optimizer, epochs: 9, batchSize: 1, compile };
    return { model, warnings, history: fit(model, data, options) };
  } finally {
    console.warn = warn;
  }
}

for (const compile of [true, false]) {
  Deno.test(`a training that diverges ends with the epoch, ${compile ? "compiled" : "eager"}`, () => {
    const { model, warnings, history } = diverging(compile);
    const { losses, epochs, stoppedBecause } = history;
    const [last] = losses.slice(-1);
    assert(Number.isNaN(last) && losses.slice(0, -1).every((loss) => !Number.isNaN(loss)));
    assert(losses.length < 18 && epochs.length === Math.floor((losses.length - 1) / 2));
    assertEquals(
      stoppedBecause,
      `the loss is NaN in epoch ${epochs.length + 1}, step ${losses.length}; ` +
        "diagnose(loss, model) may tell why",
    );
    assertEquals(warnings, [`fit: ${stoppedBecause}`]);
    assertMatch(String(history), /\. Stopped: the loss is NaN in epoch \d+, step \d+; diagnose/);
    assertEquals(model.training, true);
  });
}

Deno.test("a loss of NaN moves nothing, so that it can be asked where it comes from", () => {
  for (const compile of [true, false]) {
    const model = new Neuron(1, { activation: "linear", generator: new RandomGenerator(1) });
    model.w[0].data = -1;
    const before = dataOf(model.parameters());
    const lossOf = (answers: Value[]) => mseLoss(answers.map((answer) => answer.log()), [0]);
    const { warn } = console;
    console.warn = () => {};
    try {
      const optimizer = new SGD(model.parameters(), { lr: 1 });
      const options = { loss: lossOf, optimizer, epochs: 5, compile };
      const { losses, epochs } = fit(model, { x: [[9]], y: [0] }, options);
      assertEquals([losses, epochs, dataOf(model.parameters())], [[NaN], [], before]);
    } finally {
      console.warn = warn;
    }
    const { findings } = diagnose(lossOf([model.forward([9])]), model);
    assertMatch(findings[0].text, /log/);
  }
});
