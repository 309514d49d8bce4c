import { assertEquals, assertThrows } from "../../support/assert.ts";
import {
  accuracy,
  decisionBoundary,
  MLP,
  Module,
  Neuron,
  type Operand,
  predict,
  Value,
} from "../../../mod.ts";
import { ask, classify } from "../../../nn/classify/predict.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { Echo } from "../../support/models.ts";

Deno.test("a single output means class 1 above the threshold, which must be said where it matters", () => {
  const echo = new Echo();
  assertEquals(predict(echo, [[-1], [0], [.51], [5]]), [0, 0, 1, 1]);
  const rows = [[-1], [0], [1e-300], [.5], [5]];
  assertEquals(predict(echo, rows, { threshold: 0 }), [0, 0, 1, 1, 1]);
  assertEquals(predict(echo, rows, { threshold: .5 }), [0, 0, 0, 0, 1]);
  const message = "threshold must say where the output turns from class 0 to 1, at 0 as a logit " +
    "does or at 0.5 as an estimate of 0 and 1; got none, and an output of 1e-300";
  assertThrows(() => predict(echo, rows), RangeError, `predict: ${message}`);
  const data = { x: rows, y: [0, 0, 0, 1, 1] };
  assertThrows(() => accuracy(echo, data), RangeError, `accuracy: ${message}`);
  assertEquals([0, .5].map((threshold) => accuracy(echo, data, { threshold })), [.8, .8]);
  assertEquals(accuracy(echo, { ...data, y: [-1, -1, 1, 1, 1] }), 1);
});

Deno.test("an output that a sigmoid made turns at a half, also through modules around it", () => {
  const inner = new MLP(1, [1], { activation: "sigmoid" });
  [1, 0].forEach((data, i) => inner.parameters()[i].data = data);
  class Around extends Echo {
    override forward(x: readonly Operand[]): Value {
      return inner.forward(x);
    }
  }
  const data = { x: [[-2], [-1], [1], [2]], y: [0, 0, 1, 1] };
  for (const model of [inner, new Around()]) {
    assertEquals(predict(model, data.x), [0, 0, 1, 1]);
    assertEquals(accuracy(model, data), 1);
    assertEquals(accuracy(model, data, { threshold: .8 }), .75);
  }
});

Deno.test("a threshold must be a number, and for a single output", () => {
  for (const [thing, got] of strangers) {
    if (thing === undefined || typeof thing === "number") continue;
    const message = `predict: threshold must be a finite number, got ${got}`;
    const options = { threshold: untyped<number>(thing) };
    assertThrows(() => predict(new Echo(), [[1]], options), RangeError, message);
  }
  assertThrows(
    () => accuracy(new Echo(), { x: [[1, 2]], y: [1] }, { threshold: .5 }),
    RangeError,
    "accuracy: threshold must be left out for a model of 2 outputs, got 0.5",
  );
});

Deno.test("accuracy is the share of right answers, whether no is 0 or -1", () => {
  const x = [[-2], [-1], [1], [2]];
  assertEquals(accuracy(new Echo(), { x, y: [0, 0, 1, 1] }), 1);
  assertEquals(accuracy(new Echo(), { x, y: [-1, 1, 1, 1] }), 0.75);
  assertEquals(accuracy(new Echo(), { x: [[1, 2], [2, 1], [4, 3]], y: [1, 1, 0] }), 2 / 3);
});

Deno.test("a model answers in evaluation mode, and then each part is in the mode it was in", () => {
  const echo = new Echo();
  predict(echo, [[1]]);
  accuracy(echo, { x: [[1]], y: [1] });
  assertEquals(echo.modes, [false, false]);
  assertEquals(echo.training, true);
  const model = new MLP(2, [8, 8, 1], { dropout: 0.9 });
  model.layers[1].eval();
  const rows = Array.from({ length: 20 }, () => [0.5, -0.5]);
  assertEquals(new Set(predict(model, rows, { threshold: 0 })).size, 1);
  assertEquals([model, ...model.layers].map(({ training }) => training), [true, true, false, true]);
  assertThrows(() => predict(model, [[1]]), RangeError);
  assertEquals(model.training, true);
});

