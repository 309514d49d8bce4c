import type { Displayable } from "../../engine/extend.ts";
import { assert, assertEquals, assertStringIncludes } from "../support/assert.ts";
import { display, Layer, MLP, Neuron, RandomGenerator } from "../../mod.ts";
import { assertPicture, count, elements, pictureTypes } from "../support/pictures.ts";
import { needs } from "../support/permissions.ts";

const seeded = () => ({ generator: new RandomGenerator(1) });

async function picture(model: Displayable): Promise<string> {
  return String((await model[display]())["image/svg+xml"]);
}

Deno.test("a picture has a circle for each input and neuron, and a line for each weight", async () => {
  const expected: [Displayable, circles: number, lines: number][] = [
    [new Neuron(3), 4, 3],
    [new Layer(3, 5), 8, 15],
    [new MLP(3, [4, 4, 1]), 12, 32],
    [new MLP(1, [1]), 2, 1],
    [new MLP(12, [12]), 24, 144],
  ];
  for (const [model, circles, lines] of expected) {
    const svg = await picture(model);
    assertEquals([count(svg, "circle"), count(svg, "line")], [circles, lines], String(model));
  }
});

Deno.test("a wide layer is drawn in part, and the picture says so", async () => {
  const svg = await picture(new MLP(2, [16, 1]));
  assertEquals([count(svg, "circle"), count(svg, "line")], [2 + 11 + 1, 22 + 11]);
  assertStringIncludes(svg, "⋮");
  assertStringIncludes(svg, ">16 tanh<");
});

Deno.test("a model's bundle is a picture and text", async () => {
  for (const model of [new Neuron(2), new Layer(2, 2), new MLP(2, [2, 1])]) {
    const bundle = await model[display]();
    assertEquals(Object.keys(bundle).sort(), pictureTypes);
    assertEquals(bundle["text/plain"], model.toString());
    assertStringIncludes(String(bundle["image/svg+xml"]), model.toString());
  }
});

Deno.test("weights above and below zero differ in colour, and larger ones are wider", async () => {
  const neuron = new Neuron(3, seeded());
  [1, -1, .25].forEach((w, i) => neuron.w[i].data = w);
  neuron.b.data = 0;
  const strokes = [...(await picture(neuron)).matchAll(
    /<line [^>]*stroke="([^"]+)" stroke-width="([^"]+)"/g,
  )].map(([, color, width]) => ({ color, width: Number(width) }));
  assertEquals(strokes.length, 3);
  assert(strokes[0].color !== strokes[1].color && strokes[0].color === strokes[2].color);
  assert(strokes[0].width === strokes[1].width && strokes[0].width > strokes[2].width);
});

Deno.test("a neuron without a bias says so, has the ring of an input and the fill of a neuron", async () => {
  const circles = async (model: Displayable) =>
    [...(await picture(model)).matchAll(
      /<circle [^>]*fill="([^"]+)" stroke="([^"]+)"[^>]*><title>([^<]*)/g,
    )].map(([, fill, stroke, title]) => ({ fill, stroke, title }));
  const without = await circles(new Neuron(1, { ...seeded(), bias: false }));
  const [input, neuron] = await circles(new Neuron(1, seeded()));
  assertEquals(without, [
    input,
    { fill: neuron.fill, stroke: input.stroke, title: "no bias" },
  ]);
  assert(neuron.fill !== input.fill && neuron.stroke !== input.stroke);
});

Deno.test("the line below a picture speaks of rings where there are biases only", async () => {
  const line = async (bias: boolean) =>
    (await picture(new MLP(2, [2, 1], { ...seeded(), bias }))).match(/line: weight.*? 0/)?.[0];
  assertEquals(await line(true), "line: weight, ring: bias; blue &#62; 0");
  assertEquals(await line(false), "line: weight; blue &#62; 0");
});

Deno.test("weights that are all zero or not finite can be drawn", async () => {
  for (const data of [0, NaN, Infinity, -1e300]) {
    const model = new MLP(2, [2, 1]);
    for (const p of model.parameters()) p.data = data;
    const svg = await picture(model);
    assert(!/(?:width|x1|y1|cx|cy)="(?:NaN|-?Infinity)"/.test(svg));
    assert(elements(svg).length > 0);
  }
});

Deno.test("the pictures of small models are as they were", needs("read", "env"), async () => {
  await assertPicture(import.meta.url, "neuron", await picture(new Neuron(3, seeded())));
  const layer = new Layer(2, 3, { ...seeded(), activation: "relu" });
  await assertPicture(import.meta.url, "layer", await picture(layer));
  await assertPicture(import.meta.url, "mlp", await picture(new MLP(3, [4, 4, 1], seeded())));
  const wide = new MLP(2, [16, 1], { ...seeded(), outputActivation: "linear" });
  await assertPicture(import.meta.url, "wide", await picture(wide));
});

Deno.test("what a residual layer adds is a dashed arc from each input, and the picture says so", async () => {
  const plain = await picture(new MLP(2, [4, 4, 4, 1], seeded()));
  assertEquals([count(plain, "path"), plain.includes("dashed")], [0, false]);
  const svg = await picture(new MLP(2, [4, 4, 4, 1], { residual: true, ...seeded() }));
  assertEquals(count(svg, "path"), 8);
  assertStringIncludes(svg, "dashed: an input, added to the output");
  const centres = new Set(
    [...svg.matchAll(/cx="([^"]+)" cy="([^"]+)"/g)].map(([, x, y]) => x + " " + y),
  );
  const arcs = [...svg.matchAll(/d="M(\S+) (\S+?)q\S+ \S+ (\S+) 0"/g)];
  assertEquals(arcs.length, 8);
  for (const [, x, y, dx] of arcs) {
    assert(centres.has(`${x} ${y}`) && centres.has(`${Number(x) + Number(dx)} ${y}`));
  }
  assertEquals(count(await picture(new Layer(14, 14, { residual: true })), "path"), 11);
});

Deno.test("a network of 784-256-10 is drawn in part", async () => {
  const svg = await picture(new MLP(784, [256, 10]));
  assertEquals([count(svg, "circle"), count(svg, "line")], [11 + 11 + 10, 121 + 110]);
  assertStringIncludes(svg, ">784 inputs<");
  assertStringIncludes(svg, "⋮ at most 11 units of a column are drawn");
  assert(svg.length < 100_000, `${svg.length} characters`);
});

Deno.test("of 500 layers the first and the last ones are drawn, and the picture says so", async () => {
  const sizes = [2, ...Array.from({ length: 499 }, () => 3), 1];
  const model = new MLP(2, sizes.slice(1), { residual: true, ...seeded() });
  const svg = await picture(model);
  const [, width] = svg.match(/width="(\d+)"/)!;
  assert(Number(width) < 1800, `${width} pixels`);
  assertEquals(count(svg, "circle"), 2 + 5 * 3 + 5 * 3 + 1);
  assertEquals(count(svg, "line"), 6 + 4 * 9 + 4 * 9 + 3);
  assertStringIncludes(svg, "⋯ 11 of 500 layers are drawn");
  assertStringIncludes(svg, ">⋯<");
  assert(String(model).length < 120, String(model));
});

Deno.test("a network of as many layers as are drawn is drawn in full", async () => {
  const svg = await picture(new MLP(1, Array(12).fill(1)));
  assertEquals([count(svg, "circle"), count(svg, "line")], [13, 12]);
  assert(!svg.includes("layers are drawn"));
});
