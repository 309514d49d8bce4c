import { assert, assertEquals } from "../../../support/assert.ts";
import { dot, sum, Value } from "../../../../mod.ts";
import { AdjointBook } from "../../../../engine/compile/kernels/adjoints.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { agrees, ask, compiled, only, several } from "../../../support/reference.ts";

/** A layer of six nodes on two inputs; its parameters are the first six. */
const six = (x: readonly Value[], w: readonly Value[]) =>
  [0, 1, 2, 3, 4, 5].map((i) => x[i % 2].mul(w[i]).sin());

const consumers: Record<string, (h: Value[], w: readonly Value[], x: readonly Value[]) => Value[]> =
  {
    "not at all": () => [],
    "each once": (h) => h.map((hi) => hi.exp()),
    "each once, in lists": (h) => [0, 2, 4].map((i) => sum(h.slice(i, i + 2)).exp()),
    "each once, in a dot with itself": (h) => [dot(h, h)],
    "each twice in one kernel": (h, w) => h.map((hi, i) => hi.mul(w[i]).add(hi.exp())),
    "the first six times": (h, w) => h.map((_, i) => h[0].mul(w[i])),
    "the third six times": (h, w) => h.map((_, i) => h[2].mul(w[i])),
    "the first six times, with each once": (h) => h.map((hi) => h[0].mul(hi.exp())),
    "in windows that overlap": (h) => [0, 1, 2].map((i) => sum(h.slice(i, i + 2)).exp()),
    "all but the last, after an input": (h, _w, x) => [sum([x[1], ...h.slice(0, 5)]).exp()],
    "in falling order": (h, w) => h.map((hi, i) => hi.mul(w[5 - i]).mul(h[5 - i])),
    "by a layer, and beside it": (h, w) =>
      h.map((hi, i) => dot(w.slice(6 * i, 6 * i + 6), h).add(hi)),
    "by a layer on a part": (h, w) => [0, 1, 2].map((i) => dot(w.slice(i, i + 3), h.slice(1, 4))),
    "by two layers": (h, w) =>
      [0, 1, 2, 3].map((i) => dot(w.slice(6 * i, 6 * i + 6), h).mul(dot(h, w.slice(i, i + 6)))),
  };

const names = Object.keys(consumers);
for (const name of names) {
  Deno.test(`a layer gets all its gradients if it is taken ${name}, and in any other way besides`, () => {
    for (const other of names) {
      agrees(
        (x, w) => {
          const h = six(x, w);
          const parts = [...consumers[other](h, w, x), ...consumers[name](h, w, x)];
          return only(sum(parts.map((y, i) => y.mul((i + 1) / 40).sin())));
        },
        2,
        several(36),
      );
    }
  });
}

Deno.test("a list may begin with the last input and go on with the nodes that lie behind it", () => {
  agrees(
    (x, w) => {
      const h = w.map((wi, i) => wi.mul(x[i % 2]));
      return only(
        sum([...h.slice(0, 5).map((y) => y.neg()), h[5].exp(), sum([x[1], ...h.slice(0, 5)])]),
      );
    },
    2,
    several(6),
  );
});

Deno.test("an output beside the loss hands nothing back, so that nobody looks for it", () => {
  const [x, w] = [1, 2].map((data) => new Value(data));
  const h = x.mul(w);
  const made = plan(h.tanh(), [x], [w], [sum([h, x])]);
  const book = new AdjointBook(made);
  const groups = made.kernels.flatMap(({ groups }) => groups);
  assertEquals(
    groups.map((group) => [group.op, book.comesFromOutside(group), group.isActive]),
    [["mul", false, true], ["tanh", true, true], ["sum", false, false]],
  );
});

const listsOf = (first: number, member: number, position: number, members: number, terms = 1) => ({
  places: { area: "scalar" as const, index: { first, member, position, table: null } },
  members,
  terms,
});

/** A book of 100 parameters that nobody has handed a gradient yet. */
function emptyBook(): AdjointBook {
  const w = Array.from({ length: 100 }, () => new Value(1));
  return new AdjointBook(plan(sum(w), [], w));
}

Deno.test("who is first to hand scalars their gradients, and once to each, writes over what was there", () => {
  const book = emptyBook();
  assertEquals(book.beginScalars([listsOf(0, 10, 1, 5, 10)], true), [true]);
  assertEquals(book.beginScalars([listsOf(49, 0, 1, 1, 2), listsOf(51, 1, 0, 3)], true), [
    false,
    true,
  ]);
  assertEquals(book.beginScalars([listsOf(60, 0, 0, 2)], true), [false], "the same one twice");
  assertEquals(book.beginScalars([listsOf(70, 1, 0, 3), listsOf(72, 1, 0, 3)], true), [
    false,
    false,
  ]);
  assertEquals(book.beginScalars([listsOf(80, 1, 0, 3)], false), [false], "vector by vector");
  assertEquals(book.beginScalars([listsOf(80, 1, 0, 3)], true), [false], "the second time");
});

Deno.test("scalars are cleared where no gradient is written over them, and with them what is between", () => {
  const book = emptyBook();
  assertEquals(book.cleared, [{ first: 0, end: 101 }], "with the sum itself");
  book.beginScalars([listsOf(1, 1, 0, 9)], true);
  assertEquals(book.cleared, [{ first: 0, end: 101 }], "a gap of few");
  book.beginScalars([listsOf(10, 1, 0, 80)], true);
  assertEquals(book.cleared, [{ first: 0, end: 1 }, { first: 90, end: 101 }]);
});

Deno.test("a gradient that is made of −0 is 0, as if it had been added, in the first block and later", () => {
  const losses: Record<string, (x: readonly Value[], w: readonly Value[]) => Value> = {
    "one by one": (x, w) => sum(w.map((wi, i) => wi.mul(x[i % 2]))),
    "in a layer": (x, w) => sum([0, 2, 4].map((i) => dot(w.slice(i, i + 2), x))),
  };
  for (const [name, loss] of Object.entries(losses)) {
    const program = compiled((x, w) => only(loss(x, w).neg()), 2, several(6));
    for (const n of [1, 2, 4, 100, 1]) {
      program.program.load(new Array(n).fill([0, 0]));
      for (const grad of ask(program).gradients) {
        assert(Object.is(grad, 0), `${name}, ${n}: ${grad}`);
      }
    }
  }
});
