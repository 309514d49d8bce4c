/**
 * Checks of arguments, before anything is done with them.
 *
 * @module
 */
import { type Operand, RandomGenerator, Value } from "../engine/mod.ts";
import { describe, describeNumber } from "../engine/internal.ts";

/** Throws unless `x` is a whole number from 1. */
export function checkSize(name: string, x: number): void {
  if (Number.isSafeInteger(x) && x >= 1) return;
  throw new RangeError(`${name} must be a whole number from 1, got ${describeNumber(x)}`);
}

/** The number of a loss, which must be a Value or a number. */
export function lossOf(name: string, loss: Value | number): number {
  const data = loss instanceof Value ? loss.data : loss;
  if (typeof data === "number") return data;
  throw new TypeError(`${name}: loss must be a Value or a number, got ${describe(loss)}`);
}

/** Throws unless `x` is a list of `nin` Values and numbers. */
export function checkInput(name: string, x: readonly Operand[], nin: number): void {
  if (!Array.isArray(x)) throw new TypeError(`${name}: x must be an array, got ${describe(x)}`);
  if (x.length !== nin) {
    throw new RangeError(`${name}: x must have ${nin} elements, got ${x.length}`);
  }
  for (let i = 0; i < nin; i++) {
    if (typeof x[i] === "number" || x[i] instanceof Value) continue;
    throw new TypeError(`${name}: x[${i}] must be a Value or a number, got ${describe(x[i])}`);
  }
}

/** Throws unless `x` is true or false. */
export function checkBoolean(name: string, x: boolean): void {
  if (typeof x === "boolean") return;
  throw new TypeError(`${name} must be a boolean, got ${describe(x)}`);
}

/** Throws unless `x` is a random generator. */
export function checkGenerator(name: string, x: RandomGenerator): void {
  if (x instanceof RandomGenerator) return;
  throw new TypeError(`${name} must be a RandomGenerator, got ${describe(x)}`);
}

/**
 * Throws unless `x` is a finite number for which `holds` is true.
 *
 * @param constraint what `holds` asks for, as it follows "a finite number".
 */
export function checkNumber(
  name: string,
  x: number,
  constraint = "",
  holds: (x: number) => boolean = () => true,
): void {
  if (Number.isFinite(x) && holds(x)) return;
  throw new RangeError(`${name} must be a finite number${constraint}, got ${describeNumber(x)}`);
}

/**
 * Examples with labels, as a list of rows and a list of numbers; a {@link Dataset} is one.
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
export interface Examples {
  /** The inputs: n ≥ 1 rows of the same number of finite numbers. */
  readonly x: readonly (readonly number[])[];
  /** The labels: n finite numbers. */
  readonly y: readonly number[];
}

/** Throws unless `x` has at least one row, and all rows have as many finite numbers. */
export function checkRows(name: string, x: readonly (readonly number[])[]): void {
  checkList(name, x);
  for (let i = 0; i < x.length; i++) {
    checkList(`${name}[${i}]`, x[i]);
    if (x[i].length !== x[0].length) {
      throw new RangeError(
        `${name}[${i}] must have ${x[0].length} elements as the first row, got ${x[i].length}`,
      );
    }
    checkNumbers(`${name}[${i}]`, x[i]);
  }
}

/** Throws unless `data` has rows, and as many labels. */
export function checkExamples(name: string, data: Examples): void {
  if (typeof data !== "object" || data === null) {
    throw new TypeError(`${name} must be a Dataset or { x, y }, got ${describe(data)}`);
  }
  checkRows(`${name}.x`, data.x);
  checkList(`${name}.y`, data.y);
  checkNumbers(`${name}.y`, data.y);
  if (data.x.length === data.y.length) return;
  throw new RangeError(
    `${name}: x and y must have the same length, got ${data.x.length} and ${data.y.length}`,
  );
}

function checkList(name: string, list: readonly unknown[]): void {
  if (!Array.isArray(list)) throw new TypeError(`${name} must be an array, got ${describe(list)}`);
  if (list.length > 0) return;
  throw new RangeError(`${name} must have at least one element, got an empty array`);
}

/** Throws unless all of the numbers are finite. */
export function checkNumbers(name: string, numbers: readonly number[]): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new RangeError(
      `${name}[${i}] must be a finite number, got ${describeNumber(numbers[i])}`,
    );
  }
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
  const [width, height] = size;
  for (const [i, side] of [width, height].entries()) {
    checkSize(`${name}[${i}]`, side);
    if (side > 250) throw new RangeError(`${name}[${i}] must be at most 250, got ${side}`);
  }
  if (width * height === pixels) return;
  throw new RangeError(
    `${name} must be of ${pixels} pixels in all, got ${width} × ${height}`,
  );
}
