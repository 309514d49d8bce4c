import { assert, assertEquals } from "../assert.ts";
import { Layer, MLP, Module, Neuron, Value } from "../../mod.ts";

class Line extends Module {
  readonly slope = new Value(2);
  readonly offset = new Value(1);

  parameters(): Value[] {
    return [this.slope, this.offset];
  }
}

Deno.test("zeroGrad() sets the gradient of every parameter to 0, and leaves the data", () => {
  const line = new Line();
  line.slope.mul(3).add(line.offset).backward();
  assertEquals(line.parameters().map((p) => p.grad), [3, 1]);
  line.zeroGrad();
  assertEquals(line.parameters().map(({ data, grad }) => [data, grad]), [[2, 0], [1, 0]]);
});

Deno.test("neurons, layers and networks are modules", () => {
  for (const model of [new Neuron(2), new Layer(2, 2), new MLP(2, [2])]) {
    assert(model instanceof Module);
    for (const p of model.parameters()) p.grad = 1;
    model.zeroGrad();
    assert(model.parameters().every((p) => p.grad === 0));
  }
});
