import { assert, assertAlmostEquals, assertEquals } from "../support/assert.ts";
import { grad, gradcheck, pow, RandomGenerator, Value } from "../../mod.ts";
import {
  arity,
  binaryOps,
  choose,
  evaluate,
  naryOps,
  numbers,
  type Op,
  ops,
  partial,
  rules,
  unaryOps,
  worldOf,
} from "../../engine/rules.ts";
import {
  apply,
  cases,
  centralDifference,
  difference,
  gradients,
  sample,
} from "../support/helpers.ts";

const points = 8;

Deno.test("the table has a line for every name in the lists, and no other", () => {
  assertEquals(Object.keys(rules).sort(), [...ops].sort());
  assertEquals(new Set(ops).size, binaryOps.length + unaryOps.length + naryOps.length);
});

Deno.test("every operation is finite on the interval on which tests sample it, ends included", () => {
  for (const { op, count, name } of cases) {
    for (const end of rules[op].at) {
      const x = Array<number>(count).fill(end);
      assert(Number.isFinite(evaluate(op, x)), `${name} at ${end}`);
      for (let i = 0; i < count; i++) {
        assert(
          Number.isFinite(partial(numbers, op, evaluate(op, x), x, i)),
          `${name} at ${end}`,
        );
      }
    }
  }
});

Deno.test("an operation takes as many operands as its list says", () => {
  assertEquals(binaryOps.map(arity), binaryOps.map(() => 2));
  assertEquals(unaryOps.map(arity), unaryOps.map(() => 1));
  assertEquals(naryOps.map(arity), naryOps.map(() => Infinity));
});

for (const { op, count, name } of cases) {
  Deno.test(`${name}: the gradients are those of central differences`, () => {
    const generator = new RandomGenerator(100 + count);
    for (let k = 0; k < points; k++) {
      gradcheck((...x) => apply(op, x), sample(op, count, generator), { tolerance: 1e-8 });
    }
  });

  Deno.test(`${name}: the second derivatives are central differences of the gradients`, () => {
    const generator = new RandomGenerator(200 + count);
    for (let k = 0; k < points; k++) {
      const at = sample(op, count, generator);
      const xs = at.map((x) => new Value(x));
      // Squared, so that linear operations have second derivatives too.
      const firsts = grad(apply(op, xs).pow(2), xs);
      for (let i = 0; i < count; i++) {
        const seconds = grad(firsts[i], xs);
        for (let j = 0; j < count; j++) {
          const first = (x: readonly number[]) => {
            const leaves = x.map((xi) => new Value(xi));
            return gradients(apply(op, leaves).pow(2), leaves)[i];
          };
          const expected = centralDifference(first, at, j);
          assert(
            difference(seconds[j].data, expected) < 1e-7,
            `∂²/∂x${i}∂x${j} at ${at}: ${seconds[j].data}, numerically ${expected}`,
          );
        }
      }
    }
  });
}

/** Value and gradients of an operation at an edge; NaN where a gradient does not exist. */
function edge(op: Op, x: number[], y: number, gradient: number[]): void {
  Deno.test(`${op}(${x.join(", ")}) is ${y} with the gradient [${gradient.join(", ")}]`, () => {
    const leaves = x.map((xi) => new Value(xi));
    const result = apply(op, leaves);
    assertAlmostEquals(result.data, y, 1e-15 * Math.abs(y));
    gradients(result, leaves).forEach((g, i) => {
      if (Number.isNaN(gradient[i])) assert(Number.isNaN(g), `gradient ${i} is ${g}`);
      // 1e-13: the exponential of a difference of numbers near 1000 has lost three digits.
      else assertAlmostEquals(g, gradient[i], 1e-13 * Math.abs(gradient[i]), `gradient ${i}: ${g}`);
    });
  });
}

