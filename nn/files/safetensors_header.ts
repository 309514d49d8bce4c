/**
 * The header of a safetensors file, with which it begins: its length in 8 bytes,
 * then what each tensor is and where in the data it lies, as JSON.
 *
 * @module
 */
import { parseObject } from "./parse.ts";

/** A tensor as a header describes it. */
export interface Entry {
  name: string;
  dtype: string;
  shape: number[];
  begin: number;
  end: number;
}

// The reference implementation reads no longer header either.
const longestHeader = 100_000_000;

/** The bytes of a header, its length before it. */
export function writeHeader(header: Readonly<Record<string, unknown>>): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  // Spaces at the end of the header let the data start at a multiple of 8.
  const length = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length), true);
  bytes.set(text, 8);
  return bytes;
}

/**
 * The tensors that the header of a file describes, and the data that follows it.
 *
 * @throws {SyntaxError} if the file is cut off or its header is not JSON.
 * @throws {TypeError} if a part of the header is not of its type.
 * @throws {RangeError} if the header is too long, or tensors overlap, leave a gap or end beyond
 * the file.
 */
export function readHeader(
  where: string,
  bytes: Uint8Array,
): { entries: Entry[]; data: Uint8Array } {
  const cut = (need: number | bigint) =>
    new SyntaxError(`${where}: the file is cut off: ${bytes.length} bytes of ${need} or more`);
  if (bytes.length < 8) throw cut(8);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > longestHeader) {
    throw new RangeError(
      `${where}: the header must be at most ${longestHeader} bytes long, got ${length}`,
    );
  }
  const end = 8 + Number(length);
  if (bytes.length < end) throw cut(end);
  const header = parseObject(`${where}: the header`, bytes.subarray(8, end));
  const data = bytes.subarray(end);
  return { entries: readEntries(where, header, data.length), data };
}

/** The tensors in a header. They must fill the data without overlaps and gaps. */
function readEntries(where: string, header: object, available: number): Entry[] {
  const entries = Object.entries(header).filter(([name]) => name !== "__metadata__")
    .map(([name, tensor]) => readEntry(`${where}: ${name}`, name, tensor))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== filled) {
      const problem = begin < filled ? "overlaps with the one before" : "comes after a gap";
      throw new RangeError(`${where}: ${name} ${problem}: begins at ${begin}, not ${filled}`);
    }
    filled = end;
    if (end <= available) continue;
    throw new RangeError(`${where}: ${name} ends at ${end} of ${available} bytes: cut off?`);
  }
  if (filled === available) return entries;
  throw new RangeError(`${where}: the tensors must fill ${available} bytes, got ${filled}`);
}

function readEntry(where: string, name: string, tensor: unknown): Entry {
  const { dtype, shape, data_offsets: offsets }: Record<string, unknown> = Object(tensor);
  const isCount = (x: unknown): x is number => Number.isSafeInteger(x) && Number(x) >= 0;
  const isCounts = (x: unknown): x is number[] => Array.isArray(x) && x.every(isCount);
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(offsets)) {
    throw new TypeError(`${where} must have a dtype, a shape and data_offsets of whole numbers`);
  }
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin > end) {
    throw new RangeError(`${where}: data_offsets must be a begin and an end, got [${offsets}]`);
  }
  return { name, dtype, shape, begin, end };
}
