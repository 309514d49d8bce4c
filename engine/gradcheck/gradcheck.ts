import { causeOf } from "./cause.ts";
import { checkCount, checkOptions, describeNumber } from "../arguments.ts";
import { defaultStep, differentiate } from "./differences.ts";
import { display, type MimeBundle, Shown } from "../show/jupyter.ts";
import { Table } from "../show/table.ts";
import { asName } from "../show/text.ts";
import type { Operand, Value } from "../value.ts";

/**
 * Settings of {@link gradcheck}.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheck } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const coarse = gradcheck((x) => x.exp(), [1], { step: 0.1, throws: false });
 * deepEqual(coarse.ok, false); // such a difference is off by 0.005
 * deepEqual(gradcheck((x) => x.exp(), [1], { step: 0.1, tolerance: 0.01 }).ok, true);
 * ```
 */
export interface GradcheckOptions {
  /**
   * The step h, above 0 and relative to max(1, |x|). Default 6e-6, the cube root of
   * the machine epsilon.
   */
  step?: number;
  /** The largest error that passes, above 0. Default 1e-6. */
  tolerance?: number;
  /** Whether a failure throws. Default true; with false, look at `ok`. */
  throws?: boolean;
}

/**
 * What {@link gradcheck} found for one input.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheck, type GradcheckEntry, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const side = new Value(3, { label: "side" });
 * const [entry]: readonly GradcheckEntry[] = gradcheck((x) => x.pow(2), [side]).entries;
 * deepEqual([entry.label, entry.input, entry.analytic], ["side", 3, 6]);
 * deepEqual(entry.numeric.toFixed(6), "6.000000");
 * ```
 */
export interface GradcheckEntry {
  /** The input's label, or `x0`, `x1`, … by its position. */
  label: string;
  /** Where the derivative was taken. */
  input: number;
  /** The derivative by `backward()`. */
  analytic: number;
  /** The derivative by central differences. */
  numeric: number;
  /** |analytic − numeric| / max(1, |analytic|, |numeric|). */
  error: number;
  /** Why they differ, where that can be seen: a kink, say, or randomness; missing otherwise. */
  cause?: string;
}

/**
 * The outcome of {@link gradcheck}, one entry an input; shown as a table.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheck } from "chainrule";
 * import { deepEqual, match } from "node:assert/strict";
 *
 * const result = gradcheck((x, y) => x.mul(y), [2, 3]);
 * const slopes = result.entries.map(({ label, analytic }) => [label, analytic]);
 * deepEqual(slopes, [["x0", 3], ["x1", 2]]);
 * deepEqual(result.failures, []);
 * match(String(result), /^gradcheck: all 2 derivatives agree within 0.000001/);
 * ```
 */
export class GradcheckResult extends Shown {
  /** One entry an input, in order. */
  readonly entries: readonly GradcheckEntry[];
  /** The largest error that passes. */
  readonly tolerance: number;

  /** @ignore */
  constructor(entries: readonly GradcheckEntry[], tolerance: number) {
    super();
    this.entries = entries;
    this.tolerance = tolerance;
  }

  /** The entries whose two derivatives differ by more than the tolerance, or are not numbers. */
  get failures(): readonly GradcheckEntry[] {
    return this.entries.filter(({ error }) => !(error <= this.tolerance));
  }

  /** Whether every entry passed. */
  get ok(): boolean {
    return this.failures.length === 0;
  }

  /** A verdict and a table, one line an input. */
  override toString(): string {
    return this.#table().toString();
  }

  #table(): Table {
    const { entries, failures, tolerance } = this;
    const verdict = failures.length === 0
      ? `gradcheck: all ${entries.length} derivatives agree within ${tolerance}`
      : `gradcheck: ${failures.length} of ${entries.length} derivatives disagree by more than ${tolerance}`;
    const rows = entries.map((entry) => ({
      input: asName(entry.label),
      at: entry.input,
      "backward()": entry.analytic.toPrecision(10),
      numeric: entry.numeric.toPrecision(10),
      error: entry.error.toExponential(1),
      "": failures.includes(entry) ? "<- differs" : "",
    }));
    return new Table(rows, [verdict, ...causesOf(failures)].join("\n"));
  }

  /** @ignore */
  [display](): MimeBundle {
    return this.#table()[display]();
  }
}

