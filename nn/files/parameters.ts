/**
 * The parameters of a model as plain numbers, on their way to a file and back.
 *
 * @module
 */
import { checkInstance, checkNumber } from "../check.ts";
import { MLP } from "../mlp.ts";
import { hasBias } from "../neuron.ts";

/** The parameters of a layer, arranged as in PyTorch's `Linear`. */
export interface LayerParameters {
  /** One row of `nin` weights for each of the `nout` neurons. */
  readonly weight: readonly (readonly number[])[];
  /** The biases, `nout` of them; `null` for a layer without. */
  readonly bias: readonly number[] | null;
}

/** Throws unless `model` is a network of ours. */
export function checkMLP(name: string, model: MLP): void {
  checkInstance(`${name}: model`, model, MLP, "an MLP");
}

/**
 * The parameters of all layers. A number that a file cannot keep is an error:
 * what is not finite, and with 32 bits what a single is too small for.
 */
export function readParameters(name: string, model: MLP, bits: 32 | 64 = 64): LayerParameters[] {
  checkMLP(name, model);
  const read = (where: string, x: number) => {
    checkNumber(`${name}: ${where}`, x);
    if (bits === 64 || Number.isFinite(Math.fround(x))) return x;
    throw new RangeError(`${name}: ${where} must be a number that float32 can hold, got ${x}`);
  };
  return model.layers.map(({ neurons }, i) => ({
    weight: neurons.map(({ w }, j) =>
      w.map(({ data }, k) => read(`layers[${i}].neurons[${j}].w[${k}]`, data))
    ),
    bias: hasBias(neurons[0])
      ? neurons.map(({ b }, j) => read(`layers[${i}].neurons[${j}].b`, b.data))
      : null,
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
