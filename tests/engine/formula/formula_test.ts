import katex from "katex";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { derivative, formula, inspect, math, RandomGenerator, Value } from "../../../mod.ts";
import { expressionOf } from "../../../engine/formula/expression.ts";
import { inText } from "../../../engine/formula/notation.ts";
import { display } from "../../../engine/show/jupyter.ts";
import { apply, cases, sample } from "../../support/helpers.ts";

const [a, b, x] = [2, -3, 0.5].map((data, i) => new Value(data, { label: "abx"[i] }));

const tex = String.raw;
const written: [Value, latex: string, text: string][] = [
  [math`(${a} * ${b} + 1) * ${x}`, tex`\left(a \cdot b + 1\right) \cdot x`, "(a · b + 1) · x"],
  [math`${a} - (${b} - ${x})`, tex`a - \left(b - x\right)`, "a − (b − x)"],
  [math`${a} - (${b} + ${x})`, tex`a - \left(b + x\right)`, "a − (b + x)"],
  [math`${a} / (${b} * ${x})`, tex`\frac{a}{b \cdot x}`, "a / (b · x)"],
  [math`(${a} / ${b}) / ${x}`, tex`\frac{\frac{a}{b}}{x}`, "a / b / x"],
  [math`-${x} ** 2`, tex`-x^{2}`, "−x²"],
  [math`(-${x}) ** 2`, tex`\left(-x\right)^{2}`, "(−x)²"],
  [math`(${a} * ${b}) ** ${x}`, tex`\left(a \cdot b\right)^{x}`, "(a · b)^x"],
  [math`${a} ** (${b} ** ${x})`, tex`a^{b^{x}}`, "a^(b^x)"],
  [math`(${a} ** ${b}) ** ${x}`, tex`\left(a^{b}\right)^{x}`, "(a^b)^x"],
  [math`${a} * -3`, tex`a \cdot \left(-3\right)`, "a · (−3)"],
  [math`${a} + -3`, tex`a + \left(-3\right)`, "a + (−3)"],
  [math`exp(-${x})`, tex`e^{-x}`, "e^(−x)"],
  [math`sqrt(${a} + 1)`, tex`\sqrt{a + 1}`, "√(a + 1)"],
  [math`abs(${b})`, tex`\left|b\right|`, "|b|"],
  [math`tanh(${x})`, tex`\tanh\left(x\right)`, "tanh(x)"],
  [math`sigmoid(${x})`, tex`\sigma\left(x\right)`, "sigmoid(x)"],
  [math`max(${a}, ${b})`, tex`\max\left(a, b\right)`, "max(a, b)"],
  [math`sum(${[a, b]})`, tex`a + b`, "a + b"],
  [math`dot(${[a, b]}, ${[x, 3]})`, tex`a \cdot x + b \cdot 3`, "a · x + b · 3"],
  [math`logSumExp(${a}, ${x})`, tex`\log\left(e^{a} + e^{x}\right)`, "log(e^a + e^x)"],
  [math`atan(${x})`, tex`\arctan\left(x\right)`, "atan(x)"],
  [math`leakyRelu(${x})`, tex`\operatorname{leakyRelu}\left(x, 0.01\right)`, "leakyRelu(x, 0.01)"],
  [math`log1p(${a} - ${x})`, tex`\log\left(1 + \left(a - x\right)\right)`, "log(1 + (a − x))"],
  [math`2 * expm1(${x})`, tex`2 \cdot \left(e^{x} - 1\right)`, "2 · (e^x − 1)"],
  [math`${a} - expm1(-${x})`, tex`a - \left(e^{-x} - 1\right)`, "a − (e^(−x) − 1)"],
  [math`1e-7 * ${x}`, tex`1 \times 10^{-7} \cdot x`, "1e−7 · x"],
];

for (const [y, latex, text] of written) {
  Deno.test(`${text} is written with the parentheses it needs and no others`, () => {
    assertEquals(formula(y).latex, latex);
    assertEquals(inText(expressionOf(y)), text);
  });
}

