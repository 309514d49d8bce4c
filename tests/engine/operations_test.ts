import { assertEquals } from "../support/assert.ts";
import { Value } from "../../mod.ts";
import * as functions from "../../engine/operations.ts";
import { binaryOps, evaluate, ops, unaryOps } from "../../engine/rules.ts";
import * as engine from "../../engine/mod.ts";
import { structure } from "../support/helpers.ts";

Deno.test("every operation of the table is a free function of the engine's door", () => {
  assertEquals(Object.keys(functions).sort(), [...unaryOps, ...binaryOps].sort());
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
    assertEquals(structure(functions[op](x, y)), structure(x[op](y)));
    assertEquals(structure(functions[op](x, .5)), `${op}(x, 0.5)`);
    assertEquals(structure(functions[op](1.25, y)), `${op}(1.25, y)`);
    assertEquals(functions[op](1.25, .5).data, evaluate(op, [1.25, .5]));
  });
}
