/**
 * Lists of floating-point numbers as bytes, little-endian and side by side, and
 * bytes in a row, as safetensors and ONNX files keep them.
 *
 * @module
 */

/** Bytes one after the other. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((n, { length }) => n + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The formats of floating-point numbers by their names in safetensors files. */
export const floatFormats = ["F64", "F32", "F16", "BF16"] as const;

/** A format of floating-point numbers. */
export type FloatFormat = typeof floatFormats[number];

/** How many bytes a number takes. */
export const floatSizes: Readonly<Record<FloatFormat, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
};

/** Writes numbers as doubles, or rounded to singles. */
export function encodeFloats(numbers: readonly number[], format: "F64" | "F32"): Uint8Array {
  const size = floatSizes[format];
  const view = new DataView(new ArrayBuffer(numbers.length * size));
  for (const [i, x] of numbers.entries()) {
    if (format === "F64") view.setFloat64(i * size, x, true);
    else view.setFloat32(i * size, x, true);
  }
  return new Uint8Array(view.buffer);
}

/** Reads numbers of any of the formats; each is exact as a number of JavaScript. */
export function decodeFloats(bytes: Uint8Array, format: FloatFormat): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = floatSizes[format];
  const read: Record<FloatFormat, (at: number) => number> = {
    F64: (at) => view.getFloat64(at, true),
    F32: (at) => view.getFloat32(at, true),
    F16: (at) => halfToNumber(view.getUint16(at, true)),
    BF16: (at) => bfloatToNumber(view.getUint16(at, true)),
  };
  return Array.from({ length: bytes.byteLength / size }, (_, i) => read[format](i * size));
}

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}

/** A bfloat16 is the upper half of a single. */
function bfloatToNumber(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}
