import type { RandomGenerator } from "../../engine/mod.ts";
import { MLP } from "../mlp.ts";
import type { Module } from "../module.ts";

/** A direction in the space of all parameters. */
export type Direction = readonly number[];

/** a · b */
export function inner(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += a[i] * b[i];
  return total;
}

/** `a` without its part along the unit vector `u`: a − (a · u) u. */
export function without(a: Direction, u: Direction): Direction {
  const along = inner(a, u);
  return a.map((x, i) => x - along * u[i]);
}

/** `a` with length 1; null if it has no direction. */
export function unit(a: Direction): Direction | null {
  const length = Math.sqrt(inner(a, a));
  return length > 1e-12 ? a.map((x) => x / length) : null;
}

/**
 * The direction along which some vectors spread the most: the first principal
 * component about 0, by power iteration; null if all are 0.
 */
export function principal(vectors: readonly Direction[]): Direction | null {
  const longest = vectors.reduce((a, b) => inner(b, b) > inner(a, a) ? b : a);
  let u = unit(longest);
  for (let i = 0; u !== null && i < 200; i++) {
    const along = u;
    const sum = new Array<number>(along.length).fill(0);
    for (const vector of vectors) {
      const weight = inner(vector, along);
      for (let k = 0; k < sum.length; k++) sum[k] += weight * vector[k];
    }
    const next = unit(sum);
    if (next === null) break;
    u = next;
    if (1 - inner(u, along) < 1e-14) break;
  }
  return u;
}

/**
 * A random direction in which each neuron has the length of its own parameters,
 * so that pictures of different networks can be compared: Li et al.,
 * "Visualizing the Loss Landscape of Neural Nets" (2018), section 4. For a model
 * other than an MLP all parameters count as one neuron.
 */
export function randomDirection(model: Module, generator: RandomGenerator): Direction {
  const groups = model instanceof MLP
    ? model.layers.flatMap(({ neurons }) => neurons.map((neuron) => neuron.parameters()))
    : [model.parameters()];
  return groups.flatMap((parameters) => {
    const drawn = parameters.map(() => generator.normal());
    const data = parameters.map((p) => p.data);
    const factor = Math.sqrt(inner(data, data)) / (Math.sqrt(inner(drawn, drawn)) || 1);
    return drawn.map((x) => x * factor);
  });
}
