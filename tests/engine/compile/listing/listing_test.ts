import { assert, assertEquals, assertStringIncludes } from "../../../support/assert.ts";
import {
  compile,
  display,
  dot,
  logSumExp,
  MLP,
  RandomGenerator,
  sum,
  Value,
} from "../../../../mod.ts";
import { listing } from "../../../../engine/compile/listing/listing.ts";
import { plan } from "../../../../engine/compile/plan/plan.ts";
import { runListing } from "../../../support/listing_program.ts";

const generator = () => new RandomGenerator(1);
const leaf = (label = "", data = .5) => new Value(data, { label });
const leaves = (n: number) => Array.from({ length: n }, () => leaf());

/** The listing of a loss, with its indentation and without its remarks. */
function textOf(loss: Value, inputs: Value[], parameters: Value[]): string[] {
  return listing(plan(loss, inputs, parameters)).lines
    .map(({ level, text }) => "  ".repeat(level) + text);
}

Deno.test("the listing of a small loss is its formula and the chain rule, from the loss back", () => {
  const [x, y, w] = [leaf("x"), leaf("y"), leaf("w")];
  assertEquals(textOf(w.mul(x).sub(y).pow(2), [x, y], [w]), [
    "for each of n examples, forward",
    "  a = w · x",
    "  b = a − y",
    "  d = b²",
    "for each of n examples, backward",
    "  ∂d = 1 / n",
    "  ∂b = 2 · (∂d · b)",
    "  ∂a = ∂b",
    "  ∂w += Σ ∂a · x",
  ]);
});

Deno.test("a layer is a loop over its neurons with a sum over their inputs, and says where it is", () => {
  const model = new MLP(3, [4, 2], { generator: generator() });
  const [x, y] = [leaves(3), leaves(2)];
  const loss = dot(y, model.forward(x));
  const { lines } = listing(plan(loss, [...x, ...y], model.parameters()));
  const at = lines.findIndex(({ text }) => text === "a[m] = Σ p[4m + i] · x[i],  i = 0 … 2");
  assertEquals(lines[at - 1], { level: 1, text: "for m = 0 … 3", note: "MLP › layer 1" });
  assertEquals(lines.slice(at + 2, at + 4).map(({ text }) => text), [
    "b[m] = a[m] + p[4m + 3]",
    "d[m] = tanh(b[m])",
  ]);
  const backward = lines.map(({ text }) => text).slice(
    lines.findIndex(({ text }) => text.endsWith("backward")),
  );
  assert(backward.includes("∂b[m] = ∂d[m] · (1 − d[m] · d[m])"));
  assert(backward.includes("∂p[4m + i] += Σ ∂a[m] · x[i],  i = 0 … 2"));
  assert(backward.includes("∂p[4m + 3] += Σ ∂b[m]"));
});

Deno.test("lists: a sum, log-sum-exp, and a list of one, which is its operand", () => {
  const p = leaves(3), x = leaves(3);
  const logits = p.map((w, i) => w.mul(x[i]));
  const text = textOf(logSumExp(logits).add(sum([logits[0].exp()])), x, p);
  assertEquals(text.slice(1, 7), [
    "  for m = 0 … 2",
    "    a[m] = p[m] · x[m]",
    "  b = log Σ exp(a[i]),  i = 0 … 2",
    "  d = exp(a[0])",
    "  f = d",
    "  g = b + f",
  ]);
  assert(text.includes("  ∂a[i] += ∂b · exp(a[i] − b),  i = 0 … 2"));
});

Deno.test("what is the same for all examples stands in a part of its own, before and after", () => {
  const [x, p] = [leaf("x"), leaves(5)];
  const penalty = sum(p.map((w) => w.mul(w))).mul(.1);
  assertEquals(textOf(p[0].mul(x).add(penalty), [x], p), [
    "once, forward",
    "  for m = 0 … 4",
    "    a[m] = p[m] · p[m]",
    "  b = Σ a[i],  i = 0 … 4",
    "  d = b · 0.1",
    "for each of n examples, forward",
    "  f = p[0] · x",
    "  g = f + d",
    "for each of n examples, backward",
    "  ∂g = 1 / n",
    "  ∂f = ∂g",
    "  ∂d += Σ ∂g",
    "  ∂p[0] += Σ ∂f · x",
    "once, backward",
    "  ∂b = 0.1 · ∂d",
    "  ∂a[i] += ∂b,  i = 0 … 4",
    "  for m = 0 … 4",
    "    ∂p[m] += ∂a[m] · p[m]",
    "    ∂p[m] += ∂a[m] · p[m]",
  ]);
});

Deno.test("a gradient with several parts is added up, and one with a single part is set", () => {
  const [x, w] = [leaf("x"), leaf("w")];
  const y = w.mul(x);
  const text = textOf(y.tanh().mul(y.sigmoid()), [x], [w]);
  assertEquals(text.filter((line) => line.startsWith("  ∂a ")).map((line) => line.slice(5, 7)), [
    "+=",
    "+=",
  ]);
  assert(text.some((line) => line.startsWith("  ∂b = ")));
});