Deno.test("what is not a model, and rows that do not suit it, are refused", () => {
  for (const [thing, name] of strangers) {
    assertThrows(
      () => predict(untyped(thing), [[1]]),
      TypeError,
      `predict: model must be a Module with forward(x), got ${name}`,
    );
  }
  const model = new Neuron(2);
  assertThrows(() => predict(model, []), RangeError, "predict: x must have at least one element");
  assertThrows(() => predict(model, [[1, 2], [1]]), RangeError, "predict: x[1] must have 2");
  assertThrows(
    () => predict(model, [[1, NaN]]),
    RangeError,
    "predict: x[0][1] must be a finite number, got NaN",
  );
  assertThrows(() => predict(model, [[1, 2, 3]]), RangeError, "x must have 2 elements, got 3");
  assertThrows(() => predict(model, untyped([1, 2])), TypeError, "predict: x[0] must be an array");
  class Odd extends Echo {
    override forward(): Value {
      return untyped(3);
    }
  }
  assertThrows(
    () => predict(new Odd(), [[1]]),
    TypeError,
    "predict: model.forward must return a Value or an array of Values, got number 3",
  );
});

Deno.test("labels that name no class of the model have no accuracy", () => {
  const of = (y: number[], x = y.map(() => [1])) => () => accuracy(new Echo(), { x, y });
  assertThrows(of([0, 1, -1]), RangeError, "accuracy: data.y[0] must be -1 or 1, got 0");
  assertThrows(of([0, 1, 2]), RangeError, "accuracy: data.y[2] must be 0 or 1, got 2");
  assertThrows(
    of([1, 2], [[1, 2], [1, 2]]),
    RangeError,
    "accuracy: data.y[1] must be a whole number from 0 to 1, got 2",
  );
  assertThrows(
    () => accuracy(new Echo(), { x: [[1]], y: [1, 0] }),
    RangeError,
    "accuracy: data: x and y must have the same length, got 1 and 2",
  );
});

Deno.test("the answers are in terms of the labels", () => {
  const x = [[-2], [3]];
  assertEquals(classify("f", new Echo(), { x, y: [0, 1] }), {
    outputs: x,
    others: [],
    answers: [0, 1],
    labels: [0, 1],
    threshold: 0,
    isProbability: false,
  });
  assertEquals(classify("f", new Echo(), { x, y: [-1, -1] }).answers, [-1, 1]);
  const several = classify("f", new Echo(), { x: [[1, 3, 2]], y: [0] });
  assertEquals([several.answers, several.labels], [[1], [0, 1, 2]]);
});

Deno.test("answers can be others than those that the model gives now", () => {
  const echo = new Echo();
  const { answers } = classify(
    "f",
    echo,
    { x: [[-2], [3]], y: [0, 1] },
    {},
    { answer: (rows) => ({ outputs: rows.map(([x]) => [-x]), isSigmoid: false }) },
  );
  assertEquals([answers, echo.modes], [[1, 0], []]);
});

Deno.test("a model is asked in evaluation mode", () => {
  const echo = new Echo();
  assertEquals(ask("f", echo, [[1], [2]]), { outputs: [[1], [2]], isSigmoid: false });
  assertEquals([echo.modes, echo.training], [[false, false], true]);
});

Deno.test("a label that names no class is refused under the name of the caller", () => {
  assertThrows(
    () => classify("f", new Echo(), { x: [[1], [2]], y: [0, 7] }),
    RangeError,
    "f: data.y[1] must be 0 or 1, got 7",
  );
});

Deno.test("an answer of NaN is no class: it is refused by name, and in pictures a mistake", () => {
  class Broken extends Module {
    constructor(readonly outputs: number) {
      super();
    }
    forward([x]: readonly Operand[]): Value | Value[] {
      const value = new Value(x === 2 || x instanceof Value && x.data === 2 ? NaN : -1);
      return this.outputs === 1 ? value : [new Value(1), value];
    }
    parameters(): Value[] {
      return [];
    }
  }
  const data = { x: [[1, 0], [2, 0]], y: [0, 0] };
  for (const model of [new Broken(1), new Broken(2)]) {
    const message = "must be a class, got NaN: diagnose(loss, model) may tell why";
    assertThrows(
      () => predict(model, data.x),
      RangeError,
      `predict: the answer to x[1] ${message}`,
    );
    assertThrows(
      () => accuracy(model, data),
      RangeError,
      `accuracy: the answer to data.x[1] ${message}`,
    );
    assertEquals(decisionBoundary(model, data).points.map(({ answer }) => answer), [0, NaN]);
  }
});
