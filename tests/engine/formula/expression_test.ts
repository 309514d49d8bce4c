import fc from "fast-check";
import { assert, assertEquals } from "../../support/assert.ts";
import { grad, RandomGenerator, Value } from "../../../mod.ts";
import {
  derivativeExpression,
  expressionOf,
  partLimit,
} from "../../../engine/formula/expression.ts";
import { apply, cases, difference, sample } from "../../support/helpers.ts";
import { point, program, run, smooth } from "../../support/programs.ts";

const generator = new RandomGenerator(3);

for (const { op, count, name } of cases) {
  Deno.test(`${name}: the symbolic derivatives have the values of the real ones`, () => {
    for (let i = 0; i < 5; i++) {
      const xs = sample(op, count, generator).map((x, k) => new Value(x, { label: `x${k}` }));
      const y = apply(op, xs);
      const real = grad(y, xs);
      xs.forEach((x, k) => {
        const symbolic = derivativeExpression(y, x)!.value;
        const error = difference(symbolic, real[k].data);
        assert(error < 1e-14, `∂/∂x${k} at ${xs.map(({ data }) => data)}: ${symbolic}, ${error}`);
      });
    }
  });
}

Deno.test("simplifying a derivative keeps its value, on random graphs", () => {
  const property = fc.property(program(smooth), point, (steps, data) => {
    const xs = data.map((x, k) => new Value(x, { label: "abc"[k] }));
    const y = run(steps, xs);
    const real = grad(y, xs);
    xs.forEach((x, k) => {
      const symbolic = derivativeExpression(y, x);
      if (symbolic) assert(difference(symbolic.value, real[k].data) < 1e-9);
    });
  });
  fc.assert(property, { seed: 7, numRuns: 150 });
});

Deno.test("an expression is as it was written, and knows its value", () => {
  const a = new Value(3, { label: "a" });
  assertEquals(expressionOf(a.add(a)), {
    kind: "operation",
    op: "add",
    args: [{ kind: "symbol", name: "a", value: 3 }, { kind: "symbol", name: "a", value: 3 }],
    value: 6,
  });
});

Deno.test("a graph that doubles at each step is cut, not written out", () => {
  let y = new Value(1, { label: "a" });
  for (let i = 0; i < 60; i++) y = y.add(y);
  const parts = JSON.stringify(expressionOf(y)).match(/"kind"/g)!.length;
  assert(parts > 50 && parts <= partLimit, `${parts} parts`);
});

Deno.test("a derivative of more parts than the limit is not written down", () => {
  const [x, w] = ["x", "w"].map((label) => new Value(2, { label }));
  const derivative = (terms: number) => {
    let y = x.tanh();
    for (let i = 1; i < terms; i++) y = y.add(x.sub(w.mul(i)).tanh());
    return derivativeExpression(y, x);
  };
  const partsOf = (terms: number) => JSON.stringify(derivative(terms))?.match(/"kind"/g)?.length;
  let terms = 1;
  while (derivative(terms + 1) !== null) terms++;
  // Each term adds 10: 1 − tanh(x − i · w)², and the plus sign.
  assert(partsOf(terms)! > partLimit - 12 && partsOf(terms)! <= partLimit, `${partsOf(terms)}`);
  assertEquals([terms + 2, 1000].map(derivative), [null, null]);
});
