import {
  assertAlmostEquals,
  assertEquals,
  assertStrictEquals,
  assertThrows,
} from "../support/assert.ts";
import { formula as formulaOf, math, type MathInput, Value } from "../../mod.ts";
import { binaryOps, ops, unaryOps } from "../../engine/rules.ts";
import { contents, strangers, structure, untyped } from "../support/helpers.ts";

const leaf = (label: string, data: number) => new Value(data, { label });
const a = leaf("a", 2);
const b = leaf("b", -3);
const c = leaf("c", 10);

Deno.test("math`…` gives the graph that the methods give", () => {
  const pairs: [Value, Value][] = [
    [math`${a} + ${b}`, a.add(b)],
    [math`${a} - ${b} - ${c}`, a.sub(b).sub(c)],
    [math`${a} - (${b} - ${c})`, a.sub(b.sub(c))],
    [math`${a} + ${b} * ${c}`, a.add(b.mul(c))],
    [math`(${a} + ${b}) * ${c}`, a.add(b).mul(c)],
    [math`${a} / ${b} / ${c}`, a.div(b).div(c)],
    [math`${a} / ${b} * ${c}`, a.div(b).mul(c)],
    [math`${a} * ${b} ** 2`, a.mul(b.pow(2))],
    [math`2 * ${a} + 1`, new Value(2).mul(a).add(1)],
    [math`tanh(${a} * ${b} + ${c})`, a.mul(b).add(c).tanh()],
    [math`max(${a}, ${b} + 1)`, a.max(b.add(1))],
    [math`-${a}`, a.neg()],
    [math`+${a}`, a],
  ];
  for (const [ours, methods] of pairs) {
    assertEquals(structure(ours), structure(methods).replaceAll("Value(2)", "2"));
    assertEquals(ours.data, methods.data);
  }
});

Deno.test("math`…` holds the Values themselves, also where they repeat", () => {
  const y = math`${a} * ${a}`;
  assertStrictEquals(y.operands[0], a);
  assertStrictEquals(y.operands[1], a);
  assertStrictEquals(math`${a}`, a);
  assertStrictEquals(math`((${a}))`, a);
});

Deno.test("a power binds to the right and more tightly than a sign before it", () => {
  assertEquals(math`2 ** 3 ** 2`.data, 512);
  assertEquals(math`(2 ** 3) ** 2`.data, 64);
  assertEquals(math`-2 ** 2`.data, -4);
  assertEquals(math`(-2) ** 2`.data, 4);
  assertEquals(structure(math`-${a} ** 2`), "neg(pow(a, 2))");
  assertEquals(structure(math`2 ** -${a}`), "pow(2, neg(a))");
  assertEquals(math`2 ** -1`.data, .5);
  assertEquals(structure(math`${a} ** -${b} ** ${c}`), "pow(a, neg(pow(b, c)))");
});

Deno.test("a sign may stand anywhere before an operand, and repeat", () => {
  assertEquals(math`2 - -3`.data, 5);
  assertEquals(math`2 * -3`.data, -6);
  assertEquals(math`- -2`.data, 2);
  assertEquals(math`--2`.data, 2);
  assertEquals(math`-+-2`.data, 2);
  assertEquals(structure(math`-${a} * ${b}`), "mul(neg(a), b)");
});

Deno.test("a negative literal is a constant, not a negation", () => {
  assertEquals(structure(math`${a} * -3`), "mul(a, -3)");
  assertEquals(structure(math`${a} ** -1`), "pow(a, -1)");
});

Deno.test("literals are decimal numbers", () => {
  const literals: [Value, number][] = [
    [math`1e-3`, 1e-3],
    [math`.5`, .5],
    [math`5.`, 5],
    [math`12.25`, 12.25],
    [math`1E3`, 1000],
    [math`2.5e+2`, 250],
    [math`.5e1`, 5],
    [math`0`, 0],
  ];
  for (const [ours, expected] of literals) {
    assertEquals([ours.data, ours.op, ours.requiresGrad], [expected, null, false]);
  }
});

Deno.test("numbers in ${…} are constants, whatever their sign", () => {
  const y = math`${a} ** ${-2}`;
  assertEquals([y.data, y.operands[1].requiresGrad], [.25, false]);
  assertEquals(math`${NaN} + ${Infinity}`.data, NaN);
});

Deno.test("white space and line ends are of no matter", () => {
  const y = math`
    ${a} * ${b}
      + ${c}
  `;
  assertEquals(structure(y), "add(mul(a, b), c)");
  assertEquals(math`1+2*3`.data, math`  1 +	2  *3 `.data);
});

