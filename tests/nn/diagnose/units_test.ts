import { assertEquals, assertMatch } from "../../support/assert.ts";
import { diagnose, Layer, MLP, Neuron, sum, type Value } from "../../../mod.ts";
import { kinds, seeded, texts, xs, ys } from "../../support/diagnoses.ts";

/** A network of one layer of four units, of which the first two have the given bias. */
function stuck(activation: "tanh" | "sigmoid" | "relu", bias: number): string[] {
  const model = new MLP(2, [4, 1], { activation, outputActivation: "linear", ...seeded(3) });
  model.layers[0].neurons.forEach(({ b, w }, i) => {
    for (const p of w) p.data = .1;
    b.data = i < 2 ? bias : .5;
  });
  const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
  loss.backward();
  return texts(diagnose(loss, model));
}

Deno.test("saturated tanh units are counted by layer and named", () => {
  const sentence =
    "2 of 4 tanh units of layers[0] are saturated (neurons[0], neurons[1]): the output is beyond " +
    "±0.99 in every use (3 uses), where the slope is almost 0, so the weights before it hardly " +
    "learn.";
  assertEquals(stuck("tanh", 5), [sentence]);
  assertEquals(stuck("tanh", -5), [sentence]);
});

Deno.test("saturated sigmoid units are counted by layer and named", () => {
  const sentence =
    "2 of 4 sigmoid units of layers[0] are saturated (neurons[0], neurons[1]): the output is " +
    "below 0.01 or above 0.99 in every use (3 uses), where the slope is almost 0, so the weights " +
    "before it hardly learn.";
  assertEquals(stuck("sigmoid", 9), [sentence]);
  assertEquals(stuck("sigmoid", -9), [sentence]);
});

Deno.test("dead relu units are counted by layer and named", () => {
  assertEquals(stuck("relu", -5), [
    "2 of 4 relu units of layers[0] are dead (neurons[0], neurons[1]): the input is 0 or less in " +
    "every use (3 uses), so the output is 0 and no gradient comes through.",
  ]);
});

Deno.test("stuck units of more than three layers are told in one sentence", () => {
  const say = (layers: number) => {
    const model = new MLP(2, [...Array(layers).fill(2), 1], {
      activation: "relu",
      outputActivation: "linear",
      ...seeded(3),
    });
    model.layers.slice(0, -1).forEach(({ neurons }, i) => {
      for (const p of neurons.flatMap((neuron) => neuron.parameters())) p.data = 0.1;
      for (const { b } of neurons.slice(0, i === 0 ? 1 : 2)) b.data = -5;
    });
    const loss = model.forward(xs[0]);
    loss.backward();
    return diagnose(loss, model).findings;
  };
  assertEquals(say(3).map(({ kind }) => kind), ["dead", "dead", "dead"]);
  const [finding, ...more] = say(4);
  assertEquals(more, []);
  assertEquals(
    finding.text,
    "7 of 8 relu units of 4 layers are dead (1 of 2 in layers[0], 2 of 2 in layers[1], 2 of 2 in " +
      "layers[2], 2 of 2 in layers[3]): the input is 0 or less in every use (1 use), so the output " +
      "is 0 and no gradient comes through.",
  );
  assertEquals(finding.nodes.length, 7);
});

Deno.test("a unit that is saturated or off in some of its uses only is not told", () => {
  for (const [activation, extreme] of [["tanh", 9], ["sigmoid", 9], ["relu", -9]] as const) {
    const neuron = new Neuron(1, { activation, ...seeded() });
    neuron.w[0].data = 1;
    neuron.b.data = 0;
    const both = neuron.forward([extreme]).add(neuron.forward([1]));
    both.backward();
    assertEquals(kinds(diagnose(both, neuron)), []);
    neuron.zeroGrad();
    const one = neuron.forward([extreme]);
    one.backward();
    assertEquals(kinds(diagnose(one, neuron)), [activation === "relu" ? "dead" : "saturated"]);
  }
});

Deno.test("a unit of a layer or a neuron alone is told without the names around it", () => {
  const layer = new Layer(1, 2, { activation: "relu", ...seeded() });
  layer.neurons.forEach(({ w, b }, i) => [w[0].data, b.data] = [1, i - .5]);
  const [, second] = layer.forward([0]);
  const loss = layer.neurons[0].forward([0]).add(second);
  loss.backward();
  assertMatch(texts(diagnose(loss, layer))[0], /^1 of 2 relu units is dead \(neurons\[0\]\): /);
  const neuron = new Neuron(1, { activation: "relu" });
  [neuron.w[0].data, neuron.b.data] = [1, -2];
  const y = neuron.forward([1]);
  y.backward();
  assertMatch(texts(diagnose(y, neuron))[0], /^The relu unit is dead \(relu\(w0 · 1 \+ b\)\): /);
});

Deno.test("an activation in the loss is no unit of the model", () => {
  const model = new MLP(1, [1], { activation: "linear", ...seeded() });
  [model.layers[0].neurons[0].w[0].data, model.layers[0].neurons[0].b.data] = [1, 9];
  // A hinge at rest, and a probability near 1: both mean that the answer is right.
  for (const f of [(y: Value) => y.neg().add(1).relu(), (y: Value) => y.sigmoid()]) {
    const loss = f(model.forward([1]));
    model.zeroGrad();
    loss.backward();
    assertEquals(texts(diagnose(loss, model)), []);
  }
});
