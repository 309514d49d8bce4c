import { assertEquals } from "../../../support/assert.ts";
import { signed, unsigned } from "../../../../engine/compile/code/leb128.ts";

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
