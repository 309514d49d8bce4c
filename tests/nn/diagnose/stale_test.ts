import { assertEquals } from "../../support/assert.ts";
import { diagnose } from "../../../mod.ts";
import { example, kinds, Parameters, texts, value } from "../../support/diagnoses.ts";

Deno.test("data that changed after the loss was computed is named", () => {
  const w0 = value(2, "w0");
  const loss = w0.pow(2);
  loss.backward();
  w0.data = 1;
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The data of w0 changed after the loss was computed: compute the loss again.",
  ]);
});

Deno.test("of the weights of a neuron, the one that changed is found by its uses", () => {
  const { model, loss } = example();
  loss.backward();
  for (const [i, p] of model.layers[0].neurons[1].parameters().entries()) {
    const before = p.data;
    p.data -= .01;
    assertEquals(texts(diagnose(loss, model)), [
      `The data of ${["w0", "w1", "b"][i]} of layers[0].neurons[1] changed after the loss was ` +
      `computed: compute the loss again.`,
    ]);
    p.data = before;
  }
  assertEquals(kinds(diagnose(loss, model)), []);
});

Deno.test("after an update, all parameters are told to have changed", () => {
  const { model, loss } = example();
  loss.backward();
  for (const p of model.parameters()) p.data -= .1 * p.grad;
  assertEquals(texts(diagnose(loss, model)), [
    "The data of w0 of layers[0].neurons[0] or 12 others changed after the loss was computed: " +
    "compute the loss again.",
  ]);
});

Deno.test("a result that was overwritten is named, not what it was computed from", () => {
  const w0 = value(2, "w0");
  const h = w0.tanh();
  h.label = "h";
  const loss = h.mul(3).add(h.pow(2));
  loss.backward();
  h.data = .5;
  assertEquals(texts(diagnose(loss, new Parameters([w0]))), [
    "The data of h changed after the loss was computed: compute the loss again.",
  ]);
});
