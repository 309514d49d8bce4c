/**
 * What the benchmark was asked for.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Clock } from "./clock.ts";
import { languageProblemNames } from "./language/problem.ts";
import { problemNames } from "./problems.ts";

/** The parts of a benchmark: problems, and what is measured beside them. */
export const parts = [
  ...problemNames,
  ...languageProblemNames,
  "compile",
  "nodes",
  "fit",
  "batches",
] as const;
/** One of them. */
export type Part = typeof parts[number];

/** The settings of a run. */
export interface Options {
  readonly parts: readonly Part[];
  readonly rounds: number;
  readonly python: string;
  readonly clock: Clock;
  readonly json: boolean;
  /** Whether to store the measurements. */
  readonly save: boolean;
  /** Only competitors with this in their names; ours are always there. */
  readonly only: string;
}

/**
 * Reads the command line; `environment` is the Python that it may leave out.
 *
 * @throws {TypeError} if it has something unknown.
 * @throws {RangeError} if a part is unknown, `--rounds` not a whole number from 1, the clock unknown
 * or only a part to be saved.
 */
export function readOptions(args: readonly string[], environment: string | undefined): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      rounds: { type: "string", default: "9" },
      python: { type: "string", default: environment ?? "python3" },
      clock: { type: "string", default: "wall" },
      only: { type: "string", default: "" },
      json: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
    },
  });
  const unknown = positionals.find((name) => !parts.some((part) => part === name));
  if (unknown !== undefined) {
    throw new RangeError(`bench: a part must be one of ${parts.join(", ")}, got ${unknown}`);
  }
  const rounds = Number(values.rounds);
  if (!(Number.isInteger(rounds) && rounds >= 1)) {
    throw new RangeError(`bench: --rounds must be a whole number from 1, got ${values.rounds}`);
  }
  const { clock } = values;
  if (clock !== "wall" && clock !== "cpu") {
    throw new RangeError(`bench: --clock must be wall or cpu, got ${clock}`);
  }
  if (values.save && (positionals.length > 0 || values.only !== "")) {
    const some = [...positionals, values.only].join(" ").trim();
    throw new RangeError(`bench: --save stores all that there is to measure, got only ${some}`);
  }
  const asked = parts.filter((part) => positionals.length === 0 || positionals.includes(part));
  const { python, json, only, save } = values;
  return { parts: asked, rounds, python, clock, json, only, save };
}
