import { checkOptions, describe, describeNumber } from "../arguments.ts";
import { abridged, asName, formatNumber } from "../show/text.ts";

/**
 * What a slider of {@link interact} moves over: `[from, to]` in about 20 round steps,
 * `[from, to, step]`, or `{ values: [0.01, 0.1, 1] }`.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { type Control, interact } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const controls: Record<string, Control<number>> = { x: [0, 1, 0.25], lr: { values: [0.1, 1] } };
 * match(String(interact((x, lr) => x * lr, controls)), /10 stops$/); // 5 · 2
 * ```
 */
export type Control<T extends number | string = number | string> =
  | readonly [from: number, to: number, step?: number]
  | { readonly values: readonly T[] };

/** A control whose stops are known: a slider. */
export interface Slider {
  readonly name: string;
  /** The number of stops. */
  readonly count: number;
  /** The value at a stop, from 0. */
  value(stop: number): number | string;
  /** The stop at which it stands first. */
  readonly start: number;
  /** What it moves over, in words: `w from -3 to 3`. */
  readonly range: string;
}

/** The sliders of some controls, in their order. */
export function slidersOf(controls: unknown, start: unknown): Slider[] {
  if (!isPlain(controls) || Object.keys(controls).length === 0) {
    throw new TypeError(
      `interact: controls must be an object such as { w: [-3, 3] }, got ${
        isPlain(controls) ? "{}" : describe(controls)
      }`,
    );
  }
  if (!isPlain(start)) {
    throw new TypeError(
      `interact: start must be an object such as { w: 1 }, got ${describe(start)}`,
    );
  }
  for (const name of Object.keys(start)) {
    if (Object.hasOwn(controls, name)) continue;
    const names = Object.keys(controls).map((known) => asName(known)).join(", ");
    throw new RangeError(
      `interact: start must name controls, which are ${names}, got ${asName(name)}`,
    );
  }
  return Object.entries(controls).map(([name, control]) => {
    if (name.trim() === "" || /^\d+$/.test(name)) {
      // An object puts whole numbers before all other names.
      throw new RangeError(
        `interact: the names of controls must be words, got ${describe(name)}`,
      );
    }
    const first = Object.hasOwn(start, name) ? start[name] : undefined;
    return Array.isArray(control) ? interval(name, control, first) : choices(name, control, first);
  });
}

function isPlain(x: unknown): x is Record<string, unknown> {
  return typeof x === "object" && x !== null && !Array.isArray(x) &&
    [Object.prototype, null].includes(Object.getPrototypeOf(x));
}

/** A slider from one number to another. */
function interval(name: string, control: readonly unknown[], first: unknown): Slider {
  const label = asName(name);
  const fail = (what: string, must: string, got: unknown): never => {
    throw new RangeError(
      `interact: ${what} of control ${label} must be ${must}, got ${describeNumber(got)}`,
    );
  };
  if (control.length < 2 || control.length > 3) {
    throw new TypeError(
      `interact: control ${label} must be [from, to] or [from, to, step], got ${describe(control)}`,
    );
  }
  const [from, to, given] = control;
  if (!isFinite(from)) return fail("from", "a finite number", from);
  if (!isFinite(to) || to <= from || to - from === Infinity) {
    return fail("to", `a finite number above from = ${from}`, to);
  }
  const span = to - from;
  const step = given === undefined ? roundStep(from, to) : given;
  if (!isFinite(step) || step <= 0 || step > span) {
    return fail("step", `above 0 and at most to − from = ${plainNumber(span, span)}`, step);
  }
  // A last stop that rounding alone takes away is one all the same.
  const count = Math.floor(span / step * (1 + 1e-12)) + 1;
  const value = (stop: number) => plainNumber(from + stop * step, Math.max(-from, to, from));
  const middle = first ?? from + span / 2;
  if (!isFinite(middle) || middle < from || middle > to) {
    throw new RangeError(
      `interact: start.${label} must be a number from ${from} to ${to}, got ${
        describeNumber(middle)
      }`,
    );
  }
  return {
    name: label,
    count,
    value,
    start: Math.min(count - 1, Math.round((middle - from) / step)),
    range: `${label} from ${formatNumber(from)} to ${formatNumber(to)}`,
  };
}

function isFinite(x: unknown): x is number {
  return typeof x === "number" && Number.isFinite(x);
}

/** A number without the digits that adding steps up has left: 0.3 and not 0.30000000000000004. */
function plainNumber(x: number, largest: number): number {
  const digits = 14 - Math.floor(Math.log10(largest));
  return digits > 100 ? x : Number(x.toFixed(Math.max(0, digits))) + 0;
}

/** A step of one digit, or 2.5, that leads to the end in about 20 steps; else one in 20 parts. */
function roundStep(from: number, to: number): number {
  const span = to - from;
  const power = Math.floor(Math.log10(span)) - 1;
  const steps = [-1, 0, 1].flatMap((k) => [1, 2, 2.5, 5].map((digit) => digit * 10 ** (power + k)));
  const parts = (step: number) => span / step;
  const fits = (step: number) =>
    parts(step) >= 10 && parts(step) <= 40 &&
    Math.abs(parts(step) - Math.round(parts(step))) < 1e-9 &&
    (step < 1 || Number.isInteger(step));
  const far = (step: number) => Math.abs(Math.log(parts(step) / 20));
  return steps.filter(fits).toSorted((a, b) => far(a) - far(b))[0] ?? span / 20;
}

/** A slider over a list. */
function choices(name: string, control: unknown, first: unknown): Slider {
  const label = asName(name);
  if (!isPlain(control)) {
    throw new TypeError(
      `interact: control ${label} must be [from, to], [from, to, step] or { values: … }, got ${
        describe(control)
      }`,
    );
  }
  checkOptions<{ values: unknown }>(`interact: control ${label}`, control, { values: "array" });
  const { values } = control;
  if (!Array.isArray(values) || values.length === 0) {
    throw new TypeError(
      `interact: values of control ${label} must be an array of numbers or strings, got ${
        describe(values)
      }`,
    );
  }
  for (const [i, value] of values.entries()) {
    if (typeof value === "number" || typeof value === "string") continue;
    throw new TypeError(
      `interact: values[${i}] of control ${label} must be a number or a string, got ${
        describe(value)
      }`,
    );
  }
  const own: readonly (number | string)[] = [...values];
  const start = first === undefined ? 0 : own.findIndex((value) => Object.is(value, first));
  const texts = abridged(own.map(textOf)).join(", ");
  if (start < 0) {
    throw new RangeError(`interact: start.${label} must be among ${texts}, got ${describe(first)}`);
  }
  return {
    name: label,
    count: own.length,
    value: (stop) => own[stop],
    start,
    range: `${label} among ${texts}`,
  };
}

/** A value as a slider shows it. */
export function textOf(value: number | string): string {
  return typeof value === "number" ? formatNumber(value) : asName(value, 40);
}
