import { assert, assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { Layer, MLP, Module, Neuron, type Operand, predict, Value } from "../../mod.ts";
import { inMode } from "../../nn/module.ts";
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

Deno.test("work in a mode leaves each part in the mode that it was in, also if it throws", () => {
  const model = new MLP(2, [2, 1]);
  const modes = () => [model, ...model.layers].map(({ training }) => training);
  model.layers[1].eval();
  const before = modes();
  for (const mode of [true, false]) {
    assertEquals(inMode(model, mode, modes), [mode, mode, mode]);
    assertEquals(modes(), before);
    assertThrows(() =>
      inMode(model, mode, () => {
        throw new RangeError("stop");
      }), RangeError);
    assertEquals(modes(), before);
  }
});

/** A module of one's own that heeds the mode, and has no parameters. */
class Noise extends Module {
  noise = 0;
  forward(x: Operand): Value {
    return new Value(0).add(x).add(this.training ? ++this.noise : 0);
  }
  parameters(): Value[] {
    return [];
  }
}

const network = () => new MLP(2, [16, 16, 1], { dropout: .5 });

/** A network whose parts are in a private field; subclasses say in which, and how they are called. */
class Hidden extends Module {
  readonly #inner: MLP<readonly [16, 16, 1]>;
  readonly #noise = new Noise();
  constructor(inner = network()) {
    super();
    this.#inner = inner as MLP<readonly [16, 16, 1]>;
  }
  forward(x: readonly Operand[]): Value {
    return this.#noise.forward(this.#inner.forward(x));
  }
  encode(x: readonly Operand[]): Value {
    return this.#inner.forward(x);
  }
  parameters(): Value[] {
    return this.#inner.parameters();
  }
}

type Forward = (x: readonly Operand[]) => Value;

/** A module around others, whose forward asks one of them. */
class Around extends Module {
  forward: Forward;
  readonly content: unknown;
  constructor(content: unknown, forward: Forward) {
    super();
    this.content = content;
    this.forward = forward;
  }
  parameters(): Value[] {
    return [];
  }
}

class Holder {
  readonly part = network();
}

const inner = (make: (part: MLP) => unknown) => {
  const part = network();
  return { model: new Around(make(part), (x) => part.forward(x) as Value), part };
};
const holder = new Holder(), closure = new Hidden(), deep = new Hidden();
const places: Record<string, { model: Module & { forward: Forward }; part?: Module }> = {
  "a private field": { model: new Hidden() },
  "a plain object": inner((part) => ({ encoder: { first: part } })),
  "nested lists": inner((part) => [1, [[part], "text"]]),
  "a Map": inner((part) => new Map([["a", [part]]])),
  "a Set": inner((part) => new Set([part])),
  "an object of another class": { model: new Around(holder, (x) => holder.part.forward(x)) },
  "no field at all": { model: new Around(null, (x) => closure.forward(x)) },
  "a private field of a module in a list": { model: new Around([deep], (x) => deep.forward(x)) },
  "itself, in a circle": (() => {
    const round: unknown[] = [];
    const made = inner((part) => round.push(part) && round);
    round.push(round, made.model);
    return made;
  })(),
};

for (const [place, { model, part }] of Object.entries(places)) {
  Deno.test(`eval() reaches a module in ${place}, and train() too`, () => {
    const answers = () => new Set([1, 2, 3, 4].map(() => model.forward([1, 2]).data)).size;
    assert(answers() > 1);
    model.eval();
    assertEquals(answers(), 1);
    if (part) assertEquals(part.training, false);
    model.train();
    assert(answers() > 1);
    assertEquals(inMode(model, false, answers), 1);
    assert(answers() > 1);
    const said = () => `${predict(model, [[1, 2], [2, 1]], { threshold: 0 })}`;
    assertEquals(new Set([1, 2, 3, 4].map(said)).size, 1);
  });
}

Deno.test("eval() holds in all methods of a module, not only in forward()", () => {
  const model = new Hidden().eval();
  assertEquals(model.encode([1, 2]).data, model.encode([1, 2]).data);
  class More extends Hidden {
    twice = (x: readonly Operand[]): Value => this.encode(x).mul(2);
    override encode(x: readonly Operand[]): Value {
      return super.encode(x).add(1);
    }
  }
  const more = new More().eval();
  const { twice } = more;
  assertEquals(
    new Set([more.twice([1, 2]).data, twice([1, 2]).data, more.twice([1, 2]).data]).size,
    1,
  );
});

Deno.test("the mode that was set last counts, for a module in another as for all in it", () => {
  const part = network();
  const model = new Hidden(part);
  const isSteady = () => model.forward([1, 2]).data === model.forward([1, 2]).data;
  model.eval();
  part.train();
  part.training = true;
  model.train();
  part.eval();
  assertEquals(part.training, false);
  const own = new Around(null, (x) => part.forward(x) as Value).train();
  assert(own.forward([1, 2]).data !== own.forward([1, 2]).data);
  assertEquals(part.training, false);
  model.train();
  assert(!isSteady());
});

Deno.test("a mode holds for no module outside, and for none after an error", () => {
  const outside = network();
  const model = new Around(null, () => {
    throw new RangeError("stop");
  }).eval();
  assertThrows(() => model.forward([1, 2]), RangeError, "stop");
  assertEquals(outside.training, true);
  assert(outside.forward([1, 2]).data !== outside.forward([1, 2]).data);
  new Hidden().eval().forward([1, 2]);
  assert(outside.forward([1, 2]).data !== outside.forward([1, 2]).data);
});

Deno.test("setting training concerns one module, and must be a boolean", () => {
  const pair = new Pair();
  pair.training = false;
  assertEquals([pair.training, pair.mlp.training], [false, true]);
  assertThrows(
    () => pair.training = untyped<boolean>(1),
    TypeError,
    "training must be a boolean, got number 1",
  );
});

Deno.test("a class in a field of a module is still a class", () => {
  class Factory extends Module {
    Part = Noise;
    parameters(): Value[] {
      return [];
    }
  }
  const factory = new Factory().eval();
  assert(new factory.Part() instanceof Noise);
});
