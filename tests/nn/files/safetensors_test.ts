import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { fromSafetensors, MLP, RandomGenerator, toSafetensors } from "../../../mod.ts";
import torch from "../../fixtures/torch_sequential.json" with { type: "json" };
import { assertRefused, numbersOf } from "../../support/files.ts";
import { type Header, put, taken } from "../../support/safetensors.ts";

const generator = new RandomGenerator(1);

const make = () => new MLP(2, [3, 1], { generator });

/** A file with tensors of zeros, for shapes by their names. */
function zeros(shapes: Record<string, number[]>): Uint8Array {
  const header: Header = {};
  let end = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const begin = end;
    end += 8 * shape.reduce((a, b) => a * b, 1);
    header[name] = { dtype: "F64", shape, data_offsets: [begin, end] };
  }
  return put(header, new Uint8Array(end));
}

Deno.test("toSafetensors() and fromSafetensors() keep doubles to the last bit", () => {
  const trained = make();
  const extremes = [-0, 0, 5e-324, -Number.MAX_VALUE, 1 / 3];
  for (const [i, p] of trained.parameters().entries()) p.data = extremes[i % extremes.length];
  const model = make();
  assert(fromSafetensors(toSafetensors(trained), model) === model);
  for (const [i, x] of numbersOf(model).entries()) {
    assert(Object.is(x, extremes[i % extremes.length]), `number ${i} is ${x}`);
  }
});

Deno.test("toSafetensors() rounds to singles on request", () => {
  const [trained, model] = [make(), make()];
  fromSafetensors(toSafetensors(trained, { dtype: "F32" }), model);
  assertEquals(numbersOf(model), numbersOf(trained).map(Math.fround));
  const [f64, f32] = (["F64", "F32"] as const).map((dtype) =>
    taken(toSafetensors(trained, { dtype })).data.length
  );
  assertEquals([f64, f32], [13 * 8, 13 * 4]);
});

Deno.test("toSafetensors() writes PyTorch's names and shapes, and data from a multiple of 8", () => {
  const model = make();
  const file = toSafetensors(model);
  const { header, data } = taken(file);
  assertEquals(header, {
    __metadata__: { format: "pt", producer: "chainrule" },
    "layers.0.weight": { dtype: "F64", shape: [3, 2], data_offsets: [0, 48] },
    "layers.0.bias": { dtype: "F64", shape: [3], data_offsets: [48, 72] },
    "layers.1.weight": { dtype: "F64", shape: [1, 3], data_offsets: [72, 96] },
    "layers.1.bias": { dtype: "F64", shape: [1], data_offsets: [96, 104] },
  });
  assertEquals((file.length - data.length) % 8, 0);
  const [hidden, out] = model.layers.map(({ neurons }) => neurons);
  assertEquals(
    [...new Float64Array(data.buffer)],
    [
      ...hidden.flatMap(({ w }) => w),
      ...hidden.map(({ b }) => b),
      ...out[0].w,
      out[0].b,
    ].map((p) => p.data),
  );
});

const files: Record<string, string> = torch.files;
for (const [dtype, answers] of Object.entries(torch.answers)) {
  Deno.test(`a file that PyTorch wrote in ${dtype} computes what it computes there`, () => {
    const model = new MLP(3, [5, 5, 2], { activation: ["tanh", "relu", "linear"], generator });
    fromSafetensors(Uint8Array.fromBase64(files[dtype]), model);
    for (const [i, x] of torch.inputs.entries()) {
      for (const [k, { data }] of model.forward(x).entries()) {
        assert(Math.abs(data - answers[i][k]) < 1e-14, `${data} for ${answers[i][k]}`);
      }
    }
  });
}

Deno.test("names may start in any way, and numbers are ordered as numbers", () => {
  const sizes = Array.from({ length: 12 }, () => 2);
  const trained = new MLP(2, sizes, { generator });
  for (const prefix of ["", "net.", "a.b9.layers.", "fc", "слой "]) {
    const file = toSafetensors(trained, { names: (i) => `${prefix}${i}` });
    const model = new MLP(2, sizes, { generator });
    fromSafetensors(file, model);
    assertEquals(numbersOf(model), numbersOf(trained), prefix);
  }
  const single = new MLP(2, [1], { generator });
  const model = new MLP(2, [1], { generator });
  fromSafetensors(toSafetensors(single, { names: () => "" }), model);
  assertEquals(numbersOf(model), numbersOf(single));
});

Deno.test("names without a number are not guessed at, but can be given", () => {
  const names = (i: number) => ["input", "hidden", "out"][i];
  const trained = new MLP(2, [2, 2, 2], { generator });
  const file = toSafetensors(trained, { names });
  const model = new MLP(2, [2, 2, 2], { generator });
  const message = "fromSafetensors: the order of ";
  assertRefused(model, () => fromSafetensors(file, model), RangeError, message);
  fromSafetensors(file, model, { names });
  assertEquals(numbersOf(model), numbersOf(trained));
  // A number that is the same in both tells nothing.
  const twins = toSafetensors(trained, { names: (i) => `1.${names(i)}` });
  assertRefused(model, () => fromSafetensors(twins, model), RangeError, message);
  const other = { names: (i: number) => `fc${i}` };
  const missing = "fromSafetensors: fc0.weight is missing";
  assertRefused(model, () => fromSafetensors(file, model, other), RangeError, missing);
});

