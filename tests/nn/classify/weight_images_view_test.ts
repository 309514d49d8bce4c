import { assert, assertEquals } from "../../support/assert.ts";
import { display, Layer, MLP, RandomGenerator, weightImages } from "../../../mod.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { drawnImages, hue } from "../../support/images.ts";
import { known } from "../../support/models.ts";

async function picture(layer: Layer, size: readonly [number, number]): Promise<string> {
  return String((await weightImages(layer, size)[display]())["image/svg+xml"]);
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

Deno.test("of a wide layer the first neurons are drawn, and the picture says so", async () => {
  const svg = await picture(new Layer(1, 70), [1, 1]);
  assertEquals(count(svg, "image"), 64 + 1);
  assert(svg.includes(">64 of 70 neurons, each weight where its pixel is<"));
  const large = await picture(new Layer(100 * 100, 13), [100, 100]);
  assertEquals(count(large, "image"), 12 + 1);
  assert(large.length < 200_000, `${large.length}`);
});

Deno.test("weights that are all zero or not finite can be drawn", async () => {
  for (const [data, color] of [[0, "#f1f1f1"], [NaN, "#636c76"], [-Infinity, "#e0663a"]] as const) {
    const layer = new Layer(4, 2);
    for (const w of layer.neurons.flatMap(({ w }) => w)) w.data = data;
    const svg = await picture(layer, [2, 2]);
    assertEquals(drawnImages(svg)[0].pixels, [[color, color], [color, color]]);
    assert(!/NaN|Infinity/.test(svg));
    elements(svg);
  }
});

Deno.test("the picture of a layer's weights is as it was", needs("read", "env"), async () => {
  const model = new MLP(16, [3, 1], { generator: new RandomGenerator(1) });
  const svg = await picture(model.layers[0], [4, 4]);
  await assertPicture(import.meta.url, "weight_images", svg);
});
