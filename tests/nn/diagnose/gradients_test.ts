import { assertEquals } from "../../support/assert.ts";
import { diagnose } from "../../../mod.ts";
import { example, found, Parameters, texts, value } from "../../support/diagnoses.ts";

Deno.test("a forgotten zeroGrad() is told by the factor, of one parameter and of many", () => {
  const w0 = value(2, "w0");
  const loss = w0.pow(3);
  loss.backward();
  loss.backward();
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The gradient of w0 is 2 times what this loss gives: zeroGrad() was forgotten, or " +
    "backward() was called more than once.",
  ]);
  const { model, loss: other } = example();
  for (let i = 0; i < 3; i++) other.backward();
  assertEquals(texts(diagnose(other, model)), [
    "The gradient of w0 of layers[0].neurons[0] is 3 times what this loss gives, and those of " +
    "12 other parameters are, too: zeroGrad() was forgotten, or backward() was called more than " +
    "once.",
  ]);
});

Deno.test("gradients of an earlier loss are told by both numbers", () => {
  const [w0, w1] = [value(2, "w0"), value(1, "w1")];
  w0.pow(2).backward();
  const loss = w0.mul(3).add(w1);
  loss.backward();
  const model = new Parameters([w0, w1]);
  assertEquals(texts(diagnose(loss, model)), [
    "The gradient of w0 is 7, but this loss gives 3: zeroGrad() was forgotten, or the gradients " +
    "are those of another loss.",
  ]);
  const left = value(1, "left");
  left.grad = 4;
  w0.grad = 3;
  assertEquals(
    texts(diagnose(loss, new Parameters([w0, w1, left])))[1],
    "The gradient of left is 4, but this loss gives 0: zeroGrad() was forgotten, or the gradients " +
      "are those of another loss.",
  );
  w0.grad = 7;
  w1.grad = 9;
  assertEquals(texts(diagnose(loss, model)), [
    "The gradient of w0 is 7, but this loss gives 3, and that of another parameter is wrong, " +
    "too: zeroGrad() was forgotten, or the gradients are those of another loss.",
  ]);
});

Deno.test("a forgotten backward() is told", () => {
  const { model, loss } = example();
  assertEquals(texts(diagnose(loss, model)), [
    "All gradients are 0, also that of w0 of layers[0].neurons[0], on which this loss depends: " +
    "backward() has not been called.",
  ]);
});

Deno.test("a loss whose gradients are all 0 does not ask for a backward pass", () => {
  assertEquals(found(3, (w) => w.mul(0)), []);
});
