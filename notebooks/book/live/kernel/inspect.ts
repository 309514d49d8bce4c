/**
 * The text of any value, as `Deno.inspect` writes it.
 *
 * @module
 */
import { stackOf } from "./errors.ts";
import { layOut } from "./inspect_layout.ts";

/** Options of `Deno.inspect`; others, such as colours, change nothing on a page. */
export interface InspectOptions {
  /** How deep objects inside of objects are shown. Default: 4. */
  depth?: number;
  /** How many levels may share a line; `false` for none. Default: 3. */
  compact?: boolean | number;
  /** How long lines get before they are broken. Default: 80. */
  breakLength?: number;
  /** How many elements are shown. Default: 100. */
  iterableLimit?: number;
  /** How many characters of a text are shown. Default: 10,000. */
  strAbbreviateSize?: number;
  /** Whether keys are sorted. */
  sorted?: boolean;
  /** Whether getters are called. */
  getters?: boolean;
  /** Whether the last of several lines ends in a comma. */
  trailingComma?: boolean;
}

/** What is known while a value is inspected. */
export interface Inspection extends Required<InspectOptions> {
  /** The objects that the current one is in. */
  readonly inside: object[];
  /** The numbers of objects that contain themselves. */
  readonly circular: Map<object, number>;
  /** By how many columns the current lines are indented. */
  indent: number;
  /** How deep the deepest object was that has been met last. */
  deepest: number;
}

const custom = Symbol.for("Deno.customInspect");
const customOfNode = Symbol.for("nodejs.util.inspect.custom");

/** What came of promises, as far as it is known; nobody can ask them at once. */
const outcomes = new WeakMap<Promise<unknown>, { value: unknown } | { reason: unknown } | null>();
let unknownPromises: Promise<unknown>[] = [];

/** The text of a value. */
export function inspect(value: unknown, options: InspectOptions = {}): string {
  return format(start(options), value, 0);
}

/** The text of a value in which promises may be, after asking them. */
export async function inspectSettled(value: unknown): Promise<string> {
  unknownPromises = [];
  const text = inspect(value);
  if (unknownPromises.length === 0) return text;
  const pending = Symbol();
  await Promise.all(unknownPromises.map(async (promise) => {
    try {
      const first = await Promise.race([promise, pending]);
      outcomes.set(promise, first === pending ? null : { value: first });
    } catch (reason) {
      outcomes.set(promise, { reason });
    }
  }));
  return await inspectSettled(value);
}

/** The text of `console.log(...args)`. */
export function inspectArgs(args: readonly unknown[], options: InspectOptions = {}): string {
  const rest = [...args];
  const show = (value: unknown) => format(start(options), value, 0);
  const parts: string[] = [];
  if (typeof args[0] === "string" && args.length > 1) {
    rest.shift();
    parts.push(args[0].replace(/%(.)/gs, (all, kind: string) => {
      if (kind === "%") return "%";
      if (rest.length === 0 || !"sdifoOcj".includes(kind)) return all;
      const value = rest.shift();
      if (kind === "s") return String(value);
      if (kind === "c") return "";
      if (kind === "f") return String(Number(value));
      if (kind === "j") return JSON.stringify(value);
      if (kind === "o" || kind === "O") return show(value);
      if (typeof value === "bigint") return `${value}n`;
      return typeof value === "number" ? String(parseInt(String(value))) : "NaN";
    }));
  }
  for (const value of rest) parts.push(typeof value === "string" ? value : show(value));
  return parts.join(" ");
}

function start(options: InspectOptions): Inspection {
  return {
    depth: options.depth ?? (options.depth === null ? Infinity : 4),
    compact: options.compact ?? 3,
    breakLength: options.breakLength ?? 80,
    iterableLimit: options.iterableLimit ?? 100,
    strAbbreviateSize: options.strAbbreviateSize ?? 10_000,
    sorted: options.sorted ?? false,
    getters: options.getters ?? false,
    trailingComma: options.trailingComma ?? false,
    inside: [],
    circular: new Map(),
    indent: 0,
    deepest: 0,
  };
}

