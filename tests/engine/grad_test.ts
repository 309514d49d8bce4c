import { topologicalOrder } from "../../engine/extend.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "../support/assert.ts";
import { grad, RandomGenerator, Value } from "../../mod.ts";
import {
  apply,
  cases,
  contents,
  gradients,
  sample,
  strangers,
  untyped,
} from "../support/helpers.ts";

for (const { op, count, name } of cases) {
  Deno.test(`${name}: grad() gives the gradients of backward(), bit for bit`, () => {
    const generator = new RandomGenerator(300 + count);
    for (let k = 0; k < 8; k++) {
      const xs = sample(op, count, generator).map((x) => new Value(x));
      const y = apply(op, xs);
      assertEquals(grad(y, xs).map((g) => g.data + 0), gradients(y, xs).map((g) => g + 0));
    }
  });
}

Deno.test("the third derivative of x⁴ is 24x", () => {
  const x = new Value(2);
  let y = x.pow(4);
  const derivatives = [];
  for (let k = 0; k < 5; k++) {
    [y] = grad(y, [x]);
    derivatives.push(y.data);
  }
  assertEquals(derivatives, [32, 48, 48, 24, 0]);
});

Deno.test("the derivatives of the sine go around in four steps", () => {
  const x = new Value(.7);
  let y = x.sin();
  const expected = [Math.cos(.7), -Math.sin(.7), -Math.cos(.7), Math.sin(.7)];
  for (const e of expected) {
    [y] = grad(y, [x]);
    assertAlmostEquals(y.data, e, 1e-15);
  }
});

Deno.test("the second and third derivative of tanh are those of the closed form", () => {
  const x = new Value(.3);
  const t = Math.tanh(.3);
  const [first] = grad(x.tanh(), [x]);
  const [second] = grad(first, [x]);
  const [third] = grad(second, [x]);
  assertAlmostEquals(second.data, -2 * t * (1 - t * t), 1e-15);
  assertAlmostEquals(third.data, (1 - t * t) * (6 * t * t - 2), 1e-15);
});

Deno.test("backward() through a gradient gives second derivatives too", () => {
  const [x, y] = [new Value(2), new Value(3)];
  const [byX] = grad(x.pow(2).mul(y.pow(3)), [x]);
  assertEquals(gradients(byX, [x, y]), [54, 108]);
});

Deno.test("grad() writes nothing to the graph", () => {
  const x = new Value(.5);
  const y = x.mul(x).tanh();
  y.backward();
  const before = contents(y);
  grad(y, [x]);
  grad(grad(y, [x])[0], [x]);
  assertEquals(contents(y), before);
});

Deno.test("grad() by an interior node holds what lies below it fixed", () => {
  const x = new Value(2);
  const h = x.mul(x);
  const y = h.mul(3).add(x);
  assertEquals(grad(y, [h, x, y]).map((g) => g.data), [3, 13, 1]);
});

Deno.test("grad() by something that y does not depend on is 0", () => {
  const [x, z] = [new Value(2), new Value(3)];
  assertEquals(grad(x.exp(), [z]).map((g) => g.data), [0]);
});

Deno.test("grad() gives one gradient for each x, in their order and with repeats", () => {
  const [x, z] = [new Value(2), new Value(3)];
  const y = x.mul(z);
  assertEquals(grad(y, [z, x, z]).map((g) => g.data), [2, 3, 2]);
  assertEquals(grad(y, []), []);
});

Deno.test("grad() makes no nodes for factors of 1", () => {
  const [x, z] = [new Value(2), new Value(3)];
  const [g] = grad(x.add(z).add(x), [z]);
  assertEquals(topologicalOrder(g).length, 1);
  const y = x.add(z).exp();
  assertStrictEquals(grad(y, [z])[0], y);
});

Deno.test("grad() follows a long chain without recursion", () => {
  const x = new Value(0);
  let y = x;
  for (let i = 0; i < 100_000; i++) y = y.add(x);
  assertEquals(grad(y, [x])[0].data, 100_001);
});

Deno.test("grad() refuses anything but Values, and says which and what", () => {
  const x = new Value(1);
  for (const [thing, name] of [...strangers, [2, "number 2"] as const]) {
    assertThrows(
      () => grad(untyped(thing), [x]),
      TypeError,
      `grad: y must be a Value, got ${name}`,
    );
    assertThrows(
      () => grad(x, [x, untyped(thing)]),
      TypeError,
      `grad: xs[1] must be a Value, got ${name}`,
    );
  }
  assertThrows(
    () => grad(x, untyped(x)),
    TypeError,
    "grad: xs must be an array of Values, got an object of class Value",
  );
});

Deno.test("a gradient that is not a number says so instead of vanishing", () => {
  const x = new Value(NaN);
  assert(Number.isNaN(grad(x.relu(), [x])[0].data));
});
