import { assertEquals } from "../../../support/assert.ts";
import { outsideOf } from "../../../../engine/compile/kernels/elementwise.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, logSumExp, max, sum, Value } from "../../../../mod.ts";
import { agrees, only, several } from "../../../support/reference.ts";

Deno.test("a kernel hands each operand its gradient once, the sum of what comes from all of its groups", () => {
  const [x, w] = [new Value(2), new Value(3)];
  const y = x.mul(w);
  const made = plan(y.tanh().add(y.mul(w)).sub(w), [x], [w]);
  const { operands } = outsideOf(made.kernels[0]);
  assertEquals(operands.map(({ area, index }) => `${area} ${index.first}`), ["scalar 0"]);
  agrees(([x], [w]) => only(x.mul(w).tanh().add(x.mul(w).mul(w)).sub(w)), 1, [3]);
});

Deno.test("a kernel of one, four or five members, written out or in a loop, is right", () => {
  for (const n of [1, 4, 5]) {
    agrees(
      (x, w) => only(sum(w.map((wi, i) => wi.mul(x[i % 2]).softplus().div(wi)))),
      2,
      several(n),
    );
    agrees(([x], w) => only(sum(w.map((wi) => wi.exp().mul(wi))).mul(x)), 1, several(n));
  }
});

Deno.test("operands may repeat: x·x, x − x, x / x, max(x, x), w·w, sums and dots of the same", () => {
  agrees(
    ([x], [w]) => {
      const y = x.mul(w).add(3);
      const parts = [y.mul(y), y.sub(y), y.div(y), max(y, y), w.mul(w), sum([y, y, w, y])];
      return only(sum([...parts, logSumExp([y, y]), dot([y, w], [y, y])]));
    },
    1,
    [.5],
  );
});

Deno.test("a sum among other operations is right, of rows, scalars and numbers, of one or of many", () => {
  for (const n of [1, 4, 5]) {
    agrees(
      ([x], w) => {
        const sums = w.map((p) => {
          const y = p.mul(x), z = p.exp();
          return sum([y, sum([z, p]), y, .5, y.tanh(), p]).sigmoid().mul(sum([y, z]));
        });
        return only(sum(sums));
      },
      1,
      several(n),
    );
  }
  agrees(([x], [w]) => only(sum([x.mul(-0), w.mul(-0)])), 1, [.5]);
});

Deno.test("exponents may be plain numbers, parameters, inputs and what was computed", () => {
  const exponents = [0, -0, 1, 2, 3, -1, -2, .5, 7, 2.5];
  agrees(
    ([x], [w, v]) => {
      const base = x.mul(x).add(w);
      const fixed = exponents.map((e) => base.pow(e));
      return only(
        sum([...fixed, base.pow(v), base.pow(x), base.pow(x.mul(v)), w.pow(v), w.pow(2)]),
      );
    },
    1,
    [.7, 1.3],
  );
});
