/**
 * Numbers as WebAssembly writes them: seven bits in each byte, the lowest first;
 * see https://webassembly.github.io/spec/core/binary/values.html#integers.
 *
 * @module
 */

/** The bytes of an unsigned number in LEB128. */
export function unsigned(x: number): number[] {
  const bytes: number[] = [];
  do {
    const low = x % 128;
    x = Math.floor(x / 128);
    bytes.push(x > 0 ? low | 0x80 : low);
  } while (x > 0);
  return bytes;
}

/** The bytes of a signed 32-bit number in LEB128. */
export function signed(x: number): number[] {
  const bytes: number[] = [];
  while (true) {
    const low = x & 0x7f;
    x >>= 7;
    if ((x === 0 && (low & 0x40) === 0) || (x === -1 && (low & 0x40) !== 0)) {
      bytes.push(low);
      return bytes;
    }
    bytes.push(low | 0x80);
  }
}
