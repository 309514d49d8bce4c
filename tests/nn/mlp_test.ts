import { assert, assertEquals, assertThrows } from "../assert.ts";
import {
  defaultGenerator,
  grad,
  gradcheck,
  manualSeed,
  MLP,
  RandomGenerator,
  sum,
  Value,
} from "../../mod.ts";
import {
  centralDifference,
  contents,
  difference,
  gradients,
  strangers,
  untyped,
} from "../engine/helpers.ts";

const seeded = () => ({ generator: new RandomGenerator(1) });

Deno.test("a network feeds each layer with the one before", () => {
  const model = new MLP(3, [4, 2], seeded());
  const [first, second] = model.layers;
  const hidden = first.forward([2, 3, -1]);
  assert(Array.isArray(hidden));
  const expected = second.neurons.map((neuron) => neuron.forward(hidden).data);
  assertEquals(model.forward([2, 3, -1]).map((y) => y.data), expected);
});

Deno.test("a network with one output answers the Value itself, in its type as well", () => {
  const y: Value = new MLP(3, [4, 4, 1], seeded()).forward([2, 3, -1]);
  assert(y instanceof Value);
  const ys: Value[] = new MLP(3, [4, 3], seeded()).forward([2, 3, -1]);
  assertEquals(ys.length, 3);
});

Deno.test("a network has nout · (nin + 1) parameters a layer, in the layers' order", () => {
  const model = new MLP(3, [4, 4, 1], seeded());
  const parameters = model.parameters();
  assertEquals(parameters.length, 41);
  assert(model.layers.flatMap((layer) => layer.parameters()).every((p, i) => p === parameters[i]));
  assertEquals(new Set(parameters).size, 41);
});

Deno.test("outputActivation is that of the last layer only", () => {
  const model = new MLP(2, [3, 3, 1], { activation: "relu", outputActivation: "linear" });
  const names = model.layers.map(({ neurons }) => neurons[0].activation);
  assertEquals(names, ["relu", "relu", "linear"]);
  const same = new MLP(2, [3, 1], { activation: "sigmoid" });
  assertEquals(same.layers.map(({ neurons }) => neurons[0].activation), ["sigmoid", "sigmoid"]);
});

const xs = [[2, 3], [-1, .5], [.3, -2]];
const ys = [1, -1, .5];
const lossOf = (model: MLP<readonly [3, 1]>) =>
  sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));

Deno.test("the gradients of a network's loss are those of central differences", () => {
  const model = new MLP(2, [3, 1], seeded());
  gradcheck(() => lossOf(model), model.parameters(), { tolerance: 1e-8 });
});

Deno.test("the Hessian of a network's loss is symmetric and that of central differences", () => {
  const model = new MLP(2, [3, 1], seeded());
  const parameters = model.parameters();
  const hessian = grad(lossOf(model), parameters).map((g) => grad(g, parameters));
  const at = parameters.map((p) => p.data);
  const gradient = (data: readonly number[], i: number) => {
    parameters.forEach((p, k) => p.data = data[k]);
    return gradients(lossOf(model), parameters)[i];
  };
  let largest = 0;
  for (let i = 0; i < at.length; i++) {
    for (let k = 0; k < at.length; k++) {
      const numeric = centralDifference((data) => gradient(data, i), at, k);
      assert(difference(hessian[i][k].data, numeric) < 1e-7, `∂²/∂p${i}∂p${k}`);
      assert(difference(hessian[i][k].data, hessian[k][i].data) < 1e-13, `∂²/∂p${i}∂p${k}`);
      largest = Math.max(largest, Math.abs(hessian[i][k].data));
    }
  }
  assert(largest > .1, "the Hessian is not all zeros");
});

Deno.test("gradient descent brings the tutorial's loss down", () => {
  const inputs = [[2, 3, -1], [3, -1, .5], [.5, 1, 1], [1, 1, -1]];
  const targets = [1, -1, -1, 1];
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  const losses = Array.from({ length: 100 }, () => {
    const loss = sum(inputs.map((x, i) => model.forward(x).sub(targets[i]).pow(2)));
    model.zeroGrad();
    loss.backward();
    for (const p of model.parameters()) p.data -= .05 * p.grad;
    return loss.data;
  });
  assert(losses[99] < .05 && losses[99] < losses[0] / 50, `${losses[0]} to ${losses[99]}`);
});

Deno.test("zeroGrad() resets every parameter, so that steps do not add up", () => {
  const model = new MLP(2, [3, 1], seeded());
  const step = () => {
    model.zeroGrad();
    lossOf(model).backward();
    return model.parameters().map((p) => p.grad);
  };
  const once = step();
  assertEquals(step(), once);
  model.zeroGrad();
  assert(model.parameters().every((p) => p.grad === 0));
});

Deno.test("a network refuses inputs of the wrong length, names both, and changes nothing", () => {
  const model = new MLP(3, [2, 1], seeded());
  const y = model.forward([1, 2, 3]);
  y.backward();
  const before = contents(y);
  for (const x of [[], [1, 2], [1, 2, 3, 4]]) {
    assertThrows(
      () => model.forward(x),
      RangeError,
      `MLP.forward: x must have 3 elements, got ${x.length}`,
    );
  }
  for (const [thing, name] of strangers) {
    assertThrows(
      () => model.forward([1, untyped<number>(thing), 3]),
      TypeError,
      `MLP.forward: x[1] must be a Value or a number, got ${name}`,
    );
  }
  assertEquals(contents(y), before);
});

Deno.test("a network refuses sizes that are none, and draws nothing", () => {
  manualSeed(6);
  assertThrows(
    () => new MLP(3, []),
    RangeError,
    "MLP: nouts must have at least one layer, got an empty array",
  );
  const sizes: [unknown, string][] = [[0, "0"], [1.5, "1.5"], [NaN, "NaN"], ...strangers];
  for (const [size, name] of sizes) {
    const n = untyped<number>(size);
    const must = (which: string) => `MLP: ${which} must be a whole number from 1, got ${name}`;
    assertThrows(() => new MLP(n, [1]), RangeError, must("nin"));
    assertThrows(() => new MLP(3, [4, n, 1]), RangeError, must("nouts[1]"));
  }
  for (const [thing, name] of strangers) {
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => new MLP(3, untyped<number[]>(thing)),
      TypeError,
      `MLP: nouts must be an array of sizes, got ${name}`,
    );
  }
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
});

Deno.test("a network refuses unknown activations, and says which setting it was", () => {
  const names = "must be one of linear, tanh, sigmoid, relu, softplus, got";
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

Deno.test("a network's text says its sizes, activations and parameters", () => {
  assertEquals(new MLP(3, [4, 4, 1]).toString(), "MLP(3, [4, 4, 1], tanh): 41 parameters");
  const moons = new MLP(2, [16, 16, 1], { activation: "relu", outputActivation: "linear" });
  assertEquals(moons.toString(), "MLP(2, [16, 16, 1], relu then linear): 337 parameters");
  assertEquals(Deno.inspect([moons]), "[ MLP(2, [16, 16, 1], relu then linear): 337 parameters ]");
});
