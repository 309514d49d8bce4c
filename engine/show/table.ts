import { describe } from "../describe.ts";
import { checkCount } from "../arguments.ts";
import { display, inspect, type MimeBundle } from "./jupyter.ts";
import { escape } from "./text.ts";

/**
 * Rows of named cells that a notebook shows as a table: HTML where the viewer
 * knows it, aligned text elsewhere. The first row names the columns.
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
export class Table {
  readonly #caption: string;
  readonly #columns: readonly string[];
  readonly #cells: readonly (readonly string[])[];
  readonly #numeric: readonly boolean[];

  /**
   * A table of the given rows.
   *
   * @param rows one object a row; a cell that a row lacks stays empty.
   * @param caption a sentence above the table. Default: none.
   * @throws {TypeError} if `rows` is not an array of objects or `caption` not a string.
   */
  constructor(rows: readonly Readonly<Record<string, string | number>>[], caption = "") {
    checkCount("Table", arguments, 2);
    checkRows(rows);
    if (typeof caption !== "string") {
      throw new TypeError(`Table: caption must be a string, got ${describe(caption)}`);
    }
    this.#caption = caption;
    this.#columns = Object.keys(rows[0] ?? {});
    this.#cells = rows.map((row) => this.#columns.map((column) => String(row[column] ?? "")));
    this.#numeric = this.#columns.map((_, k) =>
      this.#cells.every((row) => row[k] === "" || !Number.isNaN(Number(row[k])) || row[k] === "NaN")
    );
  }

  /** The table as text, the caption first: columns of equal width, numbers to the right. */
  toString(): string {
    if (this.#columns.length === 0) return this.#caption;
    const lines = [this.#columns, ...this.#cells];
    const widths = this.#columns.map((_, k) => Math.max(...lines.map((line) => line[k].length)));
    const pad = (cell: string, k: number) =>
      this.#numeric[k] ? cell.padStart(widths[k]) : cell.padEnd(widths[k]);
    const table = lines.map((line) => line.map(pad).join("  ").trimEnd());
    return [...this.#caption ? [this.#caption] : [], ...table].join("\n");
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  [display](): MimeBundle {
    const row = (tag: string, cells: readonly string[]) =>
      "<tr>" + cells.map((cell, k) =>
        `<${tag} style="text-align:${this.#numeric[k] ? "right" : "left"}">${escape(cell)}</${tag}>`
      ).join("") + "</tr>";
    const html = [
      ...this.#caption ? [`<p>${escape(this.#caption)}</p>`] : [],
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

function checkRows(rows: unknown): void {
  if (!Array.isArray(rows)) {
    throw new TypeError(`Table: rows must be an array of objects, got ${describe(rows)}`);
  }
  for (const [i, row] of rows.entries()) {
    if (typeof row === "object" && row !== null && !Array.isArray(row)) continue;
    throw new TypeError(`Table: rows[${i}] must be an object, got ${describe(row)}`);
  }
}
