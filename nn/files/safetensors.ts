import { checkCount, checkOptions, describe } from "../../engine/internal.ts";
import { shorten } from "../../engine/show/mod.ts";
import { MLP } from "../mlp.ts";
import { Module } from "../module.ts";
import { hasBias } from "../neuron.ts";
import { checkChoice, checkInstance, checkNumbers } from "../check.ts";
import { concat, decodeFloats, encodeFloats, floatFormats, floatSizes } from "./bytes.ts";
import {
  type LayerParameters,
  readParameters,
  readTensors,
  type Tensor,
  writeParameters,
} from "./parameters.ts";
import { checkNoStranger } from "./parse.ts";
import { type Entry, readHeader, writeHeader } from "./safetensors_header.ts";
import { fill } from "./state_dict.ts";
import { brief, briefly, nameLayers, orderLayers } from "./tensor_names.ts";

/**
 * How the layers are called in a safetensors file.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { fromSafetensors, type LayerNames, MLP, toSafetensors } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: LayerNames = { names: (layer) => ["hidden", "out"][layer] };
 * const model = new MLP(2, [3, 1]);
 * const bytes = toSafetensors(model, options); // hidden.weight, hidden.bias, out.weight, out.bias
 * const same = fromSafetensors(bytes, new MLP(2, [3, 1]), options);
 * deepEqual(same.parameters().map(String), model.parameters().map(String));
 * ```
 */
export interface LayerNames {
  /**
   * The name of a layer, from its place among the layers: 0, 1, 2, ... When writing, the default
   * is `layers.0`, `layers.1`, as in a PyTorch module with `self.layers = nn.ModuleList(...)`; for
   * an `nn.Sequential` with an activation after each layer, it is `` (i) => `${2 * i}` ``.
   */
  names?: (layer: number) => string;
}

/**
 * Settings of {@link toSafetensors}.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { MLP, type SafetensorsOptions, toSafetensors } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const options: SafetensorsOptions = { dtype: "F32", names: () => "linear" };
 * const header = new TextDecoder().decode(toSafetensors(new MLP(3, [2]), options));
 * match(header, /"linear.weight":{"dtype":"F32","shape":\[2,3\]/);
 * ```
 */
export interface SafetensorsOptions extends LayerNames {
  /** Doubles, to the last bit, or singles, rounded to about 7 digits. Default `"F64"`. */
  dtype?: "F64" | "F32";
}

/**
 * The parameters of a module as a safetensors file, which PyTorch reads, by the names that
 * {@link stateDict} gives them. Of an MLP they are a
 * `weight` of shape [nout, nin] and a `bias` of shape [nout] for each layer that has one.
 * The file holds no activations; those stand in the Python program.
 *
 * Format: https://huggingface.co/docs/safetensors/index#format.
 *
 * On in PyTorch, from `await save(model, "model.safetensors")` of an MLP(3, [4, 4, 1]):
 *
 * ```py
 * import torch
 * from safetensors.torch import load_file
 * net = torch.nn.Module()
 * net.layers = torch.nn.ModuleList(torch.nn.Linear(i, o) for i, o in [(3, 4), (4, 4), (4, 1)])
 * net.double().load_state_dict(load_file("model.safetensors"))
 * x = torch.tensor([[2.0, 3.0, -1.0]], dtype=torch.float64)
 * for layer in net.layers: x = torch.tanh(layer(x))
 * ```
 *
 * @returns the bytes of the file.
 * @throws {TypeError} if `model` is not a Module whose parameters are in fields, or an MLP's subclass
 * with a `forward` of its own, or `names` not a function that gives texts; they name the layers of
 * an MLP only.
 * @throws {RangeError} if a parameter is NaN or infinite, or too large for `"F32"`; if the dtype
 * is another, or two layers have the same name.
 * @throws {RangeError} for an option of another name.
 * @category Files
 *
 * @example For `nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1), nn.Tanh())`
 * ```ts
 * import { fromSafetensors, MLP, toSafetensors } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(3, [4, 1]);
 * const bytes = toSafetensors(model, { names: (i) => `${2 * i}` });
 * const same = fromSafetensors(bytes, new MLP(3, [4, 1]));
 * deepEqual(same.forward([2, 3, -1]).data, model.forward([2, 3, -1]).data);
 * ```
 */