/** A template with the given texts and inputs, as the tag would get it. */
function formula(texts: string[], ...inputs: MathInput[]): Value {
  return math(Object.assign([...texts], { raw: texts }), ...inputs);
}

Deno.test("every operation of the table is a function of formulas", () => {
  const [x, y] = [leaf("x", .5), leaf("y", .75)];
  for (const op of unaryOps) {
    assertEquals(structure(formula([`${op}(`, ")"], x)), `${op}(x)`);
  }
  for (const op of binaryOps) {
    assertEquals(structure(formula([`${op}(`, ",", ")"], x, y)), `${op}(x, y)`);
  }
  assertEquals(structure(math`leakyRelu(${x})`), "leakyRelu(x, 0.01)");
  assertEquals(structure(math`elu(${x})`), "elu(x, 1)");
  assertEquals(structure(math`clamp(${x}, 0, 1)`), "min(max(x, 0), 1)");
  assertEquals(structure(math`mean(${x}, ${y})`), "div(sum(x, y), 2)");
  assertEquals(structure(math`prod(${[x, y, 2]})`), "mul(mul(x, y), 2)");
  assertEquals(structure(math`max(${[x, y, 2]})`), "max(max(x, y), 2)");
  assertEquals(structure(math`min(${x})`), "x");
  const rest = ops.filter((op) => !(unaryOps as readonly string[]).includes(op))
    .filter((op) => !(binaryOps as readonly string[]).includes(op));
  assertEquals(rest, ["sum", "dot", "logSumExp"]);
  assertEquals(structure(math`sum(${x}, ${y}, 1)`), "sum(x, y, 1)");
  assertEquals(structure(math`sum(${[x, y]}, 1)`), "sum(x, y, 1)");
  assertEquals(structure(math`dot(${[x, y]}, ${[2, 3]})`), "dot(x, y, 2, 3)");
  assertEquals(structure(math`logSumExp(${[x, y, 0]})`), "logSumExp(x, y, 0)");
  assertEquals(structure(math`logSumExp(${x}, ${y} * 2)`), "logSumExp(x, mul(y, 2))");
});

Deno.test("functions nest and take whole formulas", () => {
  assertEquals(
    structure(math`max(tanh(${a} + 1), -min(${b}, ${c})) ** 2`),
    "pow(max(tanh(add(a, 1)), neg(min(b, c))), 2)",
  );
  assertEquals(structure(math`sum()`), "sum()");
});

Deno.test("gradients flow through a formula", () => {
  const x = new Value(.5);
  math`exp(-${x} ** 2)`.backward();
  assertAlmostEquals(x.grad, -2 * .5 * Math.exp(-.25), 1e-15);
});

Deno.test("pi, π and e are numbers, shown by their names", () => {
  const [pi, other, e] = [math`pi`, math`π`, math`e`];
  assertEquals([pi.data, other.data, e.data], [Math.PI, Math.PI, Math.E]);
  assertEquals([pi.label, other.label, e.label, pi.requiresGrad], ["π", "π", "e", false]);
  assertEquals(math`cos(2 * π)`.data, 1);
  assertEquals(formulaOf(math`e ** ${a} / (2 * pi)`).latex, String.raw`\frac{e^{a}}{2 \cdot \pi}`);
  assertEquals(math`2 * pi * 1e3`.data, 2 * Math.PI * 1000);
});

/** Checks the whole message: what, the line, and the caret under the place. */
function fails(attempt: () => Value, what: string, line: string, caret: string): void {
  const error = assertThrows(attempt, SyntaxError);
  assertEquals(error.message, `math: ${what}\n  ${line}\n  ${caret}`);
}

const operand = "expected a number, a Value, a function or (, found";

Deno.test("an error in a formula shows the line and the place", () => {
  fails(() => math`1 + * 2`, `${operand} *`, "1 + * 2", "    ^");
  fails(() => math`1 + `, `${operand} the end`, "1 + ", "    ^");
  fails(() => math``, `${operand} the end`, "", "^");
  fails(() => math`(${a} + 1`, "expected ), found the end", "(${a} + 1", "         ^");
  fails(() => math`${a} + 1)`, "expected an operator, found )", "${a} + 1)", "        ^");
  fails(
    () => math`${a} ${b}`,
    "expected an operator, found ${b}; a product is written with *",
    "${a} ${b}",
    "     ^",
  );
  fails(
    () => math`2 ${a}`,
    "expected an operator, found ${a}; a product is written with *",
    "2 ${a}",
    "  ^",
  );
  fails(() => math`()`, `${operand} )`, "()", " ^");
  fails(
    () => math`0x10`,
    "expected an operator, found x10; a product is written with *",
    "0x10",
    " ^",
  );
  fails(
    () => math`1..2`,
    "expected an operator, found .2; a product is written with *",
    "1..2",
    "  ^",
  );
  fails(() => math`sum(1,)`, `${operand} )`, "sum(1,)", "      ^");
});

