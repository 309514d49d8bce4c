/**
 * Runs a listing as if it were a program, so that a test can see that what it
 * says is what the compiled loss computes.
 *
 * @module
 */
import type { Listing } from "../../engine/compile/listing/listing.ts";

const functions = {
  tanh: Math.tanh,
  relu: (x: number) => Math.max(x, 0),
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  exp: Math.exp,
  log: Math.log,
  max: Math.max,
};

/** Names with an index, which is an expression in m and i, are keys of one store. */
type Store = Map<string, number>;

/** What a statement is executed in. */
interface Context {
  get(name: string, index?: number): number;
  set(name: string, value: number, index?: number): void;
  functions: typeof functions;
  n: number;
}

/** One line as a function of the counter m. */
type Statement = (context: Context, m: number) => void;

const name = String.raw`∂?\p{L}[\p{L}\p{N}₀-₉]*`;

/** Mean loss and gradients that a listing says, for examples of inputs in order. */
export function runListing(
  { lines, names }: Listing,
  root: string,
  examples: readonly (readonly number[])[],
  parameters: readonly number[],
): { loss: number; gradients: number[] } {
  const parts = new Map<string, Statement[]>();
  const shared = new Set(names.parameters);
  let part: Statement[] = [], title = "", count = 1;
  for (const { level, text } of lines) {
    if (level === 0) parts.set(title = text, part = []);
    else if (text.startsWith("for m")) count = 1 + Number(text.split("… ")[1]);
    else {
      const times = level === 2 ? count : 1;
      const statement = translate(text);
      part.push((context) => {
        for (let m = 0; m < times; m++) statement(context, m);
      });
      if (title === "once, forward") shared.add(/^[^[ ]+/.exec(text)![0]);
    }
  }
  const once: Store = new Map(parameters.map((p, i) => [`${names.parameter}[${i}]`, p]));
  let each: Store = new Map();
  const storeOf = (name: string) => shared.has(name.replace("∂", "")) ? once : each;
  const key = (name: string, index?: number) => index === undefined ? name : `${name}[${index}]`;
  const context: Context = {
    // A gradient that nothing has been handed to is 0.
    get: (name, index) => storeOf(name).get(key(name, index)) ?? (name[0] === "∂" ? 0 : NaN),
    set: (name, value, index) => storeOf(name).set(key(name, index), value),
    functions,
    n: examples.length,
  };
  const run = (title: string) => parts.get(title)?.forEach((statement) => statement(context, 0));
  let loss = 0;
  run("once, forward");
  for (const row of examples) {
    each = new Map(row.map((x, i) => [`${names.input}[${i}]`, x]));
    run("for each of n examples, forward");
    run("for each of n examples, backward");
    loss += context.get(root) / examples.length;
  }
  run("once, backward");
  return { loss, gradients: parameters.map((_, i) => context.get(`∂${names.parameter}`, i)) };
}

function translate(line: string): Statement {
  const [formula, range] = line.split(",  i = 0 … ");
  const [, target, operator, right] = /^(\S+(?: [+−] [^=]*?)*) (\+?=) (.*)$/u.exec(formula)!;
  const [, variable, index] = new RegExp(`^(${name})(?:\\[(.*)\\])?$`, "u").exec(target)!;
  const isSum = operator === "=" && range !== undefined;
  const term = expression(right.replace(/^(log )?Σ /, ""));
  const at = index === undefined ? "undefined" : arithmetic(index);
  const before = operator === "+=" ? `get("${variable}", ${at}) + ` : "";
  const body = isSum
    ? `let sum = 0; for (let i = 0; i <= ${range}; i++) sum += ${term};` +
      `set("${variable}", ${right.startsWith("log ") ? "Math.log(sum)" : "sum"}, ${at});`
    : `for (let i = 0; i <= ${range ?? 0}; i++) set("${variable}", ${before}${term}, ${at});`;
  return new Function(
    "{ get, set, functions, n }",
    "m",
    `const { ${Object.keys(functions)} } = functions; ${body}`,
  ) as Statement;
}

function expression(text: string): string {
  const inside = String.raw`(?:[^\[\]]|\[[^\[\]]*\])*`;
  const known = new Set(["n", "e", "i", "m", "Number", ...Object.keys(functions)]);
  return arithmetic(text)
    .replace(
      new RegExp(`(?<![\\p{L}\\p{N}₀-₉])\\[(${inside} [<>=] ${inside})\\]`, "gu"),
      "Number($1)",
    )
    .replace(/ = /g, " === ")
    .replace(
      new RegExp(`(${name})(?:\\[([^\\[\\]]*)\\])?`, "gu"),
      (all, variable, index) =>
        known.has(variable) && index === undefined ? all : `get("${variable}", ${index})`,
    )
    .replace(/(?<![\p{L}.])e\*\*/gu, "Math.E**");
}

function arithmetic(text: string): string {
  return text.replace(/(\d)([mi])(?!\p{L})/gu, "$1*$2").replaceAll("·", "*").replaceAll("−", "-")
    .replaceAll("²", "**2").replaceAll("³", "**3").replaceAll("^", "**");
}
