import { defaultGenerator, manualSeed } from "../../../engine/random.ts";
import { assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Adam,
  crossEntropy,
  fit,
  type FitOptions,
  hingeLoss,
  Layer,
  MLP,
  mseLoss,
  Neuron,
  RandomGenerator,
  SGD,
  StepLR,
  type Value,
} from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

/** A model, its data and settings, for a call that would work. */
function attempt() {
  const model = new MLP(2, [4, 3], { dropout: 0.5, generator: new RandomGenerator(3) });
  model.train(false);
  const data = { x: [[0, 1], [1, 0], [1, 1]], y: [0, 1, 2] };
  const optimizer = new Adam(model.parameters(), { lr: 0.1 });
  const options: FitOptions<Value[]> = { loss: crossEntropy, optimizer, epochs: 2, batchSize: 1 };
  return { model, data, options };
}

type Attempt = ReturnType<typeof attempt>;
const withData = (change: object) => (a: Attempt) =>
  fit(a.model, { ...a.data, ...change }, a.options);
const withOption = (change: object) => (a: Attempt) =>
  fit(a.model, a.data, { ...a.options, ...change });

const refused: [
  problem: string,
  call: (a: Attempt) => unknown,
  error: typeof TypeError | typeof RangeError,
  message: string,
][] = [
  [
    "no data",
    ({ model, data, options }) => fit(model, untyped<typeof data>(null), options),
    TypeError,
    "fit: data must be a Dataset or { x, y }, got null",
  ],
  [
    "data that is still being loaded",
    ({ model, data, options }) => fit(model, untyped<typeof data>(Promise.resolve()), options),
    TypeError,
    "fit: data must be a Dataset or { x, y }, got a Promise: write await",
  ],
  [
    "the name of a loss",
    ({ model, data, options }) => fit(model, data, { ...options, loss: untyped("mse") }),
    TypeError,
    'fit: loss must be a function, got string "mse": write one such as mseLoss, without quotes',
  ],
  [
    "no optimizer",
    ({ model, data, options }) => fit(model, data, { ...options, optimizer: untyped(undefined) }),
    TypeError,
    "fit: optimizer must be an Optimizer, got undefined: write one such as " +
    "new SGD(model.parameters(), { lr: 0.1 })",
  ],
  [
    "empty data",
    withData({ x: [], y: [] }),
    RangeError,
    "fit: data.x must have at least one element, got an empty array",
  ],
  [
    "fewer labels",
    withData({ y: [0, 1] }),
    RangeError,
    "fit: data: x and y must have the same length, got 3 and 2",
  ],
  [
    "a ragged row",
    withData({ x: [[0, 1], [1], [1, 1]] }),
    RangeError,
    "fit: data.x[1] must have 2 elements as the first row, got 1",
  ],
  [
    "NaN in the data",
    withData({ x: [[0, 1], [1, NaN], [1, 1]] }),
    RangeError,
    "fit: data.x[1][1] must be a finite number, got NaN",
  ],
  [
    "text in the data",
    withData({ x: [[0, 1], [1, "1"], [1, 1]] }),
    RangeError,
    'fit: data.x[1][1] must be a finite number, got string "1"',
  ],
  [
    "an infinite label",
    withData({ y: [0, 1, Infinity] }),
    RangeError,
    "fit: data.y[2] must be a finite number, got Infinity",
  ],
  [
    "a class that is none",
    withData({ y: [0, 1, 3] }),
    RangeError,
    "crossEntropy: classes[2] must be a whole number from 0 to 2, got 3",
  ],
  [
    "rows too wide",
    withData({ x: [[0, 1, 2], [0, 1, 2], [0, 1, 2]] }),
    RangeError,
    "MLP.forward: x must have 2 elements, got 3",
  ],
  [
    "no settings",
    ({ model, data }) => fit(model, data, untyped(undefined)),
    TypeError,
    "fit: options must be an object, got undefined",
  ],
  [
    "a misspelt setting",
    withOption({ batchsize: 2 }),
    RangeError,
    "fit: options must be among loss, optimizer, epochs, batchSize, seed, generator, monitor, validation, scheduler, clipGradNorm, clipGradValue, onStep, onEpoch, earlyStopping, compile, threads, precision, fused, got batchsize",
  ],
  [
    "a seed beside a generator",
    withOption({ seed: 3, generator: new RandomGenerator(1) }),
    RangeError,
    "fit: seed must be left out where there is a generator, got 3",
  ],
  [
    "a generator that is none",
    withOption({ generator: 3 }),
    TypeError,
    "fit: generator must be a RandomGenerator, got number 3",
  ],
  [
    "a callback that is none",
    withOption({ onStep: 3 }),
    TypeError,
    "fit: onStep must be a function, got number 3",
  ],
  [
    "a callback that nothing waits for",
    withOption({ onEpoch: async () => {} }),
    TypeError,
    "fit: onEpoch must not be async, since nothing waits for what it returns",
  ],
  [
    "early stopping without validation",
    withOption({ earlyStopping: { patience: 3 } }),
    TypeError,
    "fit: validation must be given for earlyStopping, got undefined",
  ],
  [
    "early stopping without patience",
    withOption({ earlyStopping: {}, validation: { x: [[0, 1]], y: [1] } }),
    RangeError,
    "fit: earlyStopping: patience must be a whole number from 1, got undefined",
  ],
  [
    "a negative norm",
    withOption({ clipGradNorm: -1 }),
    RangeError,
    "fit: clipGradNorm must be a finite number from 0, got -1",
  ],
  [
    "two ways to clip",
    withOption({ clipGradNorm: 1, clipGradValue: 2 }),
    RangeError,
    "fit: clipGradValue must be left out where there is a clipGradNorm, got 2",
  ],
  [
    "a precision that is none",
    withOption({ precision: "float16" }),
    RangeError,
    'fit: precision must be float64 or float32, got string "float16"',
  ],
  [
    "single precision without a program",
    withOption({ precision: "float32", compile: false }),
    RangeError,
    "fit: precision must be float64 where compile is false, got float32",
  ],
  [
    "fused products without a program",
    withOption({ fused: true, compile: false }),
    RangeError,
    "fit: fused must be false where compile is false, got true",
  ],
  [
    "targets of several numbers for a loss that takes one",
    withData({ y: [[0, 1], [1, 0], [1, 1]] }),
    RangeError,
    "crossEntropy: classes[0] must be a whole number from 0 to 2, got an array of 2",
  ],
  [
    "ragged targets",
    withData({ y: [[0, 1], [1], [1, 1]] }),
    RangeError,
    "fit: data.y[1] must have 2 elements as the first row, got 1",
  ],
  [
    "targets of both kinds",
    withData({ y: [0, [1], 1] }),
    RangeError,
    "fit: data.y[1] must be a finite number, got an array of 1",
  ],
  [
    "a validation with other targets",
    withOption({ validation: { x: [[0, 1]], y: [[1]] } }),
    TypeError,
    "fit: validation.y[0] must be a number as data.y[0], got an array of 1",
  ],
  [
    "too many threads",
    withOption({ threads: 65 }),
    RangeError,
    "fit: threads must be at most 64, got 65",
  ],
  [
    "no loss",
    withOption({ loss: undefined }),
    TypeError,
    "fit: loss must be a function, got undefined",
  ],
  [
    "a loss without a Value",
    withOption({ loss: () => 3 }),
    TypeError,
    "fit: loss must return a Value, got number 3",
  ],
  [
    "no optimizer",
    withOption({ optimizer: {} }),
    TypeError,
    "fit: optimizer must be an Optimizer, got an object of class Object",
  ],
  [
    "another model's optimizer",
    withOption({ optimizer: new SGD(new MLP(2, [4, 3]).parameters()) }),
    RangeError,
    "fit: optimizer must hold parameters of the model, got SGD(lr=0.001): 27 parameters with none of them",
  ],
  [
    "no epochs",
    withOption({ epochs: 0 }),
    RangeError,
    "fit: epochs must be a whole number from 1, got 0",
  ],
  [
    "half an epoch",
    withOption({ epochs: 0.5 }),
    RangeError,
    "fit: epochs must be a whole number from 1, got 0.5",
  ],
  [
    "an empty batch",
    withOption({ batchSize: 0 }),
    RangeError,
    "fit: batchSize must be a whole number from 1, got 0",
  ],
  [
    "half an example",
    withOption({ batchSize: 1.5 }),
    RangeError,
    "fit: batchSize must be a whole number from 1, got 1.5",
  ],
  [
    "a negative seed",
    withOption({ seed: -1 }),
    RangeError,
    "fit: seed must be a whole number from 0, got -1",
  ],
  [
    "a strange monitor",
    withOption({ monitor: "yes" }),
    TypeError,
    'fit: monitor must be true, false or an object of options, got string "yes"',
  ],
  [
    "a monitor's strange setting",
    withOption({ monitor: { every: -1 } }),
    RangeError,
    "monitor: every must be a number of milliseconds from 0, got -1",
  ],
  [
    "empty validation",
    withOption({ validation: { x: [], y: [] } }),
    RangeError,
    "fit: validation.x must have at least one element",
  ],
  [
    "wide validation",
    withOption({ validation: { x: [[1, 2, 3]], y: [0] } }),
    RangeError,
    "fit: validation.x[0] must have 2 elements as data.x[0], got 3",
  ],
  [
    "validation of other classes",
    withOption({ validation: { x: [[1, 2]], y: [3] } }),
    RangeError,
    "crossEntropy: classes[0] must be a whole number from 0 to 2, got 3",
  ],
  [
    "a strange scheduler",
    withOption({ scheduler: {} }),
    TypeError,
    "fit: scheduler must be an LRScheduler, got an object of class Object",
  ],
  [
    "a scheduler of another optimizer",
    (a) => {
      const other = new SGD(a.model.parameters(), { lr: 0.5 });
      return fit(a.model, a.data, { ...a.options, scheduler: new StepLR(other, { stepSize: 1 }) });
    },
    RangeError,
    "fit: scheduler must be one of the optimizer that trains, got one of another SGD(lr=0.5)",
  ],
];

