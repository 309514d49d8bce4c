import { beyondOne, checkCount, checkOptions, farthest, nearZero } from "../../engine/internal.ts";
import type { Activation } from "../activation.ts";
import { checkChoice } from "../check.ts";
import type { Module } from "../module.ts";
import { encodeFloats } from "./bytes.ts";
import { checkMLP, readParameters } from "./parameters.ts";
import { message } from "./protobuf.ts";

/**
 * Settings of {@link toONNX}.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { MLP, type ONNXOptions, toONNX } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(30, [30]);
 * const options: ONNXOptions = { dtype: "float32" };
 * const [doubles, singles] = [toONNX(model), toONNX(model, options)];
 * deepEqual(doubles.length > 930 * 8 && singles.length < 930 * 8, true); // 930 parameters
 * ```
 */
export interface ONNXOptions {
  /**
   * What the model computes with: doubles, as here, or singles, which every runtime and graphics
   * card knows and which have about 7 digits. Default `"float64"`.
   */
  dtype?: "float64" | "float32";
}

/** An operation on named tensors. */
interface Node {
  op: string;
  inputs: string[];
  output: string;
}

/** Adds an operation to a graph, and says what its output is called. */
type Add = (op: string, ...inputs: string[]) => string;

type DType = NonNullable<ONNXOptions["dtype"]>;

// Field numbers and constants from the definition of the format,
// https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
const MODEL = { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8 };
const OPSET = { domain: 1, version: 2 };
const GRAPH = { node: 1, name: 2, initializer: 5, input: 11, output: 12 };
const NODE = { input: 1, output: 2, name: 3, opType: 4, attribute: 5 };
const ATTRIBUTE = { name: 1, int: 3, type: 20 };
const INT_ATTRIBUTE = 2;
const TENSOR = { dims: 1, dataType: 2, name: 8, rawData: 9 };
const VALUE_INFO = { name: 1, type: 2 };
const TYPE = { tensor: 1 };
const TENSOR_TYPE = { elemType: 1, shape: 2 };
const SHAPE = { dim: 1 };
const DIMENSION = { value: 1, param: 2 };
const DATA_TYPE = { float32: 1, float64: 11 };

// Old enough for runtimes from 2021 on, and the first set whose Relu takes doubles in ONNX
// Runtime; format version 7 came with it.
const opset = 13;
const irVersion = 7;

/**
 * A network as an ONNX file, which runs in ONNX Runtime and many other programs
 * without this library. Its input is `x` of shape [batch, nin] with a batch of
 * any size, its output `y` of shape [batch, nout], also where nout is 1.
 *
 * The file computes what `forward` gives after `eval()`: dropout is left out.
 * Layers are `Gemm`, activations `Tanh`, `Relu` and `Softplus`, and residual
 * connections `Add`. ONNX Runtime's own sigmoid is 0 from z = −36.74 on, and
 * in singles from −18; so it is written as e^min(z, 0) / (1 + e^−|z|), which
 * keeps its digits, and `silu` with it. Nor has it a softplus of doubles: there
 * it is max(z, 0) + log(1 + e^−|z|), with the logarithm corrected for what the
 * sum rounds away; `leakyRelu`, `elu` and `gelu` of doubles are put together, too.
 *
 * On in Python, with doubles as is the default, which need ONNX Runtime 1.18 or
 * newer (for singles, `np.float32`, any from 1.15 will do):
 *
 * ```py
 * import numpy as np
 * import onnxruntime
 * session = onnxruntime.InferenceSession("model.onnx")
 * x = np.array([[2, 3, -1], [3, -1, 0.5]], dtype=np.float64)
 * [y] = session.run(["y"], {"x": x})
 * ```
 *
 * @returns the bytes of the file.
 * @throws {TypeError} if `model` is not an MLP, or a subclass with a `forward` of its own.
 * @throws {RangeError} if a parameter is NaN or infinite, or too large for `"float32"`; if the
 * dtype is another.
 * @throws {RangeError} for an option of another name.
 * @category Files
 *
 * @example
 * ```ts
 * import { MLP, toONNX } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(3, [4, 4, 1]);
 * const bytes = toONNX(model, { dtype: "float32" });
 * deepEqual(new TextDecoder().decode(bytes).includes("chainrule"), true);
 * ```
 */
export function toONNX(model: Module, options: ONNXOptions = {}): Uint8Array {
  checkCount("toONNX", arguments, 2);
  checkOptions<ONNXOptions>("toONNX", options, { dtype: "string" });
  checkMLP("toONNX", model);
  const { dtype = "float64" } = options;
  checkChoice("toONNX: dtype", dtype, ["float64", "float32"]);
  const layers = readParameters("toONNX", model, dtype === "float64" ? 64 : 32);
  const nodes: Node[] = [];
  const initializers: Uint8Array[] = [];
  const add: Add = (op, ...inputs) => {
    const output = `${op}_${nodes.length}`;
    nodes.push({ op, inputs, output });
    return output;
  };
  let x = "x";
  for (const [i, { neurons, nin, nout, residual }] of model.layers.entries()) {
    const { weight, bias } = layers[i];
    const names = [`layers.${i}.weight`];
    initializers.push(tensor(names[0], [nout, nin], weight.flat(), dtype));
    if (bias !== null) {
      names.push(`layers.${i}.bias`);
      initializers.push(tensor(names[1], [nout], bias, dtype));
    }
    const y = addActivation(add, neurons[0].activation, add("Gemm", x, ...names), dtype);
    x = residual ? add("Add", y, x) : y;
  }
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  for (const [name, number] of constants) {
    if (used.has(name)) initializers.push(tensor(name, [], [number], dtype));
  }
  nodes[nodes.length - 1].output = "y";
  return message(MODEL, {
    irVersion,
    producerName: "chainrule",
    graph: message(GRAPH, {
      node: nodes.map(encode),
      name: "MLP",
      initializer: initializers,
      input: valueInfo("x", model.layers[0].nin, dtype),
      output: valueInfo("y", model.layers[model.layers.length - 1].nout, dtype),
    }),
    opsetImport: message(OPSET, { domain: "", version: opset }),
  });
}

