import { type BinaryOp, derivative, type NaryOp, numbers, rules, type UnaryOp } from "./rules.ts";
import type { Value } from "./value.ts";

let traversals = 0;

/**
 * All values that `root` was computed from, itself last: every value stands
 * after its operands. The order is that of the recursive depth-first search in
 * textbooks, found with a stack of our own, so that no depth is too much.
 *
 * @example
 * ```ts
 * import { topologicalOrder, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [a, b, c] = [1, 2, 3].map((x) => new Value(x));
 * const order = topologicalOrder(a.mul(b).add(c));
 * deepEqual(order.map((v) => v.data), [1, 2, 2, 3, 5]);
 * ```
 */
export function topologicalOrder(root: Value): Value[] {
  const mark = ++traversals;
  const order: Value[] = [];
  const path: Value[] = [root];
  const next: number[] = [0];
  root.mark = mark;
  while (path.length > 0) {
    const top = path.length - 1;
    const node = path[top];
    const operand = operandAt(node, next[top]++);
    if (operand === null) {
      order.push(node);
      path.pop();
      next.pop();
    } else if (operand.mark !== mark) {
      operand.mark = mark;
      path.push(operand);
      next.push(0);
    }
  }
  return order;
}

function operandAt(node: Value, i: number): Value | null {
  if (node.list !== null) return i < node.list.length ? node.list[i] : null;
  return i === 0 ? node.a : i === 1 ? node.b : null;
}

/**
 * The reverse sweep: from `root` to the leaves, every value hands its gradient
 * on, times its local derivative. Leaves accumulate over calls, interior nodes
 * start from zero.
 *
 * Linnainmaa, "Taylor expansion of the accumulated rounding error", BIT 16 (1976).
 */
export function backward(root: Value): void {
  const order = topologicalOrder(root);
  for (const node of order) if (node.op !== null) node.grad = 0;
  root.grad += 1;
  for (let i = order.length - 1; i >= 0; i--) propagate(order[i]);
}

function propagate(node: Value): void {
  if (node.op === null || !node.requiresGrad) return;
  const { a, b, list, grad, data } = node;
  if (list !== null) {
    const x = list.map((operand) => operand.data);
    for (let i = 0; i < x.length; i++) {
      if (!list[i].requiresGrad) continue;
      list[i].grad += grad * derivative(numbers, node.op as NaryOp, data, x, i);
    }
  } else if (b !== null) {
    const { d } = rules[node.op as BinaryOp];
    const x = a!.data, y = b.data;
    if (a!.requiresGrad) a!.grad += grad * d[0](numbers, data, x, y);
    if (b.requiresGrad) b.grad += grad * d[1](numbers, data, x, y);
  } else {
    const { d } = rules[node.op as UnaryOp];
    if (a!.requiresGrad) a!.grad += grad * d[0](numbers, data, a!.data, NaN);
  }
}
