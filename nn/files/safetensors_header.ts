/**
 * The header of a safetensors file, with which it begins: its length in 8 bytes,
 * then what each tensor is and where in the data it lies, as JSON.
 *
 * @module
 */
import { shorten } from "../../engine/show/mod.ts";
import { members, parse } from "./json_members.ts";
import { parseObject } from "./parse.ts";
import { brief } from "./tensor_names.ts";

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

/** More tensors than the largest networks have in a file, and few enough for any memory. */
const mostTensors = 50_000;

/** A longer name is not taken into memory, nor is a text of the metadata. */
const longestText = 10_000;

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
 * @throws {SyntaxError} if the file is cut off or its header is not JSON that begins with `{`.
 * @throws {TypeError} if a part of the header is not of its type.
 * @throws {RangeError} if the header is too long or has a name twice, or tensors overlap, leave a
 * gap or end beyond the file.
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
  const header = bytes.subarray(8, end), data = bytes.subarray(end);
  checkBeginning(`${where}: the header`, header);
  return { entries: checkEntries(where, readEntries(where, header), data.length), data };
}

/** Throws unless a header begins as the format asks for, with the brace itself. */
function checkBeginning(where: string, header: Uint8Array): void {
  if (header[0] === 0x7b) return;
  const isMark = header[0] === 0xef && header[1] === 0xbb && header[2] === 0xbf;
  if (isMark || [0x20, 0x09, 0x0a, 0x0d].includes(header[0])) {
    throw new SyntaxError(
      `${where} must begin with {, got ${isMark ? "a byte-order mark" : "a space"} before it`,
    );
  }
  // What else it is, is said of a short one only: a long one would be taken into memory for that.
  if (header.length <= longestText) parseObject(where, header);
  throw new SyntaxError(`${where} must begin with {`);
}

/** The tensors in a header, read one by one: a long header takes little memory. */
function readEntries(where: string, header: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  eachMember(`${where}: the header`, header, 0, header.length, (name, begin, end) => {
    if (name === "__metadata__") checkMetadata(where, header, begin, end);
    else entries.push(readEntry(`${where}: ${brief(name)}`, name, header, begin, end));
    if (entries.length <= mostTensors) return;
    throw new RangeError(`${where}: the header must describe at most ${mostTensors} tensors`);
  });
  return entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
}

/** Visits the members of an object, none of whose names may come twice. */
function eachMember(
  where: string,
  bytes: Uint8Array,
  from: number,
  to: number,
  visit: (name: string, begin: number, end: number) => void,
): void {
  const names = new Set<string>();
  const all = members(bytes, from, to, longestText);
  const next = () => {
    try {
      return all.next();
    } catch (error) {
      throw new SyntaxError(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
    }
  };
  for (let { done, value } = next(); !done && value; { done, value } = next()) {
    const { name, begin, end } = value;
    if (names.has(name)) {
      throw new RangeError(`${where} must have ${brief(name)} once, got it twice`);
    }
    names.add(name);
    visit(name, begin, end);
  }
}

function checkMetadata(where: string, header: Uint8Array, begin: number, end: number): void {
  const name = `${where}: __metadata__`;
  const wrong = () => new TypeError(`${name} must be a map of texts to texts`);
  if (header[begin] !== 0x7b) throw wrong();
  eachMember(name, header, begin, end, (_, begin, end) => {
    if (header[begin] !== 0x22) throw wrong();
    if (end - begin <= longestText) parseValue(name, header, begin, end);
  });
}

function parseValue(where: string, bytes: Uint8Array, begin: number, end: number): unknown {
  try {
    return parse(bytes, begin, end);
  } catch (error) {
    throw new SyntaxError(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}

/** Throws unless tensors, in the order of their places, fill the data without overlaps and gaps. */
function checkEntries(where: string, entries: Entry[], available: number): Entry[] {
  let filled = 0;
  for (const { name: full, begin, end } of entries) {
    const name = brief(full);
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

function readEntry(
  where: string,
  name: string,
  header: Uint8Array,
  from: number,
  to: number,
): Entry {
  const entry: Record<string, unknown> = {};
  if (header[from] === 0x7b && to - from <= longestText) {
    eachMember(where, header, from, to, (key, begin, end) => {
      entry[key] = parseValue(where, header, begin, end);
    });
  }
  const { dtype, shape, data_offsets: offsets } = entry;
  const isCount = (x: unknown): x is number => Number.isSafeInteger(x) && Number(x) >= 0;
  const isCounts = (x: unknown): x is number[] => Array.isArray(x) && x.every(isCount);
  if (typeof dtype !== "string" || !isCounts(shape) || !isCounts(offsets)) {
    throw new TypeError(`${where} must have a dtype, a shape and data_offsets of whole numbers`);
  }
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin > end) {
    const got = shorten(String(offsets), 60);
    throw new RangeError(`${where}: data_offsets must be a begin and an end, got [${got}]`);
  }
  return { name, dtype, shape, begin, end };
}
