import { dot, logSumExp, sum, Value } from "../../../../mod.ts";
import { compile } from "../../../../engine/compile/compile.ts";
import { assert } from "../../../support/assert.ts";
import { constant } from "../../../../engine/value.ts";
import { agrees, only, several } from "../../../support/reference.ts";

const operations: Record<string, (list: readonly Value[]) => Value> = {
  sum,
  logSumExp,
  "dot with itself": (list) => dot(list, list),
  "dot with its reverse": (list) => dot(list, list.toReversed()),
};

for (const [name, operation] of Object.entries(operations)) {
  Deno.test(`${name}: lists of any length are right, written term by term or in a loop, one and many`, () => {
    for (const length of [1, 2, 3, 8, 9, 10, 13, 40]) {
      for (const count of [1, 5]) {
        agrees(
          (x, w) => {
            const list = (k: number) => w.slice(0, length).map((wi, i) => wi.mul(x[(i + k) % 3]));
            return only(sum([0, 1, 2, 3, 4].slice(0, count).map((k) => operation(list(k)).tanh())));
          },
          3,
          several(40),
        );
        agrees(
          ([x], w) => {
            const parts = Array.from(
              { length: count },
              (_, k) => operation(w.slice(k, k + length)),
            );
            return only(sum(parts.map((y) => y.tanh())).mul(x));
          },
          1,
          several(45),
        );
      }
    }
  });
}

Deno.test("a list may mix inputs, parameters, plain numbers and what was computed", () => {
  agrees(
    ([x, z], [v, w]) => {
      const list = (k: number) => [x, v, k, x.mul(w), w.sin(), z, constant(k).exp(), x.mul(w)];
      const sums = [1, 2, 3, 4, 5, 6].map((k) => sum(list(k / 8)));
      const dots = [1, 2, 3].map((k) => dot(list(k / 8), list(.5).toReversed()));
      const most = [1, 2, 3].map((k) => logSumExp(list(k / 8)));
      return only(sum([...sums, ...dots, ...most]).mul(.05));
    },
    2,
    [.3, .7],
  );
});

Deno.test("an empty sum is 0, alone and among others", () => {
  agrees(([x], [w]) => only(sum([]).add(x.mul(w)).add(dot([], []))), 1, [2]);
  agrees(() => only(sum([])), 0, [1]);
});

Deno.test("terms without end of a logSumExp have the gradients of the table, each of its own", () => {
  for (const length of [3, 20]) {
    for (
      const special of [[Infinity], [Infinity, Infinity], [-Infinity], [NaN], [1e300], [-1e300]]
    ) {
      const x = new Value(1), w = Array.from({ length }, (_, i) => new Value(special[i] ?? i));
      const loss = logSumExp(w.map((wi) => wi.mul(x)));
      const program = compile(loss, { inputs: [x], parameters: w });
      program.load([[1], [1], [1]]);
      program.backward();
      const got = w.map((p) => p.grad);
      for (const p of w) p.grad = 0;
      loss.backward();
      w.forEach((p, i) => {
        assert(Object.is(got[i], p.grad) || Math.abs(got[i] - p.grad) < 1e-15, `${special}: ${i}`);
      });
    }
  }
});