export function toSafetensors(model: Module, options: SafetensorsOptions = {}): Uint8Array {
  checkCount("toSafetensors", arguments, 2);
  checkOptions<SafetensorsOptions>("toSafetensors", options, {
    dtype: "string",
    names: "function",
  });
  const { dtype = "F64", names = (i) => `layers.${i}` } = options;
  checkChoice("toSafetensors: dtype", dtype, ["F64", "F32"]);
  const bits = dtype === "F64" ? 64 : 32;
  if (!(model instanceof MLP)) {
    checkUnnamed("toSafetensors", options);
    return encode(dtype, readTensors("toSafetensors", model, bits));
  }
  const layers = readParameters("toSafetensors", model, bits);
  const prefixes = nameLayers("toSafetensors", names, layers.length);
  const tensors = layers.flatMap(({ weight, bias }, i): Tensor[] => {
    const [name, shape] = [`${prefixes[i]}weight`, [weight.length, weight[0].length]];
    const weights = { name, shape, numbers: weight.flat() };
    if (bias === null) return [weights];
    return [weights, { name: `${prefixes[i]}bias`, shape: [bias.length], numbers: bias }];
  });
  return encode(dtype, tensors);
}

/** A file with tensors in their order. */
function encode(dtype: "F64" | "F32", tensors: readonly Tensor[]): Uint8Array {
  const header: Record<string, unknown> = { __metadata__: { format: "pt", producer: "chainrule" } };
  const data: Uint8Array[] = [];
  let begin = 0;
  for (const { name, shape, numbers } of tensors) {
    const bytes = encodeFloats(numbers, dtype);
    header[name] = { dtype, shape, data_offsets: [begin, begin + bytes.length] };
    begin += bytes.length;
    data.push(bytes);
  }
  return concat(writeHeader(header), ...data);
}

/** Throws if layers are named of what is no MLP. */
function checkUnnamed(where: string, { names }: LayerNames): void {
  if (names === undefined) return;
  throw new TypeError(
    `${where}: names must be absent for a module that is no MLP, whose fields are its names, got ${
      describe(names)
    }`,
  );
}

/**
 * Fills a module with the parameters of a safetensors file, for instance one
 * that PyTorch wrote. The tensors must have the names that {@link stateDict} gives.
 *
 * For an MLP it is enough that names tell the order of layers. The file must hold a `weight` and a
 * `bias` for each layer and nothing else (of layers without biases a `weight`), in F64, F32, F16 or
 * BF16, all of which a number holds exactly. Their names may start in any way, if a number in them
 * tells the order of the layers:
 * `0.weight` and `2.weight`, or `fc1.weight` and `fc2.weight`. For others, such
 * as `hidden.weight` and `out.weight`, say it with `names`.
 *
 * From PyTorch:
 *
 * ```py
 * from safetensors.torch import save_file
 * net = torch.nn.Sequential(torch.nn.Linear(2, 16), torch.nn.ReLU(), torch.nn.Linear(16, 1))
 * save_file(net.state_dict(), "model.safetensors")
 * ```
 *
 * @param bytes the whole file.
 * @param model the module to fill. If anything is wrong, it is not changed.
 * @param options how the layers are called, if their names do not tell their order.
 * @returns `model`.
 * @throws {TypeError} if `bytes` is not a Uint8Array or `model` not a Module, or a part of the header
 * is not of its type.
 * @throws {SyntaxError} if the file is cut off or its header is not JSON.
 * @throws {RangeError} if the header is too long, tensors overlap, leave a gap or end beyond the
 * file; if a tensor has another dtype or a shape other than the model's; if one is missing or
 * there is one more, a number is NaN or infinite, or the names do not tell the order.
 * @throws {RangeError} for an option of another name.
 * @category Files
 *
 * @example
 * ```ts
 * import { fromSafetensors, MLP, toSafetensors } from "chainrule";
 * import { deepEqual, throws } from "node:assert/strict";
 *
 * const trained = new MLP(2, [8, 1]);
 * const model = fromSafetensors(toSafetensors(trained), new MLP(2, [8, 1]));
 * deepEqual(model.forward([1, 2]).data, trained.forward([1, 2]).data);
 * throws(() => fromSafetensors(toSafetensors(trained), new MLP(2, [9, 1])), RangeError);
 * ```
 */
