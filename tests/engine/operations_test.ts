import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import {
  clamp,
  dot,
  logSumExp,
  max,
  mean,
  min,
  type Operand,
  prod,
  sum,
  Value,
} from "../../mod.ts";
import * as activations from "../../engine/activations.ts";
import * as operations from "../../engine/operations.ts";
import { binaryOps, evaluate, ops, unaryOps } from "../../engine/rules.ts";
import * as engine from "../../engine/mod.ts";
import { gradients, strangers, structure, untyped } from "../support/helpers.ts";

const functions = { ...operations, ...activations };

Deno.test("every operation of the table is a free function of the engine's door", () => {
  assertEquals(Object.keys(functions).sort(), [...unaryOps, ...binaryOps, "clamp"].sort());
  assertEquals(ops.filter((op) => typeof engine[op] !== "function"), []);
});

for (const op of unaryOps) {
  Deno.test(`${op}() takes a Value or a number and gives what the method gives`, () => {
    const x = new Value(1.25, { label: "x" });
    assertEquals(structure(functions[op](x)), structure(x[op]()));
    const fixed = functions[op](1.25);
    assertEquals([fixed.data, fixed.requiresGrad], [evaluate(op, [1.25]), false]);
  });
}

for (const op of binaryOps) {
  Deno.test(`${op}() takes Values and numbers in any order and gives what the method gives`, () => {
    const [x, y] = [new Value(1.25, { label: "x" }), new Value(.5, { label: "y" })];
    const free: (a: Operand, b: Operand) => Value = functions[op];
    assertEquals(structure(free(x, y)), structure(x[op](y)));
    assertEquals(structure(free(x, .5)), `${op}(x, 0.5)`);
    assertEquals(structure(free(1.25, y)), `${op}(1.25, y)`);
    assertEquals(free(1.25, .5).data, evaluate(op, [1.25, .5]));
  });
}

Deno.test("sum, dot and logSumExp are one node over all their operands", () => {
  const x = [1, 2, 3, 4].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(sum(x)), "sum(x0, x1, x2, x3)");
  assertEquals(structure(dot(x.slice(0, 2), x.slice(2))), "dot(x0, x1, x2, x3)");
  assertEquals(structure(logSumExp([x[0], 5])), "logSumExp(x0, 5)");
  assertEquals([sum(x).data, dot(x.slice(0, 2), x.slice(2)).data], [10, 11]);
});

Deno.test("sum and dot of nothing are 0", () => {
  assertEquals([sum([]).data, dot([], []).data], [0, 0]);
  sum([]).backward();
});

Deno.test("the mean is a sum divided by its length", () => {
  const x = [1, 2, 6].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(mean(x)), "div(sum(x0, x1, x2), 3)");
  assertEquals([mean(x).data, ...gradients(mean(x), x)], [3, 1 / 3, 1 / 3, 1 / 3]);
});

Deno.test("prod has the right gradients also where factors are 0", () => {
  const gradientsOf = (numbers: number[]) => {
    const x = numbers.map((xi) => new Value(xi));
    return gradients(prod(x), x);
  };
  assertEquals(gradientsOf([2, 3, 4]), [12, 8, 6]);
  assertEquals(gradientsOf([0, 3, 4]), [12, 0, 0]);
  assertEquals(gradientsOf([0, 3, 0]), [0, 0, 0]);
  assertEquals([prod([]).data, prod([]).requiresGrad, prod([7]).data], [1, false, 7]);
});

Deno.test("max and min of a list compare neighbours, in rounds", () => {
  const x = [3, 1, 4, 1, 5].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(max(x)), "max(max(max(x0, x1), max(x2, x3)), x4)");
  assertEquals([max(x).data, min(x).data], [5, 1]);
  assertEquals(gradients(max(x), x), [0, 0, 0, 0, 1]);
  assertEquals(gradients(min(x), x), [0, .5, 0, .5, 0]);
  assertEquals(structure(max([x[0], 2])), "max(x0, 2)");
  assertStrictEquals(max([x[0]]), x[0]);
});

Deno.test("clamp bounds a number, and at the bounds passes half of the gradient", () => {
  const at = (xi: number) => {
    const x = new Value(xi, { label: "x" });
    const y = x.clamp(-1, 2);
    assertEquals(structure(y), "min(max(x, -1), 2)");
    assertEquals(structure(clamp(x, -1, 2)), structure(y));
    return [y.data, ...gradients(y, [x])];
  };
  assertEquals([-3, -1, 0, 2, 5].map(at), [[-1, 0], [-1, .5], [0, 1], [2, .5], [2, 0]]);
  // As in PyTorch, the upper bound is the answer where the two are in the wrong order.
  assertEquals([-3, 0, 3].map((x) => clamp(x, 1, -1).data), [-1, -1, -1]);
});

Deno.test("what needs an element refuses an empty list, and a list of max is its only argument", () => {
  for (const [name, f] of Object.entries({ mean, max, min })) {
    const message = `${name}: xs must have at least one element, got an empty array`;
    assertThrows(() => f([]), RangeError, message);
  }
  assertThrows(
    () => max(untyped<number>([1, 2]), 3),
    TypeError,
    "max: a list must be the only argument, got number 3 after it",
  );
  assertThrows(() => max(untyped<number[]>(undefined)), TypeError, "the first operand must be");
  assertThrows(() => max(untyped<number[]>(1)), TypeError, "the second operand must be");
});

Deno.test("logSumExp refuses an empty list, whose logarithm would be -Infinity", () => {
  assertThrows(
    () => logSumExp([]),
    RangeError,
    "logSumExp: xs must have at least one element, got an empty array",
  );
});

Deno.test("dot of a list with itself has the gradient 2x", () => {
  const x = [1, -2, 3].map((xi) => new Value(xi));
  assertEquals(gradients(dot(x, x), x), [2, -4, 6]);
});

Deno.test("dot refuses lists of different lengths, and names both", () => {
  assertThrows(
    () => dot([1, 2, 3], [1, 2]),
    RangeError,
    "dot: a and b must have the same length, got 3 and 2",
  );
});

Deno.test("what takes a list refuses everything else", () => {
  const wrong: [unknown, string][] = [
    ...strangers.filter(([thing]) => !Array.isArray(thing)),
    [3, "number 3"],
    [new Value(3), "an object of class Value"],
    [new Set([1]), "an object of class Set"],
  ];
  for (const [thing, name] of wrong) {
    const list = untyped<number[]>(thing);
    const must = (what: string) => `${what} must be an array, got ${name}`;
    assertThrows(() => sum(list), TypeError, must("sum: xs"));
    assertThrows(() => logSumExp(list), TypeError, must("logSumExp: xs"));
    assertThrows(() => mean(list), TypeError, must("mean: xs"));
    assertThrows(() => prod(list), TypeError, must("prod: xs"));
    assertThrows(() => dot(list, [1]), TypeError, must("dot: a"));
    assertThrows(() => dot([1], list), TypeError, must("dot: b"));
  }
});

Deno.test("a list changed afterwards does not change the graph", () => {
  const xs = [new Value(1), new Value(2)];
  const y = sum(xs);
  const first = xs[0];
  xs[0] = new Value(5);
  xs.pop();
  assertStrictEquals(y.operands[0], first);
  assertEquals(y.operands.length, 2);
});

Deno.test("nothing in a list is skipped: an element left out is refused", () => {
  const holes: number[] = [];
  holes[1] = 2;
  for (const f of [sum, logSumExp, mean, prod, max, min]) {
    assertThrows(() => f(holes), TypeError, "xs[0] must be a Value or a number, got undefined");
  }
});
