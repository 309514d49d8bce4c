/**
 * The operations on lists of {@link Value}s and numbers, each one node: `sum([x, 2, y])`.
 *
 * @module
 */
import { checkCount } from "./arguments.ts";
import { describe } from "./describe.ts";
import { type NaryOp, rules } from "./rules.ts";
import { constant, lift, makeNode, type Operand, Value } from "./value.ts";

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
export function sum(xs: readonly Operand[]): Value {
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
export function dot(a: readonly Operand[], b: readonly Operand[]): Value {
  checkCount("dot", arguments, 2);
  list("dot", "a", a);
  list("dot", "b", b);
  if (a.length !== b.length) {
    throw new RangeError(
      `dot: a and b must have the same length, got ${a.length} and ${b.length}`,
    );
  }
  return applyDot(a, b);
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
export function logSumExp(xs: readonly Operand[]): Value {
  checkCount("logSumExp", arguments, 1, "write logSumExp([a, b, c])");
  if (list("logSumExp", "xs", xs).length === 0) {
    throw new RangeError("logSumExp: xs must have at least one element, got an empty array");
  }
  return applyList("logSumExp", xs);
}

function list(op: NaryOp, name: string, xs: readonly Operand[]): readonly Operand[] {
  if (Array.isArray(xs)) return xs;
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
  return makeNode(rules[op].f(data), op, requiresGrad, null, null, list);
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
  return makeNode(total, "dot", requiresGrad, null, null, list);
}

function liftElement(op: NaryOp, name: string, x: Operand, i: number): Value {
  return typeof x === "number" ? constant(x) : lift(x, op, `${name}[${i}]`);
}
