import { topologicalOrder } from "../../engine/extend.ts";
import { assert, assertEquals, assertStrictEquals } from "../support/assert.ts";
import { add, sum, Value } from "../../mod.ts";
import { arity, localSlope, type Op, ops, rules } from "../../engine/rules.ts";
import { apply, gradients } from "../support/helpers.ts";

Deno.test("`backward()` gives the tutorial's gradients", () => {
  const [a, b, c, f] = [2, -3, 10, -2].map((x) => new Value(x));
  const e = a.mul(b);
  const d = e.add(c);
  const L = d.mul(f);
  L.backward();
  assertEquals(L.data, -8);
  assertEquals([a, b, c, f, e, d, L].map((v) => v.grad), [6, -4, -2, 4, -2, -2, 1]);
});

Deno.test("`backward()` accumulates in leaves when called twice", () => {
  const a = new Value(3);
  const y = a.mul(a);
  y.backward();
  y.backward();
  assertEquals([a.grad, y.grad], [12, 1]);
});

Deno.test("`backward()` starts interior nodes from zero each time", () => {
  const a = new Value(3);
  const h = a.mul(2);
  const y = h.mul(h);
  for (let k = 1; k <= 3; k++) {
    y.backward();
    assertEquals([h.grad, a.grad], [12, k * 24]);
  }
});

Deno.test("`backward()` from two roots over a shared part adds up in the leaves only", () => {
  const a = new Value(2);
  const shared = a.mul(3);
  shared.mul(5).backward();
  shared.exp().backward();
  assertEquals(shared.grad, Math.exp(6));
  assertEquals(a.grad, 15 + 3 * Math.exp(6));
});

Deno.test("a leaf's own backward() adds 1 to its gradient", () => {
  const a = new Value(2);
  a.backward();
  a.backward();
  assertEquals(a.grad, 2);
});

Deno.test("`backward()` leaves what the root does not depend on alone", () => {
  const [a, b] = [new Value(2), new Value(3)];
  b.grad = 7;
  const aside = a.mul(b);
  aside.grad = 11;
  a.exp().backward();
  assertEquals([b.grad, aside.grad], [7, 11]);
});

Deno.test("a diamond's gradient is the sum over both paths", () => {
  const x = new Value(.5);
  const y = x.sin().mul(x.cos());
  const [g] = gradients(y, [x]);
  assert(Math.abs(g - Math.cos(1)) < 1e-15);
});

Deno.test("a diamond of diamonds is swept once a node, not once a path", () => {
  let x = new Value(1);
  const leaf = x;
  for (let i = 0; i < 60; i++) x = x.add(x);
  assertEquals(topologicalOrder(x).length, 61);
  assertEquals(gradients(x, [leaf]), [2 ** 60]);
});

Deno.test("no gradient reaches constants, or the graph above constants alone", () => {
  const x = new Value(2);
  const fixed = add(3, 4).exp();
  const y = x.mul(fixed);
  y.backward();
  assertEquals(topologicalOrder(fixed).map((v) => v.grad), [0, 0, 0, 0]);
  assertEquals(x.grad, fixed.data);
});

Deno.test("a constant exponent's derivative is not evaluated where it does not exist", () => {
  const x = new Value(-2);
  const y = x.pow(2);
  y.backward();
  assertEquals([x.grad, y.operands[1].grad], [-4, 0]);
});

Deno.test("`topologicalOrder()` is that of the recursive depth-first search", () => {
  const [a, b, c] = [2, -3, 10].map((x) => new Value(x));
  const y = a.mul(b).add(c).mul(a.add(sum([c, b, a])));
  const expected: Value[] = [];
  const visited = new Set<Value>();
  const visit = (v: Value) => {
    if (visited.has(v)) return;
    visited.add(v);
    v.operands.forEach(visit);
    expected.push(v);
  };
  visit(y);
  const order = topologicalOrder(y);
  assertEquals(order.length, expected.length);
  order.forEach((v, i) => assertStrictEquals(v, expected[i]));
});

Deno.test("`topologicalOrder()` does not disturb the next one, over other roots of the same graph", () => {
  const a = new Value(1);
  const [y, z] = [a.exp(), a.sin()];
  assertEquals(topologicalOrder(y).length, 2);
  assertEquals(topologicalOrder(z).length, 2);
  assertEquals(topologicalOrder(y.mul(z)).length, 4);
  assertEquals(topologicalOrder(a).length, 1);
});

Deno.test("a traversal leaves no links behind: a shared part does not hold what it was used for", () => {
  const [a, b] = [2, 3].map((x) => new Value(x));
  const shared = a.mul(b);
  const y = sum([shared.exp(), shared, b]).add(shared);
  y.backward();
  const order = topologicalOrder(y);
  assertEquals(order.map(({ link }) => link), order.map(() => null));
  assertEquals(order.length, 6);
});

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
