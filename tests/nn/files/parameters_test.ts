import { assertEquals, assertRejects, assertThrows } from "../../support/assert.ts";
import {
  fromJSON,
  MLP,
  type Operand,
  RandomGenerator,
  save,
  toJSON,
  toONNX,
  toSafetensors,
  Value,
} from "../../../mod.ts";
import { readParameters, writeParameters } from "../../../nn/files/parameters.ts";
import { numbersOf } from "../../support/files.ts";

const make = (seed = 1) => new MLP(2, [2, 1], { generator: new RandomGenerator(seed) });

Deno.test("parameters are read a row of weights for each neuron, and written back", () => {
  const [model, other] = [make(1), make(2)];
  model.parameters().forEach((p, i) => p.data = i);
  const layers = readParameters("f", model);
  assertEquals(layers, [
    { weight: [[0, 1], [3, 4]], bias: [2, 5] },
    { weight: [[6, 7]], bias: [8] },
  ]);
  writeParameters(other, layers);
  assertEquals(numbersOf(other), numbersOf(model));
});

Deno.test("a parameter that a file cannot hold is refused with its place", () => {
  const model = make();
  const { w } = model.layers[0].neurons[1];
  w[1].data = 3.5e38;
  assertEquals(readParameters("f", model, 64)[0].weight[1][1], 3.5e38);
  assertThrows(
    () => readParameters("f", model, 32),
    RangeError,
    "f: layers[0].neurons[1].w[1] must be a number that float32 can hold, got 3.5e+38",
  );
  w[1].data = NaN;
  assertThrows(
    () => readParameters("f", model),
    RangeError,
    "f: layers[0].neurons[1].w[1] must be a finite number, got NaN",
  );
});

Deno.test("only an MLP has parameters in files", () => {
  assertThrows(
    // @ts-expect-error no MLP
    () => readParameters("f", make().layers[0]),
    TypeError,
    "f: model must be an MLP, got an object of class Layer",
  );
});

class Doubled extends MLP<readonly [2, 1]> {
  constructor() {
    super(2, [2, 1]);
  }
  override forward(x: readonly Operand[]): Value {
    return super.forward(x).mul(2);
  }
}

class Scaled extends MLP<readonly [2, 1]> {
  readonly scale = new Value(2);
  constructor() {
    super(2, [2, 1]);
  }
  override parameters(): Value[] {
    return [...super.parameters(), this.scale];
  }
}

class Named extends MLP<readonly [2, 1]> {
  readonly name = "moons";
  constructor() {
    super(2, [2, 1]);
  }
}

Deno.test("a model that computes in a way of its own is not saved as an MLP", async () => {
  const changed = make();
  changed.forward = () => new Value(0);
  for (
    const [model, got] of [
      [new Doubled(), "Doubled with a forward of its own"],
      [new Scaled(), "Scaled with a parameters of its own"],
      [changed, "MLP with a forward of its own"],
    ] as const
  ) {
    for (const write of [toJSON, toSafetensors, toONNX]) {
      const message = `${write.name}: model must compute as an MLP does, got ${got}`;
      assertThrows(() => write(model as MLP), TypeError, message);
    }
    await assertRejects(() => save(model as MLP, "/never/model.json"), TypeError, `got ${got}`);
  }
  const named = new Named();
  assertEquals(numbersOf(fromJSON(toJSON(named))), numbersOf(named));
});
