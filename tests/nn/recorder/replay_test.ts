import { assertEquals } from "../../support/assert.ts";
import { MLP, RandomGenerator, type Value } from "../../../mod.ts";
import { activations } from "../../../nn/activation.ts";
import { replay } from "../../../nn/recorder/replay.ts";

Deno.test("replay() gives the numbers of forward(), bit for bit, for every activation", () => {
  const generator = new RandomGenerator(5);
  for (const activation of activations) {
    const model = new MLP(3, [5, 4, 2], { activation, outputActivation: "linear", generator });
    const parameters = model.parameters().map((p) => p.data);
    for (const x of [[1, 2, 3], [-.5, 0, .25], [100, -100, 7]]) {
      const columns = replay(model, parameters, x);
      assertEquals(columns.map((column) => column.length), [3, 5, 4, 2]);
      assertEquals(columns[0], x);
      let values: readonly (Value | number)[] = x;
      model.layers.forEach((layer, k) => {
        values = layer.neurons.map((neuron) => neuron.forward(values));
        assertEquals(columns[k + 1], values.map((v) => (v as Value).data), `${activation} ${k}`);
      });
    }
  }
});

Deno.test("replay() takes the parameters that it is given, not those of the model", () => {
  const model = new MLP(2, [2, 1], { generator: new RandomGenerator(1) });
  const before = model.parameters().map((p) => p.data);
  const other = before.map((p) => p + 1);
  const columns = replay(model, other, [.5, -1]);
  assertEquals(model.parameters().map((p) => p.data), before);
  model.parameters().forEach((p, i) => p.data = other[i]);
  assertEquals(columns[2], [model.forward([.5, -1]).data]);
});

Deno.test("replay() takes no bias where there is none", () => {
  const model = new MLP(2, [3, 1], { bias: false, generator: new RandomGenerator(1) });
  const columns = replay(model, model.parameters().map((p) => p.data), [.5, -1]);
  assertEquals(columns[2], [model.forward([.5, -1]).data]);
});

Deno.test("replay() adds the input of residual layers, and leaves dropout out", () => {
  const generator = new RandomGenerator(1);
  const model = new MLP(2, [3, 3, 3, 1], { residual: true, dropout: .5, generator });
  const columns = replay(model, model.parameters().map((p) => p.data), [.5, -1]);
  assertEquals(columns[4], [model.eval().forward([.5, -1]).data]);
});
