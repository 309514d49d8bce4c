/**
 * Bytes as they are written, one after the other. Numbers are in LEB128: seven
 * bits in each byte, the lowest first; see
 * https://webassembly.github.io/spec/core/binary/values.html#integers.
 */
export class Bytes {
  #all: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** @param room for so many bytes before more memory is needed. */
  constructor(room = 1024) {
    this.#all = new Uint8Array(room);
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** What was written, as a view that is good until more is. */
  get written(): Uint8Array<ArrayBuffer> {
    return this.#all.subarray(0, this.#length);
  }

  /** One byte. */
  byte(x: number): this {
    if (this.#length === this.#all.length) this.#grow(1);
    this.#all[this.#length++] = x;
    return this;
  }

  /** Others, of which those from `from` to `to`. */
  append(bytes: ArrayLike<number>, from = 0, to = bytes.length): this {
    const count = to - from;
    if (this.#length + count > this.#all.length) this.#grow(count);
    // A view costs more than a few bytes.
    if (bytes instanceof Uint8Array && count > 32) {
      this.#all.set(bytes.subarray(from, to), this.#length);
      this.#length += count;
    } else for (let i = from; i < to; i++) this.#all[this.#length++] = bytes[i];
    return this;
  }

  /** A number from 0, of 32 bits. */
  unsigned(x: number): this {
    const all = this.#all;
    let at = this.#length;
    // No number takes more than five bytes.
    if (at + 5 > all.length) {
      for (; x > 0x7f; x >>>= 7) this.byte(x & 0x7f | 0x80);
      return this.byte(x);
    }
    for (; x > 0x7f; x >>>= 7) all[at++] = x & 0x7f | 0x80;
    all[at] = x;
    this.#length = at + 1;
    return this;
  }

  /** A byte and a number, as most instructions are. */
  pair(byte: number, x: number): this {
    if (x > 0x7f || this.#length + 2 > this.#all.length) return this.byte(byte).unsigned(x);
    this.#all[this.#length++] = byte;
    this.#all[this.#length++] = x;
    return this;
  }

  /** A 32-bit number with a sign. */
  signed(x: number): this {
    while (x < -0x40 || x > 0x3f) {
      this.byte(x & 0x7f | 0x80);
      x >>= 7;
    }
    return this.byte(x & 0x7f);
  }

  #grow(count: number): void {
    const old = this.#all;
    this.#all = new Uint8Array(Math.max(this.#length + count, Math.ceil(1.5 * old.length)));
    this.#all.set(old);
  }
}

/** How many bytes an unsigned number takes. */
export function sizeOf(x: number): number {
  let size = 1;
  for (; x > 0x7f; x = Math.floor(x / 0x80)) size++;
  return size;
}
