import { assertEquals, assertStrictEquals, assertThrows } from "../support/assert.ts";
import { clamp, max, min, type Operand, Value } from "../../mod.ts";
import * as activations from "../../engine/activations.ts";
import * as operations from "../../engine/operations.ts";
import { binaryOps, evaluate, ops, unaryOps } from "../../engine/rules.ts";
import * as engine from "../../engine/mod.ts";
import { gradients, structure, untyped } from "../support/helpers.ts";

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

Deno.test("max and min of a list compare neighbours, in rounds", () => {
  const x = [3, 1, 4, 1, 5].map((xi, i) => new Value(xi, { label: `x${i}` }));
  assertEquals(structure(max(x)), "max(max(max(x0, x1), max(x2, x3)), x4)");
  assertEquals([max(x).data, min(x).data], [5, 1]);
  assertEquals(gradients(max(x), x), [0, 0, 0, 0, 1]);
  assertEquals(gradients(min(x), x), [0, .5, 0, .5, 0]);
  assertEquals(structure(max([x[0], 2])), "max(x0, 2)");
  assertStrictEquals(max([x[0]]), x[0]);
});

Deno.test("max and min refuse an empty list, and a list that is not their only argument", () => {
  for (const [name, f] of Object.entries({ max, min })) {
    const message = `${name}: xs must have at least one element, got an empty array`;
    assertThrows(() => f([]), RangeError, message);
  }
  assertThrows(
    () => max(untyped<number>([1, 2]), 3),
    TypeError,
    "max: the first operand can be a list only without others, got number 3 after it",
  );
  assertThrows(() => max(untyped<number[]>(undefined)), TypeError, "the first operand must be");
  assertThrows(() => max(untyped<number[]>(1)), TypeError, "the second operand must be");
});
