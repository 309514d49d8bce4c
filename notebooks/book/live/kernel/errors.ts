/**
 * What errors say about where they come from, in terms of cells.
 *
 * @module
 */

import { localPrefix } from "./cell.ts";

/** A place in a cell. */
export interface Place {
  /** What was running there; "" at the top of the cell. */
  name: string;
  /** The number of the cell, from 1. */
  cell: number;
  line: number;
}

/** The file name that a browser knows the code of a cell by. */
export function fileOf(cell: number): string {
  return `cell-${cell}.ts`;
}

/** The places in cells where an error came from, the innermost first; not those in the library. */
export function placesOf(error: unknown): Place[] {
  if (!(error instanceof Error)) return [];
  return (error.stack ?? "").split("\n").flatMap((line) => {
    const place = line.match(/cell-(\d+)\.ts:(\d+)/);
    if (!place) return [];
    const name = line.match(/^\s*at (?:async )?([^\s(]+) \(/)?.[1] ?? line.match(/^([^@]+)@/)?.[1];
    const isTop = name === undefined || /^(eval|anonymous|async\*.*)$/.test(name);
    return [{
      name: isTop ? "" : name.replace(localPrefix, ""),
      cell: Number(place[1]),
      line: Number(place[2]),
    }];
  });
}

/** An error as text: what it says, and the places in cells. */
export function stackOf(error: Error): string {
  const places = placesOf(error).map(({ name, cell, line }) =>
    `\n    at ${name ? `${name} ` : ""}(cell ${cell}, line ${line})`
  );
  return `${headOf(error)}${places.join("")}`;
}

function headOf({ name, message }: Error): string {
  return [name, message].filter(Boolean).join(": ");
}
