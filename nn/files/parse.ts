import { strangerIn } from "./stranger.ts";
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
