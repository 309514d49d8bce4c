import { type Chart, Table } from "../../engine/mod.ts";
import { checkCount, checkOptions, describe } from "../../engine/internal.ts";
import { Charted, counted, score } from "../../engine/show/mod.ts";
import {
  checkArray,
  checkEach,
  checkIndices,
  checkNumber,
  checkNumbers,
  checkSameLength,
  checkString,
} from "../check.ts";
import { classOf } from "./classes.ts";
import { renderConfusionMatrix } from "./confusion_matrix_view.ts";

/**
 * Settings of {@link confusionMatrix}.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const matrix = confusionMatrix([0, 1], [0, 0], { classNames: ["cat", "dog"] });
 * match(String(matrix), /most often dog taken for cat: 1 time/);
 * ```
 */
export interface ConfusionMatrixOptions {
  /** What the classes are called, one text each. Default: their numbers. */
  classNames?: readonly string[];
  /**
   * If it is given, `predicted` are the single outputs of a model, of which those
   * above it mean class 1 and the others class 0. Default: they are classes.
   */
  threshold?: number;
}

/**
 * How often each class was taken for which; a notebook shows it as a map with a
 * row for each actual class and a column for each predicted one.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const matrix = confusionMatrix([0, 0, 1, 2], [0, 1, 1, 2]);
 * deepEqual(matrix.counts[0], [1, 1, 0]); // of two zeros, one was taken for a one
 * deepEqual([matrix.total, matrix.accuracy], [4, 0.75]);
 * deepEqual([matrix.recall, matrix.precision], [[0.5, 1, 1], [1, 0.5, 1]]);
 * ```
 */
export class ConfusionMatrix extends Charted {
  /** `counts[i][j]`: how many examples of class i were taken for class j. */
  readonly counts: readonly (readonly number[])[];
  /** What the classes are called. */
  readonly classNames: readonly string[];

  /** @ignore */
  constructor(counts: readonly (readonly number[])[], classNames: readonly string[]) {
    super();
    this.counts = counts;
    this.classNames = classNames;
  }

  /** The number of examples. */
  get total(): number {
    return this.counts.flat().reduce((a, b) => a + b, 0);
  }

  /** The part of the examples that was taken for what they are, from 0 to 1. */
  get accuracy(): number {
    return sum(this.#diagonal()) / this.total;
  }

  /** For each class: of the examples taken for it, the part that is it; NaN without any. */
  get precision(): number[] {
    return this.#diagonal().map((right, k) => right / sum(this.counts.map((row) => row[k])));
  }

  /** For each class: of the examples that are it, the part that was taken for it; NaN without any. */
  get recall(): number[] {
    return this.#diagonal().map((right, k) => right / sum(this.counts[k]));
  }

  #diagonal(): number[] {
    return this.counts.map((row, k) => row[k]);
  }

  /** The counts as a table, with the recall of each row and the precision of each column. */
  table(): Table {
    checkCount("ConfusionMatrix.table", arguments, 0);
    const { classNames } = this;
    const cells = (numbers: readonly (number | string)[]) =>
      Object.fromEntries(numbers.map((n, j) => [`said ${classNames[j]}`, n]));
    const rows = this.recall.map((recall, i) => ({
      actual: classNames[i],
      ...cells(this.counts[i]),
      recall: recall.toFixed(3),
    }));
    const precision = cells(this.precision.map((share) => share.toFixed(3)));
    return new Table([...rows, { actual: "precision", ...precision, recall: "" }], `${this}`);
  }

  /** The map: right answers blue, errors orange, each darker where there are more. */
  chart(): Chart {
    checkCount("ConfusionMatrix.chart", arguments, 0);
    return renderConfusionMatrix(
      this,
      score(sum(this.#diagonal()), this.total),
      this.table().toString(),
    );
  }

  /** `ConfusionMatrix(10 classes, 345 of 360 right: 95.8%; most often 8 taken for 1: 4 times)` */
  override toString(): string {
    const { counts, classNames } = this;
    const errors = counts.flatMap((row, i) => row.map((n, j) => ({ i, j, n: i === j ? 0 : n })));
    const worst = errors.reduce((a, b) => b.n > a.n ? b : a);
    const often = worst.n === 0
      ? ""
      : `; most often ${classNames[worst.i]} taken for ${classNames[worst.j]}: ` +
        counted(worst.n, "time");
    const size = counted(counts.length, "class", "classes");
    return `ConfusionMatrix(${size}, ${score(sum(this.#diagonal()), this.total)}${often})`;
  }
}

/**
 * Counts how often each class was taken for which. The same counts as of
 * scikit-learn's `confusion_matrix`.
 *
 * @param actual the n ≥ 1 right classes: whole numbers from 0 to 49.
 * @param predicted n classes, what a model says to the same examples, as of `predict`; with
 * `threshold` n numbers, its outputs.
 * @throws {TypeError} if an argument is not an array, or a name not a text.
 * @throws {RangeError} if the arrays are empty or differ in length, a class is no such number or
 * has no name, two names are the same, or the threshold is not a finite number.
 * @throws {RangeError} for an option of another name.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const matrix = confusionMatrix([0, 0, 0, 1], [0, 0, 1, 1], { classNames: ["cat", "dog"] });
 * deepEqual(matrix.counts, [[2, 1], [0, 1]]);
 * deepEqual([matrix.accuracy, matrix.precision, matrix.recall], [0.75, [1, 0.5], [2 / 3, 1]]);
 * deepEqual(matrix.table().toString().split("\n").slice(1), [
 *   "actual     said cat  said dog  recall",
 *   "cat               2         1   0.667",
 *   "dog               0         1   1.000",
 *   "precision     1.000     0.500",
 * ]);
 * ```
 */
export function confusionMatrix(
  actual: readonly number[],
  predicted: readonly number[],
  options: ConfusionMatrixOptions = {},
): ConfusionMatrix {
  checkCount("confusionMatrix", arguments, 3);
  checkOptions<ConfusionMatrixOptions>("confusionMatrix", options, {
    classNames: "array",
    threshold: "number",
  });
  const name = "confusionMatrix";
  const { classNames, threshold } = options;
  if (classNames !== undefined) checkNames(`${name}: classNames`, classNames);
  const most = classNames?.length ?? mostClasses;
  checkIndices(`${name}: actual`, actual, most);
  const said = threshold === undefined ? predicted : cut(name, predicted, threshold);
  checkIndices(`${name}: predicted`, said, most);
  checkSameLength(name, { actual, predicted });
  const count = classNames?.length ??
    1 + [...actual, ...said].reduce((a, b) => Math.max(a, b), 0);
  const counts = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  actual.forEach((label, i) => counts[label][said[i]]++);
  return new ConfusionMatrix(counts, classNames ?? counts.map((_, k) => String(k)));
}

/** More have no room in a picture. */
const mostClasses = 50;

function cut(name: string, outputs: readonly number[], threshold: number): number[] {
  checkNumber(`${name}: threshold`, threshold);
  checkNumbers(`${name}: predicted`, outputs);
  return outputs.map((output) => classOf([output], threshold));
}

function checkNames(name: string, names: readonly string[]): void {
  checkArray(name, names);
  if (names.length === 0 || names.length > mostClasses) {
    throw new RangeError(`${name} must have 1 to ${mostClasses} elements, got ${names.length}`);
  }
  checkEach(name, names, checkString);
  const again = names.findIndex((text, i) => names.indexOf(text) < i);
  if (again < 0) return;
  throw new RangeError(
    `${name}[${again}] must differ from the others, got ${describe(names[again])}`,
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
