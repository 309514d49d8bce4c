/**
 * Protocol Buffers, as much as it takes to write an ONNX file. The packages for
 * it (protobufjs, onnx-proto) bring a parser, the schema of all of ONNX and
 * hundreds of kilobytes; what is written here has two kinds of fields.
 *
 * "Encoding", https://protobuf.dev/programming-guides/encoding/.
 *
 * @module
 */

import { concat } from "./bytes.ts";

/** A whole number from 0, a text, or the bytes of a message or of data. */
type Content = number | string | Uint8Array;

/**
 * A message: its fields one after the other.
 *
 * @param ids the number of each field in the message's definition.
 * @param fields what they hold; a field that is repeated holds a list.
 */
export function message<Name extends string>(
  ids: Readonly<Record<Name, number>>,
  fields: { readonly [name in Name]?: Content | readonly Content[] },
): Uint8Array {
  const numbers: Readonly<Record<string, number>> = ids;
  return concat(
    ...Object.entries<Content | readonly Content[] | undefined>(fields).flatMap(([name, held]) =>
      [held ?? []].flat().map((content) => field(numbers[name], content))
    ),
  );
}

function field(id: number, content: Content): Uint8Array {
  // The lowest three bits tell how the content is written: 0 as a varint, 2 as length and bytes.
  if (typeof content === "number") return concat(varint(id * 8), varint(content));
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return concat(varint(id * 8 + 2), varint(bytes.length), bytes);
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(x: number): Uint8Array {
  const bytes: number[] = [];
  for (; x >= 128; x = Math.floor(x / 128)) bytes.push(x % 128 + 128);
  return Uint8Array.from([...bytes, x]);
}
