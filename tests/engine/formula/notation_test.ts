import { assertEquals } from "../../support/assert.ts";
import { math, Value } from "../../../mod.ts";
import { expressionOf } from "../../../engine/formula/expression.ts";
import {
  inLatex,
  inText,
  latexFactor,
  latexName,
  latexNumber,
  textFactor,
  textNumber,
} from "../../../engine/formula/notation.ts";

const tex = String.raw;
const [a, b, x] = ["a", "b", "x"].map((label) => new Value(2, { label }));
const both = (y: Value) => [inLatex, inText].map((write) => write(expressionOf(y)));

Deno.test("a number has at most five digits, a real minus sign and an exponent to read", () => {
  const numbers: [number, latex: string, text: string][] = [
    [1 / 3, "0.33333", "0.33333"],
    [-2, "-2", "−2"],
    [-1.5e-9, tex`-1.5 \times 10^{-9}`, "−1.5e−9"],
    [6e30, tex`6 \times 10^{30}`, "6e+30"],
    [-Infinity, tex`-\infty`, "−∞"],
    [NaN, tex`\text{NaN}`, "NaN"],
  ];
  for (const [number, latex, text] of numbers) {
    assertEquals([latexNumber(number), textNumber(number)], [latex, text]);
  }
});

Deno.test("a name is one symbol, whatever is in it", () => {
  assertEquals(["x", "w12", "rate", "100%", "a\\b"].map(latexName), [
    "x",
    "w_{12}",
    tex`\text{rate}`,
    tex`\text{100\%}`,
    tex`\text{a}\backslash \text{b}`,
  ]);
});

Deno.test("a whole exponent is set high, any other follows a roof", () => {
  assertEquals([a.pow(12), a.pow(-3), a.pow(.5), a.pow(x), a.pow(x.add(1))].map(both), [
    ["a^{12}", "a¹²"],
    ["a^{-3}", "a⁻³"],
    ["a^{0.5}", "a^0.5"],
    ["a^{x}", "a^x"],
    ["a^{x + 1}", "a^(x + 1)"],
  ]);
});

Deno.test("as a factor a sum needs parentheses, a product and a power do not", () => {
  const factors = (y: Value) => [latexFactor, textFactor].map((write) => write(expressionOf(y)));
  assertEquals(factors(math`${a} + ${b}`), [tex`\left(a + b\right)`, "(a + b)"]);
  assertEquals(factors(math`${a} * ${b}`), [tex`a \cdot b`, "a · b"]);
  assertEquals(factors(math`${a} ** 2`), ["a^{2}", "a²"]);
  assertEquals(factors(math`-${a}`), [tex`\left(-a\right)`, "(−a)"]);
});

Deno.test("of a long sum the first four terms and the last are written", () => {
  assertEquals(both(math`sum(${[1, 2, 3, 4, 5, 6]})`)[1], "1 + 2 + 3 + 4 + 5 + 6");
  assertEquals(both(math`sum(${[1, 2, 3, 4, 5, 6, 7]})`), [
    tex`1 + 2 + 3 + 4 + \cdots + 7`,
    "1 + 2 + 3 + 4 + ⋯ + 7",
  ]);
});
