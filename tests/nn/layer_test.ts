import { defaultGenerator, manualSeed } from "../../engine/random.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";
import { Layer, RandomGenerator, Value } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";

const seeded = () => ({ generator: new RandomGenerator(1) });

Deno.test("a layer answers what its neurons answer", () => {
  const layer = new Layer(3, 5, seeded());
  const x = [1, 3, 5];
  assertEquals(layer.forward(x).map((y) => y.data), layer.neurons.map((n) => n.forward(x).data));
  assertEquals([layer.nin, layer.nout, layer.neurons.length], [3, 5, 5]);
});

Deno.test("a layer of one neuron answers the Value itself, in its type as well", () => {
  const y: Value = new Layer(2, 1, seeded()).forward([1, 2]);
  assert(y instanceof Value);
  const ys: Value[] = new Layer(2, 2, seeded()).forward([1, 2]);
  assertEquals(ys.length, 2);
  const size: number = 2;
  const either: Value | Value[] = new Layer(2, size, seeded()).forward([1, 2]);
  assert(Array.isArray(either));
});

Deno.test("a layer's parameters are those of its neurons, in order", () => {
  const layer = new Layer(3, 2, seeded());
  const parameters = layer.parameters();
  assertEquals(parameters.length, 8);
  assert(parameters.every((p, i) => p === layer.neurons[Math.floor(i / 4)].parameters()[i % 4]));
});

Deno.test("a layer passes its options on to every neuron, and draws each from one generator", () => {
  const layer = new Layer(2, 3, { ...seeded(), activation: "relu" });
  assertEquals(layer.neurons.map((n) => n.activation), ["relu", "relu", "relu"]);
  assertEquals(new Set(layer.parameters().map((p) => p.data)).size, 9);
});

Deno.test("a layer refuses inputs of the wrong length, and names both", () => {
  const layer = new Layer(3, 2);
  for (const x of [[], [1, 2], [1, 2, 3, 4]]) {
    assertThrows(
      () => layer.forward(x),
      RangeError,
      `Layer.forward: x must have 3 elements, got ${x.length}`,
    );
  }
  assertThrows(
    () => layer.forward([1, 2, untyped<number>("3")]),
    TypeError,
    'Layer.forward: x[2] must be a Value or a number, got string "3"',
  );
});

Deno.test("a layer refuses sizes that are not whole numbers from 1", () => {
  const sizes: [unknown, string][] = [[0, "0"], [1.5, "1.5"], [NaN, "NaN"], ...strangers];
  for (const [size, name] of sizes) {
    const n = untyped<number>(size);
    const must = (which: string) => `Layer: ${which} must be a whole number from 1, got ${name}`;
    assertThrows(() => new Layer(n, 2), RangeError, must("nin"));
    assertThrows(() => new Layer(2, n), RangeError, must("nout"));
  }
});

Deno.test("a layer that is refused draws nothing from the default generator", () => {
  manualSeed(3);
  assertThrows(() => new Layer(2, 0), RangeError);
  assertThrows(() => new Layer(2, 2, { activation: untyped("step") }), RangeError, '"step"');
  const after = new Layer(2, 2).parameters().map((p) => p.data);
  const expected = new Layer(2, 2, { generator: new RandomGenerator(3) });
  assertEquals(after, expected.parameters().map((p) => p.data));
});

Deno.test("a layer's text says its sizes, activation and parameters", () => {
  assertEquals(new Layer(3, 5).toString(), "Layer(3, 5, tanh): 20 parameters");
  assertEquals(Deno.inspect([new Layer(1, 1)]), "[ Layer(1, 1, tanh): 2 parameters ]");
});

Deno.test("a residual layer adds its input to its output", () => {
  const layer = new Layer(3, 3, { residual: true, ...seeded() });
  const x = [1, -2, .5];
  const own = layer.neurons.map((neuron) => neuron.forward(x).data);
  assertEquals(layer.residual, true);
  assertEquals(new Layer(3, 3).residual, false);
  assertEquals(layer.forward(x).map((y) => y.data), own.map((y, i) => y + x[i]));
  assertEquals(layer.toString(), "Layer(3, 3, tanh, residual): 12 parameters");
  const one = new Layer(1, 1, { residual: true, ...seeded() });
  assertEquals(one.forward([2]).data, one.neurons[0].forward([2]).data + 2);
});

Deno.test("a residual layer passes gradients to its input on both ways", () => {
  const layer = new Layer(1, 1, { residual: true, activation: "linear", ...seeded() });
  const x = new Value(3);
  layer.forward([x]).backward();
  assertEquals(x.grad, layer.neurons[0].w[0].data + 1);
});

Deno.test("a layer with more or fewer outputs than inputs cannot be residual", () => {
  manualSeed(3);
  for (const [nin, nout] of [[3, 2], [2, 3]]) {
    assertThrows(
      () => new Layer(nin, nout, { residual: true }),
      RangeError,
      `Layer: residual needs as many outputs as inputs, got ${nin} inputs and ${nout} outputs`,
    );
  }
  assertThrows(
    () => new Layer(2, 2, { residual: untyped(1) }),
    TypeError,
    "Layer: residual must be a boolean, got number 1",
  );
  assertEquals(defaultGenerator().uniform(), new RandomGenerator(3).uniform());
});

Deno.test("a layer of any size is a Layer to the type checker, and of another size is not", () => {
  const layers: Layer[] = [new Layer(2, 1), new Layer(2, 5)];
  const either: Value | Value[] = layers[0].forward([1, 2]);
  assert(either instanceof Value);
  const size: number = 2;
  // @ts-expect-error a number is not the 3
  const three: Layer<3> = new Layer(2, size);
  // @ts-expect-error it may be a list
  const one: Value = new Layer(2, size).forward([1, 2]);
  assert(three instanceof Layer && Array.isArray(one));
});
