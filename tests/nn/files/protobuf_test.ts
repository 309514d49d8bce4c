import { assertEquals } from "../../support/assert.ts";
import { message } from "../../../nn/files/protobuf.ts";

const ids = { a: 1, b: 2, c: 3, far: 20 };

Deno.test("fields are written as in the examples of the specification", () => {
  assertEquals([...message(ids, { a: 150 })], [0x08, 0x96, 0x01]);
  const testing = [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67];
  assertEquals([...message(ids, { b: "testing" })], testing);
  const inner = message(ids, { a: 150 });
  assertEquals([...message(ids, { c: inner })], [0x1a, 0x03, 0x08, 0x96, 0x01]);
});

Deno.test("field numbers from 16 and values beyond 32 bits take more bytes", () => {
  assertEquals([...message(ids, { far: 2 })], [0xa0, 0x01, 0x02]);
  assertEquals([...message(ids, { a: 2 ** 35 })], [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
  assertEquals([...message(ids, { a: 0 })], [0x08, 0x00]);
  assertEquals(message(ids, { a: "ü".repeat(64) }).length, 1 + 2 + 128);
});

Deno.test("a message is its fields in a row, a repeated one as often as it says", () => {
  assertEquals([...message(ids, {})], []);
  assertEquals([...message(ids, { a: [1, 2], b: [], c: undefined })], [0x08, 1, 0x08, 2]);
  // @ts-expect-error no such field
  message(ids, { d: 1 });
});
