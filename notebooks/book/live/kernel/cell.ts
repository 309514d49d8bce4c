/**
 * What a cell is once it can run.
 *
 * @module
 */

/** How a name was declared, as far as it matters for declaring it again. */
export type Kind = "let" | "const" | "var";

/** A cell, ready to run. */
export interface Cell {
  /** The text of an async function of {@link CellTools}. */
  code: string;
  /** The names that it declares, and how. */
  names: [name: string, kind: Kind][];
}

/** What the function of a cell is given. */
export interface CellTools {
  /** The value of the last statement that has one. */
  result: unknown;
  /** Loads a module of the page. */
  import(specifier: string): Promise<unknown>;
  /** Says that names of constants have got their values. */
  fix(...names: string[]): void;
  /** A function that is declared, with the name that it was written with. */
  named<F extends object>(f: F, name: string): F;
}

/** What the name of a declared function begins with inside of the cell's own function. */
export const localPrefix = "$cell_";
