import { rules } from "../engine/internal.ts";
import type { Value } from "../engine/mod.ts";
import { checkChoice } from "./check.ts";

/**
 * What a neuron does to its weighted sum; `linear` leaves it as it is. The slope of
 * `leakyRelu` is 0.01, and the alpha of `elu` is 1.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { type Activation, Neuron, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const names: readonly Activation[] = ["linear", "tanh", "sigmoid", "relu", "softplus", "gelu"];
 * const answers = names.map((activation) => {
 *   const neuron = new Neuron(1, { activation });
 *   neuron.parameters().forEach((p) => p.data = 0);
 *   return neuron.forward([new Value(1)]).data;
 * });
 * deepEqual(answers, [0, 0, 0.5, 0, Math.LN2, 0]); // what each makes of 0
 * ```
 */
export type Activation =
  | "linear"
  | "tanh"
  | "sigmoid"
  | "relu"
  | "leakyRelu"
  | "elu"
  | "gelu"
  | "silu"
  | "softplus";

/** The names of all activations. */
export const activations: readonly Activation[] = [
  "linear",
  "tanh",
  "sigmoid",
  "relu",
  "leakyRelu",
  "elu",
  "gelu",
  "silu",
  "softplus",
];

/** The activation function of a name; tanh and relu are called by their names, for speed. */
export function activate(activation: Activation, z: Value): Value {
  if (activation === "tanh") return z.tanh();
  if (activation === "relu") return z.relu();
  return activation === "linear" ? z : z[activation]();
}

/** The same of a plain number. */
export function activateNumber(activation: Activation, z: number): number {
  if (activation === "leakyRelu") return rules.leakyRelu.f(z, 0.01);
  if (activation === "elu") return rules.elu.f(z, 1);
  return activation === "linear" ? z : rules[activation].f(z);
}

/** Throws unless `x` is one of the names. */
export function checkActivation(name: string, x: unknown): asserts x is Activation {
  checkChoice(name, x, activations);
}
