import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { display, Layer, MLP, RandomGenerator, weightImages } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { drawnImages, hue } from "../../support/images.ts";

async function picture(layer: Layer, size: readonly [number, number]): Promise<string> {
  return String((await weightImages(layer, size)[display]())["image/svg+xml"]);
}

/** Two neurons of 3 × 2 weights that are known. */
function known(): Layer {
  const layer = new Layer(6, 2);
  [[2, -2, 0, 1, -1, .5], [0, 0, 0, 0, 0, -.25]].forEach((row, i) =>
    row.forEach((data, k) => layer.neurons[i].w[k].data = data)
  );
  layer.neurons[0].b.data = 99;
  return layer;
}

Deno.test("each weight is where its pixel is: blue above 0, orange below, paler nearer to 0", async () => {
  const [first, second] = drawnImages(await picture(known(), [3, 2]));
  assertEquals(first.pixels.map((row) => row.map(hue)), [["b", "r", "rgb"], ["b", "r", "b"]]);
  const [[plus, minus, zero], [one]] = first.pixels;
  assertEquals([plus, minus, zero], ["#2f7fd8", "#e0663a", "#f1f1f1"]);
  assert(one > plus && one < zero, "half the way");
  // One scale for all: a small weight stays pale beside the large ones of others.
  assertEquals(second.pixels[0], [zero, zero, zero]);
  assert(hue(second.pixels[1][2]) === "r" && second.pixels[1][2] > "#ee");
});

Deno.test("the images stand in rows of eight, in order, with the neuron's place in the code below", async () => {
  const svg = await picture(new Layer(4, 10, { generator: new RandomGenerator(1) }), [2, 2]);
  const tiles = drawnImages(svg).slice(0, 10);
  assertEquals(new Set(tiles.map(({ y }) => y)).size, 2);
  assert(tiles[8].x === tiles[0].x && tiles[8].y > tiles[0].y && tiles[7].x > tiles[6].x);
  const captions = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>neurons\[(\d+)\]/g)];
  assertEquals(captions.map(([, , , i]) => Number(i)), tiles.map((_, i) => i));
  captions.forEach(([, x, y], i) => {
    assertEquals(Number(x), tiles[i].x);
    assert(Number(y) > tiles[i].y + tiles[i].height && Number(y) < tiles[i].y + 100);
  });
});

Deno.test("the scale goes from the largest weight below 0 to that above, with 0 in the middle", async () => {
  const svg = await picture(known(), [3, 2]);
  const scale = drawnImages(svg)[2];
  const colors = scale.pixels[0];
  assertEquals([colors[0], colors[32], colors[64]], ["#e0663a", "#f1f1f1", "#2f7fd8"]);
  const mark = (text: string) =>
    Number(new RegExp(`<text x="([\\d.]+)"[^>]*>${text}</text>`).exec(svg)?.[1]);
  assertEquals(mark("−2"), scale.x);
  assertEquals(mark("0"), scale.x + scale.width / 2);
  assertEquals(mark("2"), scale.x + scale.width);
});

Deno.test("images have whole units a pixel, and keep their shape", async () => {
  for (
    const [size, side] of [[[8, 8], [72, 72]], [[3, 6], [36, 72]], [[5, 1], [70, 14]]] as const
  ) {
    const [{ width, height }] = drawnImages(await picture(new Layer(size[0] * size[1], 1), size));
    assertEquals([width, height], [...side] as number[]);
  }
});

Deno.test("the images are of the weights as they were", () => {
  const layer = known();
  const images = weightImages(layer, [3, 2]);
  layer.neurons[0].w[0].data = 7;
  assertEquals(images.weights[0], [2, -2, 0, 1, -1, .5]);
  assertEquals(images.largest, 2);
  layer.neurons[1].w[5].data = -9;
  assertEquals(weightImages(layer, [3, 2]).largest, 9, "a weight below 0 counts as well");
  assertEquals(String(images), "WeightImages(2 neurons of 3 × 2 weights, at most ±2)");
});

Deno.test("of a wide layer the first neurons are drawn, and the picture says so", async () => {
  const svg = await picture(new Layer(1, 70), [1, 1]);
  assertEquals(count(svg, "image"), 64 + 1);
  assert(svg.includes(">64 of 70 neurons, each weight where its pixel is<"));
  const large = await picture(new Layer(100 * 100, 13), [100, 100]);
  assertEquals(count(large, "image"), 12 + 1);
  assert(large.length < 200_000, `${large.length}`);
});

Deno.test("weights that are all zero or not finite can be drawn", async () => {
  for (const [data, color] of [[0, "#f1f1f1"], [NaN, "#7d8590"], [-Infinity, "#e0663a"]] as const) {
    const layer = new Layer(4, 2);
    for (const w of layer.neurons.flatMap(({ w }) => w)) w.data = data;
    const svg = await picture(layer, [2, 2]);
    assertEquals(drawnImages(svg)[0].pixels, [[color, color], [color, color]]);
    assert(!/NaN|Infinity/.test(svg));
    elements(svg);
  }
});

Deno.test("weightImages() refuses what are not images", () => {
  const layer = new Layer(6, 2);
  const refused: [[number, number], string][] = [
    [[3, 3], "imageSize must be of 6 pixels in all, got 3 × 3"],
    [[6, 0], "imageSize[1] must be a whole number from 1, got 0"],
    [[1.5, 4], "imageSize[0] must be a whole number from 1, got 1.5"],
    [[251, 1], "imageSize[0] must be at most 250, got 251"],
  ];
  for (const [size, message] of refused) {
    assertThrows(() => weightImages(layer, size), RangeError, `weightImages: ${message}`);
  }
  for (const [thing, name] of strangers) {
    assertThrows(
      () => weightImages(untyped<Layer>(thing), [3, 2]),
      TypeError,
      `weightImages: layer must be a Layer, got ${name}`,
    );
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => weightImages(layer, untyped<[number, number]>(thing)),
      TypeError,
      `weightImages: imageSize must be [width, height], got ${name}`,
    );
  }
});

Deno.test("the picture of a layer's weights is as it was", needs("read", "env"), async () => {
  const model = new MLP(16, [3, 1], { generator: new RandomGenerator(1) });
  const svg = await picture(model.layers[0], [4, 4]);
  await assertPicture(import.meta.url, "weight_images", svg);
});
