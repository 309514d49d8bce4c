import type { Expression } from "../formula/expression.ts";
import {
  inLatex,
  inText,
  latexFactor,
  latexName,
  latexNumber,
  latexSlope,
  textFactor,
  textNumber,
} from "../formula/notation.ts";

/** One of two ways to write an equation. */
export interface Writing {
  name(name: string): string;
  number(x: number): string;
  expression(e: Expression): string;
  /** An expression as a factor of a product. */
  factor(e: Expression): string;
  /** The derivative of what is called y with respect to what is called x. */
  slope(y: string, x: string): string;
  words(text: string): string;
  readonly times: string;
  /** Between a variable and what is added to it. */
  readonly gains: string;
  /** Between two equations on one line. */
  readonly gap: string;
}

/** An equation that can be written in each way. */
export type Equation = (w: Writing) => string;

const plain: Writing = {
  name: (name) => name,
  number: textNumber,
  expression: inText,
  factor: textFactor,
  slope: (y, x) => `∂${y}/∂${x}`,
  words: (text) => text,
  times: " · ",
  gains: " += ",
  gap: ",  ",
};

const latex: Writing = {
  name: latexName,
  number: latexNumber,
  expression: inLatex,
  factor: latexFactor,
  slope: latexSlope,
  words: (text) => `\\text{${text}}`,
  times: " \\cdot ",
  gains: " \\;\\text{+=}\\; ",
  gap: ",\\quad ",
};

/** Equations in plain characters, and in LaTeX. */
export function written(equations: readonly Equation[]): { lines: string[]; latex: string[] } {
  return {
    lines: equations.map((equation) => equation(plain)),
    latex: equations.map((equation) => equation(latex)),
  };
}

/** Ways to write one thing, with equals signs between them; of two that are alike, one. */
export function equal(...ways: readonly string[]): string {
  return ways.filter((way, k) => way !== ways[k - 1]).join(" = ");
}
