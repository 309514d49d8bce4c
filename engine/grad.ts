import { checkCount, describe } from "./arguments.ts";
import { asList, type Operands } from "./list_operations.ts";
import { numbers, type World, worldOf } from "./rules.ts";
import { nodesBetween, sweep } from "./sweep.ts";
import { applyBinary, applyUnary, checkValue, constant, Value } from "./value.ts";

/**
 * ∂y/∂x for each x, as Values: graphs of their own, which can be differentiated
 * again. Nothing is written to `grad`. An x that y does not depend on has the
 * gradient 0.
 *
 * @param y the value to differentiate.
 * @param xs any values on the way to y, leaves or not.
 * @throws {TypeError} if y or an x is not a Value.
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { grad, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(2);
 * const [first] = grad(x.pow(4), [x]);
 * const [second] = grad(first, [x]);
 * const [third] = grad(second, [x]);
 * deepEqual([first.data, second.data, third.data], [32, 48, 48]);
 * ```
 */
export function grad(y: Value, xs: readonly Value[]): Value[] {
  checkCount("grad", arguments, 2);
  checkValue("grad: y", y);
  if (!Array.isArray(xs)) {
    throw new TypeError(`grad: xs must be an array of Values, got ${describe(xs)}`);
  }
  for (const [i, x] of xs.entries()) checkValue(`grad: xs[${i}]`, x);

  const gradients = sweep(nodesBetween(xs, y), values, (node) => node, nothing);
  return xs.map((x) => gradients.get(x) ?? constant(0));
}

/**
 * ∂yᵢ/∂xⱼ as numbers: one row for each result, one column for each x.
 *
 * @param fn computes one Value or a list of Values from the xs; called once.
 * @param xs where to differentiate: numbers, or Values such as a model's parameters. Nothing is
 * written to their `grad`.
 * @throws {TypeError} if `xs` is not an array of numbers and Values, or `fn` is no function or
 * returns something else.
 * @category Derivatives
 *
 * @example Polar coordinates
 * ```ts
 * import { jacobian } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const J = jacobian((r, t) => [r.mul(t.cos()), r.mul(t.sin())], [2, 0]);
 * deepEqual(J, [[1, -0], [0, 2]]);
 * ```
 *
 * @example The gradients of single examples: one row for each of them
 * ```ts
 * import { jacobian, Neuron } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new Neuron(2, { activation: "linear" });
 * const xs = [[1, 2], [3, 4], [5, 6]];
 * const gradients = jacobian(() => xs.map((x) => model.forward(x)), model.parameters());
 * deepEqual(gradients, [[1, 2, 1], [3, 4, 1], [5, 6, 1]]);
 * ```
 */
export function jacobian(
  fn: (...x: Value[]) => Value | readonly Value[],
  xs: Operands,
): number[][] {
  checkCount("jacobian", arguments, 2);
  const leaves = leavesOf("jacobian", fn, xs);
  const result = fn(...leaves);
  const ys: readonly unknown[] = Array.isArray(result) ? result : [result];
  return ys.map((y) => {
    if (y instanceof Value) return slopes(y, leaves);
    throw new TypeError(
      `jacobian: fn must return a Value or an array of Values, got ${describe(y)}`,
    );
  });
}

/**
 * ∂²y/∂xᵢ∂xⱼ as numbers, n rows of n. It is the Jacobian of the gradient.
 *
 * @param fn computes one Value from the xs; called once.
 * @param xs where to differentiate: n numbers, or Values such as a model's parameters. Nothing is
 * written to their `grad`.
 * @throws {TypeError} if `xs` is not an array of numbers and Values, or `fn` is no function or
 * returns no Value.
 * @category Derivatives
 *
 * @example
 * ```ts
 * import { hessian } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(hessian((x, y) => x.pow(3).mul(y), [2, 5]), [[60, 12], [12, 0]]);
 * ```
 */
export function hessian(fn: (...x: Value[]) => Value, xs: Operands): number[][] {
  checkCount("hessian", arguments, 2);
  const leaves = leavesOf("hessian", fn, xs);
  const y = fn(...leaves);
  if (!(y instanceof Value)) {
    throw new TypeError(`hessian: fn must return a Value, got ${describe(y)}`);
  }
  return grad(y, leaves).map((first) => slopes(first, leaves));
}

function leavesOf(name: string, fn: unknown, xs: Operands): Value[] {
  if (typeof fn !== "function") {
    throw new TypeError(`${name}: fn must be a function, got ${describe(fn)}`);
  }
  const all = asList(xs);
  if (!Array.isArray(all)) {
    throw new TypeError(`${name}: xs must be an array, got ${describe(xs)}`);
  }
  return Array.from(all, (x, i) => {
    if (x instanceof Value) return x;
    if (typeof x === "number") return new Value(x);
    throw new TypeError(`${name}: xs[${i}] must be a number or a Value, got ${describe(x)}`);
  });
}

/** ∂y/∂x for each x, as numbers. */
function slopes(y: Value, xs: readonly Value[]): number[] {
  const gradients = sweep(nodesBetween(xs, y), numbers, ({ data }) => data);
  return xs.map((x) => gradients.get(x) ?? 0);
}

/** What gradients start from, and what needs no node to be added to. */
const nothing = constant(0);

/** The world of Values, in which a derivative becomes a graph. */
const values: World<Value> = {
  ...worldOf(
    constant,
    ({ data }) => data,
    (op) => (x) => applyUnary(op, x),
    (op) => (a, b) => applyBinary(op, a, b),
  ),
  add: (a, b) => a === nothing ? b : a.add(b),
  mul: (a, b) => isOne(a) ? b : isOne(b) ? a : a.mul(b),
};

function isOne(x: Value): boolean {
  return x.op === null && !x.requiresGrad && x.data === 1;
}
