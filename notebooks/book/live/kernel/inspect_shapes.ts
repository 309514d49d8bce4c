/**
 * What kinds of objects look like: the words before their braces, and what is in
 * them besides their properties.
 *
 * @module
 */
import { stackOf } from "./errors.ts";
import type { Inspection } from "./inspect.ts";

/** What an object is, in words and braces, and what is in it besides its properties. */
export interface Shape {
  /** What stands before the braces, or for the object if it has no properties. */
  base?: string;
  open: string;
  close?: string;
  /** The properties that are shown. */
  keys: (string | symbol)[];
  /** Properties that are shown although they are not the object's own. */
  extra?: [key: string, value: unknown][];
  items?: () => string[];
  isList?: boolean;
  /** Whether nothing but the braces is shown where there is nothing in them. */
  isBare?: boolean;
}

/** What is known of an object, and what shows what is in it. */
export interface ShapeTools {
  state: Inspection;
  /** The name of its constructor; null where it has no prototype. */
  name: string | null;
  /** Its `Symbol.toStringTag`, where that is not its name. */
  tag: string;
  /** What stands before the braces: the name or a word for its kind, and how much is in it. */
  label(kind: string, size?: string): string;
  /** The text of something in it. */
  show(value: unknown): string;
  /** The text of its value, if it is a number, a text or the like in a box. */
  primitive(value: unknown): string;
  /** What came of a promise. */
  outcome(promise: Promise<unknown>): string;
  /** The text of a value by itself. */
  inspect(value: unknown): string;
}

const partsOfUrl = [
  ...["href", "origin", "protocol", "username", "password", "host", "hostname"] as const,
  ...["port", "pathname", "hash", "search"] as const,
];

/** How an object is shown. */
export function shapeOf(object: object, tools: ShapeTools): Shape {
  const { state, name, tag, label, show } = tools;
  const keys = keysOf(object);
  if (Array.isArray(object)) {
    const open = name === "Array" && !tag ? "[" : `${label("Array", `(${object.length})`)}[`;
    return {
      ...{ open, close: "]", keys: keys.filter(isNoIndex), isList: true },
      isBare: object.length === 0,
      items: () => arrayItems(state, object, show),
    };
  }
  if (object instanceof Set || object instanceof Map) {
    const kind = object instanceof Set ? "Set" : "Map";
    const entry = (one: unknown) =>
      Array.isArray(one) && kind === "Map" ? `${show(one[0])} => ${show(one[1])}` : show(one);
    return {
      ...{ open: `${label(kind, `(${object.size})`)}{`, keys, isBare: object.size === 0 },
      items: () => limited(state, [...object], object.size).map(entryOr(entry)),
    };
  }
  if (ArrayBuffer.isView(object) && !(object instanceof DataView)) {
    const numbers = object as unknown as ArrayLike<number | bigint>;
    return {
      ...{ open: `${label("", `(${numbers.length})`)}[`, close: "]", isList: true },
      ...{ keys: keys.filter(isNoIndex), isBare: numbers.length === 0 },
      items: () => limited(state, Array.from(numbers), numbers.length).map(entryOr(show)),
    };
  }
  if (typeof object === "function") {
    return { base: functionName(object, name, tag), open: "{", keys };
  }
  if (object instanceof RegExp) {
    return { base: (name === "RegExp" ? "" : label("RegExp")) + String(object), open: "{", keys };
  }
  if (object instanceof Date) {
    const time = object.getTime();
    return { base: Number.isNaN(time) ? "Invalid Date" : object.toISOString(), open: "{", keys };
  }
  if (object instanceof Error) {
    return { base: formatError(object, tools), open: "{", keys };
  }
  const isShared = typeof SharedArrayBuffer !== "undefined" && object instanceof SharedArrayBuffer;
  if (object instanceof ArrayBuffer || isShared) {
    const { byteLength } = object as ArrayBufferLike;
    const bytes = new Uint8Array(
      object as ArrayBufferLike,
      0,
      Math.min(byteLength, state.iterableLimit),
    );
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const left = byteLength - bytes.length;
    const more = left > 0 ? ` ... ${left} more byte${left > 1 ? "s" : ""}` : "";
    const items = () => [`[Uint8Contents]: <${hex}${more}>`];
    return {
      ...{ open: `${label(isShared ? "SharedArrayBuffer" : "ArrayBuffer")}{`, keys, items },
      extra: [["byteLength", byteLength]],
    };
  }
  if (object instanceof DataView) {
    const { byteLength, byteOffset, buffer } = object;
    const extra: Shape["extra"] = Object.entries({ byteLength, byteOffset, buffer });
    return { open: `${label("DataView")}{`, keys, extra };
  }
  if (object instanceof Promise) {
    return { open: `${label("Promise")}{`, keys, items: () => [tools.outcome(object)] };
  }
  if (object instanceof WeakSet || object instanceof WeakMap) {
    const kind = object instanceof WeakSet ? "WeakSet" : "WeakMap";
    return { open: `${label(kind)}{`, keys, items: () => ["<items unknown>"] };
  }
  for (const kind of [Number, String, Boolean, BigInt, Symbol]) {
    if (!(object instanceof kind)) continue;
    const other = name === kind.name ? "" : ` (${name ?? "null prototype"})`;
    const base = `[${kind.name}${other}: ${tools.primitive(object.valueOf())}]`;
    return { base, open: "{", keys: keys.filter(isNoIndex) };
  }
  if (typeof URL !== "undefined" && object instanceof URL) {
    const extra = partsOfUrl.map((key): [string, unknown] => [key, object[key]]);
    return { open: `${label("URL")}{`, keys, extra };
  }
  if (typeof URLSearchParams !== "undefined" && object instanceof URLSearchParams) {
    const items = () => [...object].map(([key, value]) => `${show(key)} => ${show(value)}`);
    return { open: `${label("URLSearchParams")}{`, keys, items, isBare: object.size === 0 };
  }
  if (typeof Headers !== "undefined" && object instanceof Headers) {
    return { open: `${label("Headers")}{`, keys, extra: [...object], isBare: true };
  }
  if (Object.prototype.toString.call(object) === "[object Arguments]") {
    return { open: "[Arguments] {", keys, isBare: true };
  }
  const isPlain = name === "Object" && !tag;
  return {
    open: isPlain ? "{" : `${label(tag === "Module" ? "Module" : "Object")}{`,
    keys,
    isBare: true,
  };
}

