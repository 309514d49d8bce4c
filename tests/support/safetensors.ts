/**
 * Safetensors files, taken apart and put together.
 *
 * @module
 */

/** What stands in the header, by the tensors' names. */
export type Header = Record<string, unknown>;

/** The header of a file, and its data. */
export function taken(file: Uint8Array): { header: Header; data: Uint8Array } {
  const end = 8 + Number(new DataView(file.buffer).getBigUint64(0, true));
  return {
    header: JSON.parse(new TextDecoder().decode(file.subarray(8, end))),
    data: file.slice(end),
  };
}

/** A file of such parts. */
export function put(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(
    typeof header === "string" ? header : JSON.stringify(header),
  );
  const file = new Uint8Array(8 + text.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(text.length), true);
  file.set(text, 8);
  file.set(data, 8 + text.length);
  return file;
}
