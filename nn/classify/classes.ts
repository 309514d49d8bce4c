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

/** A probability as `98%`, where 100% is certain to the last digit of numbers. */
export function wholePercent(probability: number): string {
  return `${probability < 1 ? Math.min(99, Math.round(100 * probability)) : 100 * probability}%`;
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

/**
 * How many of some examples are answered by the class that their label names; NaN is no class.
 *
 * @param outputs those of the examples, one row after the other.
 * @param order the place of each among the labels.
 */
export function countRight(
  outputs: ArrayLike<number>,
  labels: readonly number[],
  order: readonly number[],
  threshold: number,
): number {
  let right = 0;
  // Every step of a training comes here: plain loops.
  if (outputs.length === order.length) {
    for (let i = 0; i < order.length; i++) {
      const output = outputs[i];
      if (labels[order[i]] > 0 ? output > threshold : output <= threshold) right++;
    }
  } else {
    const width = outputs.length / order.length;
    for (let i = 0; i < order.length; i++) {
      if (placeOfLargest(outputs, i * width, width) === labels[order[i]]) right++;
    }
  }
  return right;
}

/** The place of the first of the largest of so many numbers; −1 if one of them is not a number. */
function placeOfLargest(outputs: ArrayLike<number>, start: number, width: number): number {
  let best = 0, most = outputs[start], isNumber = most === most;
  for (let k = 1; k < width; k++) {
    const output = outputs[start + k];
    if (output > most) {
      most = output;
      best = k;
    } else if (output !== output) {
      isNumber = false;
    }
  }
  return isNumber ? best : -1;
}
