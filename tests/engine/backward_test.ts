import { assert, assertEquals, assertStrictEquals } from "../assert.ts";
import { add, sum, topologicalOrder, Value } from "../../mod.ts";
import { gradients } from "./helpers.ts";

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
