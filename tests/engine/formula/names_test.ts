import { topologicalOrder } from "../../../engine/extend.ts";
import { assertEquals } from "../../support/assert.ts";
import { add, Value } from "../../../mod.ts";
import { inFormula, nameAll } from "../../../engine/formula/names.ts";

const w = new Value(2, { label: "w" });
const fixed = add(0, .5).mul(-1.5);
const y = w.mul(w).add(fixed);
y.label = "y";
const nodes = topologicalOrder(y);
const names = nameAll(nodes);

Deno.test("a node is called by its label, a constant by its number, all else v1, v2, …", () => {
  assertEquals([...names.values()].sort(), ["0", "0.5", "v1", "v2", "v3", "w", "y", "−1.5"]);
  assertEquals([names.get(w), names.get(fixed.operands[1]), names.get(y)], ["w", "−1.5", "y"]);
});

Deno.test("in a formula a constant is a number, a node a symbol that knows its value", () => {
  const write = inFormula(names);
  assertEquals(write(w), { kind: "symbol", name: "w", value: 2 });
  assertEquals(write(y), { kind: "symbol", name: "y", value: 3.25 });
  assertEquals(write(fixed.operands[1]), { kind: "number", value: -1.5 });
});
