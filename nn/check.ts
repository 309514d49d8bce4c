/**
 * Checks of arguments, before anything is done with them.
 *
 * @module
 */
import { type NumberArray, type Operand, Value } from "../engine/mod.ts";
import { asList, describe, describeNumber } from "../engine/internal.ts";
import { counted } from "../engine/show/mod.ts";

/** Throws unless `x` is a whole number from `low` and, if it is given, to `high`. */
export function checkWhole(
  name: string,
  x: unknown,
  low: number,
  high?: number,
): asserts x is number {
  const most = high ?? Number.MAX_SAFE_INTEGER;
  if (typeof x === "number" && Number.isInteger(x) && x >= low && x <= most) return;
  const range = high === undefined ? `from ${low}` : `from ${low} to ${high}`;
  throw new RangeError(`${name} must be a whole number ${range}, got ${describeNumber(x)}`);
}

/** The number of a loss, which must be a Value or a number. */
export function lossOf(name: string, loss: Value | number): number {
  const data = loss instanceof Value ? loss.data : loss;
  if (typeof data === "number") return data;
  throw new TypeError(`${name}: loss must be a Value or a number, got ${describe(loss)}`);
}

/** Throws unless `x` is a whole number from 1, and not larger than `most`. */
export function checkSize(name: string, x: unknown, most = Infinity): asserts x is number {
  checkWhole(name, x, 1);
  if (x > most) throw new RangeError(`${name} must be at most ${most}, got ${x}`);
}

const ranges = {
  "": () => true,
  " from 0": (x: number) => x >= 0,
  " above 0": (x: number) => x > 0,
  " from 0 to 1": (x: number) => x >= 0 && x <= 1,
  " from 0 and below 1": (x: number) => x >= 0 && x < 1,
  " between 0 and 1": (x: number) => x > 0 && x < 1,
} as const;

/** Where a finite number must be, as an error says it. */
export type Range = keyof typeof ranges;

function isIn(range: Range, x: unknown): x is number {
  return typeof x === "number" && Number.isFinite(x) && ranges[range](x);
}

/** Throws unless `x` is a finite number, and in the range. */
export function checkNumber(name: string, x: unknown, range: Range = ""): asserts x is number {
  if (isIn(range, x)) return;
  throw new RangeError(`${name} must be a finite number${range}, got ${describeNumber(x)}`);
}

/** Throws unless `x` is true or false. */
export function checkBoolean(name: string, x: unknown): asserts x is boolean {
  if (typeof x !== "boolean") throw new TypeError(`${name} must be a boolean, got ${describe(x)}`);
}

/** Throws unless `x` is a text. */
export function checkString(name: string, x: unknown): asserts x is string {
  if (typeof x !== "string") throw new TypeError(`${name} must be a string, got ${describe(x)}`);
}

/** Throws unless `x` is a function. */
export function checkFunction(name: string, x: unknown, hint = ""): void {
  if (typeof x !== "function") {
    throw new TypeError(`${name} must be a function, got ${describe(x)}${hint}`);
  }
}

/** Throws unless `x` is one of the names. */
export function checkChoice<T extends string>(
  name: string,
  x: unknown,
  names: readonly T[],
): asserts x is T {
  if (names.some((known) => known === x)) return;
  const known = names.length === 2 ? names.join(" or ") : `one of ${names.join(", ")}`;
  throw new RangeError(`${name} must be ${known}, got ${describe(x)}`);
}

/**
 * Throws unless `x` is an instance of the class.
 *
 * @param what the name of the class, after its article.
 * @param hint what to do instead.
 */
export function checkInstance<T>(
  name: string,
  x: unknown,
  of: abstract new (...args: never[]) => T,
  what: string,
  hint = "",
): asserts x is T {
  if (!(x instanceof of)) throw new TypeError(`${name} must be ${what}, got ${describe(x)}${hint}`);
}

/** Throws unless `x` is an object, and no list. */
export function checkObject(name: string, x: unknown): asserts x is Record<string, unknown> {
  if (typeof x === "object" && x !== null && !Array.isArray(x)) return;
  throw new TypeError(`${name} must be an object, got ${describe(x)}`);
}

/** Throws unless `x` is a list. */
export function checkArray(name: string, x: unknown): asserts x is readonly unknown[] {
  if (Array.isArray(x)) return;
  const hint = typeof x === "number" ? `: write [${x}]` : "";
  throw new TypeError(`${name} must be an array, got ${describe(x)}${hint}`);
}

/** Throws unless `x` is a list of `length` elements; where that is not given, of at least one. */
export function checkList(
  name: string,
  x: unknown,
  length?: number,
): asserts x is readonly unknown[] {
  checkArray(name, x);
  if (length !== undefined) checkLength(name, x, length);
  else if (x.length === 0) {
    throw new RangeError(`${name} must have at least one element, got an empty array`);
  }
}

/**
 * Throws unless a list has so many elements.
 *
 * @param like what has as many, as it follows "elements".
 */
export function checkLength(
  name: string,
  { length }: { readonly length: number },
  expected: number,
  like = "",
): void {
  if (length === expected) return;
  const elements = counted(expected, "element");
  throw new RangeError(`${name} must have ${elements}${like}, got ${length}`);
}

/** Throws unless two lists, which stand under their names, have as many elements, at least one. */
export function checkSameLength(name: string, lists: Record<string, readonly unknown[]>): void {
  const [[a, as], [b, bs]] = Object.entries(lists);
  checkArray(`${name}: ${a}`, as);
  checkArray(`${name}: ${b}`, bs);
  if (as.length !== bs.length) {
    throw new RangeError(
      `${name}: ${a} and ${b} must have the same length, got ${as.length} and ${bs.length}`,
    );
  }
  checkList(`${name}: ${a}`, as);
}

