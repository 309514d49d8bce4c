import { type NaryOp, rules } from "./rules.ts";
import { constant, lift, type Operand, Value } from "./value.ts";

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
  return new Value(rules[op].f(data), undefined, op, requiresGrad, null, null, list);
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
  return new Value(total, undefined, "dot", requiresGrad, null, null, list);
}

function liftElement(op: NaryOp, name: string, x: Operand, i: number): Value {
  return typeof x === "number" ? constant(x) : lift(x, op, `${name}[${i}]`);
}
