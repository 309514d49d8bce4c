import { assertEquals } from "../../support/assert.ts";
import { field, message } from "../../../nn/files/protobuf.ts";

Deno.test("fields are written as in the examples of the specification", () => {
  assertEquals([...field(1, 150)], [0x08, 0x96, 0x01]);
  assertEquals([...field(2, "testing")], [0x12, 0x07, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67]);
  assertEquals([...field(3, message(field(1, 150)))], [0x1a, 0x03, 0x08, 0x96, 0x01]);
});

Deno.test("field numbers from 16 and values beyond 32 bits take more bytes", () => {
  assertEquals([...field(20, 2)], [0xa0, 0x01, 0x02]);
  assertEquals([...field(1, 2 ** 35)], [0x08, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]);
  assertEquals([...field(1, 0)], [0x08, 0x00]);
  assertEquals(field(1, "ü".repeat(64)).length, 1 + 2 + 128);
});

Deno.test("a message is its fields in a row", () => {
  assertEquals([...message()], []);
  assertEquals([...message(field(1, 1), field(1, 2))], [0x08, 1, 0x08, 2]);
});
