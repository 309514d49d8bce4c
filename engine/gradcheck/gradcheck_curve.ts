import { checkCount, checkOptions, describe, describeNumber } from "../arguments.ts";
import { type Chart, Charted } from "../chart/chart.ts";
import { renderGradcheckCurve } from "./gradcheck_curve_view.ts";
import { differentiate } from "./differences.ts";
import { formatNumber } from "../show/text.ts";
import type { Operand, Value } from "../value.ts";

/**
 * Settings of {@link gradcheckCurve}.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheckCurve } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const curve = gradcheckCurve((x) => x.exp(), [1], { steps: [1e-2, 1e-5, 1e-12] });
 * deepEqual(curve.best?.step, 1e-5);
 * ```
 */
export interface GradcheckCurveOptions {
  /**
   * The steps h to try, each above 0 and relative to max(1, |x|). Default: from
   * 1e-1 to 1e-13, four a decade.
   */
  steps?: readonly number[];
}

/**
 * What {@link gradcheckCurve} measured for one input and one step.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheckCurve, type GradcheckCurvePoint } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const { points } = gradcheckCurve((x) => x.exp(), [0], { steps: [0.1, 0.01] });
 * const [large, small]: readonly GradcheckCurvePoint[] = points;
 * deepEqual([large.step, large.analytic], [0.1, 1]);
 * deepEqual(Math.round(large.error / small.error), 100); // as h²
 * ```
 */
export interface GradcheckCurvePoint {
  /** The input's label, or `x0`, `x1`, … by its position. */
  label: string;
  /** The step h, relative to max(1, |x|). */
  step: number;
  /** The derivative by `backward()`. */
  analytic: number;
  /** The derivative by central differences with this step. */
  numeric: number;
  /** |analytic − numeric| */
  error: number;
}

/**
 * The error of central differences over their step; a notebook shows it as a chart.
 *
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheckCurve } from "chainrule";
 * import { deepEqual, match } from "node:assert/strict";
 *
 * const curve = gradcheckCurve((x) => x.sin(), [1]);
 * deepEqual(curve.points.length, 49);
 * match(String(curve), /^gradcheckCurve: 49 steps from 0.1 to 1e-13; the error is smallest/);
 * ```
 */
export class GradcheckCurve extends Charted {
  /** One point an input and step; the inputs in order, each with its steps in order. */
  readonly points: readonly GradcheckCurvePoint[];

  /** @ignore */
  constructor(points: readonly GradcheckCurvePoint[]) {
    super();
    this.points = points;
  }

  /** The point with the smallest error, of the largest errors over all inputs at each step. */
  get best(): GradcheckCurvePoint | undefined {
    return largest(this.points).filter(({ error }) => Number.isFinite(error))
      .reduce<GradcheckCurvePoint | undefined>(
        (a, b) => a === undefined || b.error < a.error ? b : a,
        undefined,
      );
  }

  /**
   * The chart, on logarithmic axes: one line an input, or for more than six
   * inputs the largest error over all of them. Errors of exactly 0, which have
   * no logarithm, are hollow points on the lower border; those that are not
   * numbers are left out.
   */
  chart(): Chart {
    checkCount("GradcheckCurve.chart", arguments, 0);
    return renderGradcheckCurve(this, largest(this.points));
  }

  /** `gradcheckCurve: 49 steps from 0.1 to 1e-13; the error is smallest, 1.2e-11, at h = 5.62e-6` */
  override toString(): string {
    const steps = [...new Set(this.points.map(({ step }) => step))];
    const { best } = this;
    const what = `gradcheckCurve: ${steps.length} steps from ${short(steps[0])} to ${
      short(steps[steps.length - 1])
    }; `;
    if (!best) return what + "no error is a number";
    return what + `the error is smallest, ${formatNumber(best.error)}, at h = ${short(best.step)}`;
  }
}

/**
 * How good the central difference (f(x+h) − f(x−h)) / 2h is, for steps h from
 * large to tiny. A large step cuts the Taylor series off too early, an error
 * that shrinks with h²; a tiny one divides the rounding of f by h, an error that
 * grows with 1/h. The best step lies at the bottom of the V between, and
 * {@link gradcheck} takes it by default.
 *
 * Sauer, "Numerical Analysis" (2006), section 5.1; Nocedal and Wright, "Numerical
 * Optimization" (2006), section 8.1.
 *
 * @param fn computes one Value from the inputs; called 1 + 2 · inputs · steps times.
 * @param inputs where to differentiate: numbers, or Values, whose `data` is
 * moved meanwhile and put back after it.
 * @throws {TypeError} if `inputs` is not an array of numbers and Values or `fn` returns no Value.
 * @throws {RangeError} if there is no input, no step, or a step is not above 0 and finite.
 * @throws {RangeError} for an option of another name.
 * @throws {TypeError} if `fn` is not a function.
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { gradcheckCurve } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const curve = gradcheckCurve((x) => x.exp().mul(x.sin()), [1]);
 * const { step, error } = curve.best!;
 * deepEqual(step > 1e-7 && step < 1e-4, true);
 * deepEqual(error < 1e-9, true);
 * ```
 */
export function gradcheckCurve(
  fn: (...x: Value[]) => Value,
  inputs: readonly Operand[],
  options: GradcheckCurveOptions = {},
): GradcheckCurve {
  checkCount("gradcheckCurve", arguments, 3);
  checkOptions<GradcheckCurveOptions>("gradcheckCurve", options, { steps: "array" });
  const { steps = defaultSteps } = options;
  if (!Array.isArray(steps) || steps.length === 0) {
    throw new RangeError(
      `gradcheckCurve: steps must be an array of at least one number, got ${describe(steps)}`,
    );
  }
  for (const [i, h] of steps.entries()) {
    if (typeof h === "number" && h > 0 && h < Infinity) continue;
    throw new RangeError(
      `gradcheckCurve: steps[${i}] must be above 0 and finite, got ${describeNumber(h)}`,
    );
  }
  const found = differentiate("gradcheckCurve", fn, inputs, steps);
  if (found.length === 0) {
    throw new RangeError("gradcheckCurve: inputs must have at least one element, got none");
  }
  const names = unique(found.map(({ label }) => label));
  return new GradcheckCurve(found.flatMap(({ analytic, numeric }, i) =>
    steps.map((step, k) => ({
      label: names[i],
      step,
      analytic,
      numeric: numeric[k],
      error: Math.abs(analytic - numeric[k]),
    }))
  ));
}

/** Four a decade, with three digits that are easy to read: 0.1, 0.0562, 0.0316, 0.0178, 0.01, … */
const defaultSteps: readonly number[] = Array.from(
  { length: 49 },
  (_, k) => Number((10 ** (-1 - k / 4)).toPrecision(3)),
);

/** A step for reading: `0.01`, `6e-6`. */
function short(h: number): string {
  return h < 1e-3 ? h.toExponential() : String(h);
}

/** Names that occur twice get their position behind them. */
function unique(names: readonly string[]): string[] {
  const isTwice = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  return names.map((name, i) => isTwice(name) ? `${name} [${i}]` : name);
}

/** For each step the point with the largest error over all inputs; NaN counts as the largest. */
function largest(points: readonly GradcheckCurvePoint[]): GradcheckCurvePoint[] {
  const found = new Map<number, GradcheckCurvePoint>();
  for (const point of points) {
    const before = found.get(point.step);
    if (!before || point.error > before.error || Number.isNaN(point.error)) {
      found.set(point.step, point);
    }
  }
  return [...found.values()];
}
