/**
 * Expressions as text: in LaTeX, or in the plain letters of a line of print.
 *
 * @module
 */
import type { Op } from "../rules.ts";
import { asName, formatNumber } from "../show/text.ts";
import type { Expression } from "./expression.ts";
import { latexLetter, latexText } from "./latex_text.ts";

/** How one way of writing differs from the other. */
interface Notation {
  number(x: number): string;
  name(label: string): string;
  dots: string;
  times: string;
  minus: string;
  group(inner: string): string;
  fraction(a: Expression, b: Expression): string;
  power(base: string, exponent: Expression): string;
  exp(x: Expression): string;
  root(x: Expression): string;
  bars(x: Expression): string;
  call(op: string, inner: string): string;
}

/** An expression in LaTeX, without dollar signs. */
export function inLatex(e: Expression): string {
  return write(e, latexNotation);
}

/** An expression in plain characters: `1 − tanh(x)²`. */
export function inText(e: Expression): string {
  return write(e, textNotation);
}

/** An expression in LaTeX as a factor of a product, in parentheses where it needs them. */
export function latexFactor(e: Expression): string {
  return grouped(e, binding.product, latexNotation);
}

/** An expression in plain characters as a factor of a product. */
export function textFactor(e: Expression): string {
  return grouped(e, binding.product, textNotation);
}

const latexNotation: Notation = {
  number: latexNumber,
  name: latexName,
  dots: "\\cdots",
  times: " \\cdot ",
  minus: "-",
  group: (inner) => `\\left(${inner}\\right)`,
  fraction: (a, b) => `\\frac{${inLatex(a)}}{${inLatex(b)}}`,
  power: (base, exponent) => `${base}^{${inLatex(exponent)}}`,
  // Upright, because a slanted e is a label.
  exp: (x) => `\\mathrm{e}^{${inLatex(x)}}`,
  root: (x) => `\\sqrt{${inLatex(x)}}`,
  bars: (x) => `\\left|${inLatex(x)}\\right|`,
  call: (op, inner) => `${latexFunction(op)}\\left(${inner}\\right)`,
};

/** The names that LaTeX has for functions, where they are ours. */
const latexNames = ["cos", "cosh", "log", "max", "min", "sin", "sinh", "tan", "tanh"];

/** Other names of functions in mathematics. */
const otherNames: Readonly<Record<string, string>> = {
  sigmoid: "\\sigma",
  atan: "\\arctan",
};

function latexFunction(op: string): string {
  return otherNames[op] ?? (latexNames.includes(op) ? `\\${op}` : `\\operatorname{${op}}`);
}

const textNotation: Notation = {
  number: textNumber,
  name: (label) => asName(label),
  dots: "⋯",
  times: " · ",
  minus: "−",
  group: (inner) => `(${inner})`,
  fraction: (a, b) =>
    `${grouped(a, binding.product, textNotation)} / ${grouped(b, binding.power, textNotation)}`,
  power: (base, exponent) => base + superscript(exponent),
  exp: (x) => `exp(${inText(x)})`,
  root: (x) => `√${grouped(x, binding.atom, textNotation)}`,
  bars: (x) => `|${inText(x)}|`,
  call: (op, inner) => `${op}(${inner})`,
};

function superscript(exponent: Expression): string {
  const text = inText(exponent);
  const raised = [...text].map((c) =>
    "⁰¹²³⁴⁵⁶⁷⁸⁹"["0123456789".indexOf(c)] ?? (c === "−" ? "⁻" : "")
  );
  return exponent.kind === "number" && raised.every((c) => c !== "")
    ? raised.join("")
    : `^${grouped(exponent, binding.atom, textNotation)}`;
}

/** How tightly an expression holds together. */
const binding = { sum: 1, product: 2, power: 3, atom: 4 } as const;

/** The same of results; what is not listed is an atom, such as a function with its parentheses. */
const bindings: Readonly<Partial<Record<Op, number>>> = {
  add: binding.sum,
  sub: binding.sum,
  neg: binding.sum,
  sum: binding.sum,
  dot: binding.sum,
  expm1: binding.sum,
  mul: binding.product,
  div: binding.product,
  pow: binding.power,
};

function bindingOf(e: Expression, notation: Notation): number {
  if (e.kind === "number") {
    if (e.value < 0 || Object.is(e.value, -0)) return binding.sum;
    return formatNumber(e.value).includes("e") ? binding.product : binding.atom;
  }
  // What is set high at a name would look like a part of its exponent.
  if (e.kind === "symbol") return /[⁾′]/.test(e.name) ? binding.power : binding.atom;
  if (e.kind === "dots") return binding.atom;
  // A fraction bar holds together what is above and below it.
  if (notation === latexNotation && (e.op === "div" || e.op === "exp")) return binding.power;
  return bindings[e.op] ?? binding.atom;
}