/** What is said of the causes: each once, and of many the first. */
function causesOf(failures: readonly GradcheckEntry[]): string[] {
  const causes = [...new Set(failures.flatMap(({ cause }) => cause ?? []))];
  return [...causes.slice(0, 5), ...causes.length > 5 ? ["…"] : []];
}

/**
 * A failed {@link gradcheck}; the message says which derivatives differ and by how much.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheck, GradcheckError } from "chainrule";
 * import { deepEqual, throws } from "node:assert/strict";
 *
 * // x.data is a plain number, so that half of the slope is lost.
 * throws(() => gradcheck((x) => x.mul(x.data), [3]), (error) => {
 *   const [failure] = (error as GradcheckError).result.failures;
 *   deepEqual([failure.analytic, Math.round(failure.numeric)], [3, 6]);
 *   return error instanceof GradcheckError;
 * });
 * ```
 */
export class GradcheckError extends Error {
  /** All that was measured. */
  readonly result: GradcheckResult;

  /** @ignore */
  constructor(result: GradcheckResult) {
    super(result.toString());
    this.name = "GradcheckError";
    this.result = result;
  }
}

/**
 * Compares `backward()` with central differences, (f(x+h) − f(x−h)) / 2h, for
 * every input. The numeric side is good to about ten digits for functions that
 * are smooth within h of the inputs.
 *
 * Nocedal and Wright, "Numerical Optimization" (2006), section 8.1.
 *
 * Where they differ, it is looked for why: whether `fn` answers twice the same,
 * the step leaves its domain, or a kink lies within the step.
 *
 * @param fn computes one Value from the inputs; called 2n + 1 times for n inputs, and up to 15
 * times more for each that fails.
 * @param inputs where to check: numbers, or Values such as a model's
 * parameters, whose `data` is moved during the check and put back after it.
 * @returns both derivatives and their difference, for every input.
 * @throws {GradcheckError} if a derivative differs, unless `throws` is false.
 * @throws {TypeError} if `inputs` is not an array of numbers and Values or `fn` returns no Value.
 * @throws {RangeError} if `step` or `tolerance` is not above 0.
 * @throws {RangeError} for an option of another name.
 * @throws {TypeError} if `fn` is not a function.
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheck } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const result = gradcheck((x, y) => x.mul(y).tanh(), [0.5, -1.2]);
 * deepEqual(result.ok, true);
 * ```
 */
export function gradcheck(
  fn: (...x: Value[]) => Value,
  inputs: readonly Operand[],
  options: GradcheckOptions = {},
): GradcheckResult {
  checkCount("gradcheck", arguments, 3);
  checkOptions<GradcheckOptions>("gradcheck", options, {
    step: "number",
    tolerance: "number",
    throws: "boolean",
  });
  const { step = defaultStep, tolerance = 1e-6, throws = true } = options;
  for (const [name, x] of Object.entries({ step, tolerance })) {
    if (typeof x === "number" && x > 0) continue;
    throw new RangeError(`gradcheck: ${name} must be above 0, got ${describeNumber(x)}`);
  }
  const entries = differentiate("gradcheck", fn, inputs, [step]).map((found): GradcheckEntry => {
    const { label, input, analytic, numeric: [numeric], at } = found;
    const scale = Math.max(1, Math.abs(analytic), Math.abs(numeric));
    const error = Math.abs(analytic - numeric) / scale;
    const h = step * Math.max(1, Math.abs(input));
    const cause = error <= tolerance
      ? undefined
      : causeOf({ label: asName(label), input, h, analytic, tolerance, at });
    return { label, input, analytic, numeric, error, ...cause !== undefined && { cause } };
  });
  const result = new GradcheckResult(entries, tolerance);
  if (throws && !result.ok) throw new GradcheckError(result);
  return result;
}
