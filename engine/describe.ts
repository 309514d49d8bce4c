/** What an error message says of a wrong argument: `string "2"`, `undefined`, `an array of 3`. */
export function describe(x: unknown): string {
  if (x === null || x === undefined) return String(x);
  if (typeof x === "string") return `string "${inBrief(x)}"`;
  if (Array.isArray(x)) return `an array of ${x.length}`;
  if (typeof x === "object") {
    return `an object of class ${inBrief(String(x.constructor?.name ?? "null"))}`;
  }
  if (typeof x === "function") return `function ${inBrief(x.name) || "(anonymous)"}`;
  return `${typeof x} ${inBrief(String(x))}`;
}

/** Text of any length and with any characters, as a message can have it. */
export function inBrief(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text).slice(1, -1);
}

/** The same of an argument that must be such a number as it is not: `-1`, or `string "2"`. */
export function describeNumber(x: unknown): string {
  return typeof x === "number" ? String(x) : describe(x);
}