Deno.test("a short list of different kinds is written out, a long one or one of many is not", () => {
  const [x, p] = [leaf("x"), leaves(9)];
  const y = p.map((w) => w.mul(x));
  const text = textOf(sum([y[0], x, y[8].exp(), p[2]]), [x], p);
  assert(text.some((line) => /^ {2}\S = \S\[0\] \+ x \+ \S \+ \S$/.test(line)), text.join("\n"));
  assert(!text.some((line) => line.includes("∂x ")), text.join("\n"));
  const long = textOf(sum([...y, x, y[8].exp()]), [x], p);
  assert(long.some((line) => / = Σ \S+\[…\], {2}i = 0 … 10$/.test(line)), long.join("\n"));
});

Deno.test("a choice of a rule is written with brackets", () => {
  const [x, w] = [leaf("x"), leaf("w")];
  const text = textOf(w.mul(x).relu(), [x], [w]);
  assert(text.includes("  ∂a = ∂b · [a > 0]"), text.join("\n"));
});

Deno.test("a loss of parameters alone begins with the gradient 1, once", () => {
  const w = leaf("w");
  assertEquals(textOf(w.tanh(), [], [w]), [
    "once, forward",
    "  a = tanh(w)",
    "once, backward",
    "  ∂a = 1",
    "  ∂w += ∂a · (1 − a · a)",
  ]);
});

Deno.test("a loss that no parameter is behind has no backward part", () => {
  const x = leaf("x");
  assertEquals(textOf(x.tanh(), [x], []), ["for each of n examples, forward", "  a = tanh(x)"]);
});

Deno.test("a notebook gets the listing as coloured HTML and as text", async () => {
  const [x, y, w] = [leaf("x"), leaf("y"), leaf("w")];
  const program = compile(w.mul(x).sub(y).pow(2), { inputs: [x, y], parameters: [w] });
  const bundle = await program[display]();
  assertEquals(Object.keys(bundle).sort(), ["text/html", "text/plain"]);
  const lines = String(bundle["text/plain"]).split("\n");
  assertEquals(lines[0], program.toString());
  assertEquals(lines[2], "  a = w · x");
  assertEquals(lines.at(-1), "  ∂w += Σ ∂a · x    // over the examples");
  assertStringIncludes(String(bundle["text/html"]), "a = <span");
});

/** Losses of one example: networks with all kinds of lists, choices and parts of their own. */
const losses: Record<string, (x: Value[], y: Value[]) => { loss: Value; parameters: Value[] }> = {
  "a network with tanh": (x, y) => {
    const model = new MLP(3, [4, 4, 1], { generator: generator() });
    const loss = (model.forward(x) as Value).sub(y[0]).pow(2);
    return { loss, parameters: model.parameters() };
  },
  "relu, residual connections and a price for large weights": (x, y) => {
    const model = new MLP(3, [5, 5, 1], {
      activation: "relu",
      outputActivation: "linear",
      residual: true,
      generator: generator(),
    });
    const parameters = model.parameters();
    const margin = (model.forward(x) as Value).mul(y[0]).neg().add(1).relu();
    return { loss: margin.add(sum(parameters.map((p) => p.mul(p))).mul(.01)), parameters };
  },
  "cross-entropy": (x, y) => {
    const model = new MLP(3, [6, 2], { activation: "sigmoid", generator: generator() });
    const scores = model.forward(x) as Value[];
    return { loss: logSumExp(scores).sub(dot(y, scores)), parameters: model.parameters() };
  },
  "one result used in several ways": (x, y) => {
    const p = [.3, -.7, .2].map((data) => new Value(data));
    const z = dot(p, x);
    const both = z.tanh().mul(z.sigmoid()).add(z).max(y[0]);
    return { loss: sum([both, z.exp(), p[1].mul(p[2]).mul(z)]), parameters: p };
  },
};

for (const [what, build] of Object.entries(losses)) {
  Deno.test(`what a listing says is what is computed: ${what}`, () => {
    const [x, y] = [leaves(3), leaves(2)];
    const { loss, parameters } = build(x, y);
    loss.label = "loss";
    const random = generator();
    const rows = Array.from({ length: 5 }, () => [...x, ...y].map(() => random.uniform(-1, 1)));
    const made = listing(plan(loss, [...x, ...y], parameters));
    const said = runListing(made, "loss", rows, parameters.map((p) => p.data));

    const program = compile(loss, { inputs: [...x, ...y], parameters });
    program.load(rows);
    const text = made.lines.map((line) => line.text).join("\n");
    const isClose = (a: number, b: number) => Math.abs(a - b) <= 1e-12 * (1 + Math.abs(b));
    const value = program.backward();
    assert(isClose(said.loss, value), `${said.loss} and ${value}\n${text}`);
    for (const [i, { grad }] of parameters.entries()) {
      assert(isClose(said.gradients[i], grad), `∂p[${i}]: ${said.gradients[i]}, ${grad}\n${text}`);
    }
    assert(said.gradients.some((g) => Math.abs(g) > 1e-3));
  });
}
