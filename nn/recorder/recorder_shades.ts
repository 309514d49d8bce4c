/**
 * The look of a recorded network: 65 shades from orange by way of pale to blue,
 * a letter each, so that a moment is a short text.
 *
 * @module
 */
import { colors, diverging } from "../../engine/show/mod.ts";
import { strokeOf } from "../network_view.ts";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
const notANumber = "!";
const { palette, shade } = diverging(1);

/** How lines and rings look, by their letters. */
export const strokes: Record<string, readonly [color: string, width: number]> = Object.fromEntries([
  ...Array.from(letters, (letter, i) => [letter, strokeOf(i / 32 - 1)]),
  [notANumber, strokeOf(NaN)],
]);

/** How circles are filled, by their letters. */
export const fills: Record<string, string> = Object.fromEntries([
  ...Array.from(letters, (letter, i) => [letter, palette[i]]),
  [notANumber, colors.line],
]);

/** The letter of a number's shade, where `largest` has the last. */
export function letter(x: number, largest: number): string {
  return Number.isNaN(x) ? notANumber : letters[shade(x / largest)];
}
