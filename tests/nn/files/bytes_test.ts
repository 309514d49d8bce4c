import { assert, assertEquals } from "../../support/assert.ts";
import { concat, decodeFloats, encodeFloats } from "../../../nn/files/bytes.ts";

const extremes = [0, -0, 1, -2.5, 5e-324, Number.MAX_VALUE, 1 / 3];

function assertSame(actual: readonly number[], expected: readonly number[]) {
  assertEquals(actual.length, expected.length);
  actual.forEach((x, i) => assert(Object.is(x, expected[i]), `${x} for ${expected[i]}`));
}

Deno.test("doubles keep every bit, singles are rounded, and the lowest byte comes first", () => {
  assertSame(decodeFloats(encodeFloats(extremes, "F64"), "F64"), extremes);
  assertSame(decodeFloats(encodeFloats(extremes, "F32"), "F32"), extremes.map(Math.fround));
  assertEquals([...encodeFloats([1], "F64")], [0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  assertEquals([...encodeFloats([1, -2], "F32")], [0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
});

Deno.test("numbers are read from where they are in a buffer", () => {
  const bytes = new Uint8Array([9, 9, 9, ...encodeFloats([7, 8], "F64")]);
  assertSame(decodeFloats(bytes.subarray(3), "F64"), [7, 8]);
});

Deno.test("all halves are read as JavaScript's own reader has them", () => {
  const view = new DataView(new ArrayBuffer(2 * 65536));
  for (let bits = 0; bits < 65536; bits++) view.setUint16(2 * bits, bits, true);
  const expected = Array.from({ length: 65536 }, (_, i) => view.getFloat16(2 * i, true));
  assertSame(decodeFloats(new Uint8Array(view.buffer), "F16"), expected);
});

Deno.test("a bfloat16 is the upper half of a single", () => {
  const singles = [1, -2.5, 2 ** -130, -Infinity, 3.140625];
  const bytes = encodeFloats(singles, "F32");
  const upper = bytes.filter((_, i) => i % 4 >= 2);
  assertSame(decodeFloats(upper, "BF16"), singles);
});

Deno.test("bytes are put one after the other, in a copy", () => {
  const [a, b] = [Uint8Array.of(1, 2), Uint8Array.of(3)];
  const all = concat(a, Uint8Array.of(), b);
  a[0] = 9;
  assertEquals([...all], [1, 2, 3]);
  assertEquals(concat().length, 0);
});
