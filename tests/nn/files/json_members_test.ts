import fc from "fast-check";
import { assertEquals, assertThrows } from "../../support/assert.ts";
import { members, parse } from "../../../nn/files/json_members.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** The names and values that are found in a text. */
function read(text: string): [string, unknown][] {
  const bytes = bytesOf(text);
  return [...members(bytes)].map(({ name, begin, end }) => [name, parse(bytes, begin, end)]);
}

Deno.test("members() finds what JSON.parse finds, however it is spaced", () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(4), (object, spaces) => {
    const text = JSON.stringify(object, null, spaces);
    assertEquals(Object.fromEntries(read(text)), JSON.parse(text));
  }));
});

Deno.test("members() tells a name as often as it stands there, in its order", () => {
  const text = '{"b":1,"a":{"x":"}\\"]"},"b":[[2],"]"]}';
  assertEquals(read(text), [["b", 1], ["a", { x: '}"]' }], ["b", [[2], "]"]]]);
  assertEquals(read("{}"), []);
  assertEquals(read(' { "a" : 1 } \n'), [["a", 1]]);
});

Deno.test("members() refuses what is no object", () => {
  const wrong = [
    "",
    "[]",
    "{",
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a" 1}',
    "{a:1}",
    '{"a":1,}',
    '{"a":1}}',
  ];
  for (const text of [...wrong, '{"a":1 "b":2}', '{"a":"b', '{"a":[1', '{"a":{}', "{} x"]) {
    assertThrows(() => read(text), SyntaxError);
  }
  assertThrows(() => [...members(bytesOf('{"abc":1}'), 0, 9, 4)], SyntaxError, "is too long");
  assertThrows(() => [...members(Uint8Array.of(0x7b, 0x22, 0xff, 0x22))], TypeError);
});

Deno.test("members() reads a part of the bytes, such as the value of a member", () => {
  const bytes = bytesOf('{"a":{"b":1,"c":2}}');
  const [{ begin, end }] = members(bytes);
  assertEquals([...members(bytes, begin, end)].map(({ name }) => name), ["b", "c"]);
});
