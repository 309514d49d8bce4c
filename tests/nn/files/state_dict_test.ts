import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Embedding,
  fromJSON,
  fromSafetensors,
  Layer,
  LayerNorm,
  loadStateDict,
  MLP,
  Module,
  mul,
  Neuron,
  type Operand,
  RandomGenerator,
  RMSNorm,
  stateDict,
  type StateTensor,
  sum,
  toJSON,
  toONNX,
  toSafetensors,
  Value,
} from "../../../mod.ts";
import { namedTensors } from "../../../nn/files/state_dict.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import torch from "../../fixtures/torch_modules.json" with { type: "json" };

const generator = new RandomGenerator(1);
const row = (n: number) => Array.from({ length: n }, () => new Value(generator.normal()));
const linear = { activation: "linear", generator } as const;

class Block extends Module {
  norm = new RMSNorm(4, { eps: 1e-5 });
  inner = new Layer(4, 4, { ...linear, bias: false });
  after = new LayerNorm(4);
  forward(x: readonly Operand[]): Value[] {
    const y = this.inner.forward(this.norm.forward(x)).map((yi) => yi.relu());
    return this.after.forward(y.map((yi, i) => yi.add(x[i])));
  }
  parameters(): Value[] {
    return [this.norm, this.inner, this.after].flatMap((part) => part.parameters());
  }
}

/** The module of the fixture, field by field. */
class Nested extends Module {
  table = new Embedding(5, 4, { generator });
  blocks = [new Block(), new Block()];
  scale = new Value(generator.normal());
  shift = row(4);
  mix = [row(4), row(4)];
  plain = new RMSNorm(4, { elementwiseAffine: false });
  heads = { a: new Layer(4, 1, linear) };
  /** What is no parameter has no name. */
  calls = 0;
  last: Value | null = null;
  label = "nested";
  forward(index: Operand): Value[] {
    this.calls++;
    let x: readonly Value[] = this.table.forward(index).map((xi, i) => xi.add(this.shift[i]));
    for (const block of this.blocks) x = block.forward(x);
    const y = this.plain.forward(x);
    const mixed = this.mix.map((weights) => {
      return mul(this.scale, sum(weights.map((w, i) => w.mul(y[i]))));
    });
    this.last = this.heads.a.forward(y);
    return [...mixed, this.last];
  }
  parameters(): Value[] {
    return [
      ...this.table.parameters(),
      ...this.blocks.flatMap((block) => block.parameters()),
      ...[this.scale, ...this.shift, ...this.mix.flat()],
      ...this.heads.a.parameters(),
    ];
  }
}

const bytes = Uint8Array.fromBase64(torch.nested.file);

function near(ours: StateTensor, theirs: StateTensor, what: string): void {
  const [a, b] = [ours, theirs].map((x) => [x].flat(9) as number[]);
  assertEquals(a.length, b.length);
  a.forEach((x, i) => {
    assert(Math.abs(x - b[i]) <= 1e-12 * Math.max(1, Math.abs(b[i])), `${what}: ${x}, ${b[i]}`);
  });
}

Deno.test("a module of modules has the names of PyTorch's state_dict, which do not depend on use", () => {
  const model = new Nested();
  assertEquals(Object.keys(stateDict(model)).sort(), [...torch.nested.names].sort());
  model.forward(2);
  assertEquals(Object.keys(stateDict(model)).sort(), [...torch.nested.names].sort());
});

Deno.test("filled from PyTorch's file, it has PyTorch's answers and gradients", () => {
  const model = fromSafetensors(bytes, new Nested());
  const answers = torch.nested.answers.map((_, i) => model.forward(i));
  answers.forEach((y, i) => near(y.map(({ data }) => data), torch.nested.answers[i], `index ${i}`));
  sum(answers.flat().map((y) => y.mul(y))).backward();
  const gradients: Record<string, StateTensor> = torch.nested.gradients;
  for (const { name, values } of namedTensors("test", model)) {
    near(values.map(({ grad }) => grad), gradients[name], name);
  }
});

Deno.test("what goes into a file and back is the same to the last bit, in both formats", () => {
  const model = fromSafetensors(bytes, new Nested());
  model.scale.data = -0;
  for (const write of ["json", "safetensors"] as const) {
    const other = new Nested();
    if (write === "json") fromJSON(toJSON(model), other);
    else fromSafetensors(toSafetensors(model), other);
    assert(Object.is(other.scale.data, -0));
    assertEquals(stateDict(other), stateDict(model), write);
  }
});

Deno.test("layers without biases are read from PyTorch's Linears without biases", () => {
  const { file, inputs, answers } = torch.unbiased;
  const make = () =>
    new MLP(3, [4, 2], { activation: "gelu", outputActivation: "linear", bias: false, generator });
  const model = fromSafetensors(Uint8Array.fromBase64(file), make());
  inputs.forEach((x, i) => near(model.forward(x).map(({ data }) => data), answers[i], `${x}`));
  const same = fromSafetensors(toSafetensors(model), make());
  assertEquals(stateDict(same), stateDict(model));
  const biased = new MLP(3, [4, 2], { generator });
  assertThrows(
    () => fromSafetensors(Uint8Array.fromBase64(file), biased),
    RangeError,
    "0.bias is missing",
  );
  assertThrows(
    () => fromSafetensors(toSafetensors(biased), make()),
    RangeError,
    "the model has no place for layers.0.bias, layers.1.bias",
  );
});

