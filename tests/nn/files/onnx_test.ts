import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { MLP, type ONNXOptions, RandomGenerator, toONNX } from "../../../mod.ts";

/** The fields of a Protocol Buffers message: its number, and a number or bytes. */
function fields(bytes: Uint8Array): [id: number, value: number | Uint8Array][] {
  const found: [number, number | Uint8Array][] = [];
  let at = 0;
  const varint = () => {
    let x = 0;
    for (let shift = 0;; shift += 7) {
      x += (bytes[at] & 127) * 2 ** shift;
      if (bytes[at++] < 128) return x;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const x = varint();
    assert(key % 8 === 0 || key % 8 === 2, `kind ${key % 8}`);
    found.push([key >> 3, key % 8 === 0 ? x : bytes.subarray(at, at += x)]);
  }
  assertEquals(at, bytes.length);
  return found;
}

function all(bytes: Uint8Array, id: number): Uint8Array[] {
  return fields(bytes).flatMap(([other, value]) => other === id ? [value as Uint8Array] : []);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** The operations, one a line: `Add_2 = Add(Tanh_1, x)`. */
function program(model: MLP, options?: ONNXOptions): string[] {
  const [graph] = all(toONNX(model, options), 7);
  return all(graph, 1).map((node) => {
    const [[output], [op]] = [all(node, 2), all(node, 4)];
    return `${text(output)} = ${text(op)}(${all(node, 1).map(text).join(", ")})`;
  });
}

const generator = new RandomGenerator(1);

Deno.test("toONNX() writes format version 7, operator set 13 and who made it", () => {
  const file = fields(toONNX(new MLP(3, [1])));
  assertEquals(file.find(([id]) => id === 1)?.[1], 7);
  assertEquals(text(file.find(([id]) => id === 2)?.[1] as Uint8Array), "chainrule");
  const set = fields(file.find(([id]) => id === 8)?.[1] as Uint8Array);
  assertEquals(set.find(([id]) => id === 2)?.[1], 13);
});

Deno.test("toONNX() writes each layer as Gemm and its activation, the last one as y", () => {
  const activation = ["tanh", "relu", "softplus", "linear"] as const;
  const model = new MLP(2, [3, 3, 3, 1], { activation, generator });
  assertEquals(program(model, { dtype: "float32" }), [
    "Gemm_0 = Gemm(x, layers.0.weight, layers.0.bias)",
    "Tanh_1 = Tanh(Gemm_0)",
    "Gemm_2 = Gemm(Tanh_1, layers.1.weight, layers.1.bias)",
    "Relu_3 = Relu(Gemm_2)",
    "Gemm_4 = Gemm(Relu_3, layers.2.weight, layers.2.bias)",
    "Softplus_5 = Softplus(Gemm_4)",
    "y = Gemm(Softplus_5, layers.3.weight, layers.3.bias)",
  ]);
  assert(!program(model).some((line) => line.includes("Softplus(")));
});

Deno.test("toONNX() writes sigmoid of operations that keep its tail", () => {
  const model = new MLP(2, [1], { activation: "sigmoid", generator });
  for (const dtype of ["float64", "float32"] as const) {
    assertEquals(program(model, { dtype }), [
      "Gemm_0 = Gemm(x, layers.0.weight, layers.0.bias)",
      "Abs_1 = Abs(Gemm_0)",
      "Neg_2 = Neg(Abs_1)",
      "Exp_3 = Exp(Neg_2)",
      "Add_4 = Add(one, Exp_3)",
      "Neg_5 = Neg(Gemm_0)",
      "Relu_6 = Relu(Neg_5)",
      "Neg_7 = Neg(Relu_6)",
      "Exp_8 = Exp(Neg_7)",
      "y = Div(Exp_8, Add_4)",
    ]);
  }
});

Deno.test("toONNX() writes layers without biases as Gemm of two, and puts activations together", () => {
  const activation = ["leakyRelu", "elu", "gelu", "silu"] as const;
  const model = new MLP(2, [2, 2, 2, 1], { activation, generator, bias: false });
  const singles = program(model, { dtype: "float32" });
  assertEquals(singles.slice(0, 6), [
    "Gemm_0 = Gemm(x, layers.0.weight)",
    "LeakyRelu_1 = LeakyRelu(Gemm_0)",
    "Gemm_2 = Gemm(LeakyRelu_1, layers.1.weight)",
    "Elu_3 = Elu(Gemm_2)",
    "Gemm_4 = Gemm(Elu_3, layers.2.weight)",
    "Mul_5 = Mul(rootHalf, Gemm_4)",
  ]);
  // The sigmoid of silu keeps its tail, too.
  assertEquals(singles.slice(-2), ["Div_19 = Div(Exp_18, Add_14)", "y = Mul(Gemm_10, Div_19)"]);
  const doubles = program(model);
  assert(!doubles.some((line) => /(LeakyRelu|Elu|Erf)\(/.test(line)), doubles.join("\n"));
});

Deno.test("toONNX() adds the input of residual layers and leaves dropout out", () => {
  const options = { activation: "relu", residual: true, dropout: .5, generator } as const;
  assertEquals(program(new MLP(2, [2, 3, 3], options)), [
    "Gemm_0 = Gemm(x, layers.0.weight, layers.0.bias)",
    "Relu_1 = Relu(Gemm_0)",
    "Add_2 = Add(Relu_1, x)",
    "Gemm_3 = Gemm(Add_2, layers.1.weight, layers.1.bias)",
    "Relu_4 = Relu(Gemm_3)",
    "Gemm_5 = Gemm(Relu_4, layers.2.weight, layers.2.bias)",
    "Relu_6 = Relu(Gemm_5)",
    "y = Add(Relu_6, Relu_4)",
  ]);
});

Deno.test("toONNX() writes the same bytes for the same model, in training mode or not", () => {
  const model = new MLP(3, [4, 1], { generator, dropout: .5 });
  assertEquals(toONNX(model), toONNX(model.eval()));
});

Deno.test("toONNX() refuses numbers that the file cannot keep, and other dtypes", () => {
  const model = new MLP(2, [1]);
  model.layers[0].neurons[0].b.data = -1e39;
  toONNX(model);
  assertThrows(
    () => toONNX(model, { dtype: "float32" }),
    RangeError,
    "toONNX: layers[0].neurons[0].b must be a number that float32 can hold, got -1e+39",
  );
  model.layers[0].neurons[0].b.data = NaN;
  assertThrows(() => toONNX(model), RangeError, "toONNX: layers[0].neurons[0].b must be a finite");
  assertThrows(
    // @ts-expect-error no such dtype
    () => toONNX(new MLP(2, [1]), { dtype: "F32" }),
    RangeError,
    'toONNX: dtype must be float64 or float32, got string "F32"',
  );
  // @ts-expect-error no model
  assertThrows(() => toONNX([]), TypeError, "toONNX: model must be an MLP, got an array of 0");
});
