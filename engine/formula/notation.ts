/**
 * Expressions as text: in LaTeX, or in the plain letters of a line of print.
 *
 * @module
 */
import type { Op } from "../rules.ts";
import { formatNumber } from "../show/text.ts";
import type { Expression } from "./expression.ts";

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
  name: (label) => label,
  dots: "⋯",
  times: " · ",
  minus: "−",
  group: (inner) => `(${inner})`,
  fraction: (a, b) =>
    `${grouped(a, binding.product, textNotation)} / ${grouped(b, binding.power, textNotation)}`,
  power: (base, exponent) => base + superscript(exponent),
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
  exp: binding.power,
};

function bindingOf(e: Expression, notation: Notation): number {
  if (e.kind === "number") {
    if (e.value < 0 || Object.is(e.value, -0)) return binding.sum;
    return formatNumber(e.value).includes("e") ? binding.product : binding.atom;
  }
  if (e.kind !== "operation") return binding.atom;
  // A fraction bar holds together what is above and below it.
  if (e.op === "div" && notation === latexNotation) return binding.power;
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
      return `${part(a, binding.sum)} + ${
        part(b, b.kind === "number" ? binding.product : binding.sum)
      }`;
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
      return notation.power("e", a);
    case "expm1":
      return `${notation.power("e", a)} ${minus} 1`;
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
      return notation.call("log", terms(args.map((x) => notation.power("e", x)), notation));
    default:
      return notation.call(op, args.map((x) => write(x, notation)).join(", "));
  }
}

/** Terms added up; of more than six, the first four and the last. */
function terms(all: string[], { dots }: Notation): string {
  const shown = all.length > 6 ? [...all.slice(0, 4), dots, all[all.length - 1]] : all;
  return shown.length === 0 ? "0" : shown.join(" + ");
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

/** A label as a symbol of LaTeX: `w1` with an index, longer words upright. */
export function latexName(label: string): string {
  const indexed = label.match(/^([A-Za-z])_?(\d+)$/);
  if (indexed) return `${indexed[1]}_{${indexed[2]}}`;
  if (/^[A-Za-z]$/.test(label)) return label;
  if (label === "π") return "\\pi";
  const special: Readonly<Record<string, string>> = {
    "\\": "\\backslash ",
    "~": "\\sim ",
    "^": "\\wedge ",
  };
  const pieces = label.split(/([\\~^])/).filter((piece) => piece !== "");
  return pieces.map((piece) =>
    special[piece] ?? `\\text{${piece.replace(/[#$%&_{}]/g, "\\$&").replace(/\s+/g, " ")}}`
  ).join("");
}
