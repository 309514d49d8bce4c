/**
 * The few pieces that all drawings share: escaped text, rounded numbers, and
 * colours that are readable on a white and on a dark page.
 *
 * @module
 */

/** Colours for pictures without a background of their own. */
export const colors = {
  line: "#7d8590",
  ink: "#1f2328",
  input: "#ffe8c2",
  result: "#d6e8ff",
  constant: "#e6e8eb",
  part: "#e4daf7",
  positive: "#2f7fd8",
  negative: "#e0663a",
} as const;

/** The font of numbers in pictures; every character is {@link charWidth} of the size wide. */
export const mono = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** The width of a character of {@link mono}, relative to the font size. */
export const charWidth = 0.603;

/** The font size of pictures, in pixels. */
export const fontSize = 12;

/** The width of a line of text in {@link mono}, in pixels. */
export function textWidth(text: string): number {
  return [...text].length * fontSize * charWidth;
}

/** Text that stays text in SVG and HTML, in attributes too. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    // deno-lint-ignore no-control-regex -- XML has no way to write these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}

/** A coordinate with at most two decimals, so that pictures compare as text. */
export function round(x: number): number {
  return Math.round(x * 100) / 100 + 0;
}

/** A number for reading: at most five significant digits, but whole numbers in full. */
export function formatNumber(x: number): string {
  if (Object.is(x, -0)) return "-0";
  if (Number.isInteger(x) && Math.abs(x) < 1e9) return String(x);
  return String(Number.isFinite(x) ? Number(x.toPrecision(5)) : x);
}

/** `text` cut to `length` characters, with an ellipsis where it was cut. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : characters.slice(0, length - 1).join("") + "…";
}

/** A complete SVG document, of the given size in pixels. */
export function document(
  width: number,
  height: number,
  description: string,
  body: readonly string[],
): string {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const name = escape(description);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img" aria-label="${name}">`,
    `<title>${name}</title>`,
    ...body,
    `</svg>`,
  ].join("\n");
}

/** JSON that cannot end the script element that holds it. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Text in base64, for a data address. */
export function base64(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join(""));
}
