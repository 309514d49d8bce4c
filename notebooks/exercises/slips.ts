/**
 * Hints that depend on what an answer gave, for the slips that are usual there.
 *
 * @module
 */
import { WrongKind } from "./exercise.ts";

/** A list of the reader's, of which more can be asked only if it is one. */
export function asList<T>(x: readonly T[]): readonly T[] {
  if (Array.isArray(x) || ArrayBuffer.isView(x)) return x;
  const isSet = (x as unknown) instanceof Set;
  throw new WrongKind(
    x,
    "a list",
    isSet
      ? "A list is asked for: `[...set]` makes one of a set."
      : "A list is asked for, in `[…]`.",
  );
}

/** The same of an object that must have a field. */
export function withField<T>(x: T, field: string, expected: string, hint: string): T {
  if (typeof x === "object" && x !== null && field in x) return x;
  throw new WrongKind(x, expected, hint);
}

/** The hint that belongs to a usual wrong number, looked up by its first three decimals. */
export function hintFor(got: unknown, hints: Record<string, string>): string | undefined {
  return typeof got === "number" ? hints[got.toFixed(3)] : undefined;
}

/** The hint for a number, or a list of them, that is off by as little as a nudge is. */
export function hintIfClose(got: unknown, expected: number | number[]): string | undefined {
  const [numbers, right] = [[got].flat(), [expected].flat()];
  const isAlike = Array.isArray(got) === Array.isArray(expected);
  const close = isAlike && numbers.length === right.length && right.every((y, i) => {
    const x = numbers[i];
    return typeof x === "number" && Math.abs(x - y) <= 1e-4 * Math.max(1, Math.abs(y));
  });
  if (!close) return undefined;
  return "This is close, as a nudge is. The exact slope is asked for: a formula, without an h.";
}
