import fc from "fast-check";
import { assert, assertEquals, assertMatch, assertThrows } from "../../support/assert.ts";
import { explain, math, Value } from "../../../mod.ts";
import { difference, gradients, untyped } from "../../support/helpers.ts";
import { point, program, run, smooth } from "../../support/programs.ts";

const labelled = (data: number, label: string) => new Value(data, { label });

Deno.test("a value used twice has two paths, and their contributions add up", () => {
  const a = labelled(3, "a");
  const b = a.add(a);
  b.label = "b";
  assertEquals(
    String(explain(a, b)),
    [
      "There are 2 paths from a to b: multiply along each, add over all.",
      "b ← a:  1",
      "b ← a:  1",
      "∂b/∂a = 1 + 1 = 2",
    ].join("\n"),
  );
});

Deno.test("a path is a product of local derivatives, in symbols and in numbers", () => {
  const [a, b, c, f] = [2, -3, 10, -2].map((data, i) => labelled(data, "abcf"[i]));
  const L = math`(${a} * ${b} + ${c}) * ${f}`;
  L.label = "L";
  const why = explain(a, L);
  assertEquals(why.paths[0].contribution, 6);
  assertEquals(String(why).split("\n")[1], "L ← v2 ← v1 ← a:  f · 1 · b = (−2) · 1 · (−3) = 6");
  assertEquals(why.latex(), [
    String
      .raw`\frac{\partial L}{\partial v_{2}} \cdot \frac{\partial v_{2}}{\partial v_{1}} \cdot \frac{\partial v_{1}}{\partial a} = f \cdot 1 \cdot b = \left(-2\right) \cdot 1 \cdot \left(-3\right) = 6`,
    String.raw`\frac{\partial L}{\partial a} = 6`,
  ]);
});

Deno.test("the sum over all paths is the gradient, on random graphs", () => {
  const property = fc.property(program(smooth), point, (made, data) => {
    const leaves = data.map((x) => new Value(x));
    const y = run(made, leaves);
    const expected = gradients(y, leaves);
    leaves.forEach((leaf, i) => {
      const why = explain(leaf, y);
      assert(difference(why.total, expected[i]) < 1e-12);
      if (why.count > why.paths.length) return;
      const sum = why.paths.reduce((total, { contribution }) => total + contribution, 0);
      assert(difference(sum, expected[i]) < 1e-12);
    });
  });
  fc.assert(property, { seed: 5, numRuns: 100 });
});

Deno.test("too many paths are counted, not listed, and it says so", () => {
  const a = labelled(1, "a");
  let y: Value = a;
  for (let i = 0; i < 40; i++) y = y.add(y);
  const why = explain(a, y);
  assertEquals([why.count, why.paths.length, why.total], [2 ** 40, 8, 2 ** 40]);
  assertMatch(why.summary(), /1,099,511,627,776 paths .* Here are 8 of them; the sum is over all/);
});

Deno.test("where there is no path, it says so", () => {
  const why = explain(labelled(1, "x"), labelled(2, "y").exp());
  assertEquals([why.count, why.total], [0, 0]);
  assertMatch(String(why), /v1 does not depend on x/);
});

Deno.test("a value explains itself: the derivative by itself is 1", () => {
  const x = labelled(2, "x");
  assertEquals(explain(x, x).total, 1);
});

Deno.test("explain takes Values only", () => {
  const x = labelled(1, "x");
  assertThrows(
    () => explain(untyped<Value>("x"), x),
    TypeError,
    'x must be a Value, got string "x"',
  );
  assertThrows(() => explain(x, untyped<Value>(1)), TypeError, "y must be a Value, got number 1");
});

Deno.test("a path of one step is not written like the whole derivative", () => {
  const [a, b] = [labelled(2, "a"), labelled(1, "b")];
  const y = math`(${a} + ${b}) * ${a}`;
  y.label = "y";
  assertEquals(explain(a, y).latex(), [
    String
      .raw`\text{path 1: } \frac{\partial y}{\partial v_{1}} \cdot \frac{\partial v_{1}}{\partial a} = a \cdot 1 = 2 \cdot 1 = 2`,
    String.raw`\text{path 2: } v_{1} = 3`,
    String.raw`\frac{\partial y}{\partial a} = 2 + 3 = 5`,
  ]);
});

Deno.test("a long path is written with its ends, in text and in LaTeX", () => {
  const x = new Value(.5, { label: "x" });
  let y = x;
  for (let i = 0; i < 500; i++) y = y.tanh();
  const why = explain(x, y);
  assert(String(why).length < 1000, `${String(why).length} characters`);
  const [chain] = why.latex();
  assert(chain.length < 2000 && chain.includes("\\cdot \\cdots \\cdot"));
  assertMatch(String(why), /^v500 ← v499 ← .* ← ⋯ ← .* ← x:/m);
});
