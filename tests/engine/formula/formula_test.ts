import katex from "katex";
import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { derivative, formula, inspect, math, MLP, RandomGenerator, Value } from "../../../mod.ts";
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
  [math`${a} + -${b}`, tex`a + \left(-b\right)`, "a + (−b)"],
  [math`${a} + (-${b} + ${x})`, tex`a + \left(-b + x\right)`, "a + (−b + x)"],
  [math`-${a} + ${b}`, tex`-a + b`, "−a + b"],
  [math`sum(${[a, b.neg(), -2]})`, tex`a + \left(-b\right) + \left(-2\right)`, "a + (−b) + (−2)"],
  [math`exp(${a}) ** 2`, tex`\left(\mathrm{e}^{a}\right)^{2}`, "exp(a)²"],
  [math`${a} + -3`, tex`a + \left(-3\right)`, "a + (−3)"],
  [math`exp(-${x})`, tex`\mathrm{e}^{-x}`, "exp(−x)"],
  [math`sqrt(${a} + 1)`, tex`\sqrt{a + 1}`, "√(a + 1)"],
  [math`abs(${b})`, tex`\left|b\right|`, "|b|"],
  [math`tanh(${x})`, tex`\tanh\left(x\right)`, "tanh(x)"],
  [math`sigmoid(${x})`, tex`\sigma\left(x\right)`, "sigmoid(x)"],
  [math`max(${a}, ${b})`, tex`\max\left(a, b\right)`, "max(a, b)"],
  [math`sum(${[a, b]})`, tex`a + b`, "a + b"],
  [math`dot(${[a, b]}, ${[x, 3]})`, tex`a \cdot x + b \cdot 3`, "a · x + b · 3"],
  [
    math`logSumExp(${a}, ${x})`,
    tex`\log\left(\mathrm{e}^{a} + \mathrm{e}^{x}\right)`,
    "log(exp(a) + exp(x))",
  ],
  [math`atan(${x})`, tex`\arctan\left(x\right)`, "atan(x)"],
  [math`leakyRelu(${x})`, tex`\operatorname{leakyRelu}\left(x, 0.01\right)`, "leakyRelu(x, 0.01)"],
  [math`log1p(${a} - ${x})`, tex`\log\left(1 + \left(a - x\right)\right)`, "log(1 + (a − x))"],
  [math`2 * expm1(${x})`, tex`2 \cdot \left(\mathrm{e}^{x} - 1\right)`, "2 · (exp(x) − 1)"],
  [
    math`${a} - expm1(-${x})`,
    tex`a - \left(\mathrm{e}^{-x} - 1\right)`,
    "a − (exp(−x) − 1)",
  ],
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
  [
    math`1 / (1 + exp(-${x}))`,
    x,
    tex`\frac{\mathrm{e}^{-x}}{\left(1 + \mathrm{e}^{-x}\right)^{2}}`,
  ],
  [math`log(${x}) / ${x}`, x, tex`\frac{1}{x^{2}} - \frac{\log\left(x\right)}{x^{2}}`],
  [math`sqrt(${x})`, x, tex`\frac{1}{2 \cdot \sqrt{x}}`],
  [math`${a} / ${x}`, x, tex`-\frac{a}{x^{2}}`],
  [math`2 ** ${x}`, x, tex`2^{x} \cdot \log\left(2\right)`],
  [math`-${x} ** 2 / 2`, x, "-x"],
  [math`abs(${b})`, b, "-1"],
  [math`relu(${b})`, b, "0"],
  [math`leakyRelu(${b})`, b, "0.01"],
  [math`elu(${b})`, b, tex`\mathrm{e}^{b}`],
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
  assertEquals(named("w_12"), "w_{12}");
  assertEquals(named("θ_1"), tex`\theta_{1}`);
  assertEquals(named("Σ2"), tex`\Sigma_{2}`);
  assertEquals(named("x₁₂"), "x_{12}");
  assertEquals(named("x_i"), "x_{i}");
  assertEquals(named("W_in"), tex`W_{\text{in}}`);
  assertEquals(named("loss_1"), tex`\text{loss}_{1}`);
  assertEquals(named("learning_rate"), tex`\text{learning\_rate}`);
  assertEquals(named("é_1"), tex`\text{é\_1}`);
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

/** The logistic map, whose formula doubles with each step. */
function logistic(steps: number): { x: Value; y: Value } {
  const x = new Value(0.3, { label: "x" });
  let y = x;
  for (let i = 0; i < steps; i++) y = math`4 * ${y} * (1 - ${y})`;
  return { x, y };
}

Deno.test("a derivative with more than 200 parts is an error that says so, however few nodes it has", () => {
  for (const steps of [4, 10, 40, 1000]) {
    const { x, y } = logistic(steps);
    assertThrows(() => derivative(y, x), RangeError, "at most 200 parts, got more");
  }
  for (const steps of [1, 2]) {
    const { x, y } = logistic(steps);
    assert(derivative(y, x).latex.length < 2000);
  }
});

Deno.test("a derivative is written out if its formula is short, however many nodes it has", () => {
  let y = x;
  for (let i = 0; i < 300; i++) y = y.mul(a);
  y.label = "y";
  assertEquals(derivative(y, x).latex, tex`\frac{\partial y}{\partial x} = a^{300}`);
  const { x: inner, y: far } = logistic(10);
  const off = far.mul(0).add(inner);
  off.label = "y";
  assertEquals(derivative(off, inner).latex, tex`\frac{\partial y}{\partial x} = 1`);
});

Deno.test("the formula of a network tells its neurons apart", () => {
  const [x1, x2] = ["x1", "x2"].map((label) => new Value(1, { label }));
  const model = new MLP(2, [2, 1], { activation: "linear" });
  const y = model.forward([x1, x2]);
  y.label = "y";
  const unit = (k: number) =>
    tex`w^{(1)}_{${k},0} \cdot x_{1} + w^{(1)}_{${k},1} \cdot x_{2} + b^{(1)}_{${k}}`;
  const expected = [1, 2].map((k) => tex`w^{(2)}_{1,${k - 1}} \cdot \left(${unit(k)}\right)`).join(
    " + ",
  );
  assertEquals(formula(y).latex, tex`y = ${expected} + b^{(2)}_{1}`);
  const [, , , w] = model.parameters();
  const slope = derivative(y, w).latex;
  assertEquals(slope, tex`\frac{\partial y}{\partial w^{(1)}_{2,0}} = w^{(2)}_{1,1} \cdot x_{1}`);
  for (const latex of [formula(y.pow(2)).latex, slope]) katex.renderToString(latex);
});

Deno.test("Values with one label have names of their own in a formula", () => {
  const [p, q, r] = [1, 2, 3].map((data) => new Value(data, { label: "p" }));
  const y = p.mul(q).add(r.pow(2));
  assertEquals(formula(y).latex, tex`p \cdot p^{\prime} + \left(p^{\prime\prime}\right)^{2}`);
  y.label = "p";
  assertEquals(
    derivative(y, q).latex,
    tex`\frac{\partial p^{\prime\prime\prime}}{\partial p^{\prime}} = p`,
  );
  for (const { latex } of [formula(y), derivative(y, r)]) katex.renderToString(latex);
});