/** Throws unless `x` is such a list as {@link checkList} asks for, and its elements pass a check. */
export function checkEach<T>(
  name: string,
  x: unknown,
  check: (name: string, element: unknown) => asserts element is T,
  length?: number,
): asserts x is readonly T[] {
  checkList(name, x, length);
  // By number, because forEach would skip the elements that a list leaves out.
  for (let i = 0; i < x.length; i++) check(`${name}[${i}]`, x[i]);
}

/** The same for finite numbers, whose names are not made without need: data may be large. */
export function checkNumbers(
  name: string,
  x: unknown,
  length?: number,
  range: Range = "",
): asserts x is readonly number[] {
  checkList(name, x, length);
  const wrong = x.findIndex((number) => !isIn(range, number));
  if (wrong >= 0) checkNumber(`${name}[${wrong}]`, x[wrong], range);
}

/** The same for whole numbers from 0 that are below `count`, if it is given. */
export function checkIndices(
  name: string,
  x: unknown,
  count?: number,
): asserts x is readonly number[] {
  checkList(name, x);
  for (let i = 0; i < x.length; i++) checkWhole(`${name}[${i}]`, x[i], 0, count && count - 1);
}

/** Throws unless `xs` is such a list of Values and numbers. */
export function checkOperands(
  name: string,
  xs: unknown,
  length?: number,
): asserts xs is readonly Operand[] {
  checkList(name, xs, length);
  // Every forward comes here: a plain loop, and no name without need.
  for (let i = 0; i < xs.length; i++) {
    if (typeof xs[i] === "number" || xs[i] instanceof Value) continue;
    throw new TypeError(`${name}[${i}] must be a Value or a number, got ${describe(xs[i])}`);
  }
}

/**
 * Rows of numbers: arrays, or typed arrays.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { Dataset, type Rows } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const rows: Rows = [Float64Array.of(1, 2), [3, 4]];
 * deepEqual(new Dataset(rows, Uint8Array.of(0, 1)).x, [[1, 2], [3, 4]]);
 * ```
 */
export type Rows = readonly (readonly number[] | NumberArray)[];

/** The rows as plain arrays; whether they are such is for {@link checkRows} to say. */
export function plainRows(name: string, x: Rows): readonly (readonly number[])[] {
  checkArray(name, x);
  return Array.from(x, (row) => asList(row));
}

/**
 * Examples with labels, as a list of rows and a list of numbers; a {@link Dataset} is one. Where
 * each example is to be answered by several numbers, `y` is a list of rows, too.
 *
 * @category Data
 *
 * @example
 * ```ts
 * import { accuracy, type Examples, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1], { activation: "linear" });
 * model.parameters().forEach((p) => p.data = 1); // x + 1
 * const data: Examples = { x: [[-3], [-2], [0], [2]], y: [0, 0, 1, 0] };
 * deepEqual(accuracy(model, data), 0.75);
 * ```
 */
export interface Examples<Y = number> {
  /** The inputs: n ≥ 1 rows of the same number of finite numbers. */
  readonly x: readonly (readonly number[])[];
  /** The labels: n finite numbers, or n rows of the same number of them. */
  readonly y: readonly Y[];
}

/** Throws unless `x` has at least one row, and all rows have as many finite numbers. */
export function checkRows(name: string, x: unknown): asserts x is readonly (readonly number[])[] {
  checkEach(name, x, checkNumbers);
  for (const [i, row] of x.entries()) {
    checkLength(`${name}[${i}]`, row, x[0].length, " as the first row");
  }
}

/** Throws unless `data` has rows, and as many labels, which are numbers. */
export function checkExamples(name: string, data: Examples): void {
  checkRowsOf(name, data);
  checkNumbers(`${name}.y`, data.y);
  checkSameLength(name, { x: data.x, y: data.y });
}

/** What a model is to answer: a number for each example, or a row of them. */
export type Targets = readonly number[] | readonly (readonly number[])[];

/** Throws unless `data` has rows, and as many targets. */
export function checkPairs(
  name: string,
  data: Examples<unknown>,
): asserts data is Examples<number> | Examples<readonly number[]> {
  checkRowsOf(name, data);
  checkTargets(`${name}.y`, data.y);
  checkSameLength(name, { x: data.x, y: data.y });
}

function checkRowsOf(name: string, data: Examples<unknown>): void {
  if (typeof data !== "object" || data === null || data instanceof Promise) {
    throw new TypeError(`${name} must be a Dataset or { x, y }, got ${describe(data)}`);
  }
  checkRows(`${name}.x`, data.x);
}

/** Throws unless `y` has numbers, or rows of as many numbers each. */
export function checkTargets<Y = number | readonly number[]>(
  name: string,
  y: unknown,
): asserts y is readonly Y[] {
  if (Array.isArray(y) && Array.isArray(y[0])) checkRows(name, y);
  else checkNumbers(name, y);
}

/** Whether the targets are rows. */
export function areRows(y: readonly unknown[]): y is readonly (readonly number[])[] {
  return Array.isArray(y[0]);
}

/** Throws unless `size` is the width and the height of images of so many pixels that can be drawn. */
export function checkImageSize(
  name: string,
  size: readonly [width: number, height: number] | null,
  pixels: number,
): void {
  if (!Array.isArray(size) || size.length !== 2) {
    throw new TypeError(`${name} must be [width, height], got ${describe(size)}`);
  }
  size.forEach((side, i) => checkSize(`${name}[${i}]`, side, 250));
  const [width, height] = size;
  if (width * height === pixels) return;
  throw new RangeError(`${name} must be of ${pixels} pixels in all, got ${width} × ${height}`);
}
