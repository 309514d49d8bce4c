import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import { Value } from "../../../mod.ts";
import { defaultStep, differentiate } from "../../../engine/gradcheck/differences.ts";

Deno.test("each input has its derivative by backward(), and one by differences for each step", () => {
  const x = new Value(-4, { label: "x" });
  const f = (x: Value, y: Value) => x.mul(x).mul(x).add(y);
  const [first, second] = differentiate("it", f, [x, 2], [.1, .01]);
  assertEquals([first.label, first.input, first.analytic], ["x", -4, 48]);
  assertEquals([second.label, second.input, second.analytic], ["x1", 2, 1]);
  // ((x + h)³ − (x − h)³) / 2h = 3x² + h², where a step of .1 is h = .1 · |x|.
  assertAlmostEquals(first.numeric[0], 48 + .4 ** 2, 1e-12);
  assertAlmostEquals(first.numeric[1], 48 + .04 ** 2, 1e-11);
});

Deno.test("no step near the default is much better than it", () => {
  const errorAt = (step: number) => {
    const [{ analytic, numeric }] = differentiate("it", (x) => x.exp().sin(), [1], [step]);
    return Math.abs(analytic - numeric[0]);
  };
  const errors = [1 / 300, 300].map((factor) => errorAt(defaultStep * factor));
  assert(errors.every((error) => error > 10 * errorAt(defaultStep)), `${errors}`);
});

Deno.test("data and gradients are as before, of inputs and of all else, also when fn throws", () => {
  const [x, w] = [3, 5].map((data) => new Value(data));
  [x.grad, w.grad] = [7, 9];
  const numbers = () => [x.data, x.grad, w.data, w.grad];
  differentiate("it", (x) => x.mul(w), [x], [.1]);
  assertEquals(numbers(), [3, 7, 5, 9]);
  let calls = 0;
  const throwing = (x: Value) => {
    if (++calls === 3) throw new URIError("on the third call");
    return x.mul(w);
  };
  assertThrows(() => differentiate("it", throwing, [x], [.1]), URIError);
  assertEquals(numbers(), [3, 7, 5, 9]);
});

Deno.test("who asks is named where inputs are no array", () => {
  assertThrows(
    // @ts-expect-error no array
    () => differentiate("it", (x) => x, 3, [.1]),
    TypeError,
    "it: inputs must be an array, got number 3",
  );
});