/** The numbers that activations are put together with. */
const constants: ReadonlyMap<string, number> = new Map([
  ...Object.entries({ one: 1, two: 2, half: .5, rootHalf: Math.SQRT1_2, slope: .01, farthest }),
  ...nearZero.map((c, i) => [`near_${i}`, c] as const),
  ...beyondOne.map((c, i) => [`beyond_${i}`, c] as const),
]);

function addActivation(add: Add, activation: Activation, z: string, dtype: DType): string {
  if (activation === "linear") return z;
  if (activation === "silu") return add("Mul", z, addActivation(add, "sigmoid", z, dtype));
  if (activation === "gelu") return addGelu(add, z, dtype);
  if (activation === "leakyRelu" || activation === "elu") {
    if (dtype === "float32") return add(activation === "elu" ? "Elu" : "LeakyRelu", z);
    const rest = add("Relu", add("Neg", z));
    if (activation === "leakyRelu") return add("Sub", add("Relu", z), add("Mul", "slope", rest));
    // e^−r − 1 with all its digits is −2t / (1 + t), where t = tanh(r / 2).
    const t = add("Tanh", add("Mul", "half", rest));
    return add("Sub", add("Relu", z), add("Div", add("Mul", "two", t), add("Add", "one", t)));
  }
  if (activation === "sigmoid" || (activation === "softplus" && dtype === "float64")) {
    const u = add("Exp", add("Neg", add("Abs", z)));
    const sum = add("Add", "one", u);
    if (activation === "sigmoid") {
      return add("Div", add("Exp", add("Neg", add("Relu", add("Neg", z)))), sum);
    }
    // log(1 + u) to the last digits also where u is small: what the sum lost of u, over the sum,
    // is what its logarithm lacks; as in log1p of the GNU Scientific Library.
    const excess = add("Sub", add("Sub", sum, "one"), u);
    const log1p = add("Sub", add("Log", sum), add("Div", excess, sum));
    return add("Add", add("Relu", z), log1p);
  }
  const ops = { tanh: "Tanh", relu: "Relu", softplus: "Softplus" };
  return add(ops[activation], z);
}

/** z·(1 + erf(z / √2)) / 2; of doubles with erf as in `engine/erf.ts`. */
function addGelu(add: Add, z: string, dtype: DType): string {
  const half = (sum: string) => add("Mul", "half", sum);
  if (dtype === "float32") {
    return half(add("Add", z, add("Mul", z, add("Erf", add("Mul", "rootHalf", z)))));
  }
  const size = add("Abs", z);
  const x = add("Min", add("Mul", "rootHalf", size), "farthest");
  const square = add("Mul", x, x);
  const series = (name: string, count: number, variable: string) => {
    let sum = `${name}_${count - 1}`;
    for (let i = count - 2; i >= 0; i--) {
      sum = add("Add", `${name}_${i}`, add("Mul", sum, variable));
    }
    return sum;
  };
  const near = add("Add", x, add("Mul", x, series("near", nearZero.length, square)));
  const t = add("Div", add("Sub", x, "two"), add("Add", x, "two"));
  const rest = add("Mul", add("Exp", add("Neg", square)), series("beyond", beyondOne.length, t));
  const erf = add("Where", add("Less", x, "one"), near, add("Sub", "one", rest));
  return half(add("Add", z, add("Mul", size, erf)));
}

function encode({ op, inputs, output }: Node): Uint8Array {
  // x · weightᵀ + bias
  const transB = message(ATTRIBUTE, { name: "transB", int: 1, type: INT_ATTRIBUTE });
  const attribute = op === "Gemm" ? transB : undefined;
  return message(NODE, { input: inputs, output, name: output, opType: op, attribute });
}

function tensor(
  name: string,
  dims: readonly number[],
  numbers: readonly number[],
  dtype: DType,
): Uint8Array {
  const rawData = encodeFloats(numbers, dtype === "float64" ? "F64" : "F32");
  return message(TENSOR, { dims, dataType: DATA_TYPE[dtype], name, rawData });
}

/** A matrix with any number of rows, the examples. */
function valueInfo(name: string, columns: number, dtype: DType): Uint8Array {
  const dim = [message(DIMENSION, { param: "batch" }), message(DIMENSION, { value: columns })];
  const shape = message(SHAPE, { dim });
  const tensor = message(TENSOR_TYPE, { elemType: DATA_TYPE[dtype], shape });
  return message(VALUE_INFO, { name, type: message(TYPE, { tensor }) });
}
