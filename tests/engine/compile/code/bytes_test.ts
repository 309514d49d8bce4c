import { assertEquals } from "../../../support/assert.ts";
import { Bytes, sizeOf } from "../../../../engine/compile/code/bytes.ts";

const unsigned = (x: number) => [...new Bytes().unsigned(x).written];
const signed = (x: number) => [...new Bytes().signed(x).written];

Deno.test("unsigned() gives the bytes of the specification's examples and edges", () => {
  assertEquals(unsigned(0), [0]);
  assertEquals(unsigned(127), [0x7f]);
  assertEquals(unsigned(128), [0x80, 1]);
  assertEquals(unsigned(624485), [0xe5, 0x8e, 0x26]);
  assertEquals(unsigned(2 ** 31), [0x80, 0x80, 0x80, 0x80, 8]);
  assertEquals(unsigned(2 ** 32 - 1), [0xff, 0xff, 0xff, 0xff, 0x0f]);
});

Deno.test("signed() gives the bytes of the specification's examples and edges", () => {
  assertEquals(signed(0), [0]);
  assertEquals(signed(63), [0x3f]);
  assertEquals(signed(64), [0xc0, 0]);
  assertEquals(signed(-1), [0x7f]);
  assertEquals(signed(-64), [0x40]);
  assertEquals(signed(-65), [0xbf, 0x7f]);
  assertEquals(signed(-123456), [0xc0, 0xbb, 0x78]);
  assertEquals(signed(2 ** 31 - 1), [0xff, 0xff, 0xff, 0xff, 7]);
  assertEquals(signed(-(2 ** 31)), [0x80, 0x80, 0x80, 0x80, 0x78]);
});

Deno.test("numbers are the same whether there is room for them or not", () => {
  for (let room = 0; room < 12; room++) {
    const bytes = new Bytes(room).unsigned(2 ** 31).pair(7, 624485).unsigned(1);
    assertEquals([...bytes.written], [...unsigned(2 ** 31), 7, ...unsigned(624485), 1]);
  }
});

Deno.test("both are read back as they were written", () => {
  const read = (bytes: number[], isSigned: boolean) => {
    const value = bytes.reduce((sum, byte, i) => sum + (byte & 0x7f) * 2 ** (7 * i), 0);
    const isNegative = isSigned && (bytes[bytes.length - 1] & 0x40) !== 0;
    return isNegative ? value - 2 ** (7 * bytes.length) : value;
  };
  for (let bit = 0; bit < 31; bit++) {
    for (const x of [2 ** bit - 1, 2 ** bit, 2 ** bit + 1]) {
      assertEquals(read(unsigned(x), false), x);
      assertEquals(read(signed(x), true), x);
      assertEquals(read(signed(-x - 1), true), -x - 1);
    }
  }
});

Deno.test("sizeOf() is the number of bytes that unsigned() writes", () => {
  for (const x of [0, 127, 128, 16383, 16384, 2 ** 21, 2 ** 28 - 1, 2 ** 28, 2 ** 32 - 1]) {
    assertEquals(sizeOf(x), unsigned(x).length);
  }
});

Deno.test("bytes come one after the other, beyond the room that there was, few and many at once", () => {
  for (const room of [0, 1, 100]) {
    const bytes = new Bytes(room), right: number[] = [];
    for (const count of [1, 0, 31, 32, 33, 500]) {
      const more = Array.from({ length: count + 2 }, (_, i) => (i + count) % 256);
      bytes.append(more, 1, count + 1).append(Uint8Array.from(more), 1, count + 1).byte(7);
      right.push(...more.slice(1, -1), ...more.slice(1, -1), 7);
    }
    assertEquals([...bytes.written], right);
    assertEquals(bytes.length, right.length);
  }
});
