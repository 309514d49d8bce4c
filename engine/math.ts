import { elu, leakyRelu } from "./activations.ts";
import { describe, inBrief } from "./arguments.ts";
import { asList, dot, logSumExp, mean, type Operands, prod, sum } from "./list_operations.ts";
import { clamp, max, min } from "./operations.ts";
import { type BinaryOp, binaryOps, unaryOps } from "./rules.ts";
import { applyBinary, applyUnary, constant, type Operand, Value } from "./value.ts";

/**
 * What can stand in `${…}`: a Value, a number, or a list of them as an argument of a function.
 *
 * @category Values
 *
 * @example
 * ```ts
 * import { math, type MathInput, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const weights: MathInput = [new Value(1), new Value(2)];
 * deepEqual(math`dot(${weights}, ${[10, 20]}) + 1`.data, 51);
 * ```
 */
export type MathInput = Operand | Operands;

/**
 * Writes a graph as mathematics. The usual precedence holds: `**` binds
 * tightest and to the right, then the sign, then `*` and `/`, then `+` and `-`.
 * The signs of books do as well: `·`, `×`, `÷`, `−`, and `²` for `** 2`.
 * Functions are those of the engine: `tanh(x)`, `max(a, b)`, `sum(a, b, c)`,
 * `dot(ws, xs)` with lists in `${…}`. `pi` (or `π`) and `e` are the numbers.
 *
 * @param inputs what stands in `${…}`: Values, numbers, or lists of them as arguments.
 * @returns the graph that the methods would give.
 * @throws {SyntaxError} for a formula that does not parse, an unknown function or a wrong number of
 * arguments, with a caret under the place.
 * @throws {TypeError} if something in `${…}` is neither a Value nor a number (nor a list of them),
 * or it is called as a function, `math("…")`.
 * @category Values
 *
 * @example
 * ```ts
 * import { math, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [a, b, c, f] = [2, -3, 10, -2].map((x) => new Value(x));
 * deepEqual(math`(${a} * ${b} + ${c}) * ${f}`.data, -8);
 * deepEqual(math`-2 ** 2`.data, -4);
 * ```
 */
export function math(strings: TemplateStringsArray, ...inputs: MathInput[]): Value {
  if (!Array.isArray(strings?.raw)) {
    throw new TypeError(
      `math: strings must be a template, as in math\`\${a} * 2\`, got ${describe(strings)}`,
    );
  }
  const lists = inputs.map((x) => x instanceof Value || typeof x === "number" ? x : asList(x));
  return new Parser(strings, lists).parse();
}

/** A function of formulas: how many arguments it takes, and what it makes of them. */
interface Callable {
  readonly least: number;
  readonly most: number;
  readonly call: (args: readonly Operand[]) => Value;
}

const callables: ReadonlyMap<string, Callable> = new Map(Object.entries<Callable>({
  ...Object.fromEntries(
    binaryOps.map((op) => [op, { least: 2, most: 2, call: ([a, b]) => applyBinary(op, a, b) }]),
  ),
  ...Object.fromEntries(
    unaryOps.map((op) => [op, { least: 1, most: 1, call: ([x]) => applyUnary(op, x) }]),
  ),
  leakyRelu: { least: 1, most: 2, call: ([x, slope]) => leakyRelu(x, slope) },
  elu: { least: 1, most: 2, call: ([x, alpha]) => elu(x, alpha) },
  clamp: { least: 3, most: 3, call: ([x, low, high]) => clamp(x, low, high) },
  max: { least: 1, most: Infinity, call: (xs) => max(xs) },
  min: { least: 1, most: Infinity, call: (xs) => min(xs) },
  sum: { least: 0, most: Infinity, call: sum },
  mean: { least: 1, most: Infinity, call: mean },
  prod: { least: 0, most: Infinity, call: prod },
  logSumExp: { least: 1, most: Infinity, call: logSumExp },
}));

/** The names of all functions. */
const functionNames = [...callables.keys(), "dot"];

/** Numbers with a name, and how they are shown. */
const numbers: ReadonlyMap<string, readonly [data: number, label: string]> = new Map([
  ["e", [Math.E, "e"]],
  ["pi", [Math.PI, "π"]],
  ["π", [Math.PI, "π"]],
]);

