import { type BinaryOp, derivative, type NaryOp, numbers, rules, type UnaryOp } from "./rules.ts";
import type { Value } from "./value.ts";

/**
 * Hands a node's gradient on to its operands, times the local derivatives of
 * the table. The operations that networks consist of are written out, which is
 * several times faster; a test holds them equal to the table.
 */
export function propagate(node: Value): void {
  if (!node.requiresGrad) return;
  if (node.list !== null) propagateList(node, node.list);
  else if (node.b !== null) propagateBinary(node, node.a!, node.b);
  else propagateUnary(node, node.a!);
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
        list[i].grad += grad * derivative(numbers, op as NaryOp, data, x, i);
      }
    }
  }
}