Deno.test("a network, a layer and a neuron are named as PyTorch's Linears", () => {
  const names = (model: Module) =>
    namedTensors("test", model).map(({ name, shape }) => `${name} ${shape.join("×")}`);
  assertEquals(names(new MLP(3, [4, 1])), [
    ...["layers.0.weight 4×3", "layers.0.bias 4", "layers.1.weight 1×4", "layers.1.bias 1"],
  ]);
  assertEquals(names(new Layer(3, 2, { bias: false })), ["weight 2×3"]);
  assertEquals(names(new Neuron(3)), ["weight 1×3", "bias 1"]);
});

/** A module of the parameters and the fields that it is given. */
class Fields extends Module {
  readonly #parameters: readonly Value[];
  constructor(parameters: readonly Value[], fields: Record<string, unknown>) {
    super();
    Object.assign(this, fields);
    this.#parameters = parameters;
  }
  parameters(): Value[] {
    return [...this.#parameters];
  }
}

Deno.test("lists of unequal rows, maps and objects are gone through by their places and names", () => {
  const [a, b, c, d, e] = row(5);
  const model = new Fields([a, b, c, d, e], {
    ragged: [[a, b], [c]],
    map: new Map([["key", d]]),
    object: { inner: [[e]] },
    others: [new Value(1), 3, null, "text", new Date(0)],
  });
  assertEquals(stateDict(model), {
    "ragged.0": [a.data, b.data],
    "ragged.1": [c.data],
    "map.key": d.data,
    "object.inner": [[e.data]],
  });
});

Deno.test("a parameter that is tied has both names, and a field that leads back ends there", () => {
  const [p] = row(1);
  const model = new Fields([p], { first: p });
  Object.assign(model, { second: p, self: model, list: [{ model }] });
  assertEquals(Object.keys(stateDict(model)), ["first", "second"]);
});

Deno.test("a parameter in no field is an error, not a file without it", () => {
  const [p, q] = row(2);
  const model = new Fields([p, q], { p });
  for (const [name, write] of Object.entries({ stateDict, toJSON, toSafetensors })) {
    const message = `${name}: model.parameters()[1] must be in a field of the model`;
    assertThrows(() => write(model), TypeError, message);
  }
});

Deno.test("a state that does not fit is refused, and changes nothing", () => {
  const model = new Fields(row(0), {});
  const parts = row(3);
  const make = () => new Fields(parts, { v: parts.slice(0, 2), s: parts[2] });
  const fitted = make();
  const before = JSON.stringify(stateDict(fitted));
  const good = { v: [1, 2], s: 3 };
  const wrong: [unknown, typeof Error, string][] = [
    [{ v: [1, 2] }, RangeError, "loadStateDict: s is missing in state"],
    [{ ...good, t: 1 }, RangeError, 'loadStateDict: the model has no place for string "t"'],
    [{ ...good, v: [1] }, RangeError, "loadStateDict: v must have 2 elements, got 1"],
    [{ ...good, v: 1 }, TypeError, "loadStateDict: v must be an array, got number 1"],
    [{ ...good, v: [1, NaN] }, RangeError, "loadStateDict: v[1] must be a finite number, got NaN"],
    [{ ...good, v: [1, [2]] }, RangeError, "loadStateDict: v[1] must be a finite number, got an"],
    [{ ...good, s: [3] }, RangeError, "loadStateDict: s must be a finite number, got an array"],
    [[1, 2, 3], TypeError, "loadStateDict: state must be an object, got an array of 3"],
  ];
  for (const [state, Class, message] of wrong) {
    assertThrows(() => loadStateDict(fitted, untyped(state)), Class, message);
    assertEquals(JSON.stringify(stateDict(fitted)), before);
  }
  loadStateDict(fitted, { v: Float32Array.of(1, 2), s: 3 });
  loadStateDict(fitted, good);
  assertEquals(stateDict(fitted), good);
  assertEquals(stateDict(model), {});
});

Deno.test("what needs a module, or an MLP, says so", () => {
  for (const [thing, name] of strangers) {
    const message = `stateDict: model must be a Module, got ${name}`;
    assertThrows(() => stateDict(untyped(thing)), TypeError, message);
  }
  const model = new Nested();
  assertThrows(() => toONNX(model), TypeError, "toONNX: model must be an MLP, got an object of");
  assertThrows(
    () => fromJSON(toJSON(model)),
    TypeError,
    "fromJSON: model must be of the kind that was saved, as the file has its state only",
  );
  assertThrows(() => fromJSON(toJSON(model), new MLP(1, [1])), TypeError, "state only, got an MLP");
  assertThrows(
    () => fromJSON(toJSON(new MLP(1, [1])), model),
    TypeError,
    "fromJSON: state must be an object, got undefined",
  );
  const names = (i: number) => `${i}`;
  assertThrows(() => toSafetensors(model, { names }), TypeError, "names must be absent");
  assertThrows(() => fromSafetensors(bytes, model, { names }), TypeError, "names must be absent");
  model.mix[1][2].data = 1e300;
  assertThrows(
    () => toSafetensors(model, { dtype: "F32" }),
    RangeError,
    "toSafetensors: mix must be a number that float32 can hold, got 1e+300",
  );
});
