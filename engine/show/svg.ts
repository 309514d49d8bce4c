/**
 * The few pieces that all drawings share: a document, a font whose width is
 * known, and rounded coordinates.
 *
 * @module
 */
import { escape } from "./text.ts";

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

/** A coordinate with at most two decimals, so that pictures compare as text. */
export function round(x: number): number {
  return Math.round(x * 100) / 100 + 0;
}

/** A line of text that begins at a place, unless its attributes say otherwise. */
export function textAt(x: number, y: number, text: string, attributes = ""): string {
  return escapedAt(x, y, escape(text), attributes);
}

/** The same for text that is escaped already. */
export function escapedAt(x: number, y: number, text: string, attributes = ""): string {
  const more = attributes && ` ${attributes}`;
  return `<text x="${round(x)}" y="${round(y)}"${more}>${text}</text>`;
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
