import { assert, assertEquals } from "../../../support/assert.ts";
import { planAlone } from "../../../../engine/compile/plan/alone.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, logSumExp, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(i));

Deno.test("a row is a number behind the scalars, which stay where they are", () => {
  const x = leaves(2), w = leaves(8);
  const hidden = [0, 1, 2].map((j) => dot(w.slice(2 * j, 2 * j + 2), x).tanh());
  const mixed = [2, 0, 1].map((k) => hidden[k].mul(w[6]).exp());
  const loss = logSumExp(mixed).add(w[7].pow(2));
  const many = plan(loss, x, w, [hidden[1], x[0], loss]);
  const one = planAlone(many);
  assertEquals([one.rows, one.scalars], [0, many.rows + many.scalars]);
  assertEquals([one.inputs, one.parameters, one.members], [
    many.inputs,
    many.parameters,
    many.members,
  ]);
  const moved = ({ area, index }: typeof many.root) => ({
    area: "scalar",
    index: area === "row" ? many.scalars + index : index,
  });
  assertEquals([one.root, ...one.outputs], [many.root, ...many.outputs].map(moved));
  const groupsOf = ({ kernels }: typeof many) => kernels.flatMap(({ groups }) => groups);
  const all = new Set(groupsOf(one));
  groupsOf(one).forEach((group, n) => {
    const before = groupsOf(many)[n];
    const shift = before.area === "row" ? many.scalars : 0;
    assertEquals([group.area, group.first], ["scalar", before.first + shift]);
    assertEquals(
      group.kept?.index.first,
      before.kept ? many.scalars + before.kept.index.first : undefined,
    );
    group.operands.forEach((operand, k) => {
      const { area, index, inside } = before.operands[k];
      const shift = area === "row" ? many.scalars : 0;
      assertEquals(operand.area, "scalar");
      assertEquals(operand.index.first, index.first + shift);
      assertEquals(
        operand.index.table && [...operand.index.table],
        index.table && [...index.table].map((i) => i + shift),
      );
      assertEquals(operand.inside === null, inside === null);
      // What they refer to is of the new plan.
      assert(
        [...operand.groups, ...operand.inside ? [operand.inside] : []].every((g) => all.has(g)),
      );
    });
  });
});

Deno.test("an operand that groups share is one in the new plan too", () => {
  const [x, w] = leaves(2);
  let y = x.mul(w);
  for (let i = 0; i < 3; i++) y = sum([y, w]).tanh();
  const shared = (made: ReturnType<typeof plan>) =>
    new Set(made.kernels.flatMap(({ groups }) => groups.flatMap(({ operands }) => operands))).size;
  const many = plan(y, [x], [w]);
  assertEquals(shared(planAlone(many)), shared(many));
});
