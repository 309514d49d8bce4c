import { describe, type Known } from "../engine/internal.ts";
import { abridged } from "../engine/show/mod.ts";
import { type Activation, checkActivation } from "./activation.ts";
import { checkBoolean, checkEach, checkLength, checkNumber } from "./check.ts";
import type { NeuronOptions } from "./neuron.ts";

/**
 * Settings of an {@link MLP}.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { MLP, type MLPOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: MLPOptions = { activation: "relu", outputActivation: "sigmoid", dropout: 0.5 };
 * const model = new MLP(2, [8, 1], options);
 * deepEqual(String(model), "MLP(2, [8, 1], relu then sigmoid, dropout 0.5): 33 parameters");
 * ```
 */
export interface MLPOptions extends Omit<NeuronOptions, "activation"> {
  /** What follows the weighted sums: of every layer, or a list, one a layer. Default `"tanh"`. */
  activation?: Activation | readonly Activation[];
  /**
   * The activation of the last layer. Default: that of the others. Not to be
   * given where `activation` is a list.
   */
  outputActivation?: Activation;
  /**
   * Whether each layer with as many outputs as inputs adds its input to its
   * output, so that gradients also have a way around it. Default: false.
   */
  residual?: boolean;
  /**
   * The probability, from 0 and below 1, with which an output of a layer other
   * than the last is set to 0 while the model is trained; the others are divided
   * by 1 − dropout. Default: 0.
   */
  dropout?: number;
}

/** What the options of a network take. */
export const mlpOptions: Known<MLPOptions> = {
  activation: "string",
  outputActivation: "string",
  generator: "RandomGenerator",
  init: "string",
  bias: "boolean",
  residual: "boolean",
  dropout: "number",
};

/** Throws unless the settings fit a network of such sizes. */
export function checkMLPOptions(sizes: readonly number[], options: MLPOptions): void {
  const { residual = false, dropout = 0 } = options;
  checkBoolean("MLP: residual", residual);
  checkNumber("MLP: dropout", dropout, " from 0 and below 1");
  if (residual && sizes.every((n, i) => i === 0 || n !== sizes[i - 1])) {
    throw new RangeError(
      `MLP: residual needs a layer with as many outputs as inputs, got ${
        sizes[0]
      } inputs and layers of ${sizes.slice(1).join(", ")}`,
    );
  }
  if (dropout > 0 && sizes.length === 2) {
    throw new RangeError("MLP: dropout needs a layer before the last, got a single layer");
  }
}

/**
 * The activation of each layer.
 *
 * @param count how many layers there are.
 */
export function layerActivations(count: number, options: MLPOptions): readonly Activation[] {
  const { activation = "tanh", outputActivation } = options;
  if (!isList(activation)) {
    const last = outputActivation ?? activation;
    checkActivation("MLP: activation", activation);
    checkActivation("MLP: outputActivation", last);
    return Array.from({ length: count }, (_, i) => i < count - 1 ? activation : last);
  }
  if (outputActivation !== undefined) {
    throw new RangeError(
      `MLP: outputActivation must be absent where activation is a list, got ${
        describe(outputActivation)
      }`,
    );
  }
  checkLength("MLP: activation", activation, count, ", one a layer");
  checkEach("MLP: activation", activation, checkActivation);
  return activation;
}

/** `tanh`; `relu then linear`, the second for the last layer; or all of them in brackets. */
export function inShort(activations: readonly Activation[]): string {
  const [first] = activations;
  const last = activations[activations.length - 1];
  if (activations.slice(0, -1).some((name) => name !== first)) {
    return `[${abridged(activations).join(", ")}]`;
  }
  return first === last ? first : `${first} then ${last}`;
}

// Array.isArray alone does not tell TypeScript that a readonly list is none of the names.
function isList(x: Activation | readonly Activation[]): x is readonly Activation[] {
  return Array.isArray(x);
}
