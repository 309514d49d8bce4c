import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { Value } from "../../mod.ts";
import { activate, activateNumber, activations, checkActivation } from "../../nn/activation.ts";

Deno.test("linear leaves a sum as it is, the other activations are the operation of their name", () => {
  const z = new Value(.5);
  assertStrictEquals(activate("linear", z), z);
  assertEquals(activateNumber("linear", -1.5), -1.5);
  for (const name of activations.filter((name) => name !== "linear")) {
    const y = activate(name, z);
    assertEquals(y.op, name);
    assertStrictEquals(y.operands[0], z);
  }
});

Deno.test("of a number an activation is what it is of a Value", () => {
  for (const name of activations) {
    for (const z of [-2.5, -.1, 0, 3]) {
      assertEquals(activateNumber(name, z), activate(name, new Value(z)).data, `${name} of ${z}`);
    }
  }
});

Deno.test("checkActivation() passes the names there are and throws for others", () => {
  for (const name of activations) checkActivation("f", name);
  assertThrows(() => checkActivation("f", "sin"), RangeError, "f must be one of linear, tanh,");
});