/** An expression, in parentheses if it would come apart in its surroundings. */
function grouped(e: Expression, surroundings: number, notation: Notation): string {
  const inner = write(e, notation);
  return bindingOf(e, notation) >= surroundings ? inner : notation.group(inner);
}

function write(e: Expression, notation: Notation): string {
  if (e.kind === "number") return notation.number(e.value);
  if (e.kind === "symbol") return notation.name(e.name);
  if (e.kind === "dots") return notation.dots;
  const { op, args } = e;
  const [a, b] = args;
  const part = (x: Expression, surroundings: number) => grouped(x, surroundings, notation);
  const { times, minus } = notation;
  switch (op) {
    case "add":
      return addUp([a, b].map((x) => part(x, binding.sum)), notation);
    case "sub":
      return `${part(a, binding.sum)} ${minus} ${part(b, binding.product)}`;
    case "mul":
      return part(a, binding.product) + times + part(b, binding.power);
    case "div":
      return notation.fraction(a, b);
    case "neg":
      return minus + part(a, binding.product);
    case "pow":
      return notation.power(part(a, binding.atom), b);
    case "exp":
      return notation.exp(a);
    case "expm1":
      return `${notation.exp(a)} ${minus} 1`;
    case "log1p":
      return notation.call("log", `1 + ${part(a, binding.product)}`);
    case "sqrt":
      return notation.root(a);
    case "abs":
      return notation.bars(a);
    case "sum":
      return terms(args.map((x) => part(x, binding.sum)), notation);
    case "dot": {
      const n = args.length / 2;
      const products = args.slice(0, n).map((x, i) =>
        part(x, binding.product) + times + part(args[n + i], binding.power)
      );
      return terms(products, notation);
    }
    case "logSumExp":
      return notation.call("log", terms(args.map(notation.exp), notation));
    default:
      return notation.call(op, args.map((x) => write(x, notation)).join(", "));
  }
}

/** Terms added up; of more than six, the first four and the last. */
function terms(all: string[], notation: Notation): string {
  const shown = all.length > 6 ? [...all.slice(0, 4), notation.dots, all[all.length - 1]] : all;
  return shown.length === 0 ? "0" : addUp(shown, notation);
}

/** Terms with plus signs between them, which no minus sign may follow. */
function addUp(all: readonly string[], { minus, group }: Notation): string {
  return all.map((x, i) => i > 0 && x.startsWith(minus) ? group(x) : x).join(" + ");
}

/** A number in LaTeX, with at most five digits. */
export function latexNumber(x: number): string {
  if (Number.isNaN(x)) return "\\text{NaN}";
  if (!Number.isFinite(x)) return x > 0 ? "\\infty" : "-\\infty";
  const [digits, exponent] = formatNumber(x).split("e");
  return exponent === undefined ? digits : `${digits} \\times 10^{${Number(exponent)}}`;
}

/** A number in plain characters, with at most five digits and a real minus sign. */
export function textNumber(x: number): string {
  return formatNumber(x).replace("Infinity", "∞").replaceAll("-", "−");
}

/**
 * A name as a symbol of LaTeX: `w1`, `θ_1` and `w⁽²⁾₁,₀` with what is set low and
 * high, longer words upright.
 */
export function latexName(name: string): string {
  const [, base, high = "", low = "", primes] =
    name.match(/^(.+?)(?:⁽([⁰¹²³⁴⁵⁶⁷⁸⁹,]+)⁾)?([₀-₉][₀-₉,]*)?(′*)$/s) ?? ["", name, "", "", ""];
  const raised = (high && `(${plainDigits(high)})`) + "\\prime".repeat(primes.length);
  return latexLabel(base) + (raised && `^{${raised}}`) + (low && `_{${plainDigits(low)}}`);
}

/** The derivative of what is called y with respect to what is called x, in LaTeX. */
export function latexSlope(y: string, x: string): string {
  return `\\frac{\\partial ${latexName(y)}}{\\partial ${latexName(x)}}`;
}

function plainDigits(text: string): string {
  const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
  return text.replace(/[^,]/g, (digit) => `${digits.indexOf(digit) % 10}`);
}

/** A label: a letter stands slanted and a word upright, both with an index if they have one. */
function latexLabel(label: string): string {
  const letter = latexLetter(label);
  if (letter !== null) return letter;
  const [, base, index] = label.match(/^(.)_?(\d+)$/s) ?? label.match(/^(.)_([A-Za-z]+)$/s) ??
    label.match(/^(\p{L}+)_(\d+)$/u) ?? [];
  if (index === undefined) return latexText(label);
  const symbol = latexLetter(base) ?? (base.length > 1 ? latexText(base) : null);
  const low = /^\d/.test(index) ? index : latexLetter(index) ?? latexText(index);
  return symbol === null ? latexText(label) : `${symbol}_{${low}}`;
}