/** A text in quotes: in those of three kinds that it does not contain, if there are such. */
export function quote(text: string): string {
  const mark = ['"', "'", "`"].find((mark) => !text.includes(mark)) ?? '"';
  const escapes: Record<string, string> = {
    ...{ "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v" },
    "\\": "\\\\",
    [mark]: `\\${mark}`,
  };
  const escaped = text.replace(
    // deno-lint-ignore no-control-regex
    /[\x00-\x1f\x7f-\x9f\\"'`]/g,
    (sign) =>
      escapes[sign] ??
        (/["'`]/.test(sign) ? sign : `\\x${sign.charCodeAt(0).toString(16).padStart(2, "0")}`),
  );
  return mark + escaped + mark;
}

function formatText(state: Inspection, text: string): string {
  const left = text.length - state.strAbbreviateSize;
  const shown = left > 0 ? text.slice(0, state.strAbbreviateSize) : text;
  const more = left > 0 ? `... ${left} more character${left > 1 ? "s" : ""}` : "";
  const isLong = shown.length > 16 && shown.length > state.breakLength - state.indent - 4;
  if (state.compact === true || !isLong) return quote(shown) + more;
  const indent = " ".repeat(state.indent + 2);
  return shown.split(/(?<=\n)/).map(quote).join(` +\n${indent}`) + more;
}

function formatSymbol(symbol: symbol): string {
  const { description } = symbol;
  if (description === undefined || /^[a-zA-Z_][a-zA-Z_.0-9]*$/.test(description)) {
    return String(symbol);
  }
  return `Symbol(${quote(description)})`;
}

function format(state: Inspection, value: unknown, level: number): string {
  switch (typeof value) {
    case "string":
      return formatText(state, value);
    case "number":
      return Object.is(value, -0) ? "-0" : String(value);
    case "bigint":
      return `${value}n`;
    case "symbol":
      return formatSymbol(value);
    case "object":
    case "function":
      return value === null ? "null" : formatObject(state, value, level);
    default:
      return String(value);
  }
}

function formatObject(state: Inspection, object: object, level: number): string {
  const own: unknown = Reflect.get(object, custom);
  if (typeof own === "function") return String(own.call(object, inspect, state));
  const ofNode: unknown = Reflect.get(object, customOfNode);
  if (typeof ofNode === "function" && object.constructor?.prototype !== object) {
    const said: unknown = ofNode.call(object, state.depth - level, state, inspect);
    if (typeof said === "string") return said.replaceAll("\n", `\n${" ".repeat(state.indent)}`);
    if (said !== object) return format(state, said, level);
  }
  if (!state.inside.includes(object)) return formatFields(state, object, level);
  if (!state.circular.has(object)) state.circular.set(object, state.circular.size + 1);
  return `[Circular *${state.circular.get(object)}]`;
}

/** What an object is, in words and braces, and what is in it besides its properties. */
interface Shape {
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

function formatFields(state: Inspection, object: object, level: number): string {
  const name = constructorName(object);
  const foundTag: unknown = Reflect.get(object, Symbol.toStringTag);
  const tag = typeof foundTag === "string" && foundTag !== name ? foundTag : "";
  const label = (fallback: string, size = "") => {
    const first = name === null ? `[${fallback}${size}: null prototype]` : name + size;
    return tag && !(name === null && fallback === tag) ? `${first} [${tag}] ` : `${first} `;
  };
  const shape = shapeOf(state, object, level, name, tag, label);
  const { base = "", close = "}", keys, extra = [], isList = false } = shape;
  if (keys.length === 0 && extra.length === 0) {
    if (base) return base;
    if (shape.isBare) return shape.open + close;
  }
  if (level > state.depth) {
    const what = label(typeof object === "function" ? "Function" : "Object").slice(0, -1);
    return name === null ? what : `[${what}]`;
  }
  state.inside.push(object);
  state.deepest = level;
  const out = shape.items?.() ?? [];
  for (const [key, value] of extra) out.push(`${key}: ${indented(state, value, level + 1)}`);
  for (const key of keys) out.push(formatProperty(state, object, key, level));
  state.inside.pop();
  if (state.sorted && !isList) out.sort();
  const number = state.circular.get(object);
  const reference = number === undefined ? "" : `<ref *${number}>`;
  const braces = [shape.open, close] as const;
  const elements = isList ? object : undefined;
  if (state.compact !== true) {
    const head = [reference, base].filter(Boolean).join(" ");
    return layOut(state, out, head, braces, elements, level);
  }
  return [reference, layOut(state, out, base, braces, elements, level)].filter(Boolean).join(" ");
}

function shapeOf(
  state: Inspection,
  object: object,
  level: number,
  name: string | null,
  tag: string,
  label: (fallback: string, size?: string) => string,
): Shape {
  const keys = keysOf(object);
  const list = (value: unknown) => indented(state, value, level + 1);
  if (Array.isArray(object)) {
    const open = name === "Array" && !tag ? "[" : `${label("Array", `(${object.length})`)}[`;
    return {
      ...{ open, close: "]", keys: keys.filter(isNoIndex), isList: true },
      isBare: object.length === 0,
      items: () => arrayItems(state, object, list),
    };
  }
  if (object instanceof Set || object instanceof Map) {
    const kind = object instanceof Set ? "Set" : "Map";
    const entry = (one: unknown) =>
      Array.isArray(one) && kind === "Map" ? `${list(one[0])} => ${list(one[1])}` : list(one);
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
      items: () => limited(state, Array.from(numbers), numbers.length).map(entryOr(list)),
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
    return { base: formatError(state, object), open: "{", keys };
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
    return { open: `${label("Promise")}{`, keys, items: () => [formatOutcome(object, list)] };
  }
  if (object instanceof WeakSet || object instanceof WeakMap) {
    const kind = object instanceof WeakSet ? "WeakSet" : "WeakMap";
    return { open: `${label(kind)}{`, keys, items: () => ["<items unknown>"] };
  }
  for (const kind of [Number, String, Boolean, BigInt, Symbol]) {
    if (!(object instanceof kind)) continue;
    const other = name === kind.name ? "" : ` (${name ?? "null prototype"})`;
    const base = `[${kind.name}${other}: ${format(state, object.valueOf(), level)}]`;
    return { base, open: "{", keys: keys.filter(isNoIndex) };
  }
  if (typeof URL !== "undefined" && object instanceof URL) {
    const parts = [
      "href",
      "origin",
      "protocol",
      "username",
      "password",
      "host",
      "hostname",
    ] as const;
    const others = ["port", "pathname", "hash", "search"] as const;
    const extra = [...parts, ...others].map((key): [string, unknown] => [key, object[key]]);
    return { open: `${label("URL")}{`, keys, extra };
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

function indented(state: Inspection, value: unknown, level: number): string {
  state.indent += 2;
  const text = format(state, value, level);
  state.indent -= 2;
  return text;
}

function formatProperty(
  state: Inspection,
  object: object,
  key: string | symbol,
  level: number,
): string {
  const found = Object.getOwnPropertyDescriptor(object, key) ??
    { value: Reflect.get(object, key), enumerable: true };
  let text;
  if (found.get) {
    const label = found.set ? "Getter/Setter" : "Getter";
    const value: unknown = state.getters ? Reflect.get(object, key) : undefined;
    if (!state.getters) text = `[${label}]`;
    else if (typeof value !== "object") text = `[${label}: ${indented(state, value, level + 1)}]`;
    else text = `[${label}] ${indented(state, value, level + 1)}`;
  } else text = found.set ? "[Setter]" : indented(state, found.value, level + 1);
  if (typeof key === "symbol") return `${formatSymbol(key)}: ${text}`;
  if (key === "__proto__") return `['__proto__']: ${text}`;
  return `${/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key) ? key : quote(key)}: ${text}`;
}

/** The name of the nearest constructor; null where there is no prototype. */
function constructorName(object: object): string | null {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at)) {
    const found: unknown = Object.getOwnPropertyDescriptor(at, "constructor")?.value;
    if (typeof found !== "function" || found.name === "") continue;
    const { prototype } = found as { prototype?: object };
    if (prototype && Object.prototype.isPrototypeOf.call(prototype, object)) return found.name;
  }
  return Object.getPrototypeOf(object) === null ? null : "Object";
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

function formatOutcome(promise: Promise<unknown>, show: (value: unknown) => string): string {
  const known = outcomes.get(promise);
  if (known === undefined) unknownPromises.push(promise);
  if (!known) return "<pending>";
  return "value" in known ? show(known.value) : `<rejected> ${show(known.reason)}`;
}

function formatError(state: Inspection, error: Error): string {
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
