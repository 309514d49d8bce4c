import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { Dataset, display, loadDigits, makeMoons, makeSpirals } from "../../../mod.ts";
import { pictureTypes } from "../../support/pictures.ts";

interface Spec {
  title: string;
  width: number;
  height: number;
  data: { values: { x1: number; x2: number; y: number }[] };
  encoding: Record<"x" | "y" | "color", {
    type: string;
    scale: { domain: number[]; range: string[] };
  }>;
}

const chart = "application/vnd.vegalite.v5+json";

async function spec(data: Dataset): Promise<Spec> {
  return (await data[display]())[chart] as Spec;
}

/** A set of two features whose labels are the given ones. */
function labelled(y: readonly number[]): Dataset {
  return new Dataset(y.map((_, i) => [i, i]), y);
}

Deno.test("two features are shown as a chart, a still picture and text", async () => {
  const moons = makeMoons({ samples: 40 });
  const bundle = await moons[display]();
  assertEquals(Object.keys(bundle).sort(), [chart, "image/svg+xml", "text/plain"]);
  assertEquals(bundle["text/plain"], String(moons));
  const svg = String(bundle["image/svg+xml"]);
  const points = svg.match(/<g [^>]*mark-symbol role-mark marks[^>]*>(.*?)<\/g>/)?.[1] ?? "";
  assertEquals(points.match(/<path /g)?.length, 40);
  for (const color of ["#e0663a", "#2f7fd8"]) assertStringIncludes(points, color);
  const { title, data } = bundle[chart] as Spec;
  assertEquals(title, String(moons));
  const rounded = moons.x.map(([x1, x2], i) => ({
    x1: +x1.toPrecision(7),
    x2: +x2.toPrecision(7),
    y: moons.y[i],
  }));
  assertEquals(data.values, rounded);
});

Deno.test("the plane is a square on which one unit is as long both ways, with room around", async () => {
  const { width, height, encoding: { x, y } } = await spec(makeMoons({ noise: .1 }));
  assertEquals(width, height);
  const length = ([low, high]: number[]) => high - low;
  assert(Math.abs(length(x.scale.domain) - length(y.scale.domain)) < 1e-5);
  const { x: points } = makeMoons({ noise: .1 });
  for (const [k, { domain: [low, high] }] of [x.scale, y.scale].entries()) {
    const feature = points.map((row) => row[k]);
    assert(low < Math.min(...feature) && high > Math.max(...feature));
  }
});

Deno.test("features of very different size have a scale each, and a single point has room", async () => {
  const tall = await spec(new Dataset([[0, 0], [1, 1000]], [0, 1]));
  assertEquals(tall.encoding.x.scale.domain, [-.05, 1.05]);
  assertEquals(tall.encoding.y.scale.domain, [-50, 1050]);
  const flat = await spec(new Dataset([[0, 3], [1, 3]], [0, 1]));
  assertEquals(flat.encoding.y.scale.domain, [2.45, 3.55]);
  const single = await spec(new Dataset([[5, 3]], [0]));
  assertEquals(single.encoding.x.scale.domain, [4, 6]);
  assertEquals(single.encoding.y.scale.domain, [2, 4]);
});

Deno.test("two classes are orange and blue, whatever their labels are", async () => {
  for (const labels of [[0, 1], [-1, 1], [3, 2]]) {
    const { color } = (await spec(labelled(labels))).encoding;
    assertEquals(color.type, "nominal");
    assertEquals(color.scale, {
      domain: labels.toSorted((a, b) => a - b),
      range: labels[0] === 3 ? ["#2a9d6f", "#a55fd0"] : ["#e0663a", "#2f7fd8"],
    });
  }
});

Deno.test("a class keeps its colour in a part of the set that lacks another class", async () => {
  const colorsOf = async (labels: number[]) => {
    const { domain, range } = (await spec(labelled(labels))).encoding.color.scale;
    return Object.fromEntries(domain.map((label, i) => [label, range[i]]));
  };
  const all = await colorsOf([0, 1, 2, 3]);
  assertEquals(new Set(Object.values(all)).size, 4);
  const { 1: _, ...rest } = all;
  assertEquals(await colorsOf([3, 0, 2]), rest);
  assertEquals((await colorsOf([0, 0]))[0], (await colorsOf([0, 1]))[0]);
});

Deno.test("many labels, and labels that are not whole, are numbers on a scale of colours", async () => {
  for (const labels of [[.5, 1, 2], Array.from({ length: 11 }, (_, i) => i)]) {
    assertEquals((await spec(labelled(labels))).encoding.color.type, "quantitative");
  }
  assertEquals(
    (await spec(labelled(Array.from({ length: 10 }, (_, i) => i)))).encoding.color.type,
    "nominal",
  );
});

