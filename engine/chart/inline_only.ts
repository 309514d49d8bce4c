import { asName } from "../show/text.ts";

type Path = readonly (string | number)[];

/**
 * Throws unless a Vega-Lite specification has all that it draws in itself: a
 * viewer would fetch the data, pictures and settings at any other address.
 * Addresses of the kind `data:`, which are their own content, may stay, and so
 * may links, which nobody follows without a click.
 *
 * @param name who asks, for errors.
 */
export function checkInline(name: string, spec: unknown): void {
  const fields = new Map<string, Path>();
  const made = new Set<string>();
  const rows: unknown[] = [];
  const seen = new Set<unknown>();

  function visit(part: unknown, path: Path): void {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    if (Array.isArray(part)) {
      part.forEach((element, i) => visit(element, [...path, i]));
      return;
    }
    for (const [key, value] of Object.entries(part)) {
      const at = [...path, key];
      if (isRows(path, key)) rows.push(value);
      else if (key === "url") checkAddress(value, at);
      else if (isSetting(path, key) && typeof value === "string") refuse(value, at);
      else {
        if (key === "as") { for (const field of [value].flat()) made.add(String(field)); }
        visit(value, at);
      }
    }
  }

  /** What stands at `url`: of data an address, of a picture one or the field that has it. */
  function checkAddress(value: unknown, path: Path): void {
    if (typeof value === "string") return isContent(value) ? undefined : refuse(value, path);
    if (typeof value !== "object" || value === null || path.at(-2) === "data") {
      return refuse(value, path);
    }
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      if (key === "field" && typeof inner === "string") fields.set(inner, at);
      else if (key === "field" || key === "expr" || key === "signal") refuse(inner, at);
      else if (key === "value" || key === "datum") checkAddress(inner, at);
      else if (key === "condition") {
        [inner].flat().forEach((one, i) => checkAddress(one, [...at, i]));
      }
    }
  }

  function refuse(value: unknown, path: Path): never {
    const text = typeof value === "string" ? value : JSON.stringify(value) ?? String(value);
    throw new RangeError(
      `${name}: ${path.join(".")} must be inline data, as nothing is fetched, got ${
        asName(text, 60)
      }`,
    );
  }

  visit(spec, []);
  for (const [field, path] of fields) {
    if (made.has(field)) refuse(field, path);
    for (const row of rows.flat(2)) {
      if (typeof row !== "object" || row === null) continue;
      const value: unknown = Object.hasOwn(row, field) ? Reflect.get(row, field) : null;
      if (value !== null && !(typeof value === "string" && isContent(value))) refuse(value, path);
    }
  }
}

/** Whether the rows of a table stand at a key, in which names are free. */
function isRows(path: Path, key: string): boolean {
  return key === "values" && path.at(-1) === "data" || path.at(-1) === "datasets";
}

/** Whether vega-embed would read settings from the address at a key. */
function isSetting(path: Path, key: string): boolean {
  return path.at(-1) === "embedOptions" && ["config", "patch", "loader"].includes(key);
}

function isContent(address: string): boolean {
  return /^\s*data:/i.test(address);
}
