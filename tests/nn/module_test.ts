import { assert, assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { Layer, MLP, Module, Neuron, Value } from "../../mod.ts";
import { strangers, untyped } from "../support/helpers.ts";

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

Deno.test("a module trains at first; train() and eval() switch, and return the module", () => {
  const line = new Line();
  assertEquals(line.training, true);
  assertStrictEquals(line.eval(), line);
  assertEquals(line.training, false);
  assertStrictEquals(line.train(), line);
  assertEquals(line.training, true);
  assertEquals(line.train(false).training, false);
  assertEquals(line.train(true).training, true);
});

class Pair extends Module {
  readonly mlp = new MLP(2, [3, 3, 1], { dropout: .5 });
  readonly lines = [new Line(), new Line()];
  readonly name = "pair";

  parameters(): Value[] {
    return [this.mlp, ...this.lines].flatMap((part) => part.parameters());
  }
}

Deno.test("train() and eval() reach the modules in a module, down to the neurons", () => {
  const pair = new Pair();
  const modes = () =>
    [
      pair,
      pair.mlp,
      ...pair.lines,
      ...pair.mlp.layers,
      ...pair.mlp.layers.flatMap(({ neurons }) => neurons),
    ].map(({ training }) => training);
  assertEquals(new Set(modes()), new Set([true]));
  pair.eval();
  assertEquals(new Set(modes()), new Set([false]));
  assertEquals(pair.mlp.forward([1, 2]).data, pair.mlp.forward([1, 2]).data);
  pair.mlp.train();
  assertEquals(modes().filter((mode) => mode).length, 1 + 3 + 7);
  assertEquals(pair.training, false);
});

Deno.test("train() refuses what is not a boolean, and changes nothing", () => {
  const model = new MLP(2, [2]);
  for (const [thing, name] of strangers) {
    if (thing === undefined || thing === true) continue;
    assertThrows(
      () => model.eval().train(untyped<boolean>(thing)),
      TypeError,
      `train: mode must be a boolean, got ${name}`,
    );
    assertEquals(model.training, false);
  }
});
