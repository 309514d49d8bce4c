import { assert, assertEquals, assertThrows } from "../../../support/assert.ts";
import { isListOp, sortNodes } from "../../../../engine/compile/plan/nodes.ts";
import { dot, sum, Value } from "../../../../mod.ts";

const leaves = (n: number) => Array.from({ length: n }, (_, i) => new Value(i + .5));

/** The kinds of a graph: operation, area and how many nodes. */
function kindsOf(root: Value, inputs: readonly Value[], parameters: readonly Value[]): string[] {
  const sorted = sortNodes(root, inputs, parameters);
  return [...sorted.kinds()].map(({ op, nodes }) =>
    `${op} ${sorted.areaOf(nodes[0])} ${nodes.length}`
  );
}

Deno.test("nodes with the same operation on operands of the same kinds are one kind", () => {
  const x = leaves(3), w = leaves(3);
  assertEquals(kindsOf(sum(x.map((xi, i) => xi.mul(w[i]).tanh())), x, w), [
    "mul row 3",
    "tanh row 3",
    "sum row 1",
  ]);
  // An input times an input, a parameter times an input, and one times the other way round.
  assertEquals(
    kindsOf(sum([x[0].mul(x[1]), w[0].mul(x[1]), x[0].mul(w[1])]), x, w).filter((k) =>
      k !== "sum row 1"
    ),
    ["mul row 1", "mul row 1", "mul row 1"],
  );
  assertEquals(kindsOf(sum([sum(x), sum(x.slice(1))]), x, w), [
    "sum row 1",
    "sum row 1",
    "sum row 1",
  ]);
});

Deno.test("inputs are the first rows, parameters the first scalars, and constants follow them", () => {
  const x = leaves(2), w = leaves(3);
  const seven = [x[1], x[0]].map((xi) => xi.mul(7));
  const nodes = sortNodes(sum([seven[0], w[2].mul(8), seven[1]]), x, w);
  const placesOf = (values: readonly Value[]) =>
    values.map((value) => nodes.of(value)).map((node) =>
      `${nodes.areaOf(node)} ${nodes.indices[node]}`
    );
  assertEquals(placesOf(x), ["row 0", "row 1"]);
  assertEquals(placesOf(w), ["scalar 0", "scalar 1", "scalar 2"]);
  assertEquals(nodes.constants, [7, 8]);
  assertEquals(placesOf(seven.map(({ operands }) => operands[1])), ["scalar 3", "scalar 3"]);
  assertThrows(() => sortNodes(x[0].mul(w[0]), x, []), Error, "must be listed among the inputs");
});

Deno.test("a node is active if a parameter is behind it", () => {
  const x = leaves(1), w = leaves(1);
  const y = x[0].mul(2), z = y.mul(w[0]);
  const nodes = sortNodes(z, x, w);
  assertEquals([y, z].map((value) => nodes.isActive(nodes.of(value))), [false, true]);
});

Deno.test("an operation takes a list or not, and a copy does not", () => {
  assertEquals((["sum", "dot", "logSumExp", "add", "exp", "copy"] as const).filter(isListOp), [
    ...["sum", "dot", "logSumExp"] as const,
  ]);
});

Deno.test("equal numbers are kept once, 0 and −0 apart, NaN too", () => {
  const x = leaves(1);
  const parts = [2, 0, -0, NaN, 2, 0, NaN, -0, 2].map((c) => x[0].mul(c));
  assertEquals(sortNodes(sum(parts), x, []).constants, [2, 0, -0, NaN]);
});

Deno.test("powers with the same number are one kind, with others several", () => {
  const x = leaves(4);
  const powers = (exponents: (number | Value)[]) =>
    kindsOf(sum(x.map((xi, i) => xi.pow(exponents[i]))), x, []).filter((k) => k.startsWith("pow"));
  assertEquals(powers([2, 2, 2, 2]), ["pow row 4"]);
  assertEquals(powers([2, 3, 2, 3]), ["pow row 2", "pow row 2"]);
});

Deno.test("a list of rows and scalars gets copies of the scalars, each once", () => {
  const x = leaves(1), w = leaves(2);
  const root = sum([sum([x[0], w[0], w[1]]), sum([w[1], x[0], w[0]]), w[0]]);
  assertEquals(kindsOf(root, x, w)[0], "copy row 2");
});

Deno.test("what is computed of lists is one kind, however long the lists are", () => {
  const x = leaves(3), w = leaves(3);
  const build = () =>
    [3, 1, 2].map((n) => sum(x.slice(0, n).map((xi, i) => xi.mul(w[i]))).tanh().mul(w[0]));
  const kinds = kindsOf(sum(build()), x, w);
  assertEquals(kinds.filter((kind) => kind.startsWith("sum")).length, 4);
  assertEquals(kinds.filter((kind) => !kind.startsWith("sum")), [
    "mul row 6",
    "tanh row 3",
    "mul row 3",
  ]);
});

Deno.test("kinds come after those that their nodes need", () => {
  const x = leaves(4), w = leaves(4);
  let y = sum([x[0].mul(w[0])]);
  for (let n = 1; n <= 4; n++) {
    const heard = sum(x.slice(0, n).map((xi, i) => xi.mul(w[i])));
    y = y.add(dot([heard.exp(), heard.tanh()], [y, w[n - 1]]).exp());
  }
  const sorted = sortNodes(y, x, w);
  const kinds = [...sorted.kinds()];
  const place = new Map(kinds.map(({ number }, k) => [number, k]));
  for (const { number, nodes } of kinds) {
    for (const node of nodes) {
      for (let i = 0; i < sorted.operandsOf(node); i++) {
        const kind = sorted.kindOf[sorted.operand(node, i)];
        assert(kind < 0 || place.get(kind)! < place.get(number)!);
      }
    }
  }
});

Deno.test("a graph is numbered anew each time, also after one that was refused, and sweeps as before", () => {
  const x = leaves(2), w = leaves(2), stranger = new Value(7);
  const part = x[0].mul(w[0]), root = part.add(x[1].mul(w[1])).tanh();
  const expected = ["mul row 2", "add row 1", "tanh row 1"];
  assertEquals(kindsOf(root, x, w), expected);
  assertThrows(() => sortNodes(root.mul(stranger), x, w), Error, "must be listed");
  assertEquals(kindsOf(part.sin(), [x[0]], [w[0]]), ["mul row 1", "sin row 1"]);
  assertEquals(kindsOf(root, x, w), expected);
  root.backward();
  assertEquals(w.map(({ grad }) => grad), x.map(({ data }) => data * (1 - root.data ** 2)));
});
