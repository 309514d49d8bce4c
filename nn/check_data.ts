/**
 * Checks of examples, before a model is trained on them or asked about them.
 *
 * @module
 */
import { describe } from "../engine/mod.ts";
import { describeNumber } from "../engine/describe.ts";

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

function checkNumbers(name: string, numbers: readonly number[]): void {
  for (let i = 0; i < numbers.length; i++) {
    if (Number.isFinite(numbers[i])) continue;
    throw new RangeError(
      `${name}[${i}] must be a finite number, got ${describeNumber(numbers[i])}`,
    );
  }
}
