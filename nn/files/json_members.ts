/**
 * The members of an object in JSON, one after the other: what `JSON.parse` does
 * not tell of them (a name that comes twice) and without all of them in memory.
 *
 * @module
 */

/** A member of an object: its name, and where its value stands. */
export interface Member {
  readonly name: string;
  readonly begin: number;
  readonly end: number;
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const code = (c: string) => c.charCodeAt(0);
const [quote, backslash, comma, colon] = ['"', "\\", ",", ":"].map(code);
const [open, close, openList, closeList] = ["{", "}", "[", "]"].map(code);
const spaces: ReadonlySet<number> = new Set([" ", "\t", "\n", "\r"].map(code));

/**
 * The members of the object that is written from `begin` to `end`, in order.
 *
 * @param longest how many bytes a name may take.
 * @throws {SyntaxError} where it is none; what stands in a value is not looked at.
 */
export function* members(
  bytes: Uint8Array,
  begin = 0,
  end = bytes.length,
  longest = Infinity,
): Generator<Member, void> {
  let at = begin;
  const skip = () => {
    while (at < end && spaces.has(bytes[at])) at++;
  };
  const expect = (byte: number) => {
    skip();
    if (at < end && bytes[at] === byte) return at++;
    const got = at < end ? `a ${String.fromCharCode(bytes[at])}` : "its end";
    throw new SyntaxError(`expected a ${String.fromCharCode(byte)} at byte ${at}, got ${got}`);
  };
  expect(open);
  skip();
  const isEmpty = bytes[at] === close;
  while (!isEmpty) {
    skip();
    const from = at;
    expect(quote);
    at = endOfString(bytes, from, end);
    if (at - from > longest) throw new SyntaxError(`the name at byte ${from} is too long`);
    const name = String(parse(bytes, from, at));
    expect(colon);
    skip();
    const value = at;
    at = endOfValue(bytes, at, end);
    yield { name, begin: value, end: at };
    skip();
    if (bytes[at] !== comma) break;
    at++;
  }
  expect(close);
  skip();
  if (at < end) throw new SyntaxError(`expected its end at byte ${at}`);
}

/** What is written from `begin` to `end`. */
export function parse(bytes: Uint8Array, begin: number, end: number): unknown {
  return JSON.parse(decoder.decode(bytes.subarray(begin, end)));
}

function endOfString(bytes: Uint8Array, begin: number, end: number): number {
  for (let at = begin + 1; at < end; at++) {
    if (bytes[at] === quote) return at + 1;
    if (bytes[at] === backslash) at++;
  }
  throw new SyntaxError(`the text that starts at byte ${begin} has no end`);
}

function endOfValue(bytes: Uint8Array, begin: number, end: number): number {
  let depth = 0;
  for (let at = begin; at < end; at++) {
    const byte = bytes[at];
    if (byte === quote) at = endOfString(bytes, at, end) - 1;
    else if (byte === open || byte === openList) depth++;
    else if (depth > 0 && (byte === close || byte === closeList)) depth--;
    else if (depth > 0) continue;
    else if (byte === comma || byte === close || byte === closeList || spaces.has(byte)) return at;
    else continue;
    if (depth === 0) return at + 1;
  }
  return end;
}
