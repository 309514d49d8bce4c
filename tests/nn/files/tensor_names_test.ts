import { assertEquals, assertThrows } from "../../support/assert.ts";
import { brief, briefly, nameLayers, orderLayers } from "../../../nn/files/tensor_names.ts";

const order = (...names: string[]) =>
  orderLayers("f", names.flatMap((name) => [`${name}bias`, `${name}weight`]));

Deno.test("layers are ordered by the first number in which their names differ", () => {
  assertEquals(order("10.", "2.", "0."), ["0.", "2.", "10."]);
  assertEquals(order("b2.fc1.", "b1.fc9.", "b1.fc10."), ["b1.fc9.", "b1.fc10.", "b2.fc1."]);
  assertEquals(order(""), [""]);
  assertEquals(orderLayers("f", []), []);
});

Deno.test("names whose order no number tells are refused", () => {
  const pairs = [["a.", "b."], ["", "0."], ["a1.", "b2."], ["fc.", "fc2."], ["l.1.a.", "l.1.b."]];
  for (const names of pairs) {
    assertThrows(() => order(...names), RangeError, "cannot be told from their names");
  }
  assertThrows(() => order("1.", "01."), RangeError, "cannot be told from their names");
});

Deno.test("tensors that are neither weights nor biases are refused", () => {
  for (const name of ["0.running_mean", "0.xweight", "weight_g", "0.weight.0"]) {
    assertThrows(() => orderLayers("f", [name]), RangeError, `named weight or bias, got ${name}`);
  }
});

Deno.test("layers are named by a function", () => {
  assertEquals(nameLayers("f", (i) => `fc${i + 1}`, 2), ["fc1.", "fc2."]);
  assertEquals(nameLayers("f", () => "", 1), [""]);
  assertThrows(
    () => nameLayers("f", () => "a", 2),
    RangeError,
    "f: names(1) must be new, got string",
  );
});

Deno.test("names from files are short in messages, and a terminal has nothing to obey", () => {
  assertEquals(brief("a.weight"), "a.weight");
  assertEquals(brief("\u001b[31m\n"), "\\u001b[31m\\n");
  assertEquals(brief("x".repeat(1e6)).length, 50);
  const names = Array.from({ length: 1000 }, (_, i) => `layers.${i}`);
  assertEquals(briefly(names), "layers.0, layers.1, layers.2, layers.3 and 996 more");
  assertEquals(briefly(names.slice(0, 2)), "layers.0, layers.1");
});
