import { checkCount, describe } from "./arguments.ts";
import { type BinaryOp, type NaryOp, numbers, partial, rules, type UnaryOp } from "./rules.ts";
import type { Value } from "./value.ts";

let traversals = 0;

/**
 * All values that `root` was computed from, itself last: every value stands
 * after its operands. The order is that of the recursive depth-first search in
 * textbooks, found with a stack of our own, so that no depth is too much.
 *
 * @param root the result; a leaf is an order of its own.
 * @returns each value once, however often it was used.
 * @throws {TypeError} if `root` is not a Value.
 * @category Values
 *
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import { topologicalOrder } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [a, b, c] = [1, 2, 3].map((x) => new Value(x));
 * const order = topologicalOrder(a.mul(b).add(c));
 * deepEqual(order.map((v) => v.data), [1, 2, 2, 3, 5]);
 * ```
 */
export function topologicalOrder(root: Value): Value[] {
  checkCount("topologicalOrder", arguments, 1);
  if (!Array.isArray(root?.operands)) {
    throw new TypeError(`topologicalOrder: root must be a Value, got ${describe(root)}`);
  }
  const order: Value[] = [];
  walk(root, false);
  forEachLinked(root, (node) => order.push(node));
  return order.reverse();
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
  walk(root, true);
  root.grad = 1;
  forEachLinked(root, propagate);
}

/**
 * Links the values that `root` was computed from, each to the one before it in
 * the topological order, so that the way from the root to the leaves takes no
 * memory but theirs. For `backward()` leaves are left out, which have nothing to
 * hand on and are half of all, and gradients are set to 0.
 *
 * A node on the path from the root links to the node that the path comes from.
 */
function walk(root: Value, forBackward: boolean): void {
  const mark = ++traversals;
  /** How far the lists on the path have been gone through. */
  const places: number[] = [];
  const isNew = (x: Value) => x.mark !== mark && (x.op !== null || !forBackward);
  const enter = (x: Value, from: Value | null) => {
    x.mark = mark;
    x.link = from;
    if (forBackward) x.grad = 0;
    return x;
  };
  let node = enter(root, null), last: Value | null = null, i = 0;
  while (true) {
    const { a, b } = node;
    let found: Value | null = null;
    if (Array.isArray(b)) {
      while (found === null && i < b.length) {
        const x = b[i++];
        if (isNew(x)) found = x;
      }
      if (found !== null) places.push(i);
    } else if (i === 0 && a !== null && isNew(a)) {
      found = a;
    } else if (b !== null && isNew(b)) {
      found = b;
    }
    if (found !== null) {
      node = enter(found, node);
      i = 0;
      continue;
    }
    const from = node.link;
    node.link = last;
    if (from === null) return;
    last = node;
    node = from;
    i = node.a === null ? places.pop()! : 1;
  }
}

/** Visits a root and what `walk` has linked it to, and takes the links off. */
function forEachLinked(root: Value, visit: (node: Value) => void): void {
  let node: Value | null = root;
  while (node !== null) {
    const next: Value | null = node.link;
    // Else a part that is used again would keep what it was used for.
    node.link = null;
    visit(node);
    node = next;
  }
}

/**
 * Hands a node's gradient on to its operands, times the local derivatives of
 * the table. The operations that networks consist of are written out, which is
 * several times faster; a test holds them equal to the table.
 */
function propagate(node: Value): void {
  if (!node.requiresGrad) return;
  const { a, b } = node;
  if (Array.isArray(b)) propagateList(node, b);
  else if (b !== null) propagateBinary(node, a!, b);
  else propagateUnary(node, a!);
}

function propagateUnary({ op, data, grad }: Value, a: Value): void {
  switch (op) {
    case "tanh":
      a.grad += grad * (1 - data * data);
      return;
    case "relu":
      a.grad += grad * (a.data > 0 ? 1 : a.data <= 0 ? 0 : NaN);
      return;
    default:
      a.grad += grad * rules[op as UnaryOp].d[0](numbers, data, a.data, NaN);
  }
}

function propagateBinary({ op, data, grad }: Value, a: Value, b: Value): void {
  switch (op) {
    case "add":
      if (a.requiresGrad) a.grad += grad;
      if (b.requiresGrad) b.grad += grad;
      return;
    case "sub":
      if (a.requiresGrad) a.grad += grad;
      if (b.requiresGrad) b.grad -= grad;
      return;
    case "mul":
      if (a.requiresGrad) a.grad += grad * b.data;
      if (b.requiresGrad) b.grad += grad * a.data;
      return;
    default: {
      const { d } = rules[op as BinaryOp];
      const x = a.data, y = b.data;
      if (a.requiresGrad) a.grad += grad * d[0](numbers, data, x, y);
      if (b.requiresGrad) b.grad += grad * d[1](numbers, data, x, y);
    }
  }
}

function propagateList({ op, data, grad }: Value, list: readonly Value[]): void {
  const n = list.length;
  switch (op) {
    case "sum":
      for (let i = 0; i < n; i++) if (list[i].requiresGrad) list[i].grad += grad;
      return;
    case "dot":
      for (let i = 0, j = n / 2; j < n; i++, j++) {
        const a = list[i], b = list[j];
        if (a.requiresGrad) a.grad += grad * b.data;
        if (b.requiresGrad) b.grad += grad * a.data;
      }
      return;
    default: {
      const x = list.map((operand) => operand.data);
      for (let i = 0; i < n; i++) {
        if (!list[i].requiresGrad) continue;
        list[i].grad += grad * partial(numbers, op as NaryOp, data, x, i);
      }
    }
  }
}
