import { topologicalOrder } from "./backward.ts";
import { describe } from "./describe.ts";
import { binaryOps, partial, unaryOps, type World } from "./rules.ts";
import { applyBinary, applyUnary, constant, Value } from "./value.ts";

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
  if (!(y instanceof Value)) throw new TypeError(`grad: y must be a Value, got ${describe(y)}`);
  if (!Array.isArray(xs)) {
    throw new TypeError(`grad: xs must be an array of Values, got ${describe(xs)}`);
  }
  xs.forEach((x, i) => {
    if (!(x instanceof Value)) {
      throw new TypeError(`grad: xs[${i}] must be a Value, got ${describe(x)}`);
    }
  });

  const order = topologicalOrder(y);
  const onTheWay = new Set<Value>(xs);
  for (const node of order) {
    if (node.operands.some((operand) => onTheWay.has(operand))) onTheWay.add(node);
  }
  const gradients = new Map<Value, Value>([[y, constant(1)]]);
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i];
    const upstream = gradients.get(node);
    if (node.op === null || upstream === undefined) continue;
    const { operands } = node;
    for (const [k, operand] of operands.entries()) {
      if (!onTheWay.has(operand)) continue;
      const local = partial(values, node.op, node, operands, k);
      const contribution = times(upstream, local);
      const sofar = gradients.get(operand);
      gradients.set(operand, sofar === undefined ? contribution : sofar.add(contribution));
    }
  }
  return xs.map((x) => gradients.get(x) ?? constant(0));
}

/** a · b, without a node for a factor of 1. */
function times(a: Value, b: Value): Value {
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  return a.mul(b);
}

function isOne(x: Value): boolean {
  return x.op === null && !x.requiresGrad && x.data === 1;
}

/** The world of Values: evaluating a partial derivative in it builds its graph. */
const values: World<Value> = {
  lit: constant,
  order: (a, b, less, equal, greater) =>
    a.data < b.data
      ? less()
      : a.data > b.data
      ? greater()
      : a.data === b.data
      ? equal()
      : constant(NaN),
  ...operations(),
};

function operations() {
  const entries = [
    ...unaryOps.map((op) => [op, (x: Value) => applyUnary(op, x)]),
    ...binaryOps.map((op) => [op, (a: Value, b: Value) => applyBinary(op, a, b)]),
  ];
  return Object.fromEntries(entries) as Omit<World<Value>, "lit" | "order">;
}
