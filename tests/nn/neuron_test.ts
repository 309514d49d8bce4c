import { erf } from "../../engine/erf.ts";
import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "../support/assert.ts";
import { type Activation, dot, gradcheck, Neuron, RandomGenerator, Value } from "../../mod.ts";
import { contents, strangers, untyped } from "../support/helpers.ts";

const seeded = (activation?: Activation) => ({ activation, generator: new RandomGenerator(1) });

const plain: Record<Activation, (z: number) => number> = {
  linear: (z) => z,
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
  relu: (z) => Math.max(0, z),
  leakyRelu: (z) => Math.max(z, 0.01 * z),
  elu: (z) => z > 0 ? z : Math.exp(z) - 1,
  gelu: (z) => z * (1 + erf(z / Math.SQRT2)) / 2,
  silu: (z) => z / (1 + Math.exp(-z)),
  softplus: (z) => Math.log(1 + Math.exp(z)),
};

for (const [name, f] of Object.entries(plain)) {
  const activation = name as Activation;

  Deno.test(`a ${activation} neuron answers activation(w · x + b)`, () => {
    const neuron = new Neuron(3, seeded(activation));
    const x = [1, -2, .5];
    let z = neuron.b.data;
    neuron.w.forEach((w, i) => z += w.data * x[i]);
    assertAlmostEquals(neuron.forward(x).data, f(z), 1e-15);
    gradcheck(() => neuron.forward(x), neuron.parameters());
  });

  Deno.test(`a ${activation} neuron adds its bias once: with zero weights it answers activation(b)`, () => {
    const neuron = new Neuron(4, { activation });
    for (const w of neuron.w) w.data = 0;
    neuron.b.data = .3;
    assertAlmostEquals(neuron.forward([5, 6, 7, 8]).data, f(.3), 1e-15);
  });
}

Deno.test("a neuron without a bias is its weighted sum, and draws and trains weights alone", () => {
  const generator = new RandomGenerator(1);
  const neuron = new Neuron(3, { activation: "linear", bias: false, generator });
  const drawn = new RandomGenerator(1);
  assertEquals(neuron.w.map(({ data }) => data), neuron.w.map(() => drawn.uniform(-1, 1)));
  assertEquals(generator.uniform(), drawn.uniform());
  const y = neuron.forward([1, 2, 3]);
  assertEquals([y.op, y.data], ["dot", dot(neuron.w, [1, 2, 3]).data]);
  assertEquals(neuron.parameters(), [...neuron.w]);
  assertEquals([neuron.b.data, neuron.b.requiresGrad], [0, false]);
  assertEquals(`${neuron}`, "Neuron(3, linear, no bias): 3 parameters");
  for (const [thing, name] of strangers) {
    if (typeof thing === "boolean" || thing === undefined) continue;
    assertThrows(
      () => new Neuron(1, { bias: untyped<boolean>(thing) }),
      TypeError,
      `Neuron: bias must be a boolean, got ${name}`,
    );
  }
});

Deno.test("a neuron's activation is tanh unless said otherwise", () => {
  assertEquals(new Neuron(1).activation, "tanh");
  assertEquals(new Neuron(1, {}).forward([0]).op, "tanh");
});

Deno.test("a neuron passes gradients to inputs that are Values", () => {
  const neuron = new Neuron(2, seeded("linear"));
  const x = new Value(3);
  neuron.forward([x, 4]).backward();
  assertEquals(x.grad, neuron.w[0].data);
  assertEquals(neuron.w.map((w) => w.grad), [3, 4]);
  assertEquals(neuron.b.grad, 1);
});

Deno.test("a neuron's parameters are its weights, then its bias, labelled", () => {
  const neuron = new Neuron(3);
  const parameters = neuron.parameters();
  assertEquals(parameters.map((p) => p.label), ["w0", "w1", "w2", "b"]);
  assertStrictEquals(parameters[0], neuron.w[0]);
  assertStrictEquals(parameters[3], neuron.b);
});

Deno.test("initial weights and biases lie in [−1, 1) and differ", () => {
  const data = new Neuron(1000, seeded()).parameters().map((p) => p.data);
  assert(data.every((x) => -1 <= x && x < 1));
  assert(Math.min(...data) < -.9 && Math.max(...data) > .9);
  assertEquals(new Set(data).size, 1001);
});

Deno.test("the same seed gives the same neuron", () => {
  const data = (neuron: Neuron) => neuron.parameters().map((p) => p.data);
  assertEquals(data(new Neuron(3, seeded())), data(new Neuron(3, seeded())));
  manualSeed(1);
  assertEquals(data(new Neuron(3)), data(new Neuron(3, seeded())));
});

Deno.test("a neuron's sum is one node of the graph", () => {
  const neuron = new Neuron(2, seeded("linear"));
  const y = neuron.forward([1, 2]);
  assertEquals([y.op, y.operands[0].op], ["add", "dot"]);
  assertEquals(y.data, dot(neuron.w, [1, 2]).add(neuron.b).data);
});

Deno.test("a neuron refuses inputs of the wrong length, and names both", () => {
  const neuron = new Neuron(3);
  for (const x of [[], [1, 2], [1, 2, 3, 4]]) {
    assertThrows(
      () => neuron.forward(x),
      RangeError,
      `Neuron.forward: x must have 3 elements, got ${x.length}`,
    );
  }
});

Deno.test("a neuron refuses elements that are neither Values nor numbers, and changes nothing", () => {
  const neuron = new Neuron(2);
  const y = neuron.forward([1, 2]);
  y.backward();
  const before = contents(y);
  for (const [thing, name] of strangers) {
    assertThrows(
      () => neuron.forward([1, untyped<number>(thing)]),
      TypeError,
      `Neuron.forward: x[1] must be a Value or a number, got ${name}`,
    );
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => neuron.forward(untyped<number[]>(thing)),
      TypeError,
      `Neuron.forward: x must be an array, got ${name}`,
    );
  }
  assertEquals(contents(y), before);
});

Deno.test("a neuron refuses a size that is not a whole number from 1, and draws nothing", () => {
  manualSeed(5);
  const sizes: [unknown, string][] = [[0, "0"], [-1, "-1"], [1.5, "1.5"], [NaN, "NaN"], [
    Infinity,
    "Infinity",
  ], ...strangers];
  for (const [size, name] of sizes) {
    assertThrows(
      () => new Neuron(untyped<number>(size)),
      RangeError,
      `Neuron: nin must be a whole number from 1, got ${name}`,
    );
  }
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(5).uniform());
});

Deno.test("a neuron refuses an unknown activation, and lists the known ones", () => {
  const wrong: [unknown, string][] = [
    ...strangers,
    ["toString", 'string "toString"'],
    [["tanh"], "an array of 1"],
  ];
  for (const [thing, name] of wrong) {
    if (thing === undefined) continue;
    assertThrows(
      () => new Neuron(1, { activation: untyped<Activation>(thing) }),
      RangeError,
      `Neuron: activation must be one of linear, tanh, sigmoid, relu, leakyRelu, elu, gelu, silu, softplus, got ${name}`,
    );
  }
});

Deno.test("a neuron's text says its size, activation and parameters", () => {
  assertEquals(new Neuron(3).toString(), "Neuron(3, tanh): 4 parameters");
  assertEquals(
    Deno.inspect([new Neuron(1, { activation: "relu" })]),
    "[ Neuron(1, relu): 2 parameters ]",
  );
});
