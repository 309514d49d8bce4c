import { join } from "node:path";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Adam,
  AdamW,
  CosineAnnealingLR,
  crossEntropy,
  fit,
  fromJSON,
  load,
  LRScheduler,
  MLP,
  type Optimizer,
  RandomGenerator,
  save,
  SGD,
  StepLR,
  toJSON,
  Value,
} from "../../../mod.ts";
import { isStateful, plainText, restore, stateOf } from "../../../nn/files/saveable.ts";
import { withFolder } from "../../support/files.ts";
import { untyped } from "../../support/helpers.ts";
import { needs } from "../../support/permissions.ts";
import { dataOf, network, points } from "../../support/points.ts";

const optimizers: Record<string, (parameters: Value[]) => Optimizer> = {
  "SGD with momentum": (p) => new SGD(p, { lr: .1, momentum: .9, dampening: .1 }),
  "Adam": (p) => new Adam(p, { lr: .05 }),
  "AdamW": (p) => new AdamW(p, { lr: .05, weightDecay: .1 }),
};

/** All that a training needs, as at its start. */
function start(make: (parameters: Value[]) => Optimizer, seed = 1) {
  const model = network(2, seed);
  const optimizer = make(model.parameters());
  const scheduler = new CosineAnnealingLR(optimizer, { tMax: 15 });
  return { model, optimizer, scheduler, generator: new RandomGenerator(7) };
}

const data = points(20);

function train(
  { model, ...rest }: ReturnType<typeof start>,
  epochs: number,
  settings: { compile?: boolean; precision?: "float32" } = {},
): readonly number[] {
  const options = { loss: crossEntropy, batchSize: 6, epochs, ...settings, ...rest };
  return fit(model, data, options).losses;
}

for (const [name, make] of Object.entries(optimizers)) {
  for (const settings of [{ compile: false }, {}, { precision: "float32" }] as const) {
    const how = "compile" in settings ? "eager" : "precision" in settings ? "float32" : "compiled";
    Deno.test(`${name}: 10 epochs, saved, loaded, and 10 more are 20 to the last bit, ${how}`, () => {
      const atOnce = start(make);
      const losses = train(atOnce, 20, settings);
      const first = start(make);
      const before = train(first, 10, settings);
      const second = fromJSON(toJSON(first), start(make, 99));
      assertEquals([...before, ...train(second, 10, settings)], losses);
      const numbers = ({ model, optimizer }: ReturnType<typeof start>) => [
        ...dataOf(model.parameters()),
        ...model.parameters().map(({ grad }) => grad),
        optimizer.lr,
        ...optimizer.stateDict().state.flat(),
      ];
      numbers(second).forEach((x, i) => assert(Object.is(x, numbers(atOnce)[i]), `number ${i}`));
    });
  }
}

Deno.test(
  "save() and load() keep what a training needs, in one file or several",
  needs("read", "write"),
  async () => {
    await withFolder(async (folder) => {
      const trained = start(optimizers.Adam);
      train(trained, 3);
      await save(trained, join(folder, "all.json"));
      const other = start(optimizers.Adam, 99);
      assert(await load(join(folder, "all.json"), other) === other);
      assertEquals(toJSON(other), toJSON(trained));
      await save(trained.optimizer, join(folder, "optimizer.json"));
      const alone = start(optimizers.Adam).optimizer;
      await load(join(folder, "optimizer.json"), alone);
      assertEquals(alone.stateDict(), trained.optimizer.stateDict());
    });
  },
);

Deno.test("only JSON keeps what is no module", async () => {
  for (const path of ["a.onnx", "a.safetensors"]) {
    let message = "";
    await save(start(optimizers.Adam), path).catch((error) => message = error.message);
    assertEquals(
      message,
      `save: model, for ${path.slice(1)}, must be a Module, got an object of class Object`,
    );
  }
  let message = "";
  await load("a.safetensors", new RandomGenerator(1)).catch((error) => message = error.message);
  assertEquals(
    message,
    "load: model, for .safetensors, must be a Module, got an object of class RandomGenerator",
  );
});

