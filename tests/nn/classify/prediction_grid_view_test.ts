import { assert, assertEquals } from "../../support/assert.ts";
import {
  Dataset,
  display,
  MLP,
  type Operand,
  type PredictionGrid,
  predictionGrid,
  RandomGenerator,
  Value,
} from "../../../mod.ts";
import { mix } from "../../../engine/show/colors.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { drawnImages } from "../../support/images.ts";
import { Echo, images } from "../../support/models.ts";

async function picture(grid: PredictionGrid): Promise<string> {
  return String((await grid[display]())["image/svg+xml"]);
}

Deno.test("the picture has the images in order, row by row, wrong ones in a frame of their own", async () => {
  const svg = await picture(predictionGrid(new Echo(), images, { columns: 2 }));
  const drawn = drawnImages(svg);
  const grey = (x: number) => mix("#ffffff", "#1f2328", Math.round(16 * x / 5) / 16);
  assertEquals(
    drawn.map(({ pixels }) => pixels),
    [1, 2, 5, 0, 3, 4].map((i) => [images.x[i].map(grey)]),
  );
  assertEquals(drawn.map(({ width, height }) => [width, height]), Array(6).fill([64, 32]));
  const [a, b, c, d, e] = drawn;
  assert(a.y === b.y && a.x < b.x && c.y > a.y && c.x === a.x, "two columns");
  assert(d.y > c.y && d.x === a.x && e.y === d.y, "the right ones begin a row of their own");

  const frames = [...svg.matchAll(/<rect [^>]*stroke="([^"]+)" stroke-width="(\d)"/g)]
    .map(([, ...look]) => look);
  assertEquals(frames, [
    ...Array(3).fill(["#c24f22", "3"]),
    ...Array(3).fill(["#636c76", "1"]),
  ]);
});

Deno.test("captions say what it is, what was said and how sure", async () => {
  const svg = await picture(predictionGrid(new Echo(), images));
  const texts = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  assertEquals(texts.slice(0, 6), [
    "3 of 6 right: 50%",
    "wrong: 3, the most certain first",
    "is 1, said 0",
    "95% sure",
    "is 0, said 1",
    "88% sure",
  ]);
  assertEquals(texts.slice(8, 11), ["right: 3, the least certain first", "is 1", "73% sure"]);
});

Deno.test("not more than count images are shown, and the headings say how many there are", async () => {
  const svg = await picture(predictionGrid(new Echo(), images, { count: 4 }));
  assertEquals(drawnImages(svg).length, 4);
  assert(svg.includes(">right: 1 of 3, the least certain first<"));
  const wrongOnly = await picture(predictionGrid(new Echo(), images, { count: 2 }));
  assert(wrongOnly.includes(">wrong: 2 of 3, the most certain first<"));
  assert(!wrongOnly.includes("least certain"));
  assert(wrongOnly.includes(">3 of 6 right: 50%<"));
});

Deno.test("sixty digits take less than 200 KB, also as large as those of MNIST", async () => {
  const generator = new RandomGenerator(1);
  for (const [side, most] of [[8, 60_000], [28, 200_000]]) {
    const x = Array.from(
      { length: 100 },
      () => Array.from({ length: side * side }, () => generator.uniform(0, 1)),
    );
    const data = new Dataset(x, x.map((_, i) => i % 10), { imageSize: [side, side] });
    const model = new MLP(side * side, [10], { activation: "linear", generator });
    const svg = await picture(predictionGrid(model, data));
    assertEquals(count(svg, "image"), 60);
    assert(svg.length < most, `${svg.length}`);
    elements(svg);
  }
});

Deno.test("large images are shown as long as there is room for them", async () => {
  const x = Array.from({ length: 6 }, (_, i) => Array.from({ length: 62_500 }, () => i / 6));
  class First extends Echo {
    override forward(x: readonly Operand[]): Value | Value[] {
      return super.forward(x.slice(0, 2));
    }
  }
  const data = new Dataset(x, x.map(() => 0), { imageSize: [250, 250] });
  const drawn = drawnImages(await picture(predictionGrid(new First(), data)));
  assertEquals(drawn.length, 4);
  assertEquals([drawn[0].width, drawn[0].pixels.length], [64, 250]);
});

Deno.test("outputs that are not numbers, and images of one shade, can be drawn", async () => {
  class Nothing extends Echo {
    override forward(): Value[] {
      return [new Value(NaN), new Value(1)];
    }
  }
  const data = new Dataset([[1, 1], [1, 1]], [0, 1], { imageSize: [1, 2] });
  const svg = await picture(predictionGrid(new Nothing(), data));
  assertEquals(drawnImages(svg)[0].pixels, [["#ffffff"], ["#ffffff"]]);
  assert(!/="NaN"/.test(svg));
});

Deno.test("the picture of a few images is as it was", needs("read", "env"), async () => {
  const svg = await picture(predictionGrid(new Echo(), images, { columns: 4 }));
  await assertPicture(import.meta.url, "prediction_grid", svg);
});
