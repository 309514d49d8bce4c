/**
 * The parameters of a model as plain numbers, on their way to a file and back.
 *
 * @module
 */
import { checkInstance, checkNumber } from "../check.ts";
import { MLP } from "../mlp.ts";
import type { Module } from "../module.ts";
import { hasBias } from "../neuron.ts";
import { namedTensors } from "./state_dict.ts";

/** The parameters of a layer, arranged as in PyTorch's `Linear`. */
export interface LayerParameters {
  /** One row of `nin` weights for each of the `nout` neurons. */
  readonly weight: readonly (readonly number[])[];
  /** The biases, `nout` of them; `null` for a layer without. */
  readonly bias: readonly number[] | null;
}

/** Throws unless `model` is a network of ours. */
export function checkMLP(name: string, model: Module): asserts model is MLP {
  checkInstance(`${name}: model`, model, MLP, "an MLP");
}

/** Throws unless `model` computes what a network of ours does, and nothing more. */
function checkPlain(name: string, model: MLP): void {
  checkMLP(name, model);
  for (const method of ["forward", "parameters"] as const) {
    if (model[method] === MLP.prototype[method]) continue;
    throw new TypeError(
      `${name}: model must compute as an MLP does, got ${model.constructor.name} with a ` +
        `${method} of its own, which no file can keep; save the MLP that it is made of`,
    );
  }
}

/**
 * The parameters of all layers. A number that a file cannot keep is an error:
 * what is not finite, and with 32 bits what a single is too small for.
 */
export function readParameters(name: string, model: MLP, bits: 32 | 64 = 64): LayerParameters[] {
  checkPlain(name, model);
  const read = (where: string, x: number) => checkFloat(`${name}: ${where}`, x, bits);
  return model.layers.map(({ neurons }, i) => ({
    weight: neurons.map(({ w }, j) =>
      w.map(({ data }, k) => read(`layers[${i}].neurons[${j}].w[${k}]`, data))
    ),
    bias: hasBias(neurons[0])
      ? neurons.map(({ b }, j) => read(`layers[${i}].neurons[${j}].b`, b.data))
      : null,
  }));
}

function checkFloat(name: string, x: number, bits: 32 | 64): number {
  checkNumber(name, x);
  if (bits === 64 || Number.isFinite(Math.fround(x))) return x;
  throw new RangeError(`${name} must be a number that float32 can hold, got ${x}`);
}

/** A parameter with its name, as a file has it. */
export interface Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
}

/** The parameters of any module by their names, checked in the same way. */
export function readTensors(name: string, model: Module, bits: 32 | 64 = 64): Tensor[] {
  return namedTensors(name, model).map(({ name: of, shape, values }) => ({
    name: of,
    shape,
    numbers: values.map(({ data }) => checkFloat(`${name}: ${of}`, data, bits)),
  }));
}

/** Sets the parameters of a model to numbers that were checked to fit it. */
export function writeParameters(model: MLP, layers: readonly LayerParameters[]): void {
  for (const [i, { neurons }] of model.layers.entries()) {
    const { weight, bias } = layers[i];
    for (const [j, { w, b }] of neurons.entries()) {
      w.forEach((p, k) => p.data = weight[j][k]);
      if (bias !== null) b.data = bias[j];
    }
  }
}
