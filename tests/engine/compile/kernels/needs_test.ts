import { assertEquals } from "../../../support/assert.ts";
import { markNeeds } from "../../../../engine/compile/kernels/needs.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, logSumExp, sum, Value } from "../../../../mod.ts";

/** The operations whose values the way back reads. */
function needed(build: (x: Value, w: Value) => Value): string[] {
  const [x, w] = [new Value(2), new Value(3)];
  const made = plan(build(x, w), [x], [w]), marks = new Uint8Array(made.groups);
  const groups = made.kernels.flatMap(({ groups }) => groups);
  for (const group of groups) markNeeds(group, marks);
  return groups.filter(({ id }) => marks[id] === 1).map(({ op }) => op).sort();
}

Deno.test("the way back needs results where the rule has them, operands where it has those", () => {
  assertEquals(needed((x, w) => x.mul(w).tanh()), ["tanh"]);
  assertEquals(needed((x, w) => x.mul(w).sin()), ["mul"]);
  assertEquals(needed((x, w) => x.add(w).neg()), []);
  assertEquals(needed((x, w) => x.mul(w).softplus().mul(x)), ["mul"]);
});

Deno.test("a fixed number decides what the way back needs of a power", () => {
  assertEquals(needed((x, w) => x.mul(w).pow(2)), ["mul"]);
  assertEquals(needed((x, w) => x.mul(w).pow(w)), ["mul", "pow"]);
});

Deno.test("of lists the way back needs what their rules read, and nothing of a logSumExp that keeps it", () => {
  const list = (x: Value, w: Value) => [x.mul(w).exp(), w.sub(x).tanh()];
  assertEquals(needed((x, w) => sum(list(x, w))), ["exp", "tanh"]);
  assertEquals(needed((x, w) => dot([x.mul(w)], [x.sub(w)])), ["mul", "sub"]);
  assertEquals(needed((x, w) => logSumExp([x.mul(w), x.sub(w)])), []);
  assertEquals(needed((_, w) => logSumExp([w.neg(), w.add(1)])), ["add", "logSumExp", "neg"]);
});

Deno.test("what has no gradient needs nothing on the way back", () => {
  assertEquals(needed((x, w) => x.mul(x).exp().mul(w)), ["exp"]);
});
