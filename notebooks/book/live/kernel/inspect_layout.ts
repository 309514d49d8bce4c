/**
 * How the parts of an inspected object are put on lines, as in Deno and Node.
 *
 * @module
 */
import type { Inspection } from "./inspect.ts";

/** How many columns a text takes: two for signs of East Asia and most pictures, none for accents. */
export function widthOf(text: string): number {
  let width = 0;
  for (const sign of text.normalize("NFC")) {
    if (/[\p{Mn}\p{Me}\p{Cc}\u200b-\u200f\ufe00-\ufe0f]/u.test(sign)) continue;
    width += isWide(sign.codePointAt(0)!) ? 2 : 1;
  }
  return width;
}

const wide = [
  ...[[0x1100, 0x115f], [0x2329, 0x232a], [0x2e80, 0x303e], [0x3040, 0x3247], [0x3250, 0x4dbf]],
  ...[[0x4e00, 0xa4c6], [0xa960, 0xa97c], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe10, 0xfe19]],
  ...[[0xfe30, 0xfe6b], [0xff01, 0xff60], [0xffe0, 0xffe6], [0x1b000, 0x1b001]],
  ...[[0x1f200, 0x1f251], [0x1f300, 0x1f64f], [0x20000, 0x3fffd]],
];

function isWide(code: number): boolean {
  return wide.some(([from, to]) => code >= from && code <= to);
}

/**
 * Puts parts between braces: in columns if it is a long list, else on one line
 * if there is room, and if no more than so many levels are in it, else one below
 * the other.
 *
 * @param list the list whose elements come first among the parts, if it is one.
 */
export function layOut(
  state: Inspection,
  parts: readonly string[],
  base: string,
  [open, close]: readonly [string, string],
  list: object | undefined,
  level: number,
): string {
  const { compact, breakLength, indent } = state;
  const head = base ? `${base} ` : "";
  const line = `\n${" ".repeat(indent)}`;
  const length = (from: number) =>
    parts.reduce((sum, part) => sum + part.length, parts.length + from);
  const fits = (from: number) =>
    2 * parts.length + from <= breakLength && length(from) <= breakLength && !base.includes("\n");
  if (compact === true) {
    if (fits(0)) return `${open}${base ? ` ${base}` : ""} ${parts.join(", ")} ${close}`;
    const first = base === "" && open.length === 1 ? " " : `${base ? ` ${base}` : ""}${line}  `;
    return `${open}${first}${parts.join(`,${line}  `)} ${close}`;
  }
  let rows = parts;
  if (typeof compact === "number" && compact >= 1) {
    if (list && parts.length > 6) rows = inColumns(state, parts, list);
    if (state.deepest - level < compact && rows === parts) {
      const joined = parts.join(", ");
      const from = parts.length + indent + open.length + base.length + 10;
      if (fits(from) && !joined.includes("\n")) return `${head}${open} ${joined} ${close}`;
    }
  }
  const end = state.trailingComma ? "," : "";
  return `${head}${open}${line}  ${rows.join(`,${line}  `)}${end}${line}${close}`;
}

/** Rows of as many columns as look good; the parts themselves where that is one. */
function inColumns(state: Inspection, parts: readonly string[], list: object): readonly string[] {
  const hasMore = parts.length > state.iterableLimit;
  const count = hasMore ? parts.length - 1 : parts.length;
  const lengths = parts.slice(0, count).map(widthOf);
  const between = 2;
  const total = lengths.reduce((sum, length) => sum + length + between, 0);
  const longest = Math.max(...lengths);
  const widest = longest + between;
  if (widest * 3 + state.indent >= state.breakLength) return parts;
  if (total / widest <= 5 && longest > 6) return parts;
  const bias = Math.sqrt(widest - total / parts.length);
  const width = Math.max(widest - 3 - bias, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(2.5 * width * count) / width),
    Math.floor((state.breakLength - state.indent) / widest),
    Number(state.compact) * 4,
    15,
  );
  if (columns <= 1) return parts;
  const widths = Array.from({ length: columns }, (_, i) => {
    const column = lengths.filter((_, j) => j % columns === i);
    return Math.max(0, ...column) + between;
  });
  const isNumeric = parts.every((_, i) => /^(number|bigint)$/.test(typeof Reflect.get(list, i)));
  const rows: string[] = [];
  for (let i = 0; i < count; i += columns) {
    const end = Math.min(i + columns, count);
    const row = parts.slice(i, end).map((part, j) => {
      const isLast = i + j === end - 1;
      const room = widths[j] + part.length - lengths[i + j] - (isLast ? between : 0);
      const text = isLast ? part : `${part}, `;
      return isNumeric ? text.padStart(room) : isLast ? text : text.padEnd(room);
    });
    rows.push(row.join(""));
  }
  if (hasMore) rows.push(parts[count]);
  return rows;
}
