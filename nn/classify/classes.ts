/**
 * Which class a model means by its outputs, and whether that is the right one.
 *
 * @module
 */

/** The place of the largest of several outputs; of a single one 1 above the threshold, else 0. */
export function classOf(outputs: readonly number[], threshold: number): number {
  if (outputs.length === 1) return outputs[0] > threshold ? 1 : 0;
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
  threshold: number,
): number {
  const isRight = (row: readonly number[], i: number) =>
    !row.some(Number.isNaN) && classOf(row, threshold) === Math.max(0, labels[i]);
  return outputs.filter(isRight).length;
}
