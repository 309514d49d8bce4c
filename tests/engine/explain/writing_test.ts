import { assertEquals } from "../../support/assert.ts";
import { equal, written } from "../../../engine/explain/writing.ts";
import { number, symbol } from "../../../engine/formula/expression.ts";

Deno.test("an equation is written in plain characters and in LaTeX", () => {
  const { lines, latex } = written([
    (w) => equal(w.slope("L", "w1"), w.factor(number(-2)) + w.times + w.name("w1"), w.number(-6)),
    (w) => w.name("x") + w.gains + w.expression(symbol("θ_1", 3)) + w.gap + w.words("so"),
  ]);
  assertEquals(lines, ["∂L/∂w1 = (−2) · w1 = −6", "x += θ_1,  so"]);
  assertEquals(latex, [
    String.raw`\frac{\partial L}{\partial w_{1}} = \left(-2\right) \cdot w_{1} = -6`,
    String.raw`x \;\text{+=}\; \theta_{1},\quad \text{so}`,
  ]);
});

Deno.test("of two equal ways to write a thing, one is written", () => {
  assertEquals(equal("a", "2", "2", "2"), "a = 2");
  assertEquals(equal("2", "a", "2"), "2 = a = 2");
});