Deno.test("where one part does not fit, no part is changed", () => {
  const trained = start(optimizers.Adam);
  train(trained, 3);
  const text = toJSON(trained);
  const other = start(optimizers["SGD with momentum"], 99);
  const before = toJSON(other);
  assertThrows(
    () => fromJSON(text, other),
    RangeError,
    'SGD.loadStateDict: state.optimizer must be "SGD", got string "Adam"',
  );
  assertEquals(toJSON(other), before);
  const { model, optimizer } = other;
  assertThrows(
    () => fromJSON(text, { model, optimizer }),
    RangeError,
    'fromJSON: there is no place for string "scheduler"',
  );
  assertThrows(
    () => fromJSON(toJSON({ model }), { model, optimizer }),
    RangeError,
    "fromJSON: optimizer is missing",
  );
  assertEquals(toJSON(other), before);
});

Deno.test("what cannot be kept is refused by name", () => {
  const message = "must be a Module, an optimizer or what else has a stateDict()";
  for (
    const [thing, got] of [
      [3, "number 3"],
      [{}, "an object of class Object"],
      [[], "an array of 0"],
      [new Value(1), "an object of class Value"],
    ]
  ) {
    assertThrows(
      () => toJSON(untyped(thing)),
      TypeError,
      `toJSON: model ${message}, or an object of such, got ${got}`,
    );
  }
  assertThrows(
    () => toJSON(untyped({ rate: .1 })),
    TypeError,
    `toJSON: model.rate ${message}, got number 0.1`,
  );
  assertEquals([isStateful({}), isStateful(null), isStateful(new RandomGenerator(1))], [
    false,
    false,
    true,
  ]);
});

Deno.test("numbers are kept to the last bit, and what JSON has no word for is refused", () => {
  const extremes = [-0, 5e-324, -Number.MAX_VALUE, 1 / 3];
  const text = plainText("x", { a: extremes, b: "c\n", d: true, e: null, f: {}, g: [] });
  assertEquals(JSON.parse(text), { a: extremes, b: "c\n", d: true, e: null, f: {}, g: [] });
  assert(Object.is(JSON.parse(text).a[0], -0));
  for (const bad of [NaN, Infinity]) {
    assertThrows(
      () => plainText("x", { a: [1, bad] }),
      RangeError,
      `x.a[1] must be a finite number, got ${bad}`,
    );
  }
  assertThrows(
    () => plainText("x", { a: undefined }),
    TypeError,
    "x.a must be an object, got undefined",
  );
});

Deno.test("a state is copied, so that a later step does not change it", () => {
  const { optimizer, model } = start(optimizers.Adam);
  model.parameters().forEach((p) => p.grad = 1);
  optimizer.step();
  const state = stateOf("here", optimizer);
  const text = JSON.stringify(state);
  optimizer.step();
  assertEquals(JSON.stringify(state), text);
  restore("here", optimizer, state);
  assertEquals(JSON.stringify(optimizer.stateDict()), text);
});

Deno.test("a schedule of another kind, and one of one's own", () => {
  class Halving extends LRScheduler {
    rate(_t: number, _start: number, lr: number): number {
      return lr / 2;
    }
  }
  const make = () => new Halving(new SGD([new Value(1)], { lr: 8 }));
  const [one, other] = [make(), make()];
  one.step();
  fromJSON(toJSON(one), other);
  other.step();
  assertEquals([one.optimizer.lr, other.optimizer.lr], [4, 2]);
  const step = new StepLR(new SGD([new Value(1)]), { stepSize: 2 });
  assertThrows(
    () => fromJSON(toJSON(one), step),
    RangeError,
    'state.scheduler must be "StepLR", got string "Halving"',
  );
});

Deno.test("an MLP is kept with its architecture alone, and by its names among others", () => {
  const model = new MLP(2, [1], { generator: new RandomGenerator(1) });
  assertEquals(Object.keys(JSON.parse(toJSON(model))).includes("state"), false);
  const { state } = JSON.parse(toJSON({ model }));
  assertEquals(Object.keys(state.model), ["layers.0.weight", "layers.0.bias"]);
});
