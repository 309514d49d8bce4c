/**
 * The operations on lists of {@link Value}s and numbers: `sum([x, 2, y])`. Those of the
 * table are one node each, the others are made of them.
 *
 * @module
 */
import { checkCount, describe } from "./arguments.ts";
import { type BinaryOp, type NaryOp, rules } from "./rules.ts";
import { applyBinary, constant, lift, makeNode, type Operand, Value } from "./value.ts";

/**
 * The typed arrays of JavaScript that hold numbers.
 *
 * @category Values
 *
 * @example
 * ```ts
 * import { dot, type NumberArray } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const pixels: NumberArray = Uint8Array.of(0, 128, 255);
 * deepEqual(dot(pixels, [1, 2, 3]).data, 1021);
 * ```
 */
export type NumberArray =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * What takes a list takes: an array of {@link Value}s and numbers, or a typed array.
 *
 * @category Values
 *
 * @example
 * ```ts
 * import { mean, type Operands, sum, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const spread = (xs: Operands): Value => sum(xs).sub(mean(xs));
 * deepEqual([spread([1, new Value(3)]).data, spread(Float64Array.of(2, 4)).data], [2, 3]);
 * ```
 */
export type Operands = readonly Operand[] | NumberArray;

/** A typed array as a plain one; all else as it is. */
export function asList(xs: readonly number[] | NumberArray): readonly number[];
/** A list that may hold Values, too. */
export function asList(xs: Operands): readonly Operand[];
/** Whatever it is. */
export function asList(xs: unknown): unknown;
export function asList(xs: unknown): unknown {
  // Arrays first: every product of weights and inputs comes here.
  return !Array.isArray(xs) && isNumberArray(xs) ? Array.from(xs) : xs;
}

/** Whether something is a typed array of numbers. */
export function isNumberArray(xs: unknown): xs is NumberArray {
  return ArrayBuffer.isView(xs) && !(xs instanceof DataView) &&
    !(xs instanceof BigInt64Array) && !(xs instanceof BigUint64Array);
}

/**
 * x₀ + x₁ + …, as one node; 0 for an empty list.
 *
 * @param xs n ≥ 0 Values and numbers.
 * @throws {TypeError} if `xs` is not an array of Values and numbers.
 * @category Operations
 *
 * @example
 * ```ts
 * import { sum } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(sum([1, 2, 3]).data, 6);
 * ```
 */
export function sum(xs: Operands): Value {
  checkCount("sum", arguments, 1, "write sum([a, b, c])");
  return applyList("sum", list("sum", "xs", xs));
}

/**
 * a₀·b₀ + a₁·b₁ + …, as one node; 0 for empty lists.
 *
 * @param a n ≥ 0 Values and numbers.
 * @param b as many.
 * @throws {TypeError} if `a` or `b` is not an array of Values and numbers.
 * @throws {RangeError} if their lengths differ.
 * @category Operations
 *
 * @example
 * ```ts
 * import { dot } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(dot([1, 2, 3], [4, 5, 6]).data, 32);
 * ```
 */
export function dot(a: Operands, b: Operands): Value {
  checkCount("dot", arguments, 2);
  const as = list("dot", "a", a), bs = list("dot", "b", b);
  if (as.length !== bs.length) {
    throw new RangeError(
      `dot: a and b must have the same length, got ${as.length} and ${bs.length}`,
    );
  }
  return applyDot(as, bs);
}

/**
 * log(exp(x₀) + exp(x₁) + …), as one node and without overflow.
 *
 * Blanchard, Higham and Higham, "Accurately computing the log-sum-exp and softmax
 * functions" (2021).
 *
 * @param xs n ≥ 1 Values and numbers.
 * @throws {TypeError} if `xs` is not an array of Values and numbers.
 * @throws {RangeError} if it is empty.
 * @category Operations
 *
 * @example
 * ```ts
 * import { logSumExp } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(logSumExp([1000, 1000]).data, 1000 + Math.log(2));
 * ```
 */
export function logSumExp(xs: Operands): Value {
  checkCount("logSumExp", arguments, 1, "write logSumExp([a, b, c])");
  return applyList("logSumExp", filled("logSumExp", xs));
}

