/** What an error message says of a wrong argument: `string "2"`, `undefined`, `an array of 3`. */
export function describe(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (typeof x === "string") return `string ${JSON.stringify(x)}`;
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === "object") return `an object of class ${x.constructor?.name ?? "null"}`;
  if (typeof x === "function") return `function ${x.name || "(anonymous)"}`;
  return `${typeof x} ${String(x)}`;
}

/** The same of an argument that must be such a number as it is not: `-1`, or `string "2"`. */
export function describeNumber(x: unknown): string {
  return typeof x === "number" ? String(x) : describe(x);
}