Deno.test("an unlabelled Value stands in an error by its number", () => {
  fails(
    () => math`${new Value(3)} ${-.5}`,
    "expected an operator, found ${-0.5}; a product is written with *",
    "${3} ${-0.5}",
    "     ^",
  );
});

Deno.test("a character that no formula has is shown; ^ comes with a hint", () => {
  fails(() => math`2 $ 3`, "unexpected $; a Value is written ${…}", "2 $ 3", "  ^");
  fails(() => math`2 ^ 3`, "unexpected ^; a power is written **", "2 ^ 3", "  ^");
  fails(() => math`2 % 3`, "unexpected %", "2 % 3", "  ^");
  fails(
    () => math`${a} ^ ${b} + 1`,
    "unexpected ^; a power is written **",
    "${a} ^ ${b} + 1",
    "     ^",
  );
});

/** What an error says of a function that it does not know. */
const unknown = (name: string) => {
  const others = [...unaryOps, "clamp", "sum", "mean", "prod", "logSumExp", "dot"];
  return `unknown name ${name}; the functions are ${[...binaryOps, ...others].join(", ")}`;
};

Deno.test("the signs of books are understood, and superscripts are powers", () => {
  const pairs: [Value, Value][] = [
    [math`${a} · ${b} × ${c}`, math`${a} * ${b} * ${c}`],
    [math`${a} ⋅ ${b} ÷ ${c}`, math`${a} * ${b} / ${c}`],
    [math`${a} − ${b}`, math`${a} - ${b}`],
    [math`−3 · ${a}`, math`-3 * ${a}`],
    [math`−${a}²`, math`-(${a} ** 2)`],
    [math`${a}³ + ${b}¹⁰`, math`${a} ** 3 + ${b} ** 10`],
    [math`(${a} + 1)⁻¹`, math`(${a} + 1) ** -1`],
    [math`2 ** ${a}²`, math`2 ** (${a} ** 2)`],
    [math`${a}² ** ${b}`, math`(${a} ** 2) ** ${b}`],
    [math`tanh(${a})²`, math`tanh(${a}) ** 2`],
    [math`2 · π²`, math`2 * pi ** 2`],
  ];
  for (const [books, typed] of pairs) assertEquals(structure(books), structure(typed));
});

Deno.test("other signs and letters of books are named, and what to write for them", () => {
  fails(() => math`√2`, "unexpected √; a root is written sqrt(…)", "√2", "^");
  fails(() => math`|${a}|`, "unexpected |; an absolute value is written abs(…)", "|${a}|", "^");
  fails(() => math`2 · α`, "unexpected α; a Value of this name is written ${α}", "2 · α", "    ^");
  fails(() => math`1 – 2`, "unexpected –; minus is written -", "1 – 2", "  ^");
  fails(() => math`² + 1`, `${operand} ²`, "² + 1", "^");
  fails(
    () => math`1,5 * ${a}`,
    "expected an operator, found ,; a decimal number is written with a point",
    "1,5 * ${a}",
    " ^",
  );
});

Deno.test("the caret stands under its place after tabs, astral and wide characters, and labels", () => {
  fails(() => math`	2	+ ?`, "unexpected ?", "	2	+ ?", "	 	  ^");
  const [italic, emoji, accented, lines] = ["𝑥", "🙂", "e\u0301", "a\n b"].map((label) =>
    leaf(label, 1)
  );
  fails(() => math`${italic} + ?`, "unexpected ?", "${𝑥} + ?", "       ^");
  fails(() => math`${emoji} + ?`, "unexpected ?", "${🙂} + ?", "        ^");
  fails(() => math`${accented} + ?`, "unexpected ?", "${e\u0301} + ?", "       ^");
  fails(() => math`${lines} + ?`, "unexpected ?", "${a\\n b} + ?", "           ^");
  fails(() => formula(["1 +\r\n2 ? 3\r\n"]), "unexpected ?", "2 ? 3", "  ^");
  fails(() => math`1 + 𝑥`, "unexpected 𝑥; a Value of this name is written ${𝑥}", "1 + 𝑥", "    ^");
});

