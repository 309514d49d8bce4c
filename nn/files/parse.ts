import { checkObject } from "../check.ts";

/**
 * The object that JSON describes.
 *
 * @param name what it is, for errors.
 * @throws {SyntaxError} if it is not JSON, or its bytes are not UTF-8.
 * @throws {TypeError} if it is no object.
 */
export function parseObject(name: string, json: string | Uint8Array): Record<string, unknown> {
  let parsed: unknown;
  try {
    const text = typeof json === "string"
      ? json
      : new TextDecoder("utf-8", { fatal: true }).decode(json);
    parsed = JSON.parse(text);
  } catch (error) {
    const what = strangerIn(json) ?? (error as Error).message;
    throw new SyntaxError(`${name} is not JSON: ${what}`, { cause: error });
  }
  checkObject(name, parsed);
  return parsed;
}

/** What begins a text that is not what it was asked for, and what it is then. */
const beginnings: readonly (readonly [RegExp, string])[] = [
  [
    /^version https:\/\/git-lfs\./,
    "a pointer of Git LFS, which stands for the file: run `git lfs pull`",
  ],
  [/^<(!doctype|html|head|\?xml|!--)/i, "a page of HTML: was an address answered by a web page?"],
];

/**
 * What a file is, if it is plain that it is something else than it was asked
 * for; such files come from downloads that went wrong.
 *
 * @param file its bytes, or its text.
 */
export function strangerIn(file: Uint8Array | string): string | undefined {
  const text = typeof file === "string" ? file : new TextDecoder().decode(file.subarray(0, 200));
  const start = text.slice(0, 200).replace(/^\uFEFF/, "").trimStart();
  return beginnings.find(([beginning]) => beginning.test(start))?.[1];
}

/** Throws if a file is plainly something else than safetensors. */
export function checkNoStranger(where: string, bytes: Uint8Array): void {
  // Numbers come first in the format, and a header of so many bytes that they are such a text
  // would be longer than any.
  const start = new TextDecoder().decode(bytes.subarray(0, 8)).trimStart();
  const isJSON = /^[{[]\s*["{[\d]/.test(start);
  const found = strangerIn(bytes) ?? (isJSON ? "JSON: is its name to end in .json?" : undefined);
  if (found === undefined) return;
  throw new SyntaxError(`${where}: the file must be safetensors, got ${found}`);
}
