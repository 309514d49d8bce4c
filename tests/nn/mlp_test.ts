import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assert, assertEquals, assertStringIncludes, assertThrows } from "../support/assert.ts";
import {
  type Activation,
  diagnose,
  grad,
  gradcheck,
  MLP,
  type MLPOptions,
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
    'MLP: activation[1] must be one of linear, tanh, sigmoid, relu, softplus, got string "Tanh"',
  );
  assertThrows(
    make(["relu", "relu", "linear"], { outputActivation: "linear" }),
    RangeError,
    'MLP: outputActivation must be absent where activation is a list, got string "linear"',
  );
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(6).uniform());
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

Deno.test("dropout outside of training is as if there was none", () => {
  const options = { residual: true, activation: "relu" } as const;
  const plain = new MLP(2, [8, 8, 2], { ...options, ...seeded() });
  const generator = new RandomGenerator(1);
  const model = new MLP(2, [8, 8, 2], { ...options, dropout: .5, generator }).eval();
  assertEquals([plain.dropout, model.dropout], [0, .5]);
  const expected = plain.forward([1, -2]).map((y) => y.data);
  for (let i = 0; i < 5; i++) assertEquals(model.forward([1, -2]).map((y) => y.data), expected);
  const fresh = new RandomGenerator(1);
  new MLP(2, [8, 8, 2], { generator: fresh });
  assertEquals(generator.uniform(), fresh.uniform(), "no numbers were drawn");
});

Deno.test("in training, dropout leaves an output 0 or divided by 1 − dropout", () => {
  const dropout = .25;
  // The last layer hands on what the one before it answers: its weights are those of identity.
  const model = new MLP(1, [40, 40], { activation: "linear", dropout, ...seeded() });
  model.layers[1].neurons.forEach(({ w, b }, i) => {
    w.forEach((p, k) => p.data = i === k ? 1 : 0);
    b.data = 0;
  });
  const kept = model.eval().forward([1]).map((y) => y.data);
  model.train();
  const runs = 500;
  const zeros = kept.map(() => 0);
  for (let run = 0; run < runs; run++) {
    model.forward([1]).forEach(({ data }, i) => {
      if (data === 0) zeros[i]++;
      else assert(Math.abs(data - kept[i] / (1 - dropout)) < 1e-12, `${data} of ${kept[i]}`);
    });
  }
  const share = zeros.reduce((a, b) => a + b) / (40 * runs);
  // Five standard errors √(p (1 − p) / n), of all outputs and of each.
  const error = (n: number) => 5 * Math.sqrt(dropout * (1 - dropout) / n);
  assert(Math.abs(share - dropout) < error(40 * runs), `share ${share}`);
  for (const n of zeros) assert(Math.abs(n / runs - dropout) < error(runs), `${n} of ${runs}`);
});

Deno.test("dropout spares the last layer, whose answers are not 0", () => {
  const model = new MLP(1, [1, 4], { activation: "sigmoid", dropout: .9, ...seeded() });
  for (let run = 0; run < 50; run++) {
    assert(model.forward([1]).every(({ data, op }) => data > 0 && op === "sigmoid"));
  }
});

Deno.test("dropout leaves the mean of an answer to a linear network as it is", () => {
  const model = new MLP(2, [6, 6, 1], { activation: "linear", dropout: .5, ...seeded() });
  const expected = model.eval().forward([1, 2]).data;
  model.train();
  const n = 4000;
  const answers = Array.from({ length: n }, () => model.forward([1, 2]).data);
  const mean = answers.reduce((a, b) => a + b) / n;
  const variance = answers.reduce((sum, y) => sum + (y - mean) ** 2, 0) / n;
  assert(variance > .01);
  assert(Math.abs(mean - expected) < 5 * Math.sqrt(variance / n), `${mean} for ${expected}`);
});

Deno.test("an output that is dropped passes no gradient, the others pass more", () => {
  const model = new MLP(1, [8, 1], { activation: "linear", dropout: .5, ...seeded() });
  const { layers: [first, last] } = model;
  model.forward([1]).backward();
  const grads = first.neurons.map(({ b }) => b.grad);
  grads.forEach((grad, i) => {
    const weight = last.neurons[0].w[i].data;
    assert(grad === 0 || grad === 2 * weight, `${grad} with weight ${weight}`);
  });
  assert(grads.some((grad) => grad === 0) && grads.some((grad) => grad !== 0));
});

Deno.test("dropout draws from the network's generator, so a seed repeats a training", () => {
  const answers = (options: MLPOptions) => {
    const model = new MLP(2, [8, 8, 1], { dropout: .5, ...options });
    return Array.from({ length: 5 }, () => model.forward([1, 2]).data);
  };
  assertEquals(answers(seeded()), answers(seeded()));
  assertEquals(new Set(answers(seeded())).size, 5);
  manualSeed(1);
  assertEquals(answers({}), answers(seeded()));
  const model = new MLP(2, [8, 8, 1], { dropout: .5 });
  manualSeed(3);
  const first = model.forward([1, 2]).data;
  manualSeed(3);
  assertEquals(model.forward([1, 2]).data, first);
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
