import { topologicalOrder } from "../../../engine/extend.ts";
import { assertEquals } from "../../support/assert.ts";
import { scope, sum, Value } from "../../../mod.ts";
import { type FoldedNode, Folding } from "../../../engine/graph/fold.ts";
import { loss, xs } from "../../support/examples.ts";

/** The boxes of a view, from the results back to what they need. */
function boxes(roots: readonly FoldedNode[]): FoldedNode[] {
  const seen = new Set(roots);
  for (const node of seen) node.operands.forEach((operand) => seen.add(operand));
  return [...seen];
}

const parts = (roots: readonly FoldedNode[]) =>
  boxes(roots).flatMap(({ part }) => part ? [part] : []);

const named = (roots: readonly FoldedNode[], name: string) =>
  parts(roots).find((part) => part.name === name)!;

Deno.test("a network's loss folds into networks, layers, neurons and scalars", () => {
  const folding = new Folding(loss());
  const whole = folding.inside(folding.whole);
  assertEquals(parts(whole).map(({ name }) => name).toSorted(), [
    "MLP 1",
    "MLP 2",
    "MLP 3",
    "MLP 4",
  ]);
  const network = folding.inside(named(whole, "MLP 2"));
  assertEquals(parts(network).map(({ name }) => name), ["layer 3", "layer 2", "layer 1"]);
  const layer = folding.inside(named(network, "layer 2"));
  assertEquals(parts(layer).length, 4);
  assertEquals(boxes(layer).filter(({ outside }) => outside).length, 4, "the layer's inputs");
  const neuron = folding.inside(named(layer, "neuron 3"));
  assertEquals(parts(neuron), []);
  assertEquals(
    boxes(neuron).flatMap(({ op }) => op ? [op] : []).toSorted(),
    ["add", "dot", "tanh"],
  );
  assertEquals(boxes(neuron).map(({ label }) => label).filter((label) => label).toSorted(), [
    "b",
    "w0",
    "w1",
    "w2",
    "w3",
  ]);
});

Deno.test("every operation is in exactly one view, and a part knows how many it holds", () => {
  const y = loss();
  const folding = new Folding(y);
  const count = (roots: FoldedNode[]): number =>
    boxes(roots).filter(({ op }) => op).length +
    parts(roots).reduce((n, part) => {
      const inner = count(folding.inside(part));
      assertEquals(inner, part.results.length, part.name);
      return n + inner;
    }, 0);
  const operations = topologicalOrder(y).filter(({ op }) => op !== null).length;
  assertEquals(count(folding.inside(folding.whole)), operations);
});

Deno.test("a part with one result shows its number and its gradient", () => {
  const x = new Value(2, { label: "x" });
  const inner = scope("square", () => x.mul(x));
  const y = inner.add(1);
  y.backward();
  const folding = new Folding(y);
  const [box] = boxes(folding.inside(folding.whole)).filter(({ part }) => part);
  assertEquals([box.label, box.data, box.grad, box.count], ["square", 4, 1, 1]);
});

Deno.test("of a long list six operands are drawn, and a box stands for the rest", () => {
  const folding = new Folding(loss(Array.from({ length: 28 }, (_, i) => xs[i % 4])));
  const [root] = folding.inside(folding.whole);
  assertEquals(root.operands.length, 7);
  assertEquals(root.operands[6].label, "⋯ 22 more");
});

Deno.test("a part that takes more values than a call takes arguments can be folded", () => {
  const many = Array.from({ length: 200_000 }, (_, i) => new Value(i).neg());
  const folding = new Folding(scope("total", () => sum(many)).add(1));
  const [root] = folding.inside(folding.whole);
  assertEquals(root.op, "add");
});

Deno.test("what comes from one part outside is one box where its values would be too many", () => {
  const list = (name: string) =>
    scope(name, () => scope("squares", () => xs[0].map((x) => new Value(x).pow(2))));
  const [a, b] = [list("first"), list("second")];
  const y = scope("both", () => sum([...a, ...b, a[0].mul(a[0])]));
  const folding = new Folding(y);
  const both = named(folding.inside(folding.whole), "both");
  const outside = (most?: number) =>
    boxes(folding.inside(both, most)).filter(({ outside }) => outside);
  assertEquals(outside().map(({ data }) => data), [4, 9, 1, 4, 9, 1]);
  assertEquals(outside(8).length, 6, "just enough boxes");
  assertEquals(
    outside(7).map(({ label, count }) => [label, count]),
    [["first › squares", 3], ["second › squares", 3]],
  );
  const [root] = folding.inside(both, 7);
  assertEquals(root.operands.map(({ label }) => label).slice(0, 2), outside(7).map((x) => x.label));
  assertEquals([root.operands.length, root.operands[2].operands.length], [3, 1]);
});
