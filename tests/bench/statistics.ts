/**
 * Numbers from measurements.
 *
 * @module
 */

/** The middle one; of an even number the lower of the two. */
export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.ceil(numbers.length / 2) - 1];
}

/** How far the middle half of the numbers reaches, as a fraction of their median. */
export function spread(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))];
  return (at(.75) - at(.25)) / median(numbers);
}

/** The largest relative difference of two lists; Infinity if there is nothing to compare. */
export function distance(expected: readonly number[], actual: readonly number[]): number {
  if (expected.length === 0 || expected.length !== actual.length) return Infinity;
  const differences = expected.map((x, i) => Math.abs(actual[i] - x) / Math.abs(x));
  return differences.some(Number.isNaN) ? Infinity : Math.max(...differences);
}

/** How many steps to measure at once, so that they take about `seconds`. */
export function stepsFor(seconds: number, secondsPerStep: number): number {
  return Math.max(1, Math.round(seconds / secondsPerStep));
}

/** Three digits: 0.41, 25.3, 1,230. */
export function brief(x: number): string {
  return Number(x.toPrecision(3)).toLocaleString("en-US", { maximumSignificantDigits: 3 });
}
