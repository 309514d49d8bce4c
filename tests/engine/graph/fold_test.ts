import { topologicalOrder } from "../../../engine/extend.ts";
import { assert, assertEquals } from "../../support/assert.ts";
import { MLP, RandomGenerator, scope, sum, Value } from "../../../mod.ts";
import { type FoldedNode, Folding } from "../../../engine/graph/fold.ts";
import { display } from "../../../engine/show/jupyter.ts";
import { formatNumber } from "../../../engine/show/text.ts";
import { assertPicture, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";

const xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];

function loss(examples = xs): Value {
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  const y = sum(examples.map((x) => model.forward(x).sub(1).pow(2)));
  y.label = "loss";
  y.backward();
  return y;
}

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

interface Page {
  templates: string[];
  views: { name: string; parent: number; template: number; texts: string[]; opens: number[][] }[];
}

async function page(y: Value): Promise<{ html: string; data: Page; still: string }> {
  const bundle = await y[display]();
  const html = String(bundle["text/html"]);
  const [, json] = html.match(/<script type="application\/json">(.*)<\/script>/)!;
  return { html, data: JSON.parse(json), still: String(bundle["image/svg+xml"]) };
}

function picture({ templates, views }: Page, view: number): string {
  const pieces = templates[views[view].template].split("\u0001");
  return pieces.map((piece, i) => (i === 0 ? "" : views[view].texts[i - 1]) + piece).join("");
}

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

Deno.test("a failed computation leaves no scope open", () => {
  try {
    scope("failing", () => {
      throw new Error("stop");
    });
  } catch { /* the error is not what is tested */ }
  assertEquals(new Value(1).exp().scope, null);
});

Deno.test("a loss shows itself folded, and each view's picture has the numbers of its boxes", async () => {
  const y = loss();
  const { data } = await page(y);
  assertEquals(data.views.length, 1 + 4 * (1 + 3 + 9));
  for (const view of data.views.keys()) elements(picture(data, view));
  const shown = data.views.flatMap((_, view) => picture(data, view).match(/>data [^<]+</g) ?? []);
  for (const node of topologicalOrder(y)) {
    if (node.op !== null) assert(shown.includes(`>data ${formatNumber(node.data)}<`));
  }
});

Deno.test("inside a neuron the local derivatives stand at the operations", async () => {
  const { data } = await page(loss());
  const neuron = data.views.findIndex(({ name }) => name === "neuron 1");
  const small = picture(data, neuron).match(/font-size="10"[^>]*>([^<]*)</g) ?? [];
  assert(small.length >= 4, "for each weight, the sum, the bias and tanh");
});

Deno.test("every box that opens leads to a view that comes back to it", async () => {
  const { views } = (await page(loss())).data;
  views.forEach(({ opens }, view) => {
    for (const [, target] of opens) assertEquals(views[target].parent, view);
  });
  const reached = new Set(views.flatMap(({ opens }) => opens.map(([, target]) => target)));
  assertEquals(reached.size, views.length - 1);
});

Deno.test("parts of the same shape share a picture: 53 views need fewer than 12", async () => {
  const { templates } = (await page(loss())).data;
  assert(templates.length < 12, `${templates.length} pictures`);
});

Deno.test("the folded page is small, even for thousands of nodes, and fetches nothing", async () => {
  const y = loss(Array.from({ length: 100 }, (_, i) => xs[i % 4]));
  assert(topologicalOrder(y).length > 3000);
  const { html } = await page(y);
  assert(html.length < 150_000, `${html.length} characters`);
  assert(!/(src|href)=["']?https?:|url\(/.test(html));
});

Deno.test("the still picture shows the whole, folded", needs("read", "env"), async () => {
  const { still } = await page(loss());
  await assertPicture(import.meta.url, "folded", still);
});

Deno.test("a small graph is not folded", async () => {
  const model = new MLP(2, [1], { generator: new RandomGenerator(1) });
  const bundle = await model.forward([1, 2])[display]();
  assertEquals(Object.keys(bundle).toSorted(), ["image/svg+xml", "text/plain"]);
});

Deno.test("markup in labels and names of parts stays text", async () => {
  const label = "</script><img src=x onerror=alert(1)>";
  let y = new Value(1, { label });
  for (let i = 0; i < 50; i++) y = scope(label, () => y.mul(y));
  const { html, data } = await page(y);
  assert(!html.includes("<img src=x"));
  assertEquals(html.match(/<\/script>/g)!.length, 2);
  for (const view of data.views.keys()) assert(!picture(data, view).includes("<img"));
});
