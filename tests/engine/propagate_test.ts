import { topologicalOrder, Value } from "../../mod.ts";
import { arity, localSlope, type Op, ops, rules } from "../../engine/rules.ts";
import { assertEquals } from "../assert.ts";
import { apply } from "./helpers.ts";

const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2.5, 700, 1e308, 5e-324];

/** Operands for an operation: all pairs of special numbers, or lists of four. */
function operandsFor(op: Op): number[][] {
  if (arity(op) === 1) return special.map((x) => [x]);
  const pairs = special.flatMap((x) => special.map((y) => [x, y]));
  return arity(op) === 2 ? pairs : pairs.map(([x, y]) => [x, y, 0.25, -3]);
}

for (const op of ops) {
  Deno.test(`what ${op} hands back is what the table says, to the last bit`, () => {
    for (const numbers of operandsFor(op)) {
      const leaves = numbers.map((x) => new Value(x));
      const node = apply(op, leaves);
      const expected = rules[op].f;
      const value = arity(op) === Infinity
        ? (expected as (x: readonly number[]) => number)(numbers)
        : (expected as (x: number, y: number) => number)(numbers[0], numbers[1]);
      assertEquals(node.data, value, `${op}(${numbers})`);
      if (op === "add" || op === "mul") assertEquals(leaves[0][op](leaves[1]).data, value);
      // Through another node, so that the gradient that comes in is not 1.
      node.mul(3).backward();
      leaves.forEach((leaf, i) => {
        const incoming = 1 * 3;
        const slope = localSlope(op, node, i);
        assertEquals(leaf.grad, 0 + incoming * slope, `∂${op}(${numbers}) by operand ${i}`);
      });
    }
  });
}

Deno.test("constants get no gradient from any operation", () => {
  for (const op of ops) {
    const n = arity(op) === Infinity ? 4 : arity(op);
    for (let k = 0; k < n; k++) {
      const leaf = new Value(0.5);
      const operands = Array.from({ length: n }, (_, i) => i === k ? leaf : new Value(2).mul(1));
      const constants = operands.map((x, i) => i === k ? x : x.operands[1]);
      apply(op, constants).backward();
      for (const constant of constants) if (constant !== leaf) assertEquals(constant.grad, 0, op);
    }
  }
});

Deno.test("backward() goes the topological order of all nodes backwards, without the leaves", () => {
  // Sums whose parts differ by many orders of magnitude tell the order of additions.
  const x = new Value(1);
  let y = x.mul(1e16);
  for (const factor of [3, -1e16, 7, 1e-3, 5e15, -2]) {
    y = y.add(x.mul(factor)).mul(1).add(y.mul(0.1));
  }
  const order = topologicalOrder(y).toReversed();
  const gradients = new Map<Value, number>([[y, 1]]);
  for (const node of order) {
    node.operands.forEach((operand, i) => {
      if (!operand.requiresGrad) return;
      const part = gradients.get(node)! * localSlope(node.op!, node, i);
      gradients.set(operand, (gradients.get(operand) ?? 0) + part);
    });
  }
  y.backward();
  for (const [node, gradient] of gradients) assertEquals(node.grad, gradient);
});
