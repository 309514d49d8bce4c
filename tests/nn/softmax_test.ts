import { compile, gradcheck, log, softmax, Value } from "../../mod.ts";
import { assert, assertEquals, assertThrows } from "../support/assert.ts";

Deno.test("softmax() gives probabilities in the order of the logits, which add up to 1", () => {
  const p = softmax([1, 3, 2]).map(({ data }) => data);
  assert(Math.abs(p[0] + p[1] + p[2] - 1) < 1e-15);
  for (const [i, x] of [1, 3, 2].entries()) {
    const expected = Math.exp(x) / (Math.exp(1) + Math.exp(2) + Math.exp(3));
    assert(Math.abs(p[i] - expected) < 1e-15);
  }
});

Deno.test("softmax() does not overflow, and a common part of the logits does not count", () => {
  assertEquals(softmax([1000, 1000, -1000]).map(({ data }) => data), [0.5, 0.5, 0]);
  const [a, b] = [softmax([0.5, -1]), softmax([800.5, 799])];
  for (const i of [0, 1]) assert(Math.abs(a[i].data - b[i].data) < 1e-13);
});

Deno.test("softmax() passes gradients to all logits", () => {
  const logits = [0.3, -1, 2].map((x) => new Value(x));
  for (const i of [0, 1, 2]) gradcheck((...xs) => softmax(xs)[i], logits);
});

Deno.test("softmax() passes no gradient on for what all logits have in common, also where two are largest", () => {
  for (const at of [[2, 2, 1], [5], [-3, 4, 4]]) {
    const logits = at.map((x) => new Value(x));
    const p = softmax(logits).map(({ data }) => data);
    softmax(logits)[0].backward();
    logits.forEach((x, i) => {
      const expected = p[0] * (Number(i === 0) - p[i]);
      assert(Math.abs(x.grad - expected) < 1e-16, `${x.grad}, not ${expected}`);
    });
  }
});

Deno.test("softmax() compiles for logits of any size, not only for those that it was traced with", () => {
  const x = [0.5, -1].map((data) => new Value(data));
  const w = new Value(1);
  const program = compile(log(softmax([x[0].mul(w), x[1]])[1]).neg(), {
    inputs: x,
    parameters: [w],
  });
  for (const far of [[700, 0], [2000, 1990], [-2000, -1990]]) {
    program.load([far]);
    const loss = program.forward();
    const expected = log(softmax(far)[1]).neg().data;
    assert(Number.isFinite(expected) && Math.abs(loss - expected) < 1e-12 * expected, `${loss}`);
  }
});

Deno.test("softmax() does not overflow for examples that a program gets later", () => {
  const logits = [0, 0, 0].map((x) => new Value(x)), w = new Value(1);
  const [first] = softmax(logits.map((x) => x.mul(w)));
  const program = compile(first, { inputs: logits, parameters: [w] });
  const p = 1 / (1 + Math.exp(-1));
  for (const far of [1000, -1000]) {
    program.load([[far, far - 1, -1e6]]);
    w.grad = 0;
    assert(Math.abs(program.backward() - p) < 1e-15);
    assert(Math.abs(w.grad - p * (1 - p)) < 1e-12, `${w.grad}`);
  }
});

Deno.test("softmax() refuses an empty list and what is no list of Values", () => {
  assertThrows(() => softmax([]), RangeError, "softmax: logits must have at least one element");
  assertThrows(() => softmax("1" as never), TypeError, "softmax: logits must be an array");
  assertThrows(
    () => softmax([1, "2" as never]),
    TypeError,
    'softmax: logits[1] must be a Value or a number, got string "2"',
  );
});

Deno.test("softmax() of more logits than a call takes arguments is one", () => {
  const p = softmax(Array.from({ length: 200_000 }, () => 0));
  assertEquals(p[199_999].data, 1 / 200_000);
});
