/**
 * The text of any value, as `Deno.inspect` writes it.
 *
 * @module
 */
import { layOut } from "./inspect_layout.ts";
import { shapeOf } from "./inspect_shapes.ts";

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

function formatFields(state: Inspection, object: object, level: number): string {
  const name = constructorName(object);
  const foundTag: unknown = Reflect.get(object, Symbol.toStringTag);
  const tag = typeof foundTag === "string" && foundTag !== name ? foundTag : "";
  const label = (fallback: string, size = "") => {
    const first = name === null ? `[${fallback}${size}: null prototype]` : name + size;
    return tag && !(name === null && fallback === tag) ? `${first} [${tag}] ` : `${first} `;
  };
  const show = (value: unknown) => indented(state, value, level + 1);
  const primitive = (value: unknown) => format(state, value, level);
  const outcome = (promise: Promise<unknown>) => formatOutcome(promise, show);
  const shape = shapeOf(object, { state, name, tag, label, show, primitive, outcome, inspect });
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
  for (const [key, value] of extra) out.push(`${key}: ${show(value)}`);
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

function formatOutcome(promise: Promise<unknown>, show: (value: unknown) => string): string {
  const known = outcomes.get(promise);
  if (known === undefined) unknownPromises.push(promise);
  if (!known) return "<pending>";
  return "value" in known ? show(known.value) : `<rejected> ${show(known.reason)}`;
}
