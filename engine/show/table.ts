import { checkCount, describe } from "../arguments.ts";
import { display, type MimeBundle, Shown } from "./jupyter.ts";
import { asName, escape } from "./text.ts";

/** The most that a table shows; of more rows the first and the last ones. */
const most = { rows: 200, lastRows: 20, columns: 50, characters: 200 };

/**
 * Rows of named cells that a notebook shows as a table: HTML where the viewer
 * knows it, aligned text elsewhere. Of more than 200 rows it shows the first 180
 * and the last 20, of more than 50 columns the first ones, of a cell 200
 * characters, and says so.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { Table } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const table = new Table([{ name: "a", grad: 6 }, { name: "b", grad: -4 }]);
 * deepEqual(table.toString(), "name  grad\na        6\nb       -4");
 * ```
 */
export class Table extends Shown {
  readonly #caption: string;
  readonly #columns: readonly string[];
  readonly #cells: readonly (readonly string[])[];
  readonly #numeric: readonly boolean[];

  /**
   * A table of the given rows.
   *
   * @param rows one object a row; a cell that a row lacks stays empty.
   * @param caption a sentence above the table. Default: none.
   * @param columns the names of the columns, in their order. Default: those of all rows as they
   * come, but whole numbers at the end, because an object forgets their place.
   * @throws {TypeError} if `rows` is not an array of objects, `caption` not a string or `columns`
   * not an array of them.
   */
  constructor(
    rows: readonly Readonly<Record<string, string | number>>[],
    caption = "",
    columns?: readonly string[],
  ) {
    checkCount("Table", arguments, 3);
    checkRows(rows);
    if (typeof caption !== "string") {
      throw new TypeError(`Table: caption must be a string, got ${describe(caption)}`);
    }
    if (columns !== undefined) checkColumns(columns);
    super();
    columns ??= namesOf(rows);
    const cells = shownOf(rows).map((row) => columns.map((column) => cellOf(row, column)));
    this.#numeric = columns.map((_, k) => isNumeric(cells.map((row) => row[k])));
    const shown = columns.slice(0, most.columns);
    const isCut = columns.length > shown.length;
    this.#columns = [
      ...shown.map((column) => asName(column, most.characters)),
      ...isCut ? ["⋯"] : [],
    ];
    const texts = cells.map((row) => [...row.slice(0, most.columns), ...isCut ? ["⋯"] : []]);
    const gap = most.rows - most.lastRows;
    this.#cells = rows.length > most.rows
      ? [...texts.slice(0, gap), this.#columns.map(() => "⋯"), ...texts.slice(gap)]
      : texts;
    this.#caption = [
      caption.split("\n").map((line) => asName(line, 500)).join("\n"),
      rows.length > most.rows
        ? `The first ${gap} and the last ${most.lastRows} of ${rows.length} rows.`
        : "",
      isCut ? `The first ${shown.length} of ${columns.length} columns.` : "",
    ].filter((line) => line !== "").join("\n");
  }

  /** The table as text, the caption first: columns of equal width, numbers to the right. */
  override toString(): string {
    if (this.#columns.length === 0) return this.#caption;
    const lines = [this.#columns, ...this.#cells];
    const widths = this.#columns.map((_, k) => Math.max(...lines.map((line) => line[k].length)));
    const pad = (cell: string, k: number) =>
      this.#numeric[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k]);
    const table = lines.map((line) => line.map(pad).join("  ").trimEnd());
    return [...this.#caption ? [this.#caption] : [], ...table].join("\n");
  }

  /** @ignore */
  [display](): MimeBundle {
    const row = (tag: string, cells: readonly string[]) =>
      "<tr>" + cells.map((cell, k) =>
        `<${tag} style="text-align:${this.#numeric[k] ? "right" : "left"}">${escape(cell)}</${tag}>`
      ).join("") + "</tr>";
    const html = [
      ...this.#caption ? [`<p>${escape(this.#caption).replaceAll("\n", "<br>")}</p>`] : [],
      `<table>`,
      `<thead>${row("th", this.#columns)}</thead>`,
      `<tbody>`,
      ...this.#cells.map((cells) => row("td", cells)),
      `</tbody>`,
      `</table>`,
    ].join("\n");
    return { "text/html": html, "text/plain": this.toString() };
  }
}

type Row = Readonly<Record<string, string | number>>;

function namesOf(rows: readonly Row[]): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const isNumber = (name: string) => /^(0|[1-9]\d{0,9})$/.test(name);
  const [numbers, others] = [true, false].map((is) =>
    [...names].filter((name) => isNumber(name) === is)
  );
  return [...others, ...numbers];
}

function shownOf(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= most.rows) return rows;
  return [...rows.slice(0, most.rows - most.lastRows), ...rows.slice(-most.lastRows)];
}

function cellOf(row: Row, column: string): string {
  const cell = Object.hasOwn(row, column) ? row[column] ?? "" : "";
  return Object.is(cell, -0) ? "-0" : asName(String(cell), most.characters);
}

/** A number as a program writes it: 1,234.5 without its comma, 97.5% and 3× without their sign. */
function plain(cell: string): string {
  return cell.replace(/^[−-](?=\d)/, "").replace(/(?<=\d),(?=\d{3}(?!\d))/g, "").replace(
    / ?[%×]$/,
    "",
  );
}

/** Whether most of the cells that are not empty are numbers. */
function isNumeric(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell !== "");
  const numbers = filled.filter((cell) => cell === "NaN" || !Number.isNaN(Number(plain(cell))));
  return filled.length === 0 || 2 * numbers.length > filled.length;
}

function checkRows(rows: unknown): void {
  if (!Array.isArray(rows)) {
    throw new TypeError(`Table: rows must be an array of objects, got ${describe(rows)}`);
  }
  for (const [i, row] of rows.entries()) {
    if (typeof row === "object" && row !== null && !Array.isArray(row)) continue;
    throw new TypeError(`Table: rows[${i}] must be an object, got ${describe(row)}`);
  }
}

function checkColumns(columns: unknown): void {
  if (!Array.isArray(columns)) {
    throw new TypeError(`Table: columns must be an array of strings, got ${describe(columns)}`);
  }
  for (const [i, column] of columns.entries()) {
    if (typeof column === "string") continue;
    throw new TypeError(`Table: columns[${i}] must be a string, got ${describe(column)}`);
  }
}