export function fromSafetensors<M extends Module>(
  bytes: Uint8Array,
  model: M,
  options: LayerNames = {},
): M {
  checkCount("fromSafetensors", arguments, 3);
  checkOptions<LayerNames>("fromSafetensors", options, { names: "function" });
  return readSafetensors("fromSafetensors", bytes, model, options);
}

/** As {@link fromSafetensors}; errors start with `where`. */
export function readSafetensors<M extends Module>(
  where: string,
  bytes: Uint8Array,
  model: M,
  options: LayerNames = {},
): M {
  checkInstance(`${where}: bytes`, bytes, Uint8Array, "a Uint8Array");
  checkInstance(`${where}: model`, model, Module, "a Module");
  checkNoStranger(where, bytes);
  const { entries, data } = readHeader(where, bytes);
  const tensors = new Map(entries.map((entry) => [entry.name, entry]));
  if (model instanceof MLP) readLayers(where, tensors, data, model, options);
  else {
    checkUnnamed(where, options);
    fill(
      where,
      model,
      [...tensors.keys()],
      (name, shape) => readTensor(`${where}: ${brief(name)}`, tensors.get(name), shape, data),
      "the file",
    );
  }
  return model;
}

/** The parameters of a network, whose layers may have any names that tell their order. */
function readLayers(
  where: string,
  tensors: Map<string, Entry>,
  data: Uint8Array,
  model: MLP,
  { names }: LayerNames,
): void {
  const prefixes = names === undefined
    ? orderLayers(where, [...tensors.keys()])
    : nameLayers(where, names, model.layers.length);
  if (prefixes.length !== model.layers.length) {
    throw new RangeError(
      `${where}: the file must have ${model.layers.length} layers as the model, ` +
        `got ${prefixes.length}: ${briefly([...tensors.keys()])}`,
    );
  }
  const take = (name: string, shape: readonly number[]) => {
    const entry = tensors.get(name);
    tensors.delete(name);
    return readTensor(`${where}: ${brief(name)}`, entry, shape, data);
  };
  const layers = model.layers.map(({ nin, nout, neurons }, i): LayerParameters => {
    const weights = take(`${prefixes[i]}weight`, [nout, nin]);
    return {
      weight: Array.from({ length: nout }, (_, j) => weights.slice(j * nin, (j + 1) * nin)),
      bias: hasBias(neurons[0]) ? take(`${prefixes[i]}bias`, [nout]) : null,
    };
  });
  if (tensors.size > 0) {
    throw new RangeError(`${where}: the model has no place for ${briefly([...tensors.keys()])}`);
  }
  writeParameters(model, layers);
}

function readTensor(
  where: string,
  entry: Entry | undefined,
  shape: readonly number[],
  data: Uint8Array,
): number[] {
  if (entry === undefined) throw new RangeError(`${where} is missing`);
  const { dtype, begin, end } = entry;
  checkChoice(`${where}: dtype`, dtype, floatFormats);
  if (entry.shape.join() !== shape.join()) {
    throw new RangeError(
      `${where} must have the shape [${shape.join(", ")}] as in the model, ` +
        `got [${shorten(entry.shape.join(", "), 60)}]`,
    );
  }
  const size = shape.reduce((a, b) => a * b, 1) * floatSizes[dtype];
  if (end - begin !== size) {
    throw new RangeError(`${where} must have ${size} bytes, got ${end - begin}`);
  }
  const numbers = decodeFloats(data.subarray(begin, end), dtype);
  checkNumbers(where, numbers);
  return numbers;
}
