import { assertEquals } from "../../../support/assert.ts";
import { outsideOf } from "../../../../engine/compile/kernels/elementwise.ts";
import { areHanded, areRead } from "../../../../engine/compile/kernels/neighbours.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { dot, mul, relu, sum, Value } from "../../../../mod.ts";
import { agrees, ask, compiled, eager, only, several } from "../../../support/reference.ts";

/** Lists of parameters alone: what is computed of all members is one kernel of scalars. */
const lists: Record<string, {
  make: (w: readonly Value[]) => Value[];
  isRead: boolean;
  isHanded: boolean;
}> = {
  "squares": { make: (w) => w.map((x) => x.mul(x)), isRead: true, isHanded: true },
  "products of two halves": {
    make: (w) => w.slice(0, 6).map((x, i) => x.mul(w[6 + i]).sin()),
    isRead: true,
    isHanded: true,
  },
  "products with the next one": {
    make: (w) => w.slice(1).map((x, i) => x.mul(w[i])),
    isRead: true,
    isHanded: false,
  },
  "products of all with the same": {
    make: (w) => w.slice(1).map((x) => x.mul(w[0])),
    isRead: true,
    isHanded: false,
  },
  "every second one": {
    make: (w) => [0, 2, 4, 6, 8, 10].map((i) => relu(w[i])),
    isRead: true,
    isHanded: true,
  },
  "in falling order": {
    make: (w) => w.toReversed().map((x) => x.exp()),
    isRead: false,
    isHanded: false,
  },
};

for (const [name, { make, isRead, isHanded }] of Object.entries(lists)) {
  Deno.test(`${name}: read by vectors: ${isRead}, handed gradients by vectors: ${isHanded}; right in any number`, () => {
    const w = several(12).map((x) => new Value(x));
    const [kernel] = plan(sum(make(w)), [], w).kernels;
    assertEquals(areRead(kernel), isRead);
    const { operands } = outsideOf(kernel);
    assertEquals(areHanded(kernel, operands, "member"), isHanded);
    for (const count of [12, 13, 15, 16, 17, 40]) {
      agrees(([x], w) => only(sum(make(w)).mul(x).tanh()), 1, several(count));
    }
  });
}

Deno.test("lists are handed gradients by vectors if they are apart or the same, member by member", () => {
  const w = several(20).map((x) => new Value(x));
  const of = (loss: Value) => {
    const kernel = plan(loss, [], w).kernels.find(({ groups }) => groups[0].op === "dot")!;
    const { operands } = kernel.groups[0];
    return [areRead(kernel), areHanded(kernel, operands, "position")];
  };
  assertEquals(of(dot(w, w)), [true, true]);
  assertEquals(of(dot(w.slice(0, 10), w.slice(10))), [true, true]);
  assertEquals(of(dot(w.slice(0, 10), w.slice(9, 19))), [true, false]);
  assertEquals(of(dot(w, w.toReversed())), [false, false]);
  const windows = [0, 1, 2, 3].map((k) => w.slice(k, k + 12));
  assertEquals(of(sum(windows.map((list) => dot(list, list)))), [true, true]);
});

const penalties: Record<string, (w: readonly Value[]) => Value> = {
  "squares that are added up": (w) => sum(w.map((x) => x.mul(x))),
  "the dot of all with themselves": (w) => dot(w, w),
};

for (const [name, penalty] of Object.entries(penalties)) {
  Deno.test(`a penalty and its gradients have every digit of the eager engine: ${name}`, () => {
    for (const count of [3, 8, 11, 12, 37]) {
      const at = several(count);
      const build = (_: readonly Value[], w: readonly Value[]) => only(mul(penalty(w), .1));
      const { loss, gradients } = eager(build, [[]], at);
      const made = compiled(build, 0, at);
      made.program.load([[]]);
      const answer = ask(made);
      assertEquals([answer.loss, answer.gradients], [loss, gradients]);
    }
  });
}