const derivatives: [Value, Value, string][] = [
  [math`${a} + ${a}`, a, "2"],
  [math`${a} * ${a} * ${a}`, a, tex`3 \cdot a^{2}`],
  [math`(${a} * ${b} + 1) * ${x}`, a, tex`x \cdot b`],
  [math`tanh(${x})`, x, tex`1 - \tanh\left(x\right)^{2}`],
  [math`1 / (1 + exp(-${x}))`, x, tex`\frac{e^{-x}}{\left(1 + e^{-x}\right)^{2}}`],
  [math`log(${x}) / ${x}`, x, tex`\frac{1}{x^{2}} - \frac{\log\left(x\right)}{x^{2}}`],
  [math`sqrt(${x})`, x, tex`\frac{1}{2 \cdot \sqrt{x}}`],
  [math`${a} / ${x}`, x, tex`-\frac{a}{x^{2}}`],
  [math`2 ** ${x}`, x, tex`2^{x} \cdot \log\left(2\right)`],
  [math`-${x} ** 2 / 2`, x, "-x"],
  [math`abs(${b})`, b, "-1"],
  [math`relu(${b})`, b, "0"],
  [math`leakyRelu(${b})`, b, "0.01"],
  [math`elu(${b})`, b, "e^{b}"],
  [math`tan(${x})`, x, tex`1 + \tan\left(x\right)^{2}`],
  [math`atan(${x})`, x, tex`\frac{1}{1 + x^{2}}`],
  [math`cosh(${x})`, x, tex`\sinh\left(x\right)`],
  [math`log1p(${x})`, x, tex`\frac{1}{1 + x}`],
  [math`clamp(${x}, 0, 1)`, x, "1"],
  [math`${a} - ${x}`, x, "-1"],
  [math`${a} * 2`, x, "0"],
];

for (const [y, by, latex] of derivatives) {
  Deno.test(`the derivative of ${inText(expressionOf(y))} by ${by.label} is ${latex}`, () => {
    const left = tex`\frac{\partial}{\partial ${by.label}} \left(${formula(y).latex}\right)`;
    assertEquals(derivative(y, by).latex, `${left} = ${latex}`);
  });
}

Deno.test("a label is a symbol: an index is set low, a word upright, and markup stays text", () => {
  const named = (label: string) => formula(new Value(1, { label })).latex;
  assertEquals(named("w12"), "w_{12}");
  assertEquals(named("loss"), tex`\text{loss}`);
  assertEquals(named("50% \\alpha_{1}"), tex`\text{50\% }\backslash \text{alpha\_\{1\}}`);
  const html = katex.renderToString(named('<img src=x onerror="alert(1)">'), { output: "mathml" });
  assert(!html.includes("<img"));
});

Deno.test("every formula and every derivative of the table is LaTeX that KaTeX reads", () => {
  const generator = new RandomGenerator(4);
  for (const { op, count } of cases) {
    const xs = sample(op, count, generator).map((data, k) => new Value(data, { label: `x${k}` }));
    const y = apply(op, xs);
    for (const { latex } of [formula(y), ...xs.map((x) => derivative(y, x))]) {
      katex.renderToString(latex, { output: "mathml", throwOnError: true });
    }
  }
});

Deno.test("a formula shows itself as LaTeX, and as text in the console", () => {
  const y = math`${a} + ${b}`;
  y.label = "y";
  assertEquals(formula(y)[display](), {
    "text/latex": "$$y = a + b$$",
    "text/plain": "y = a + b",
  });
  assertEquals(formula(y)[inspect](), "y = a + b");
  assertEquals(derivative(y, a).latex, tex`\frac{\partial y}{\partial a} = 1`);
});

Deno.test("long sums are shortened", () => {
  const seven = math`sum(${[1, 2, 3, 4, 5, 6, 7]})`;
  assertEquals(formula(seven).latex, tex`1 + 2 + 3 + 4 + \cdots + 7`);
});

Deno.test("a derivative over too many nodes is an error that says so", () => {
  let y = x;
  for (let i = 0; i < 201; i++) y = y.mul(a);
  assertThrows(() => derivative(y, x), RangeError, "more than 200 nodes");
});