for (const [problem, call, error, message] of refused) {
  Deno.test(`fit refuses ${problem} and changes nothing`, () => {
    manualSeed(4);
    const [a, fresh] = [attempt(), attempt()];
    for (const { model } of [a, fresh]) model.parameters().forEach((p, i) => p.grad = i);
    assertThrows(() => call(a), error, message);
    assertEquals(
      a.model.parameters().map(({ data, grad }) => [data, grad]),
      fresh.model.parameters().map(({ data, grad }) => [data, grad]),
    );
    assertEquals(
      [a.model, ...a.model.layers].map(({ training }) => training),
      Array(3).fill(false),
    );
    const next = defaultGenerator().uniform();
    manualSeed(4);
    assertEquals(next, defaultGenerator().uniform());
    // Adam's state and the generator of the dropout show in what comes next.
    const [after, expected] = [a, fresh].map(({ model, data, options }) =>
      fit(model, data, options)
    );
    assertEquals(after.losses, expected.losses);
  });
}

Deno.test("fit refuses what is not a model, or answers with something else", () => {
  const { data, options } = attempt();
  for (const [thing, name] of strangers) {
    assertThrows(
      () => fit(untyped<MLP>(thing), data, untyped(options)),
      TypeError,
      `fit: model must be a Module with forward(x), got ${name}`,
    );
  }
  class Odd extends MLP<readonly [1]> {
    constructor() {
      super(2, [1]);
    }
    override forward(): Value {
      return untyped([]);
    }
  }
  const odd = new Odd();
  assertThrows(
    () => fit(odd, data, { loss: mseLoss, optimizer: new SGD(odd.parameters()), epochs: 1 }),
    TypeError,
    "fit: model.forward must return a Value or an array of Values, got an array of 0",
  );
});

Deno.test("the type of the model says which losses suit it", () => {
  const { data } = attempt();
  const [one, three] = [new MLP(2, [1]), new MLP(2, [3])];
  const options = { optimizer: new SGD(one.parameters()), epochs: 1 };
  const unknown: MLP = new MLP(2, [4, 3]);
  // Never called: what counts is that the type checker accepts and refuses this.
  const _ = () => {
    fit(one, data, { loss: mseLoss, ...options });
    fit(new Neuron(2), data, { loss: hingeLoss, ...options });
    fit(new Layer(2, 3), data, { loss: crossEntropy, ...options });
    fit(unknown, data, { loss: crossEntropy, ...options });
    fit(unknown, data, { loss: hingeLoss, ...options });
    fit(unknown, data, { loss: (outputs, labels) => mseLoss(outputs, labels), ...options });
    // @ts-expect-error one output has no classes to choose from
    fit(one, data, { loss: crossEntropy, ...options });
    // @ts-expect-error three outputs have no sign
    fit(three, data, { loss: hingeLoss, ...options });
    // @ts-expect-error a number has no gradient
    fit(one, data, { loss: (scores, y) => mseLoss(scores, y).data, ...options });
  };
});
