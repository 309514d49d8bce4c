import { assert, assertEquals } from "../../../support/assert.ts";
import { dot, MLP, sum, Value } from "../../../../mod.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(i + .5));

/** The groups of each kernel, in order: operation, area and number of members. */
function kernels(root: Value, inputs: readonly Value[], parameters: readonly Value[]): string[] {
  return plan(root, inputs, parameters).kernels.map(({ groups }) =>
    groups.map(({ op, area, count }) => `${op} ${area} ${count}`).join(", ")
  );
}

Deno.test("a layer is one group of dots, and one kernel of what each neuron does then", () => {
  const model = new MLP(3, [7, 5, 1]);
  const x = leaves(3);
  assertEquals(kernels(model.forward(x) as Value, x, model.parameters()), [
    "dot row 7",
    "add row 7, tanh row 7",
    "dot row 5",
    "add row 5, tanh row 5",
    "dot row 1",
    "add row 1, tanh row 1",
  ]);
});

Deno.test("a layer needs no table: its weights lie one after the other", () => {
  const model = new MLP(3, [7, 5, 1]);
  const x = leaves(3);
  const { kernels } = plan(model.forward(x) as Value, x, model.parameters());
  for (const { groups } of kernels) {
    for (const { operands } of groups) assert(operands.every(({ index }) => index.table === null));
  }
  const [weights, rows] = kernels[0].groups[0].operands;
  assertEquals(weights.index, { first: 0, member: 4, position: 1, table: null });
  assertEquals(rows.index, { first: 0, member: 0, position: 1, table: null });
});

/** Where the operands of the first group are. */
function firstIndex(root: Value, inputs: readonly Value[], parameters: readonly Value[]) {
  return plan(root, inputs, parameters).kernels[0].groups[0].operands[1].index;
}

Deno.test("operands in even steps have no table; falling and uneven ones have", () => {
  const x = leaves(1), w = leaves(9);
  const products = (order: number[]) => sum(order.map((i) => x[0].mul(w[i])));
  const index = (order: number[]) => firstIndex(products(order), x, w);
  assertEquals(index([0, 1, 2, 3]), { first: 0, member: 1, position: 0, table: null });
  assertEquals(index([1, 4, 7]), { first: 1, member: 3, position: 0, table: null });
  assertEquals(index([5, 5, 5]), { first: 5, member: 0, position: 0, table: null });
  assertEquals(index([7]), { first: 7, member: 0, position: 0, table: null });
  assertEquals(index([3, 2, 1]).table, Int32Array.of(3, 2, 1));
  assertEquals(index([0, 1, 3]).table, Int32Array.of(0, 1, 3));
});

Deno.test("single nodes that take the same leaf share an operand, but not where one hands no gradient", () => {
  const [x] = leaves(1), [w] = leaves(1);
  const made = plan(x.mul(w).add(w).tanh().mul(w), [x], [w], [x.sub(w)]);
  const ofLeaf = made.kernels.flatMap(({ groups }) => groups).flatMap(({ operands }) => operands)
    .filter(({ area }) => area === "scalar");
  assertEquals(ofLeaf.map((operand) => ofLeaf.indexOf(operand)), [0, 0, 0, 3]);
  assertEquals(ofLeaf.map(({ isActive }) => isActive), [true, true, true, false]);
});

Deno.test("every operand's index says where that operand is", () => {
  const x = leaves(4), w = leaves(12);
  const h = w.map((wi, i) => wi.mul(x[i * 3 % 4]).sin());
  const root = sum([0, 1, 2].map((k) => dot(h.slice(4 * k, 4 * k + 4), h.slice(k, k + 4)).exp()));
  const { kernels, members } = plan(root, x, w);
  const places = new Map([x, w].flatMap((list) => list.map((leaf, i) => [leaf, i] as const)));
  for (const { groups } of kernels) {
    for (const { from, count, first, terms, operands } of groups) {
      members.slice(from, from + count).forEach((member, m) => {
        places.set(member, first + m);
        operands.forEach(({ index }, k) => {
          for (let i = 0; i < terms; i++) {
            const expected = places.get(member.operands[k * terms + i]);
            const { table } = index;
            const at = table
              ? table[m * terms + i]
              : index.first + m * index.member + i * index.position;
            assertEquals(at, expected);
          }
        });
      });
    }
  }
});

Deno.test("a short sum of what is of several kinds is computed in the kernel of its terms, and others are lists", () => {
  const x = leaves(9), [w] = leaves(1);
  const y = x[0].mul(w), z = y.tanh();
  assertEquals(kernels(sum([y, z, y]).exp(), x, [w]), [
    "mul row 1, tanh row 1, sum row 1, exp row 1",
  ]);
  const ofKinds = (n: number) => sum(Array.from({ length: n }, (_, i) => [y, z][i % 2]));
  const joined = "mul row 1, tanh row 1, sum row 1";
  assertEquals(kernels(ofKinds(8), x, [w]), [joined]);
  assertEquals(kernels(ofKinds(9), x, [w]), ["mul row 1, tanh row 1", "sum row 1"]);
  assertEquals(kernels(sum(x.map((x) => x.mul(w))), x, [w]), ["mul row 9", "sum row 1"]);
  const several = x.map((x) => sum([x.mul(w), x.sin()]));
  assertEquals(kernels(sum(several), x, [w]), ["mul row 9", "sin row 9, sum row 9", "sum row 1"]);
});

Deno.test("what depends on no input is computed once, in the area of scalars", () => {
  const x = leaves(1), w = leaves(3);
  const penalty = sum(w.map((p) => p.mul(p)));
  assertEquals(kernels(x[0].mul(w[0]).add(penalty), x, w), [
    "mul row 1",
    "mul scalar 3",
    "sum scalar 1",
    "add row 1",
  ]);
});

Deno.test("a kernel comes after those that its operands come from", () => {
  const x = leaves(2), w = leaves(2);
  let [a, b] = [x[0].mul(w[0]), x[1].add(w[1])];
  for (let i = 0; i < 200; i++) [a, b] = [sum([a, b]), a.mul(b).tanh()];
  const { kernels } = plan(a.add(b), x, w);
  const done = new Set<unknown>();
  for (const { groups } of kernels) {
    for (const group of groups) {
      for (const { groups: sources } of group.operands) {
        for (const source of sources) assert(done.has(source), "an operand comes too late");
      }
      done.add(group);
    }
  }
  assert(kernels.every(({ groups }) => groups.length <= 64));
});
