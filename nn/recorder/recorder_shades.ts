/**
 * The colours of a recorded training: 64 shades from orange by way of pale to
 * blue, a letter each.
 *
 * @module
 */
import { colors, mix, pale, round } from "../../engine/show/mod.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const notANumber = "!";

/** The middle of each shade, from −1 to 1; none of them is 0. */
const levels = Array.from(letters, (_, i) => (i - 31.5) / 32);
/** The shades as colours; `strongest` from 0 to 1 is how full they get. */
export const tints = (strongest: number) =>
  levels.map((t) =>
    mix(pale, t < 0 ? colors.negative : colors.positive, .1 + (strongest - .1) * Math.abs(t))
  );

/** How lines and rings look, by their letters. */
export const lineStyles: Record<string, [color: string, width: number]> = {
  [notANumber]: [colors.line, 4],
  ...Object.fromEntries(levels.map((t, i) => [
    letters[i],
    [t < 0 ? colors.negative : colors.positive, round(.4 + 3.6 * Math.abs(t))],
  ])),
};
/** How circles are filled, by their letters. */
export const fillStyles: Record<string, string> = {
  [notANumber]: colors.line,
  ...Object.fromEntries(tints(1).map((tint, i) => [letters[i], tint])),
};

/** The shade of a number between −1 and 1; numbers beyond have the last shade. */
export function shade(t: number): number {
  return Math.max(0, Math.min(63, Math.floor(32 + 32 * t)));
}

/** The letter of a number's shade, where `largest` has the last. */
export function letter(x: number, largest: number): string {
  return Number.isNaN(x) ? notANumber : letters[shade(x / largest)];
}

/** The largest finite |x|, and not 0. */
export function largestOf(numbers: Iterable<number>): number {
  let largest = 1e-12;
  for (const x of numbers) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  return largest;
}
