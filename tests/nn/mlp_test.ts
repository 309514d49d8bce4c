import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "../support/assert.ts";
import { diagnose, grad, gradcheck, MLP, predict, RandomGenerator, sum, Value } from "../../mod.ts";
import {
  centralDifference,
  contents,
  difference,
  gradients,
  strangers,
  untyped,
} from "../support/helpers.ts";
import { Folding } from "../../engine/graph/fold.ts";

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

Deno.test("a typed array is an input as an array is, with residual connections and dropout too", () => {
  const models = [
    new MLP(3, [4, 2], seeded()),
    new MLP(3, [3, 2], { residual: true, dropout: .5, ...seeded() }).eval(),
  ];
  for (const model of models) {
    const numbers = (x: number[] | Float64Array) => model.forward(x).map(({ data }) => data);
    assertEquals(numbers(Float64Array.of(.5, -1, 2)), numbers([.5, -1, 2]));
    assertThrows(
      () => model.forward(Float64Array.of(1)),
      RangeError,
      "must have 3 elements, got 1",
    );
    assertEquals(
      predict(model, [Float32Array.of(.5, -1, 2), [1, 2, 3]]),
      predict(model, [[.5, -1, 2], [1, 2, 3]]),
    );
  }
});

Deno.test("a network without biases has none in any layer", () => {
  const model = new MLP(3, [4, 2], { bias: false, ...seeded() });
  assertEquals(`${model}`, "MLP(3, [4, 2], tanh, no bias): 20 parameters");
  assertEquals(`${model.layers[0]}`, "Layer(3, 4, tanh, no bias): 12 parameters");
  assertEquals(model.parameters().length, 20);
  assertEquals(model.forward([0, 0, 0]).map(({ data }) => data), [0, 0]);
  assertEquals(`${new MLP(3, [4, 2], { bias: true })}`, "MLP(3, [4, 2], tanh): 26 parameters");
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
    "MLP: nouts must have at least one element, got an empty array",
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
      `MLP: nouts must be an array, got ${name}`,
    );
  }
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
});

Deno.test("a network's text says its sizes, activations and parameters", () => {
  assertEquals(new MLP(3, [4, 4, 1]).toString(), "MLP(3, [4, 4, 1], tanh): 41 parameters");
  const moons = new MLP(2, [16, 16, 1], { activation: "relu", outputActivation: "linear" });
  assertEquals(moons.toString(), "MLP(2, [16, 16, 1], relu then linear): 337 parameters");
  assertEquals(Deno.inspect([moons]), "[ MLP(2, [16, 16, 1], relu then linear): 337 parameters ]");
});

Deno.test("a residual network adds to a layer's output its input, where there are as many", () => {
  const options = { activation: "tanh" } as const;
  const model = new MLP(3, [4, 4, 4, 2], { residual: true, ...options, ...seeded() });
  const plain = new MLP(3, [4, 4, 4, 2], { ...options, ...seeded() });
  assertEquals([model.residual, plain.residual], [true, false]);
  assertEquals(model.layers.map(({ residual }) => residual), [false, true, true, false]);
  let x = [2, 3, -1];
  plain.layers.forEach((layer, k) => {
    const out = layer.neurons.map((neuron) => neuron.forward(x).data);
    x = k === 1 || k === 2 ? out.map((y, i) => y + x[i]) : out;
  });
  assertEquals(model.forward([2, 3, -1]).map((y) => y.data), x);
  assert(plain.forward([2, 3, -1])[0].data !== x[0]);
});

Deno.test("the first and the last layer can be residual, too", () => {
  const model = new MLP(2, [2, 2], { residual: true, ...seeded() });
  for (const p of model.parameters()) p.data = 0;
  assertEquals(model.forward([.25, -7]).map((y) => y.data), [.25, -7]);
});

Deno.test("the gradients of a residual network are those of central differences", () => {
  const model = new MLP(2, [3, 3, 3, 1], { residual: true, ...seeded() });
  gradcheck(
    () => sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2))),
    model.parameters(),
    { tolerance: 1e-8 },
  );
});

Deno.test("residual layers carry the gradient through many layers that would lose it", () => {
  const first = (residual: boolean) => {
    const sizes = Array.from({ length: 20 }, () => 3);
    const model = new MLP(3, sizes, { residual, activation: "sigmoid", ...seeded() });
    const y = model.forward([1, 2, 3]);
    assert(Array.isArray(y));
    sum(y).backward();
    return Math.max(...model.layers[0].parameters().map((p) => Math.abs(p.grad)));
  };
  assert(first(false) < 1e-9 && first(true) > 1e-2, `${first(false)} and ${first(true)}`);
});

Deno.test("the parts of a residual network with dropout are its layers", () => {
  const model = new MLP(2, [3, 3, 1], { residual: true, dropout: .5, ...seeded() });
  const folding = new Folding(model.forward([1, 2]));
  const parts = new Set(folding.whole.results.map(({ scope }) => {
    const names = [];
    for (let s = scope; s; s = s.parent) names.unshift(s.name);
    return names.slice(0, 2).join(", ");
  }));
  assertEquals(parts, new Set(["MLP, layer 1", "MLP, layer 2", "MLP, layer 3"]));
  const boxes = folding.inside(folding.whole);
  assertEquals(boxes.map(({ label }) => label), ["MLP"]);
  const [third] = folding.inside(boxes[0].part!);
  assertEquals(third.label, "layer 3");
  assertEquals(third.operands.map(({ label }) => label), ["layer 2"]);
  assertEquals(third.operands[0].operands.map(({ label }) => label), ["layer 1"]);
});

Deno.test("diagnose() finds nothing wrong with a residual network with dropout", () => {
  const model = new MLP(2, [4, 4, 1], { residual: true, dropout: .25, ...seeded() });
  const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
  loss.backward();
  assertStringIncludes(String(diagnose(loss, model)), "All is well.");
});
