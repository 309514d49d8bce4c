import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { dot, logSumExp, sum, Value } from "../../mod.ts";
import { gradients, strangers, structure, untyped } from "../support/helpers.ts";

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
  assertThrows(() => sum(holes), TypeError, "xs[0] must be a Value or a number, got undefined");
});
