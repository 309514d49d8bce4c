/**
 * What a page and its kernel say to each other.
 *
 * @module
 */

import type { Cell } from "./kernel/cell.ts";

/** From the page: run this. */
export interface RunRequest {
  /** The number of the cell on the page, from 1. */
  cell: number;
  source: string;
  /** The cell as the book has it, ready to run; without it, the source is parsed here. */
  prepared?: Cell;
  /** Whether what it shows is of no interest. */
  isQuiet: boolean;
}

/** From the kernel: what a cell has put out, and when it is done. */
export type KernelMessage =
  | { type: "stream"; cell: number; name: "stdout" | "stderr"; text: string }
  | { type: OutputType; cell: number; data: Record<string, unknown>; id?: string }
  | ErrorMessage
  | { type: "done"; cell: number; isOk: boolean; milliseconds: number };

/** Kinds of outputs that have media types. */
export type OutputType = "execute_result" | "display_data" | "update_display_data";

/** An error in a cell. */
export interface ErrorMessage {
  type: "error";
  cell: number;
  /** The kind of error. */
  name: string;
  message: string;
  /** Where it comes from, the innermost place first. */
  places: { name: string; cell: number; line: number }[];
}
