import type { Op } from "../../engine/extend.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { math, Value } from "../../mod.ts";
import { ops } from "../../engine/rules.ts";
import { constant } from "../../engine/value.ts";
import { apply } from "../support/helpers.ts";
import fixtures from "../fixtures/torch_graphs.json" with { type: "json" };
import edges from "../fixtures/torch_edges.json" with { type: "json" };
import check from "../fixtures/torch_check.json" with { type: "json" };

interface Graph {
  inputs: number[];
  constants: number[];
  program: [op: Op, ...operands: number[]][];
  value: number;
  grads: number[];
}

const graphs = fixtures.graphs as unknown as Graph[];

/**
 * The error relative to the larger of PyTorch's number and `floor`. A gradient
 * is a sum over paths; where those of size about 1 cancel, what is left keeps
 * the rounding of the parts, so that below the floor the error counts as if the
 * number were that large.
 */
function relativeError(ours: number, theirs: number, floor = 1e-3): number {
  return Math.abs(ours - theirs) / Math.max(Math.abs(theirs), floor);
}

function run({ inputs, constants, program }: Graph): { y: Value; leaves: Value[] } {
  const leaves = inputs.map((x) => new Value(x));
  const nodes = [...leaves, ...constants.map(constant)];
  for (const [op, ...operands] of program) nodes.push(apply(op, operands.map((i) => nodes[i])));
  return { y: nodes[nodes.length - 1], leaves };
}

Deno.test("values and gradients of random graphs are PyTorch's within 1e-10", () => {
  assert(graphs.length >= 300);
  graphs.forEach((graph, i) => {
    const { y, leaves } = run(graph);
    y.backward();
    const ours = [y.data, ...leaves.map((x) => x.grad)];
    const theirs = [graph.value, ...graph.grads];
    assertEquals(ours.length, theirs.length);
    ours.forEach((x, k) => {
      const error = relativeError(x, theirs[k]);
      const what = k === 0 ? "value" : `gradient of input ${k - 1}`;
      assert(error < 1e-10, `graph ${i}, ${what}: ${x}, PyTorch ${theirs[k]}, error ${error}`);
    });
  });
});

Deno.test("the fixtures hold every operation of the table in at least 10 graphs", () => {
  for (const op of ops) {
    const count = graphs.filter(({ program }) => program.some(([name]) => name === op)).length;
    assert(count >= 10, `${op} is in ${count} graphs: add it to make_torch_fixtures.py`);
  }
});

Deno.test("at corners and ties, values and gradients are PyTorch's", () => {
  assert(edges.edges.length > 100);
  for (const { formula, x, value, grad } of edges.edges) {
    const leaf = new Value(x);
    const [before, after] = formula.split("x");
    const texts = formula.startsWith("exp") ? ["expm1(", ")"] : [before, after];
    const y = math(Object.assign(texts, { raw: texts }), leaf);
    y.backward();
    const what = `${formula} at ${x}: ${y.data} and ${leaf.grad}, PyTorch ${value} and ${grad}`;
    // Of 1 + erf and the like, what is small keeps the rounding of the 1.
    assert(relativeError(y.data, value, 1e-5) < 1e-10, what);
    assert(relativeError(leaf.grad, grad, 1e-5) < 1e-10, what);
  }
});

Deno.test("the tutorial's expression has PyTorch's values and gradients exactly", () => {
  const [a, b, c, f] = [2, -3, 10, -2].map((x) => new Value(x));
  const e = a.mul(b);
  const d = e.add(c);
  const L = d.mul(f);
  L.backward();
  const ours = Object.entries({ a, b, c, f, e, d, L });
  assertEquals(Object.fromEntries(ours.map(([name, v]) => [name, v.data])), check.data);
  assertEquals(Object.fromEntries(ours.map(([name, v]) => [name, v.grad])), check.grad);
});
