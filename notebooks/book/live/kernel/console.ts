/**
 * `console` as in Deno's kernel: what is printed goes to the cell.
 *
 * @module
 */
import { inspect, inspectArgs, type InspectOptions, quote } from "./inspect.ts";
import { widthOf } from "./inspect_layout.ts";

/** Takes what is printed. */
export type Write = (stream: "stdout" | "stderr", text: string) => void;

/** Makes the methods of the global `console` print where they are told to. */
export function redirectConsole(write: Write): void {
  let indent = "";
  const counts = new Map<string, number>();
  const timers = new Map<string, number>();
  const print = (stream: "stdout" | "stderr") => (...args: unknown[]) =>
    write(stream, `${indent}${inspectArgs(args).replaceAll("\n", `\n${indent}`)}\n`);
  const log = print("stdout"), error = print("stderr");
  const dir = (value: unknown, options?: InspectOptions) =>
    write("stdout", `${inspectArgs([value], options)}\n`);
  const group = (...args: unknown[]) => {
    if (args.length > 0) log(...args);
    indent += "  ";
  };
  /** The time since a timer was started, which may be ended by that. */
  const tell = (label: string, args: unknown[], isEnd: boolean) => {
    const start = timers.get(label);
    if (start === undefined) return error(`Timer '${label}' does not exist`);
    if (isEnd) timers.delete(label);
    const time = performance.now() - start;
    log(`${label}: ${time.toFixed(time < 1 ? 3 : time < 10 ? 2 : time < 100 ? 1 : 0)}ms`, ...args);
  };
  Object.assign(console, {
    ...{ log, info: log, debug: log, warn: error, error, dir, dirxml: dir },
    ...{ group, groupCollapsed: group },
    groupEnd: () => void (indent = indent.slice(2)),
    table: (data: unknown, columns?: unknown) => log(table(data, columns)),
    assert(condition = false, ...args: unknown[]) {
      if (condition) return;
      const [first, ...rest] = args;
      if (args.length === 0) error("Assertion failed");
      else if (typeof first === "string") error(`Assertion failed: ${first}`, ...rest);
      else error("Assertion failed:", ...args);
    },
    count(label: unknown = "default") {
      const count = (counts.get(String(label)) ?? 0) + 1;
      counts.set(String(label), count);
      log(`${label}: ${count}`);
    },
    countReset(label: unknown = "default") {
      if (counts.has(String(label))) counts.set(String(label), 0);
      else error(`Count for '${label}' does not exist`);
    },
    time(label: unknown = "default") {
      if (timers.has(String(label))) error(`Timer '${label}' already exists`);
      else timers.set(String(label), performance.now());
    },
    timeLog: (label: unknown = "default", ...args: unknown[]) => tell(String(label), args, false),
    timeEnd: (label: unknown = "default") => tell(String(label), [], true),
    trace: (...args: unknown[]) => error(`Trace: ${inspectArgs(args)}`),
    clear: () => void (indent = ""),
  });
}

/** What `console.table` prints; of what is no table, the value itself. */
function table(data: unknown, columns?: unknown): unknown {
  if (columns !== undefined && !Array.isArray(columns)) {
    const message = "The 'properties' argument must be of type Array: received type ";
    throw new Error(message + typeof columns);
  }
  if (typeof data !== "object" || data === null) return data;
  const isMap = data instanceof Map;
  const entries: [string, unknown][] = isMap || data instanceof Set
    ? Array.from(
      data,
      (item, i) => [String(i), isMap ? { Key: item[0], Values: item[1] } : item],
    )
    : Object.entries(data);
  const found = new Map<string, string[]>((columns ?? []).map((name) => [String(name), []]));
  const values: string[] = [];
  for (const [i, [, row]] of entries.entries()) {
    const isObject = typeof row === "object" && row !== null || typeof row === "function";
    if (!isObject) {
      if (columns === undefined) values[i] = inCell(row);
      continue;
    }
    for (const key of columns === undefined ? Object.keys(row) : found.keys()) {
      if (!(key in row)) continue;
      if (!found.has(key)) found.set(key, []);
      found.get(key)![i] = inCell(Reflect.get(row, key));
    }
  }
  const head = [isMap || data instanceof Set ? "(iter idx)" : "(idx)", ...found.keys()];
  const body = [entries.map(([key]) => key), ...found.values()];
  if (values.length > 0 && !isMap) {
    head.push("Values");
    body.push(values);
  }
  return draw(head, body, entries.length);
}

function inCell(value: unknown): string {
  if (typeof value === "string") return quote(value);
  return inspect(value, { depth: 1, compact: true });
}

function draw(head: readonly string[], columns: readonly string[][], rows: number): string {
  const cells = columns.map((column) => Array.from({ length: rows }, (_, i) => column[i] ?? ""));
  const widths = head.map((name, j) => Math.max(...[name, ...cells[j]].map(widthOf)));
  const isNumeric = cells.map((column) => column.every((text) => Number.isInteger(Number(text))));
  const line = (row: readonly string[], alignRight: readonly boolean[]) => {
    const padded = row.map((text, j) => {
      const room = " ".repeat(widths[j] - widthOf(text));
      return alignRight[j] ? room + text : text + room;
    });
    return `│ ${padded.join(" │ ")} │`;
  };
  const rule = (left: string, middle: string, right: string) =>
    left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right;
  return [
    rule("┌", "┬", "┐"),
    line(head, []),
    rule("├", "┼", "┤"),
    ...Array.from({ length: rows }, (_, i) => line(cells.map((column) => column[i]), isNumeric)),
    rule("└", "┴", "┘"),
  ].join("\n");
}
