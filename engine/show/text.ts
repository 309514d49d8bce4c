/**
 * Text for pictures and pages: escaped, shortened, encoded, and numbers for reading.
 *
 * @module
 */

/** Text that stays text in SVG and HTML, in attributes too. */
export function escape(text: string): string {
  return inXml(text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`));
}

/** Text without what XML has no way to write; each such character becomes `�`. */
export function inXml(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex -- these are the characters
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
}

/**
 * Text as a line of print can have it. What a terminal would obey, and what would
 * turn the direction of all that follows, is shown and not obeyed: `␛`, `␊`, `�`.
 */
export function printable(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex -- these are what must not come through
    .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/\u007f/g, "␡")
    .replace(/[\u0080-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g, "\ufffd");
}

// Letters that are written from right to left, and marks that act as such a letter.
const rightToLeft =
  /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

// A name that is one already.
// deno-lint-ignore no-control-regex -- these are not in one
const isolated = /^\u2068[^\u0000-\u001f\u2028-\u202e\u2066-\u2069]{1,24}\u2069$/u;

/** A name that somebody gave, within a sentence: printable, of one line, and not too long. */
export function asName(name: string, length = 24): string {
  if (isolated.test(name)) return name;
  const short = shorten(printable(name), length);
  // Isolated, so that the sentence around it keeps its order: Unicode's annex 9, section 2.4.
  return rightToLeft.test(short) ? `\u2068${short}\u2069` : short;
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

/** A list for reading: of more than twelve elements the first and the last ones. */
export function abridged(all: readonly string[], dots = "⋯"): readonly string[] {
  return all.length <= 12 ? all : [...all.slice(0, 6), dots, ...all.slice(-5)];
}

/** JSON that cannot end the script element that holds it. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** Text, or bytes, in base64, for a data address. */
export function base64(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  let binary = "";
  // In pieces, since a function takes only so many arguments.
  for (let i = 0; i < bytes.length; i += 8192) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  }
  return btoa(binary);
}
