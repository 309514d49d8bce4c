import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { Value } from "../../mod.ts";
import { activate, checkActivation } from "../../nn/activation.ts";

Deno.test("linear leaves a sum as it is, the other activations are the operation of their name", () => {
  const z = new Value(.5);
  assertStrictEquals(activate("linear", z), z);
  for (const name of ["tanh", "sigmoid", "relu", "softplus"] as const) {
    const y = activate(name, z);
    assertEquals(y.op, name);
    assertStrictEquals(y.operands[0], z);
  }
});

Deno.test("checkActivation() passes the names there are and throws for others", () => {
  for (const name of ["linear", "tanh", "sigmoid", "relu", "softplus"] as const) {
    checkActivation("f", name);
  }
  assertThrows(() => checkActivation("f", "sin"), RangeError, "f must be one of linear, tanh,");
});
