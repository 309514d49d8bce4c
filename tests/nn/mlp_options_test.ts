import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assertEquals, assertThrows } from "../support/assert.ts";
import { type Activation, MLP, type MLPOptions, RandomGenerator } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";

const seeded = () => ({ generator: new RandomGenerator(1) });

Deno.test("outputActivation is that of the last layer only", () => {
  const model = new MLP(2, [3, 3, 1], { activation: "relu", outputActivation: "linear" });
  const names = model.layers.map(({ neurons }) => neurons[0].activation);
  assertEquals(names, ["relu", "relu", "linear"]);
  const same = new MLP(2, [3, 1], { activation: "sigmoid" });
  assertEquals(same.layers.map(({ neurons }) => neurons[0].activation), ["sigmoid", "sigmoid"]);
});

Deno.test("a network refuses unknown activations, and says which setting it was", () => {
  const names =
    "must be one of linear, tanh, sigmoid, relu, leakyRelu, elu, gelu, silu, softplus, got";
  assertThrows(
    () => new MLP(1, [1], { activation: untyped("Tanh") }),
    RangeError,
    `MLP: activation ${names} string "Tanh"`,
  );
  assertThrows(
    () => new MLP(1, [1], { outputActivation: untyped(3) }),
    RangeError,
    `MLP: outputActivation ${names} number 3`,
  );
});

Deno.test("activation may be a list, one a layer", () => {
  const activation = ["relu", "tanh", "linear"] as const;
  const model = new MLP(2, [3, 3, 1], { activation, ...seeded() });
  assertEquals(model.layers.map(({ neurons }) => neurons.map((n) => n.activation)), [
    ["relu", "relu", "relu"],
    ["tanh", "tanh", "tanh"],
    ["linear"],
  ]);
  const pair = new MLP(2, [3, 1], { activation: ["relu", "linear"], ...seeded() });
  const same = new MLP(2, [3, 1], {
    activation: "relu",
    outputActivation: "linear",
    ...seeded(),
  });
  assertEquals(pair.forward([1, 2]).data, same.forward([1, 2]).data);
});

Deno.test("a list of activations that does not fit is refused, and nothing is drawn", () => {
  manualSeed(6);
  const make = (activation: unknown, more: MLPOptions = {}) => () =>
    new MLP(2, [3, 3, 1], { activation: untyped<Activation[]>(activation), ...more });
  for (
    const [list, name] of [[[], "0"], [["relu"], "1"], [["relu", "relu", "relu", "relu"], "4"]]
  ) {
    assertThrows(
      make(list),
      RangeError,
      `MLP: activation must have 3 elements, one a layer, got ${name}`,
    );
  }
  assertThrows(
    make(["relu", "Tanh", "linear"]),
    RangeError,
    'MLP: activation[1] must be one of linear, tanh, sigmoid, relu, leakyRelu, elu, gelu, silu, softplus, got string "Tanh"',
  );
  assertThrows(
    make(["relu", "relu", "linear"], { outputActivation: "linear" }),
    RangeError,
    'MLP: outputActivation must be absent where activation is a list, got string "linear"',
  );
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
});

Deno.test("residual without a layer that it could concern is refused, as is what is no boolean", () => {
  manualSeed(6);
  assertThrows(
    () => new MLP(2, [16, 8, 1], { residual: true }),
    RangeError,
    "MLP: residual needs a layer with as many outputs as inputs, got 2 inputs and layers of " +
      "16, 8, 1",
  );
  for (const [thing, name] of strangers) {
    if (thing === undefined || thing === true) continue;
    assertThrows(
      () => new MLP(2, [2, 1], { residual: untyped(thing) }),
      TypeError,
      `MLP: residual must be a boolean, got ${name}`,
    );
  }
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
});

Deno.test("a dropout that is no probability below 1, or has no layer to drop from, is refused", () => {
  manualSeed(6);
  for (const [thing, name] of [[-.1, "-0.1"], [1, "1"], [NaN, "NaN"], ...strangers]) {
    if (thing === undefined) continue;
    assertThrows(
      () => new MLP(2, [2, 1], { dropout: untyped(thing) }),
      RangeError,
      `MLP: dropout must be a finite number from 0 and below 1, got ${String(name)}`,
    );
  }
  assertThrows(
    () => new MLP(2, [1], { dropout: .5 }),
    RangeError,
    "MLP: dropout needs a layer before the last, got a single layer",
  );
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
  assertEquals(new MLP(2, [1], { dropout: 0 }).dropout, 0);
});

Deno.test("a network's text says every activation, residual and dropout", () => {
  const text = (options: MLPOptions, sizes = [3, 3, 1]) => String(new MLP(2, sizes, options));
  const list = (...activation: Activation[]) => ({ activation });
  assertEquals(text(list("relu", "relu", "relu")), "MLP(2, [3, 3, 1], relu): 25 parameters");
  assertEquals(
    text(list("relu", "relu", "linear")),
    "MLP(2, [3, 3, 1], relu then linear): 25 parameters",
  );
  assertEquals(
    text(list("tanh", "relu", "tanh")),
    "MLP(2, [3, 3, 1], [tanh, relu, tanh]): 25 parameters",
  );
  assertEquals(text(list("tanh", "relu"), [3, 1]), "MLP(2, [3, 1], tanh then relu): 13 parameters");
  assertEquals(
    text({ residual: true, dropout: .1 }),
    "MLP(2, [3, 3, 1], tanh, residual, dropout 0.1): 25 parameters",
  );
});
