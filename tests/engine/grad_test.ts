import { topologicalOrder } from "../../engine/extend.ts";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "../support/assert.ts";
import { dot, grad, hessian, jacobian, mean, RandomGenerator, Value } from "../../mod.ts";
import {
  apply,
  cases,
  contents,
  difference,
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

Deno.test("jacobian() has a row for each result and a column for each x", () => {
  const f = (x: Value, y: Value, z: Value) => [x.mul(y), z.exp(), x];
  assertEquals(jacobian(f, [2, 3, 0]), [[3, 2, 0], [0, 0, 1], [1, 0, 0]]);
  assertEquals(jacobian((x, y) => x.mul(y), [2, 3]), [[3, 2]]);
  assertEquals(jacobian(() => [], [2]), []);
  assertEquals(jacobian(() => new Value(7), [2]), [[0]]);
});

Deno.test("hessian() is symmetric, and the second derivatives that grad() of grad() gives", () => {
  const f = (x: Value, y: Value, z: Value) => x.mul(y).tanh().add(z.mul(x).exp()).mul(z);
  const at = [.5, -.75, 1.25];
  const H = hessian(f, at);
  const xs = at.map((x) => new Value(x));
  const expected = grad(f(xs[0], xs[1], xs[2]), xs).map((g) => grad(g, xs).map((h) => h.data));
  H.forEach((row, i) =>
    row.forEach((h, j) => {
      assert(difference(h, expected[i][j]) < 1e-15, `∂²/∂x${i}∂x${j}: ${h}, ${expected[i][j]}`);
      assert(difference(h, H[j][i]) < 1e-14, `∂²/∂x${i}∂x${j}: ${h}, ${H[j][i]}`);
    })
  );
  assert(H.flat().some((h) => Math.abs(h) > 1));
});

Deno.test("jacobian() and hessian() leave all gradients as they are, of what fn uses besides too", () => {
  const [w, x] = [new Value(2), new Value(3)];
  w.mul(x).backward();
  assertEquals(jacobian((x) => [w.mul(x), x.pow(2)], [x]), [[2], [6]]);
  assertEquals(hessian((x) => w.mul(x).pow(2), [x]), [[8]]);
  assertEquals([w.grad, x.grad], [3, 2]);
});

Deno.test("jacobian() of losses by parameters has the gradient of each example, whose mean is the batch's", () => {
  const w = [.5, -1].map((data) => new Value(data));
  const xs = [[1, 2], [3, -1], [0, 4]];
  const loss = (x: number[]) => dot(w, x).sub(1).pow(2);
  const single = jacobian(() => xs.map(loss), w);
  mean(xs.map(loss)).backward();
  w.forEach(({ grad }, j) => {
    const average = single.reduce((total, row) => total + row[j], 0) / 3;
    assert(difference(average, grad) < 1e-15, `${average}, ${grad}`);
  });
});

Deno.test("jacobian() and hessian() refuse what is no array of numbers and Values, and other results", () => {
  for (const [thing, name] of strangers) {
    const wrong = untyped<number>(thing);
    const message = `xs[1] must be a number or a Value, got ${name}`;
    assertThrows(() => jacobian((x) => x, [1, wrong]), TypeError, `jacobian: ${message}`);
    assertThrows(() => hessian((x) => x, [1, wrong]), TypeError, `hessian: ${message}`);
    assertThrows(
      () => hessian(() => untyped<Value>(thing), [1]),
      TypeError,
      `hessian: fn must return a Value, got ${name}`,
    );
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => jacobian(() => untyped<Value>(thing), [1]),
      TypeError,
      `jacobian: fn must return a Value or an array of Values, got ${name}`,
    );
    assertThrows(
      () => jacobian((x) => x, untyped<number[]>(thing)),
      TypeError,
      `jacobian: xs must be an array, got ${name}`,
    );
  }
});

Deno.test("a gradient that is not a number says so instead of vanishing", () => {
  const x = new Value(NaN);
  assert(Number.isNaN(grad(x.relu(), [x])[0].data));
});
