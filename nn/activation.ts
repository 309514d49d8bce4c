import { describe } from "../engine/internal.ts";
import type { Value } from "../engine/mod.ts";

/**
 * What a neuron does to its weighted sum; `linear` leaves it as it is.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { type Activation, Neuron, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const names: readonly Activation[] = ["linear", "tanh", "sigmoid", "relu", "softplus"];
 * const answers = names.map((activation) => {
 *   const neuron = new Neuron(1, { activation });
 *   neuron.parameters().forEach((p) => p.data = 0);
 *   return neuron.forward([new Value(1)]).data;
 * });
 * deepEqual(answers, [0, 0, 0.5, 0, Math.LN2]); // what each makes of 0
 * ```
 */
export type Activation = "linear" | "tanh" | "sigmoid" | "relu" | "softplus";

const activations: Readonly<Record<Activation, (z: Value) => Value>> = {
  linear: (z) => z,
  tanh: (z) => z.tanh(),
  sigmoid: (z) => z.sigmoid(),
  relu: (z) => z.relu(),
  softplus: (z) => z.softplus(),
};

/** The activation function of a name; tanh and relu do not go by way of the table, for speed. */
export function activate(activation: Activation, z: Value): Value {
  if (activation === "tanh") return z.tanh();
  return activation === "relu" ? z.relu() : activations[activation](z);
}

/** Throws unless `activation` is one of the names. */
export function checkActivation(name: string, activation: Activation): void {
  if (typeof activation === "string" && Object.hasOwn(activations, activation)) return;
  const names = Object.keys(activations).join(", ");
  throw new RangeError(`${name} must be one of ${names}, got ${describe(activation)}`);
}
