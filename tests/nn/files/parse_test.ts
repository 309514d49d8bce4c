import { assertEquals, assertThrows } from "../../support/assert.ts";
import { parseObject } from "../../../nn/files/parse.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

Deno.test("an object is read from a text and from its bytes", () => {
  assertEquals(parseObject("it", '{"a": [1]}'), { a: [1] });
  assertEquals(parseObject("it", bytes('{"ü": null}')), { "ü": null });
});

Deno.test("what is not JSON, not UTF-8 or no object is refused by its name", () => {
  assertThrows(() => parseObject("it", '{"a": [1'), SyntaxError, "it is not JSON: ");
  const cut = bytes('{"ü": 1}').filter((byte) => byte !== 0xbc);
  assertThrows(() => parseObject("it", cut), SyntaxError, "it is not JSON: ");
  assertThrows(
    () => parseObject("it", "[1]"),
    TypeError,
    "it must be an object, got an array of 1",
  );
  assertThrows(() => parseObject("it", bytes("null")), TypeError, "it must be an object, got null");
});