interface Token {
  kind: "number" | "name" | "symbol" | "superscript" | "input" | "end";
  text: string;
  at: number;
  input?: Operand | readonly Operand[];
}

class Parser {
  #source = "";
  #tokens: Token[] = [];
  #position = 0;

  constructor({ raw }: TemplateStringsArray, inputs: readonly (Operand | readonly Operand[])[]) {
    const texts = inputs.map(textOf);
    this.#source = String.raw({ raw }, ...texts);
    let at = 0;
    raw.forEach((text, i) => {
      this.#scan(text, at);
      at += text.length;
      if (i === inputs.length) return;
      this.#tokens.push({ kind: "input", text: texts[i], at, input: inputs[i] });
      at += texts[i].length;
    });
    this.#tokens.push({ kind: "end", text: "the end", at });
  }

  parse(): Value {
    const y = this.#sum();
    const token = this.#peek();
    if (token.kind !== "end") {
      const isOperand = token.kind !== "symbol" || token.text === "(";
      const isDecimal = token.text === "," && this.#tokens[this.#position + 1].kind === "number";
      const hint = isOperand
        ? "; a product is written with *"
        : isDecimal
        ? "; a decimal number is written with a point"
        : "";
      this.#fail(`expected an operator, found ${token.text}${hint}`, token.at);
    }
    return y;
  }

  #scan(text: string, start: number): void {
    const lexeme =
      /\s+|(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?)|([a-z_]\w*|π)|(\*\*|[-+*/(),·×⋅∙÷−])|([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/iy;
    while (lexeme.lastIndex < text.length) {
      const at = start + lexeme.lastIndex;
      const match = lexeme.exec(text);
      if (match === null) {
        const found = String.fromCodePoint(this.#source.codePointAt(at)!);
        this.#fail(`unexpected ${found}${hintFor(found)}`, at);
      }
      const [found, number, name, symbol, superscript] = match;
      const kind = number
        ? "number"
        : name
        ? "name"
        : symbol
        ? "symbol"
        : superscript && "superscript";
      if (kind) this.#tokens.push({ kind, text: symbol ? signs[found] ?? found : found, at });
    }
  }

  #sum(): Value {
    return this.#chain({ "+": "add", "-": "sub" }, () => this.#product());
  }

  #product(): Value {
    return this.#chain({ "*": "mul", "/": "div" }, () => this.#signed());
  }

  /** Operands with operations of one precedence between them, done from left to right. */
  #chain(operations: Readonly<Record<string, BinaryOp>>, operand: () => Value): Value {
    let y = operand();
    for (;;) {
      const symbol = Object.keys(operations).find((name) => this.#accept(name));
      if (symbol === undefined) return y;
      y = applyBinary(operations[symbol], y, operand());
    }
  }

  #signed(): Value {
    if (this.#accept("+")) return this.#signed();
    if (!this.#accept("-")) return this.#power();
    const literal = this.#peek().kind === "number";
    const x = this.#signed();
    return literal && x.op === null ? constant(-x.data) : applyUnary("neg", x);
  }

  #power(): Value {
    let base = this.#atom();
    while (this.#peek().kind === "superscript") {
      base = applyBinary("pow", base, constant(numberIn(this.#take().text)));
    }
    return this.#accept("**") ? applyBinary("pow", base, this.#signed()) : base;
  }

  #atom(): Value {
    const token = this.#take();
    if (token.kind === "number") return constant(Number(token.text));
    if (token.kind === "input") return this.#operand(token);
    if (token.kind === "name") return this.#named(token);
    if (token.text === "(") {
      const y = this.#sum();
      this.#expect(")");
      return y;
    }
    this.#fail(`expected a number, a Value, a function or (, found ${token.text}`, token.at);
  }

  #operand({ input, at }: Token): Value {
    if (input instanceof Value) return input;
    if (typeof input === "number") return constant(input);
    this.#fail("a list can only be an argument of a function", at);
  }

  #named(token: Token): Value {
    const named = numbers.get(token.text);
    if (named !== undefined && this.#peek().text !== "(") {
      const [data, label] = named;
      return Object.assign(constant(data), { label });
    }
    if (functionNames.includes(token.text)) return this.#call(token);
    const hint = this.#peek().text === "("
      ? `the functions are ${functionNames.join(", ")}`
      : `a Value of this name is written \${${token.text}}; the numbers are e and pi`;
    this.#fail(`unknown name ${token.text}; ${hint}`, token.at);
  }

