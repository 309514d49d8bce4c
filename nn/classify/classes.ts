/**
 * Which class a model means by its outputs, and whether that is the right one.
 *
 * @module
 */
import { Layer } from "../layer.ts";
import { MLP } from "../mlp.ts";
import type { Model } from "../model.ts";
import { Neuron } from "../neuron.ts";

/** Where a single output turns from one class to the other: the middle of the activation. */
export function middleOf(model: Model): number {
  const layer = model instanceof MLP ? model.layers[model.layers.length - 1] : model;
  const neuron = layer instanceof Layer ? layer.neurons[0] : layer;
  return neuron instanceof Neuron && neuron.activation === "sigmoid" ? 0.5 : 0;
}

/** The place of the largest of several outputs; of a single one 1 above the middle, else 0. */
export function classOf(outputs: readonly number[], middle: number): number {
  if (outputs.length === 1) return outputs[0] > middle ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs.length; k++) if (outputs[k] > outputs[best]) best = k;
  return best;
}

/** The labels of all classes: of several outputs their places, of a single one 0 and 1, or −1 and 1. */
export function classesOf(labels: readonly number[], outputs: number): number[] {
  if (outputs > 1) return Array.from({ length: outputs }, (_, k) => k);
  return [labels.includes(-1) ? -1 : 0, 1];
}

/** The first label that names none of these classes, or −1. */
export function findStranger(labels: readonly number[], outputs: number): number {
  const classes = classesOf(labels, outputs);
  return labels.findIndex((label) => !classes.includes(label));
}

/** How many of the examples are answered by the class that their label names; NaN is no class. */
export function countRight(
  outputs: readonly (readonly number[])[],
  labels: readonly number[],
  middle: number,
): number {
  const isRight = (row: readonly number[], i: number) =>
    !row.some(Number.isNaN) && classOf(row, middle) === Math.max(0, labels[i]);
  return outputs.filter(isRight).length;
}