/** Formats items, but for the note on those that are left out. */
function entryOr(show: (item: unknown) => string): (item: unknown) => string {
  return (item) => item instanceof LeftOut ? item.text : show(item);
}

class LeftOut {
  readonly text: string;

  constructor(count: number) {
    this.text = `... ${count} more item${count > 1 ? "s" : ""}`;
  }
}

function limited(state: Inspection, items: unknown[], length: number): unknown[] {
  const left = length - state.iterableLimit;
  return left > 0 ? [...items.slice(0, state.iterableLimit), new LeftOut(left)] : items;
}

function arrayItems(
  state: Inspection,
  array: readonly unknown[],
  show: (item: unknown) => string,
): string[] {
  const out: string[] = [];
  let i = 0;
  while (i < array.length && out.length < state.iterableLimit) {
    if (i in array) {
      out.push(show(array[i++]));
      continue;
    }
    const from = i;
    while (i < array.length && !(i in array)) i++;
    out.push(`<${i - from} empty item${i - from > 1 ? "s" : ""}>`);
  }
  if (i < array.length) out.push(new LeftOut(array.length - i).text);
  return out;
}

function keysOf(object: object): (string | symbol)[] {
  const symbols = Object.getOwnPropertySymbols(object);
  return [
    ...Object.keys(object).filter((key) => key !== "cause"),
    ...symbols.filter((key) => Object.prototype.propertyIsEnumerable.call(object, key)),
  ];
}

function isNoIndex(key: string | symbol): boolean {
  return typeof key === "symbol" || !/^(0|[1-9]\d*)$/.test(key);
}

function functionName(object: object, constructor: string | null, tag: string): string {
  const text = Function.prototype.toString.call(object);
  const given: unknown = Reflect.get(object, "name");
  const name = typeof given === "string" ? given : "";
  if (text.startsWith("class") && text.endsWith("}")) {
    const parent: unknown = Object.getPrototypeOf(object)?.name;
    const own = Object.hasOwn(object, "name") && name || "(anonymous)";
    const kind = constructor === "Function" || constructor === null ? "" : ` [${constructor}]`;
    const end = constructor === null
      ? " extends [null prototype]"
      : parent
      ? ` extends ${parent}`
      : "";
    return `[class ${own}${kind}${tag ? ` [${tag}]` : ""}${end}]`;
  }
  const type = /^\[object (.*Function)\]$/.exec(Object.prototype.toString.call(object))?.[1] ??
    "Function";
  const other = constructor === null || constructor === type ? "" : ` ${constructor}`;
  const isBare = constructor === null ? " (null prototype)" : "";
  const called = name === "" ? " (anonymous)" : `: ${name}`;
  return `[${type}${isBare}${called}]${other}${tag && tag !== type ? ` [${tag}]` : ""}`;
}

function formatError(error: Error, { state, inspect }: ShapeTools): string {
  let text = stackOf(error);
  const seen = new Set<unknown>([error]);
  for (let at: unknown = error.cause; at; at = at instanceof Error ? at.cause : undefined) {
    text += `\nCaused by ${at instanceof Error ? stackOf(at) : inspect(at).replaceAll('"', "")}`;
    if (seen.has(at)) break;
    seen.add(at);
  }
  if (error instanceof AggregateError) {
    for (const one of error.errors) text += `\n${inspect(one).replaceAll(/^/gm, "    ")}`;
  }
  return state.indent > 0 ? text.replaceAll("\n", `\n${" ".repeat(state.indent)}`) : text;
}
