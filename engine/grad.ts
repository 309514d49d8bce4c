import { checkCount } from "./arguments.ts";
import { describe } from "./describe.ts";
import { type World, worldOf } from "./rules.ts";
import { nodesBetween, sweep } from "./sweep.ts";
import { applyBinary, applyUnary, checkValue, constant, type Value } from "./value.ts";

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
