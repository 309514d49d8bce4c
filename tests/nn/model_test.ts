import { assertEquals, assertThrows } from "../support/assert.ts";
import { Neuron, Value } from "../../mod.ts";
import { answerOf, checkModel, outputsOf } from "../../nn/model.ts";
import { strangers, untyped } from "../support/helpers.ts";

Deno.test("an answer is a Value or a list of Values, and nothing else", () => {
  const one = new Neuron(1);
  for (const right of [new Value(1), [new Value(1), new Value(2)]]) {
    one.forward = () => untyped(right);
    assertEquals(answerOf("f", one, [1]), right);
  }
  const wrong = [[[], "an array of 0"], [3, "number 3"], [[3], "an array of 1"]] as const;
  for (const [answer, got] of wrong) {
    one.forward = () => untyped(answer);
    const message = `f: model.forward must return a Value or an array of Values, got ${got}`;
    assertThrows(() => answerOf("f", one, [1]), TypeError, message);
  }
});

Deno.test("the outputs are the numbers of an answer", () => {
  assertEquals(outputsOf(new Value(3)), [3]);
  assertEquals(outputsOf([new Value(3), new Value(4)]), [3, 4]);
});

Deno.test("a model is a Module with forward()", () => {
  checkModel("f", new Neuron(1));
  const things = [...strangers, [{ forward: () => 1 }, "an object of class Object"]] as const;
  for (const [thing, got] of things) {
    const message = `f: model must be a Module with forward(x), got ${got}`;
    assertThrows(() => checkModel("f", untyped(thing)), TypeError, message);
  }
});