edge("abs", [0], 0, [0]);
edge("relu", [0], 0, [0]);
edge("max", [2, 2], 2, [.5, .5]);
edge("min", [2, 2], 2, [.5, .5]);
edge("max", [0, -0], 0, [.5, .5]);
edge("mul", [0, 0], 0, [0, 0]);
edge("mul", [0, 5], 0, [5, 0]);
edge("div", [0, 2], 0, [.5, 0]);
edge("div", [1, 0], Infinity, [Infinity, -Infinity]);
edge("pow", [0, 0], 1, [0, 0]);
edge("pow", [0, 1], 0, [1, 0]);
edge("pow", [0, 2], 0, [0, 0]);
edge("pow", [3, 0], 1, [0, Math.log(3)]);
edge("pow", [0, .5], 0, [Infinity, 0]);
edge("pow", [0, -1], Infinity, [-Infinity, -Infinity]);
edge("pow", [-2, 3], -8, [12, NaN]);
edge("pow", [-2, .5], NaN, [NaN, NaN]);
edge("pow", [1, Infinity], 1, [Infinity, 0]);
edge("pow", [1, -Infinity], 1, [-Infinity, 0]);
edge("pow", [1, NaN], 1, [NaN, 0]);
edge("pow", [-1, Infinity], 1, [Infinity, NaN]);
edge("pow", [-1, -Infinity], 1, [-Infinity, NaN]);
edge("pow", [-1, NaN], NaN, [NaN, NaN]);
edge("sqrt", [0], 0, [Infinity]);
edge("log", [0], -Infinity, [Infinity]);
edge("log", [-1], NaN, [-1]);
edge("tanh", [1000], 1, [0]);
edge("tanh", [-1000], -1, [0]);
edge("sigmoid", [1000], 1, [0]);
edge("sigmoid", [-1000], 0, [0]);
edge("sigmoid", [-709.5], Math.exp(-709.5), [Math.exp(-709.5)]);
edge("sigmoid", [-720], Math.exp(-720), [Math.exp(-720)]);
edge("sigmoid", [-745], 5e-324, [5e-324]);
edge("softplus", [1000], 1000, [1]);
edge("softplus", [-1000], 0, [0]);
edge("softplus", [-40], Math.exp(-40), [Math.exp(-40)]);
edge("logSumExp", [1000, 1000], 1000 + Math.log(2), [.5, .5]);
edge("logSumExp", [-1000, -1000], -1000 + Math.log(2), [.5, .5]);
edge("logSumExp", [1000, -1000], 1000, [1, 0]);
edge("logSumExp", [0, -37], Math.exp(-37), [1, Math.exp(-37)]);
edge("logSumExp", [-37, 0, -700], Math.exp(-37), [Math.exp(-37), 1, Math.exp(-700)]);
edge("logSumExp", [2, 2, 2], 2 + Math.log(3), [1 / 3, 1 / 3, 1 / 3]);
edge("logSumExp", [-Infinity, 3], 3, [0, 1]);
edge("leakyRelu", [0, .01], 0, [.01, 0]);
edge("leakyRelu", [-1000, .01], -10, [.01, -1000]);
edge("elu", [0, 2], 0, [2, 0]);
edge("elu", [-1000, 2], -2, [0, -1]);
edge("elu", [1000, 2], 1000, [1, 0]);
edge("gelu", [0], 0, [.5]);
edge("gelu", [1000], 1000, [1]);
edge("gelu", [-1000], -0, [0]);
edge("gelu", [-Infinity], NaN, [NaN]);
edge("silu", [0], 0, [.5]);
edge("silu", [1000], 1000, [1]);
edge("silu", [-1000], -0, [0]);
edge("erf", [0], 0, [2 / Math.sqrt(Math.PI)]);
edge("erf", [1000], 1, [0]);
edge("log1p", [-1], -Infinity, [Infinity]);
edge("log1p", [-2], NaN, [-1]);
edge("log1p", [1e-20], 1e-20, [1]);
edge("expm1", [1e-20], 1e-20, [1]);
edge("expm1", [-1000], -1, [0]);
edge("tan", [0], 0, [1]);
edge("atan", [Infinity], Math.PI / 2, [0]);
edge("atan", [1e200], Math.PI / 2, [0]);
edge("sinh", [1000], Infinity, [Infinity]);
edge("cosh", [0], 1, [0]);
edge("relu", [NaN], NaN, [NaN]);
edge("leakyRelu", [NaN, .01], NaN, [NaN, NaN]);
edge("elu", [NaN, 1], NaN, [NaN, NaN]);
edge("max", [NaN, 1], NaN, [NaN, NaN]);
edge("exp", [Infinity], Infinity, [Infinity]);
edge("exp", [-Infinity], 0, [0]);

Deno.test("a negative base with a constant whole exponent has its gradient", () => {
  const x = new Value(-2);
  assertEquals(gradients(x.pow(3), [x]), [12]);
  assertEquals(gradients(x.pow(-1), [x]), [-.25]);
  assertEquals(gradients(x.pow(0), [x]).map(Math.abs), [0]);
});

Deno.test("x.pow(0) has the gradient 0 at 0, twice over", () => {
  const x = new Value(0);
  const [first] = grad(x.pow(0), [x]);
  assertEquals([first.data, grad(first, [x])[0].data], [0, 0]);
});

Deno.test("a number to the power of a Value has a gradient in the exponent", () => {
  const x = new Value(3);
  const y = pow(2, x);
  assertEquals(y.data, 8);
  assertAlmostEquals(gradients(y, [x])[0], 8 * Math.LN2, 1e-14);
});

Deno.test("a Value to the power of itself has both parts of its gradient", () => {
  const x = new Value(2);
  assertAlmostEquals(gradients(x.pow(x), [x])[0], 4 * (Math.log(2) + 1), 1e-14);
});

Deno.test("the mixed second derivative of a ** b is right where b is 0", () => {
  // ∂²/∂a∂b a**b = a**(b − 1) (1 + b log a), which is 1/a at b = 0.
  const [a, b] = [new Value(2), new Value(0)];
  const y = a.pow(b);
  const [byA, byB] = grad(y, [a, b]);
  assertEquals(grad(byB, [a])[0].data, .5);
  assertEquals(grad(byA, [b])[0].data, .5);
});

Deno.test("the second derivatives of x², x³ and x⁴ at 0 are 2, 0 and 0", () => {
  const x = new Value(0);
  const second = (n: number) => grad(grad(x.pow(n), [x])[0], [x])[0].data;
  assertEquals([2, 3, 4].map(second), [2, 0, 0]);
});

Deno.test("a branch is chosen by the order of two numbers; NaN has none", () => {
  const branch = (a: number, b: number) =>
    choose(a, b, () => "less", () => "equal", () => "greater", () => "none");
  assertEquals([branch(1, 2), branch(-0, 0), branch(2, 1)], ["less", "equal", "greater"]);
  assertEquals([branch(NaN, 1), branch(1, NaN)], ["none", "none"]);
});

Deno.test("a world has all operations on one and two operands, and decides by its numbers", () => {
  const texts = worldOf<string>(
    String,
    Number,
    (op) => (x) => `${op}(${x})`,
    (op) => (a, b) => `${op}(${a}, ${b})`,
  );
  for (const op of unaryOps) assertEquals(texts[op]("x"), `${op}(x)`);
  for (const op of binaryOps) assertEquals(texts[op]("x", "y"), `${op}(x, y)`);
  assertEquals(partial(texts, "div", "y", ["a", "b"], 0), "div(1, b)");
  const slopes = ["-1", "0", "2", "?"].map((x) => partial(texts, "relu", "y", [x], 0));
  assertEquals(slopes, ["0", "0", "1", "NaN"]);
});