Deno.test("of many points some are drawn, from the first to the last, and the title says so", async () => {
  const spirals = makeSpirals({ samples: 3001, shuffle: false });
  const { title, data: { values } } = await spec(spirals);
  assertEquals(title, `${spirals}: 1000 of them`);
  assertEquals(values.length, 1000);
  assertEquals([values[0].y, values[999].y], [0, 1]);
  assertEquals((await spec(makeMoons({ samples: 1000 }))).data.values.length, 1000);
});

Deno.test("images are shown as a picture of the first forty with their labels", async () => {
  const digits = await loadDigits();
  const bundle = await digits[display]();
  assertEquals(Object.keys(bundle).sort(), pictureTypes);
  const svg = String(bundle["image/svg+xml"]);
  assertEquals(svg.match(/<image /g)?.length, 40);
  const texts = Array.from(svg.matchAll(/<text [^>]*>(.*?)<\/text>/g), ([, text]) => text);
  assertEquals(texts, [...digits.y.slice(0, 40).map(String), `${digits}: the first 40`]);
});

Deno.test("of large images fewer are shown", async () => {
  const large = new Dataset(
    Array.from({ length: 6 }, () => Array(62_500).fill(0)),
    Array(6).fill(1),
    {
      imageSize: [250, 250],
    },
  );
  const svg = String((await large[display]())["image/svg+xml"]);
  assertEquals(svg.match(/<image /g)?.length, 4);
  assertStringIncludes(svg, `${large}: the first 4<`);
});

Deno.test("other data is shown as a table of the first rows", async () => {
  const three = new Dataset([[1, 2, 1 / 3], [4, 5, 6]], [-1, .5], { name: "<b>" });
  const bundle = await three[display]();
  assertEquals(Object.keys(bundle).sort(), ["text/html", "text/plain"]);
  assertEquals(
    bundle["text/plain"],
    `${three}\nx1  x2       x3    y\n 1   2  0.33333   -1\n 4   5        6  0.5`,
  );
  assert(!String(bundle["text/html"]).includes("<b>"));
});

Deno.test("of many rows and columns the first are shown", async () => {
  const wide = new Dataset(
    Array.from({ length: 11 }, (_, i) => Array.from({ length: 9 }, (_, k) => i * k)),
    Array.from({ length: 11 }, (_, i) => i),
  );
  const lines = String((await wide[display]())["text/plain"]).split("\n");
  assertEquals(lines.length, 12);
  assertEquals(lines[0], `${wide}: the first 10`);
  assertMatch(lines[1], /^x1 +x2 .* +x8 +… +y$/);
  assertMatch(lines[11], /^ *0 .* 63 +… +9$/);
  const one = new Dataset([[7]], [1]);
  assertEquals((await one[display]())["text/plain"], `${one}\nx1  y\n 7  1`);
});

Deno.test("numbers of any size can be shown", async () => {
  const huge = Number.MAX_VALUE;
  for (const width of [1, 2, 3]) {
    const data = new Dataset([Array(width).fill(huge), Array(width).fill(-huge)], [huge, -huge]);
    for (const imageSize of [undefined, [width, 1] as const]) {
      const bundle = await new Dataset(data.x, data.y, { imageSize })[display]();
      assert(!JSON.stringify(bundle).includes("NaN"), `${width} features`);
    }
  }
});

Deno.test("examples with rows of labels are a table, and images have no words below", async () => {
  const turned = new Dataset([[1, 0], [0, 1]], [[0, 1], [-1, 0]]);
  const bundle = await turned[display]();
  assertEquals(
    bundle["text/plain"],
    `${turned}\nx1  x2  y1  y2\n 1   0   0   1\n 0   1  -1   0`,
  );
  const long = Array.from({ length: 9 }, (_, i) => i);
  const wide = new Dataset([long], [long]);
  const [, head] = String((await wide[display]())["text/plain"]).split("\n");
  assertMatch(head, /^x1 .* x8 +… +y1 .* y8 +y…$/);
  const { x, imageSize } = (await loadDigits()).select([0, 1]);
  const images = new Dataset(x, x, { imageSize: imageSize! });
  const svg = String((await images[display]())["image/svg+xml"]);
  const texts = Array.from(svg.matchAll(/<text [^>]*>(.*?)<\/text>/g), ([, text]) => text);
  assertEquals(svg.match(/<image /g)?.length, 2);
  assertEquals(texts.filter((text) => text !== ""), [String(images)]);
});