/**
 * (x₀ + x₁ + …) / n, as two nodes.
 *
 * @param xs n ≥ 1 Values and numbers.
 * @throws {TypeError} if `xs` is not an array of Values and numbers.
 * @throws {RangeError} if it is empty.
 * @category Operations
 *
 * @example
 * ```ts
 * import { mean } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(mean([1, 2, 6]).data, 3);
 * ```
 */
export function mean(xs: Operands): Value {
  checkCount("mean", arguments, 1, "write mean([a, b, c])");
  const all = lifted("mean", filled("mean", xs));
  return applyList("sum", all).div(all.length);
}

/**
 * x₀ · x₁ · …, as n − 1 products; 1 for an empty list.
 *
 * As the chain rule goes through the products, nothing is divided: the gradients are right
 * also where some of the xᵢ are 0.
 *
 * @param xs n ≥ 0 Values and numbers.
 * @returns the last product; for one Value, that Value.
 * @throws {TypeError} if `xs` is not an array of Values and numbers.
 * @category Operations
 *
 * @example
 * ```ts
 * import { prod, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const xs = [0, 2, 3].map((x) => new Value(x));
 * prod(xs).backward();
 * deepEqual(xs.map((x) => x.grad), [6, 0, 0]);
 * ```
 */
export function prod(xs: Operands): Value {
  checkCount("prod", arguments, 1, "write prod([a, b, c])");
  const all = list("prod", "xs", xs);
  return all.length === 0 ? constant(1) : inRounds("prod", "mul", all);
}

/** The result of `op`, whose order is of no matter, over a list. */
export function pairwise(op: "max" | "min", xs: Operands): Value {
  return inRounds(op, op, filled(op, xs));
}

/** Neighbours are put together until one is left, so that no way through the graph is long. */
function inRounds(name: string, op: BinaryOp, xs: readonly Operand[]): Value {
  let round = lifted(name, xs);
  while (round.length > 1) {
    const next: Value[] = [];
    for (let i = 0; i < round.length; i += 2) {
      next.push(i + 1 < round.length ? applyBinary(op, round[i], round[i + 1]) : round[i]);
    }
    round = next;
  }
  return round[0];
}

function lifted(name: string, xs: readonly Operand[]): Value[] {
  return Array.from(xs, (x, i) => x instanceof Value ? x : liftElement(name, "xs", x, i));
}

/** A list that must not be empty. */
function filled(name: string, xs: Operands): readonly Operand[] {
  const all = list(name, "xs", xs);
  if (all.length > 0) return all;
  throw new RangeError(`${name}: xs must have at least one element, got an empty array`);
}

function list(op: string, name: string, xs: Operands): readonly Operand[] {
  const all = asList(xs);
  if (Array.isArray(all)) return all;
  throw new TypeError(`${op}: ${name} must be an array, got ${describe(xs)}`);
}

/** A new node: the operation `op` on a list of operands. */
export function applyList(op: NaryOp, xs: readonly Operand[]): Value {
  const n = xs.length;
  if (op === "dot") return applyDot(xs.slice(0, n / 2), xs.slice(n / 2));
  const list = new Array<Value>(n);
  const data = new Array<number>(n);
  let requiresGrad = false;
  for (let i = 0; i < n; i++) {
    const x = xs[i];
    const value = list[i] = x instanceof Value ? x : liftElement(op, "xs", x, i);
    data[i] = value.data;
    requiresGrad ||= value.requiresGrad;
  }
  return makeNode(rules[op].f(data), op, requiresGrad, null, list);
}

/** A new node: the sum of the products of two lists of the same length. */
export function applyDot(xs: readonly Operand[], ys: readonly Operand[]): Value {
  const n = xs.length;
  const list = new Array<Value>(2 * n);
  let total = 0, requiresGrad = false;
  for (let i = 0; i < n; i++) {
    const x = xs[i], y = ys[i];
    const a = list[i] = x instanceof Value ? x : liftElement("dot", "a", x, i);
    const b = list[n + i] = y instanceof Value ? y : liftElement("dot", "b", y, i);
    total += a.data * b.data;
    requiresGrad ||= a.requiresGrad || b.requiresGrad;
  }
  return makeNode(total, "dot", requiresGrad, null, list);
}

function liftElement(op: string, name: string, x: Operand, i: number): Value {
  return typeof x === "number" ? constant(x) : lift(x, op, `${name}[${i}]`);
}