  #call({ text, at }: Token): Value {
    const open = this.#take();
    if (open.text !== "(") this.#fail(`expected ( after ${text}, found ${open.text}`, open.at);
    const args: (Value | readonly Operand[])[] = [];
    if (this.#peek().text !== ")") {
      do args.push(this.#argument()); while (this.#accept(","));
    }
    this.#expect(")");
    return text === "dot" ? this.#dot(args, at) : this.#apply(text, args.flat(), at);
  }

  #argument(): Value | readonly Operand[] {
    const { input } = this.#peek();
    if (!Array.isArray(input)) return this.#sum();
    this.#take();
    return input;
  }

  #dot([a, b, ...others]: (Value | readonly Operand[])[], at: number): Value {
    const areLists = Array.isArray(a) && Array.isArray(b) && a.length === b.length;
    if (!areLists || others.length > 0) {
      this.#fail("dot takes two lists of the same length", at);
    }
    return dot(a, b);
  }

  #apply(name: string, args: readonly Operand[], at: number): Value {
    const { least, most, call } = callables.get(name)!;
    if (args.length >= least && args.length <= most) return call(args);
    if (most === Infinity) this.#fail(`${name} takes at least one argument`, at);
    const counts = least === most ? `${most}` : `${least} or ${most}`;
    const noun = most === 1 ? "argument" : "arguments";
    this.#fail(`${name} takes ${counts} ${noun}, got ${args.length}`, at);
  }

  #peek(): Token {
    return this.#tokens[this.#position];
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== "end") this.#position++;
    return token;
  }

  #accept(symbol: string): boolean {
    const token = this.#peek();
    if (token.kind !== "symbol" || token.text !== symbol) return false;
    this.#position++;
    return true;
  }

  #expect(symbol: string): void {
    if (this.#accept(symbol)) return;
    const { text, at } = this.#peek();
    this.#fail(`expected ${symbol}, found ${text}`, at);
  }

  #fail(message: string, at: number): never {
    const before = this.#source.slice(0, at).split("\n").pop()!;
    const [after] = this.#source.slice(at).split(/\r?\n/, 1);
    throw new SyntaxError(`math: ${message}\n  ${before}${after}\n  ${blank(before)}^`);
  }
}

/** The signs of books, as the ones that are typed. */
const signs: Readonly<Record<string, string>> = {
  ...{ "·": "*", "×": "*", "⋅": "*", "∙": "*" },
  ...{ "÷": "/", "−": "-" },
};

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻";

/** The number that is written in superscript. */
function numberIn(text: string): number {
  return Number([...text].map((digit) => "0123456789+-"[superscripts.indexOf(digit)]).join(""));
}

/** What to write in place of a character that no formula has. */
function hintFor(character: string): string {
  const hints: Record<string, string> = {
    "^": "a power is written **",
    "√": "a root is written sqrt(…)",
    "|": "an absolute value is written abs(…)",
    "∑": "a sum is written sum(…)",
    "[": "a list stands in ${…}",
    "$": "a Value is written ${…}",
    "{": "a Value is written ${…}",
    "–": "minus is written -",
  };
  const isLetter = /\p{L}/u.test(character);
  const hint = hints[character] ?? (isLetter && `a Value of this name is written \${${character}}`);
  return hint ? `; ${hint}` : "";
}

/** As much white space as a text takes up, so that what follows stands where it would after it. */
function blank(text: string): string {
  const wide =
    /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
  return Array.from(text, (character) => {
    if (character === "\t") return "\t";
    if (/\p{M}|\p{Cf}/u.test(character)) return "";
    return wide.test(character) ? "  " : " ";
  }).join("");
}

/** How something in `${…}` stands in an error message. */
function textOf(input: Operand | readonly Operand[], i: number): string {
  const elements = Array.isArray(input) ? input : [input];
  for (const x of elements) {
    if (x instanceof Value || typeof x === "number") continue;
    throw new TypeError(
      `math: \${…} number ${i + 1} must be a Value, a number or a list of them, got ${describe(x)}`,
    );
  }
  if (input instanceof Value) return `\${${inBrief(input.label) || input.data}}`;
  return `\${${Array.isArray(input) ? "[…]" : input}}`;
}