Deno.test("math called as a function says that it is a tag", () => {
  assertThrows(
    () => math(untyped<TemplateStringsArray>("a * b")),
    TypeError,
    'math: strings must be a template, as in math`${a} * 2`, got string "a * b"',
  );
});

Deno.test("an error in a formula of several lines shows its own line only", () => {
  fails(
    () =>
      math`1 +
  2 * ) -
  ${a}`,
    `${operand} )`,
    "  2 * ) -",
    "      ^",
  );
  fails(
    () =>
      math`${a}
+ ${b}
+ foo(1)`,
    unknown("foo"),
    "+ foo(1)",
    "  ^",
  );
});

Deno.test("an unknown name lists the functions there are", () => {
  fails(() => math`1 + foo(2)`, unknown("foo"), "1 + foo(2)", "    ^");
  const value = "unknown name a; a Value of this name is written ${a}; the numbers are e and pi";
  fails(() => math`a*b`, value, "a*b", "^");
  fails(() => math`2 * a`, value, "2 * a", "    ^");
  fails(() => math`Tanh(1)`, unknown("Tanh"), "Tanh(1)", "^");
  fails(() => math`pi(1)`, unknown("pi"), "pi(1)", "^");
  fails(() => math`constructor(1)`, unknown("constructor"), "constructor(1)", "^");
});

Deno.test("a function refuses the wrong number of arguments", () => {
  fails(() => math`1 + pow(1)`, "pow takes 2 arguments, got 1", "1 + pow(1)", "    ^");
  fails(() => math`max()`, "max takes at least one argument", "max()", "^");
  fails(() => math`elu(1, 2, 3)`, "elu takes 1 or 2 arguments, got 3", "elu(1, 2, 3)", "^");
  fails(() => math`clamp(1, 2)`, "clamp takes 3 arguments, got 2", "clamp(1, 2)", "^");
  fails(() => math`tanh(1, ${a})`, "tanh takes 1 argument, got 2", "tanh(1, ${a})", "^");
  fails(() => math`tanh()`, "tanh takes 1 argument, got 0", "tanh()", "^");
  fails(() => math`sub(${[1, 2, 3]})`, "sub takes 2 arguments, got 3", "sub(${[…]})", "^");
  fails(() => math`logSumExp()`, "logSumExp takes at least one argument", "logSumExp()", "^");
  const lists = "dot takes two lists of the same length";
  fails(() => math`dot(1, 2)`, lists, "dot(1, 2)", "^");
  fails(() => math`dot(${[a]}, ${[a, b]})`, lists, "dot(${[…]}, ${[…]})", "^");
  fails(() => math`dot(${[a]})`, lists, "dot(${[…]})", "^");
  fails(() => math`tanh ${a}`, "expected ( after tanh, found ${a}", "tanh ${a}", "     ^");
  fails(() => math`tanh`, "expected ( after tanh, found the end", "tanh", "    ^");
});

Deno.test("a list stands only as an argument of a function", () => {
  const what = "a list can only be an argument of a function";
  fails(() => math`1 + ${[a, b]}`, what, "1 + ${[…]}", "    ^");
  fails(() => math`sum(1 + ${[a, b]})`, what, "sum(1 + ${[…]})", "        ^");
  fails(() => math`sum(${[a]} + 1)`, "expected ), found +", "sum(${[…]} + 1)", "           ^");
});

Deno.test("math`…` refuses anything else in ${…}, by its number, and changes nothing", () => {
  const y = a.mul(b);
  y.backward();
  const before = contents(y);
  for (const [thing, name] of strangers) {
    if (Array.isArray(thing)) continue;
    const message = `math: \${…} number 2 must be a Value, a number or a list of them, got ${name}`;
    assertThrows(() => math`${y} + ${untyped<number>(thing)}`, TypeError, message);
    assertThrows(() => math`sum(${y}, ${[1, untyped<number>(thing)]})`, TypeError, message);
  }
  assertThrows(() => math`${y} + ${1} +`, SyntaxError);
  assertEquals(contents(y), before);
});

Deno.test("a label cannot be taken for part of the formula", () => {
  const tricky = leaf(") + 1 ** (", 3);
  assertEquals(math`2 * ${tricky}`.data, 6);
  assertEquals(math`tanh(${tricky})`.operands[0].label, ") + 1 ** (");
});
