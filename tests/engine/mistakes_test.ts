/**
 * Mistakes that scalar engines are known for, one case each.
 *
 * @module
 */
import { topologicalOrder } from "../../engine/extend.ts";
import { manualSeed } from "../../engine/random.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../support/assert.ts";
import { draw, grad, logSumExp, pow, RandomGenerator, sum, Value } from "../../mod.ts";
import { gradients, untyped } from "../support/helpers.ts";

Deno.test("x − x has the gradient 0, x / x too, and x · x has 2x", () => {
  const x = new Value(3);
  assertEquals(gradients(x.sub(x), [x]), [0]);
  assertAlmostEquals(gradients(x.div(x), [x])[0], 0, 1e-16);
  assertEquals(gradients(x.mul(x), [x]), [6]);
  assertEquals(gradients(x.add(x), [x]), [2]);
});

Deno.test("operands keep their order and their repeats", () => {
  const [a, b] = [new Value(1), new Value(2)];
  assertEquals([a.sub(b).data, b.sub(a).data, b.div(a).data, a.div(b).data], [-1, 1, 2, .5]);
  assertEquals(gradients(sum([a, a, b, a]), [a, b]), [3, 1]);
});

Deno.test("a product has its gradient where a factor is 0", () => {
  const [a, b] = [new Value(0), new Value(5)];
  assertEquals(gradients(a.mul(b), [a, b]), [5, 0]);
  assertEquals(gradients(a.mul(b).mul(b), [a, b]), [25, 0]);
});

Deno.test("x⁰ is 1 with the gradient 0, at 0 as well", () => {
  for (const at of [0, -2, 3]) {
    const x = new Value(at);
    const y = x.pow(0);
    assertEquals([y.data, Math.abs(gradients(y, [x])[0])], [1, 0]);
  }
});

Deno.test("exponents may be Values, bases may be numbers, and negative with whole exponents", () => {
  const x = new Value(2);
  assertAlmostEquals(gradients(pow(3, x), [x])[0], 9 * Math.log(3), 1e-14);
  assertEquals(gradients(new Value(-3).pow(2).mul(x), [x]), [9]);
  const negative = new Value(-3);
  assertEquals(gradients(negative.pow(2), [negative]), [-6]);
  assertAlmostEquals(gradients(x.pow(x), [x])[0], 4 * (1 + Math.log(2)), 1e-14);
});

Deno.test("two backward() calls add up in leaves and start interior nodes from zero", () => {
  const x = new Value(3);
  const h = x.mul(x);
  const y = h.mul(h);
  y.backward();
  const once = [x.grad, h.grad, y.grad];
  y.backward();
  assertEquals([x.grad, h.grad, y.grad], [2 * once[0], once[1], once[2]]);
});

Deno.test("a chain of a million operations is sorted and swept", () => {
  const x = new Value(1);
  let y = x;
  for (let i = 0; i < 1_000_000; i++) y = y.add(1);
  assertEquals(topologicalOrder(y).length, 2_000_001);
  assertEquals(gradients(y, [x]), [1]);
});

Deno.test("a sum of a million operands is sorted and swept", () => {
  const xs = Array.from({ length: 1_000_000 }, () => new Value(1));
  const y = sum(xs);
  y.backward();
  assertEquals(y.data, 1_000_000);
  assert(xs.every((x) => x.grad === 1));
});

Deno.test("the parts of the gradient of max and min at a tie sum to 1", () => {
  const [a, b] = [new Value(3), new Value(3)];
  for (const y of [a.max(b), a.min(b)]) {
    const parts = gradients(y, [a, b]);
    assertEquals(parts, [.5, .5]);
  }
  assertEquals(gradients(a.max(a), [a]), [1]);
  assertEquals(gradients(a.min(a), [a]), [1]);
});

Deno.test("tanh, sigmoid, softplus and log-sum-exp do not overflow at ±1000", () => {
  const functions = [
    (x: Value) => x.tanh(),
    (x: Value) => x.sigmoid(),
    (x: Value) => x.softplus(),
    (x: Value) => logSumExp([x, 0]),
  ];
  const expected = [[1, -1], [1, 0], [1000, 0], [1000, 0]];
  const slopes = [[0, 0], [0, 0], [1, 0], [1, 0]];
  functions.forEach((f, i) => {
    const xs = [1000, -1000].map((x) => new Value(x));
    const ys = xs.map(f);
    assertEquals(ys.map((y) => y.data), expected[i]);
    assertEquals(xs.map((x, k) => gradients(ys[k], [x])[0]), slopes[i]);
    assert(xs.every((x, k) => Number.isFinite(grad(grad(ys[k], [x])[0], [x])[0].data)));
  });
});

Deno.test("a cross-entropy of logSumExp is finite and right at ±1000", () => {
  const logits = [1000, -1000, 0].map((x) => new Value(x));
  const loss = (label: number) => logSumExp(logits).sub(logits[label]);
  assertEquals([0, 1, 2].map((label) => loss(label).data), [0, 2000, 1000]);
  assertEquals(gradients(loss(0), logits), [0, 0, 0]);
  assertEquals(gradients(loss(1), logits), [1, -1, 0]);
  assertEquals(gradients(loss(2), logits), [1, 0, -1]);
});

Deno.test("second derivatives are those of mathematics, not the first one again", () => {
  const x = new Value(2);
  const second = (y: Value) => grad(grad(y, [x])[0], [x])[0].data;
  assertEquals(second(x.mul(x).mul(x)), 12);
  assertAlmostEquals(second(x.sin()), -Math.sin(2), 1e-15);
  assertAlmostEquals(second(x.log()), -.25, 1e-15);
  assertAlmostEquals(second(new Value(1).div(x)), .25, 1e-15);
  assertEquals(second(x.add(3)), 0);
});

Deno.test("equal unlabelled leaves are not merged in the drawing", async () => {
  const y = sum([new Value(2), new Value(2), new Value(2)]);
  const svg = await draw(y).svg();
  assertEquals(svg.match(/>data 2</g)?.length, 3);
  const x = new Value(2);
  assertEquals((await draw(sum([x, x, x])).svg()).match(/>data 2</g)?.length, 1);
});

Deno.test("labels are escaped in the drawing", async () => {
  const label = `<b a="1">&'`;
  const svg = await draw(new Value(1, { label }).add(1)).svg();
  assert(!svg.includes("<b"));
  assert(svg.includes(">&#60;b a=&#34;1&#34;&#62;&#38;&#39;<"));
});

Deno.test('add("2") throws, where NaN or "22" would have come out', () => {
  assertThrows(
    () => new Value(2).add(untyped<number>("2")),
    TypeError,
    'add: the second operand must be a Value or a number, got string "2"',
  );
});

Deno.test("a generator runs from seed 0, and neighbouring seeds differ", () => {
  const first = [0, 1, 2, 2 ** 32].map((seed) => new RandomGenerator(seed).uniform());
  assertEquals(new Set(first).size, 4);
  const zero = new RandomGenerator(0);
  assertEquals(new Set(Array.from({ length: 100 }, () => zero.uniform())).size, 100);
  manualSeed(0);
});
