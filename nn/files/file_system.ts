/**
 * Where files are, and what their names say.
 *
 * @module
 */
import { shorten } from "../../engine/show/mod.ts";
import { describe } from "../../engine/internal.ts";

/** The file system of Deno, Node and Bun, by the name that all three know. */
export function fileSystem(name: string) {
  const found = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (found !== undefined) return found;
  throw new Error(
    `${name}: there is no file system here; toJSON and fromJSON, toSafetensors and ` +
      "fromSafetensors, toONNX, and standalone() of a program work without",
  );
}

/** How the path of a file ends, in small letters: `.json`; "" if there is no dot in its name. */
export function extension(name: string, path: string | URL): string {
  if (typeof path !== "string" && !(path instanceof URL)) {
    throw new TypeError(`${name}: path must be a string or a URL, got ${describe(path)}`);
  }
  // A path of Windows has a letter before its colon, an address more.
  const [, scheme = "file"] = String(path).match(/^([a-z][a-z0-9+.-]+):\/\//i) ?? [];
  if (scheme.toLowerCase() !== "file" || /^(data|blob):/.test(String(path))) {
    throw new RangeError(
      `${name}: path must be that of a file here, got ${shorten(String(path), 100)}: fetch it, ` +
        "then use fromJSON or fromSafetensors",
    );
  }
  const text = path instanceof URL ? path.pathname : path;
  return text.match(/\.[^./\\]*$/)?.[0].toLowerCase() ?? "";
}

/** A path as a message can have it: of a long one the end, and nothing that a terminal obeys. */
export function briefPath(path: string | URL): string {
  const text = JSON.stringify(String(path)).slice(1, -1);
  return text.length > 120 ? `…${text.slice(-119)}` : text;
}
