/**
 * Hints that depend on what an answer gave, for the slips that are usual there.
 *
 * @module
 */

/** The hint that belongs to a usual wrong number, looked up by its first three decimals. */
export function hintFor(got: unknown, hints: Record<string, string>): string | undefined {
  return typeof got === "number" ? hints[got.toFixed(3)] : undefined;
}

/** The hint for a number, or a list of them, that is off by as little as a nudge is. */
export function hintIfClose(got: unknown, expected: number | number[]): string | undefined {
  const [numbers, right] = [[got].flat(), [expected].flat()];
  const close = numbers.length === right.length && right.every((y, i) => {
    const x = numbers[i];
    return typeof x === "number" && Math.abs(x - y) <= 1e-4 * Math.max(1, Math.abs(y));
  });
  if (!close) return undefined;
  return "This is close, as a nudge is. The exact slope is asked for: a formula, without an h.";
}
