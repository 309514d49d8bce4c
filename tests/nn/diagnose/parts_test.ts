import { assert, assertEquals } from "../../support/assert.ts";
import { type Layer, MLP, type Neuron, type Value } from "../../../mod.ts";
import { Parts } from "../../../nn/diagnose/parts.ts";
import { Parameters, value } from "../../support/diagnoses.ts";

Deno.test("a parameter is called by its label and the path to its neuron", () => {
  const mlp = new MLP(2, [2, 1]);
  const name = (model: MLP | Layer | Neuron, p: Value) => new Parts(model).nameOf(p);
  const { b } = mlp.layers[0].neurons[1];
  assertEquals(name(mlp, b), "b of layers[0].neurons[1]");
  assertEquals(name(mlp.layers[0], b), "b of neurons[1]");
  assertEquals(name(mlp.layers[0].neurons[1], b), "b");
});

Deno.test("without a label it is the place among the parameters, or the formula or the number", () => {
  const [w, x] = [value(2), value(3, "x")];
  const parts = new Parts(new Parameters([w]));
  assertEquals(parts.nameOf(w), "parameters()[0]");
  assertEquals(parts.nameOf(x.mul(5).add(1)), "x · 5 + 1");
  assertEquals(parts.nameOf(value(4)), "the number 4");
});

Deno.test("the steps of a neuron belong to it: its product, its sum and its own activation", () => {
  const model = new MLP(1, [1], { activation: "tanh" });
  const parts = new Parts(model);
  const tanh = model.forward([1]);
  const sum = tanh.a!;
  for (const node of [tanh, sum, sum.a!]) {
    assertEquals(parts.partOf(node)?.neuron, "neurons[0]", String(node.op));
  }
  assertEquals(parts.nameOf(tanh), "the tanh of layers[0].neurons[0]");
  for (const node of [sum.relu(), tanh.mul(2)]) assertEquals(parts.partOf(node), undefined);
});

Deno.test("parameters come in their order, and long lists are cut", () => {
  const all = [0, 1, 2, 3].map((i) => value(i, `w${i}`));
  const other = value(9, "x");
  const parts = new Parts(new Parameters(all));
  assert(parts.isParameter(all[3]) && !parts.isParameter(other));
  assertEquals(parts.sorted([other, all[2], all[0]]), [all[0], all[2], other]);
  assertEquals(parts.list(all.slice(0, 1)), "w0");
  assertEquals(parts.list(all.slice(0, 3), "or"), "w0, w1 or w2");
  assertEquals(parts.list(all), "w0 and 3 others");
});
