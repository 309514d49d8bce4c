/**
 * Protocol Buffers, as much as it takes to write an ONNX file. The packages for
 * it (protobufjs, onnx-proto) bring a parser, the schema of all of ONNX and
 * hundreds of kilobytes; what is written here has two kinds of fields.
 *
 * "Encoding", https://protobuf.dev/programming-guides/encoding/.
 *
 * @module
 */

/** A message: its fields one after the other. */
export function message(...fields: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((n, { length }) => n + length, 0));
  let at = 0;
  for (const field of fields) {
    bytes.set(field, at);
    at += field.length;
  }
  return bytes;
}

/**
 * A field of a message.
 *
 * @param id the number of the field in the message's definition.
 * @param value a whole number from 0, a text, or the bytes of a message or of data.
 */
export function field(id: number, value: number | string | Uint8Array): Uint8Array {
  // The lowest three bits tell how the value is written: 0 as a varint, 2 as length and bytes.
  if (typeof value === "number") return message(varint(id * 8), varint(value));
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return message(varint(id * 8 + 2), varint(bytes.length), bytes);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(x: number): Uint8Array {
  const bytes: number[] = [];
  for (; x >= 128; x = Math.floor(x / 128)) bytes.push(x % 128 + 128);
  return Uint8Array.from([...bytes, x]);
}
