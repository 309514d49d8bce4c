import { type RandomGenerator, Value } from "../engine/mod.ts";
import type { Activation } from "./activation.ts";
import { checkChoice } from "./check.ts";

/**
 * How the first weights of a neuron are drawn. All but `"uniform"` keep the
 * numbers of a deep network from growing or shrinking from layer to layer.
 *
 * | name             | weights                             | bias        |
 * | ---------------- | ----------------------------------- | ----------- |
 * | `uniform`        | uniform from [−1, 1)                | as a weight |
 * | `xavierUniform`  | uniform within ±√(6 / (nin + nout)) | 0           |
 * | `xavierNormal`   | normal, std √(2 / (nin + nout))     | 0           |
 * | `kaimingUniform` | uniform within ±gain · √(3 / nin)   | 0           |
 * | `kaimingNormal`  | normal, std gain / √nin             | 0           |
 *
 * `nin` counts the inputs of a neuron and `nout` the neurons of its layer (1 for
 * a neuron by itself). The gain makes up for what the activation takes away: √2
 * for `relu`, √(2 / (1 + 0.01²)) for `leakyRelu`, 5/3 for `tanh`, 1 for `sigmoid`
 * and `linear`, as PyTorch's `calculate_gain` has it. PyTorch has none for `elu`,
 * `gelu`, `silu` and `softplus`; here it is √2, that of `relu`, which they smooth.
 *
 * Xavier: Glorot and Bengio, "Understanding the difficulty of training deep
 * feedforward neural networks" (AISTATS 2010), equation 16. Kaiming: He et al.,
 * "Delving deep into rectifiers" (ICCV 2015), equation 10.
 *
 * @category Networks
 *
 * @example Where the weights of 16 inputs and 16 neurons lie
 * ```ts
 * import { Layer, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const generator = new RandomGenerator(1);
 * const layer = new Layer(16, 16, { init: "xavierUniform", generator });
 * const bound = Math.sqrt(6 / (16 + 16));
 * deepEqual(layer.neurons.every(({ w }) => w.every(({ data }) => Math.abs(data) <= bound)), true);
 * deepEqual(layer.neurons.every(({ b }) => b.data === 0), true);
 * ```
 */
export type Init =
  | "uniform"
  | "xavierUniform"
  | "xavierNormal"
  | "kaimingUniform"
  | "kaimingNormal";

const inits = [
  "uniform",
  "xavierUniform",
  "xavierNormal",
  "kaimingUniform",
  "kaimingNormal",
] as const;

const gains: Readonly<Record<Activation, number>> = {
  linear: 1,
  tanh: 5 / 3,
  sigmoid: 1,
  relu: Math.SQRT2,
  leakyRelu: Math.sqrt(2 / (1 + 0.01 ** 2)),
  elu: Math.SQRT2,
  gelu: Math.SQRT2,
  silu: Math.SQRT2,
  softplus: Math.SQRT2,
};

/** Throws unless `x` is one of the names. */
export function checkInit(name: string, x: unknown): asserts x is Init {
  checkChoice(name, x, inits);
}

/**
 * The first weights and the first bias of a neuron, drawn in this order; a bias that there is not
 * is 0 and is not drawn.
 *
 * @param nout how many neurons its layer has.
 */
export function initialParameters(
  init: Init,
  activation: Activation,
  nin: number,
  nout: number,
  generator: RandomGenerator,
  bias: boolean,
): { w: number[]; b: number } {
  const weights = (draw: () => number) => Array.from({ length: nin }, draw);
  if (init === "uniform") {
    const draw = () => generator.uniform(-1, 1);
    return { w: weights(draw), b: bias ? draw() : 0 };
  }
  const xavier = init === "xavierUniform" || init === "xavierNormal";
  const std = xavier ? Math.sqrt(2 / (nin + nout)) : gains[activation] / Math.sqrt(nin);
  if (init === "xavierNormal" || init === "kaimingNormal") {
    return { w: weights(() => generator.normal(0, std)), b: 0 };
  }
  // The standard deviation of a uniform distribution is its bound / √3.
  const bound = Math.sqrt(3) * std;
  return { w: weights(() => generator.uniform(-bound, bound)), b: 0 };
}

/**
 * A leaf with a name, which it gets afterwards: where the constructor has looked at the options of
 * many Values, V8 no longer writes it into the operations, and a step takes a tenth longer.
 */
export function parameter(data: number, label: string): Value {
  const leaf = new Value(data);
  leaf.label = label;
  return leaf;
}
