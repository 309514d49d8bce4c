/**
 * Text for pictures and pages: escaped, shortened, encoded, and numbers for reading.
 *
 * @module
 */

/** Text that stays text in SVG and HTML, in attributes too. */
export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`)
    // deno-lint-ignore no-control-regex -- XML has no way to write these
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, "\ufffd");
}

/** A number for reading: at most five significant digits, but whole numbers in full. */
export function formatNumber(x: number): string {
  if (Object.is(x, -0)) return "-0";
  if (Number.isInteger(x) && Math.abs(x) < 1e9) return String(x);
  return String(Number.isFinite(x) ? Number(x.toPrecision(5)) : x);
}

/** A part of a whole in percent, where 100% is all and 0% none of it: `97.5%`; of nothing `–`. */
export function percent(part: number, whole: number): string {
  const rounded = Math.round(1000 * part / whole) / 10;
  if (Number.isNaN(rounded)) return "–";
  if (part === 0 || part === whole) return `${rounded}%`;
  return `${Math.max(.1, Math.min(99.9, rounded))}%`;
}

/** How many answers are right, for titles and texts: `97 of 100 right: 97%`. */
export function score(right: number, count: number): string {
  return `${right} of ${count} right: ${percent(right, count)}`;
}

/** `1 class`, `2 classes`; the plural ends in s unless another is given. */
export function counted(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** `text` cut to `length` characters, with an ellipsis where it was cut. */
export function shorten(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : characters.slice(0, length - 1).join("") + "…";
}

/** At most `count` of a list's elements, evenly spread, the first and the last among them. */
export function thin<T>(all: readonly T[], count: number): T[] {
  if (all.length <= count) return [...all];
  const step = (all.length - 1) / (count - 1);
  return Array.from({ length: count }, (_, i) => all[Math.round(i * step)]);
}

/** JSON that cannot end the script element that holds it. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Text, or bytes, in base64, for a data address. */
export function base64(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}
