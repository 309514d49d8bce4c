import { propagate } from "./propagate.ts";
import type { Value } from "./value.ts";

let traversals = 0;

/**
 * All values that `root` was computed from, itself last: every value stands
 * after its operands. The order is that of the recursive depth-first search in
 * textbooks, found with a stack of our own, so that no depth is too much.
 *
 * @param root the result; a leaf is an order of its own.
 * @returns each value once, however often it was used.
 * @category Values
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
  if (root.op === null) {
    root.grad += 1;
    return;
  }
  const order = computedOrder(root);
  root.grad = 1;
  for (let i = order.length - 1; i >= 0; i--) propagate(order[i]);
}

/**
 * What is computed of `root`'s history, in topological order and with gradients
 * at 0. Leaves have nothing to hand on, and leaving them out saves half of the way.
 */
function computedOrder(root: Value): Value[] {
  const mark = ++traversals;
  const order: Value[] = [];
  const path: Value[] = [];
  const next: number[] = [];
  let node = root, i = 0;
  const isNew = (x: Value | null): x is Value => x !== null && x.op !== null && x.mark !== mark;
  const enter = (x: Value) => {
    x.mark = mark;
    x.grad = 0;
    return x;
  };
  enter(root);
  while (true) {
    let found: Value | null = null;
    const { list } = node;
    if (list !== null) {
      while (found === null && i < list.length) {
        const x = list[i++];
        if (isNew(x)) found = x;
      }
    } else {
      while (found === null && i < 2) {
        const x = i++ === 0 ? node.a : node.b;
        if (isNew(x)) found = x;
      }
    }
    if (found !== null) {
      path.push(node);
      next.push(i);
      node = enter(found);
      i = 0;
      continue;
    }
    order.push(node);
    if (path.length === 0) return order;
    node = path.pop()!;
    i = next.pop()!;
  }
}