Deno.test("a file is read also from the middle of a buffer", () => {
  const [trained, model] = [make(), make()];
  const file = toSafetensors(trained);
  const buffer = new Uint8Array(file.length + 13);
  buffer.set(file, 7);
  fromSafetensors(buffer.subarray(7, 7 + file.length), model);
  assertEquals(numbersOf(model), numbersOf(trained));
});

Deno.test("toSafetensors() refuses what a file cannot keep, and names that are none", () => {
  const model = make();
  model.layers[1].neurons[0].w[2].data = 1e300;
  toSafetensors(model);
  assertThrows(
    () => toSafetensors(model, { dtype: "F32" }),
    RangeError,
    "toSafetensors: layers[1].neurons[0].w[2] must be a number that float32 can hold, got 1e+300",
  );
  model.layers[1].neurons[0].w[2].data = NaN;
  assertThrows(() => toSafetensors(model), RangeError, "w[2] must be a finite number, got NaN");
  assertThrows(
    // @ts-expect-error no such dtype
    () => toSafetensors(make(), { dtype: "F16" }),
    RangeError,
    "dtype must be F64 or F32",
  );
  assertThrows(
    // @ts-expect-error no model
    () => toSafetensors(null),
    TypeError,
    "toSafetensors: model must be a Module, got null",
  );
  assertThrows(
    () => toSafetensors(make(), { names: () => "fc" }),
    RangeError,
    'toSafetensors: names(1) must be new, got string "fc"',
  );
});

const good = taken(toSafetensors(make()));

const first = "layers.0.weight";

const change = (entry: Header, name = first) =>
  put({ ...good.header, [name]: { ...good.header[name] as Header, ...entry } }, good.data);

const shapes = {
  "0.weight": [3, 2],
  "0.bias": [3],
  "1.weight": [1, 3],
  "1.bias": [1],
};

const wrong: [string, Uint8Array, typeof Error, string][] = [
  [
    "whole numbers",
    change({ dtype: "I64" }),
    RangeError,
    "layers.0.weight: dtype must be one of F64,",
  ],
  ["a dtype of another world", change({ dtype: "toString" }), RangeError, "layers.0.weight: dtype"],
  [
    "too few bytes",
    change({ dtype: "F32" }),
    RangeError,
    "layers.0.weight must have 24 bytes, got 48",
  ],
  [
    "transposed",
    change({ shape: [2, 3] }),
    RangeError,
    "layers.0.weight must have the shape [3, 2] as in the model, got [2, 3]",
  ],
  ["flat", change({ shape: [6] }), RangeError, "layers.0.weight must have the shape [3, 2] as in"],
  [
    "no bias",
    zeros({ "0.weight": [3, 2], "0.bias": [3], "1.weight": [1, 3] }),
    RangeError,
    "1.bias is missing",
  ],
  [
    "a layer too few",
    zeros({ "0.weight": [3, 2], "0.bias": [3] }),
    RangeError,
    "the file must have 2 layers as the model, got 1: 0.weight, 0.bias",
  ],
  [
    "a layer too many",
    zeros({ ...shapes, "2.weight": [1, 1], "2.bias": [1] }),
    RangeError,
    "the file must have 2 layers as the model, got 3: ",
  ],
  [
    "something else",
    zeros({ ...shapes, "1.running_mean": [3] }),
    RangeError,
    "tensors must be named weight or bias, got 1.running_mean",
  ],
  [
    "no tensors",
    put({}, new Uint8Array()),
    RangeError,
    "the file must have 2 layers as the model, got",
  ],
  [
    "a number that is none",
    put(good.header, new Uint8Array(good.data).fill(255, 48, 56)),
    RangeError,
    "layers.0.bias[0] must be a finite number, got NaN",
  ],
];

for (const [name, file, Class, message] of wrong) {
  Deno.test(`fromSafetensors() refuses a wrong file: ${name}`, () => {
    const model = make();
    const text = `fromSafetensors: ${message}`;
    assertRefused(model, () => fromSafetensors(file, model), Class, text);
  });
}

Deno.test("fromSafetensors() refuses a file that breaks off, wherever it does", () => {
  const [file, model] = [toSafetensors(make()), make()];
  for (let length = 0; length < file.length; length++) {
    const read = () => fromSafetensors(file.subarray(0, length), model);
    assertRefused(model, read, Error, "fromSafetensors: ");
  }
  fromSafetensors(file, model);
});

Deno.test("fromSafetensors() with names refuses tensors that have no place", () => {
  const file = zeros({ ...shapes, "extra.weight": [1] });
  const model = make();
  const read = () => fromSafetensors(file, model, { names: (i) => `${i}` });
  const message = "fromSafetensors: the model has no place for extra.weight";
  assertRefused(model, read, RangeError, message);
});

Deno.test("fromSafetensors() refuses arguments of another type", () => {
  const file = toSafetensors(make());
  assertThrows(
    // @ts-expect-error no bytes
    () => fromSafetensors("x", make()),
    TypeError,
    "bytes must be a Uint8Array, got string",
  );
  // @ts-expect-error no model
  assertThrows(() => fromSafetensors(file), TypeError, "model must be a Module, got undefined");
  assertThrows(
    // @ts-expect-error no function
    () => fromSafetensors(file, make(), { names: ["a", "b"] }),
    TypeError,
    "names must be a",
  );
  assertThrows(
    // @ts-expect-error no texts
    () => fromSafetensors(file, make(), { names: (i) => i }),
    TypeError,
    "names(0) must be",
  );
});
