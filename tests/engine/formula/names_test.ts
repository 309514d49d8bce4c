import { assertEquals } from "../../support/assert.ts";
import { add, Layer, MLP, Neuron, scope, Value } from "../../../mod.ts";
import { topologicalOrder } from "../../../engine/extend.ts";
import { inFormula, nameAll, nameLabels } from "../../../engine/formula/names.ts";

const named = (label: string, data = 1) => new Value(data, { label });
const labels = (y: Value) => [...nameLabels(topologicalOrder(y)).values()];

Deno.test("labels of one Value each stay as they are", () => {
  const neuron = new Neuron(2, { activation: "linear" });
  assertEquals(labels(neuron.forward([named("x1"), named("x2")])), ["w0", "w1", "x1", "x2", "b"]);
});

Deno.test("the parameters of a network are named by layer, neuron and their number, its inputs are not", () => {
  const model = new MLP(2, [2, 1]);
  const names = nameLabels(topologicalOrder(model.forward([named("x1"), named("x2")])));
  assertEquals(model.parameters().map((p) => names.get(p)), [
    ...["w⁽¹⁾₁,₀", "w⁽¹⁾₁,₁", "b⁽¹⁾₁"],
    ...["w⁽¹⁾₂,₀", "w⁽¹⁾₂,₁", "b⁽¹⁾₂"],
    ...["w⁽²⁾₁,₀", "w⁽²⁾₁,₁", "b⁽²⁾₁"],
  ]);
  assertEquals([...names.values()].filter((name) => name.startsWith("x")), ["x1", "x2"]);
});

Deno.test("where one label is repeated, its kin are named in the same way", () => {
  const model = new MLP(1, [2, 1]); // w1 is in layer 2 only
  const names = nameLabels(topologicalOrder(model.forward([named("x")])));
  assertEquals(names.get(model.layers[1].neurons[0].w[1]), "w⁽²⁾₁,₁");
});

Deno.test("a layer alone has no number, and more than nine neurons have two digits", () => {
  const layer = new Layer(1, 11);
  const names = nameLabels(layer.forward([named("x")]).flatMap(topologicalOrder));
  assertEquals(names.get(layer.neurons[10].w[0]), "w₁₁,₀");
  assertEquals(names.get(layer.neurons[10].b), "b₁₁");
});

Deno.test("a network on several examples, and two networks, have names of one Value each", () => {
  const [first, second] = [new MLP(2, [2, 1]), new MLP(2, [2, 1])];
  const examples = [0, 1, 2].map(() => [named("x1"), named("x2")]);
  const losses = examples.map((x) => first.forward(x).sub(second.forward(x)).pow(2));
  const loss = losses.reduce((a, b) => a.add(b));
  const names = nameLabels(topologicalOrder(loss));
  assertEquals(new Set(names.values()).size, 2 * 9 + 6);
  assertEquals(
    [first, second].map((model) => names.get(model.parameters()[0])),
    ["w⁽¹⁾₁,₀", "w⁽¹⁾₁,₀′"],
  );
});

Deno.test("a Value that several parts use belongs to none of them", () => {
  const [shared, other] = [named("w"), named("w")];
  const y = scope("unit 1", () => shared.mul(2)).add(scope("unit 2", () => shared.mul(other)));
  assertEquals(labels(y), ["w", "w₂"]);
});

Deno.test("what has no label never gets the name of a label", () => {
  const [a, b] = [named("v1"), named("b")];
  const sum = a.add(b);
  const y = sum.mul(3);
  const names = nameAll(topologicalOrder(y));
  assertEquals([a, sum, y].map((node) => names.get(node)), ["v1", "v2", "v3"]);
});

/** y = w · w + (0 + 0.5) · −1.5 */
function mixed() {
  const w = named("w", 2), fixed = add(0, .5).mul(-1.5);
  const y = w.mul(w).add(fixed);
  y.label = "y";
  return { w, y, constant: fixed.operands[1], names: nameAll(topologicalOrder(y)) };
}

Deno.test("a node is called by its label, a constant by its number, all else v1, v2, …", () => {
  const { w, y, constant, names } = mixed();
  assertEquals([...names.values()].sort(), ["0", "0.5", "v1", "v2", "v3", "w", "y", "−1.5"]);
  assertEquals([w, constant, y].map((node) => names.get(node)), ["w", "−1.5", "y"]);
});

Deno.test("in a formula a constant is a number, a node a symbol that knows its value", () => {
  const { w, y, constant, names } = mixed();
  const write = inFormula(names);
  assertEquals(write(w), { kind: "symbol", name: "w", value: 2 });
  assertEquals(write(y), { kind: "symbol", name: "y", value: 3.25 });
  assertEquals(write(constant), { kind: "number", value: -1.5 });
});
