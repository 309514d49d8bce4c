import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Dataset,
  display,
  type LabeledImages,
  MLP,
  Module,
  type Operand,
  type PredictionGrid,
  predictionGrid,
  type PredictionGridOptions,
  RandomGenerator,
  Value,
} from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { assertPicture, count, elements } from "../../support/pictures.ts";
import { needs } from "../../support/permissions.ts";
import { drawnImages } from "../../support/images.ts";

/** A model that answers what it is asked. */
class Echo extends Module {
  forward(x: readonly Operand[]): Value | Value[] {
    const values = x.map((input) => new Value(Number(input)));
    return values.length === 1 ? values[0] : values;
  }
  parameters(): Value[] {
    return [];
  }
}

/** Images of two pixels, of which the brighter one is what Echo says. */
const images = new Dataset([[0, 1], [3, 0], [0, 2], [5, 1], [0, 4], [1, 0]], [1, 1, 0, 0, 1, 1], {
  imageSize: [2, 1],
});

async function picture(grid: PredictionGrid): Promise<string> {
  return String((await grid[display]())["image/svg+xml"]);
}

Deno.test("mistakes come first, the most certain at the front; then the others, the least certain", () => {
  const { predictions, wrong } = predictionGrid(new Echo(), images);
  assertEquals(predictions.map(({ index }) => index), [1, 2, 5, 0, 3, 4]);
  assertEquals(predictions.map(({ label, answer }) => [label, answer]), [
    [1, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [0, 0],
    [1, 1],
  ]);
  assertEquals(wrong, predictions.slice(0, 3));
});

Deno.test("how certain the model is, is the softmax of its outputs, without overflow", () => {
  const { predictions } = predictionGrid(new Echo(), images);
  assertAlmostEquals(predictions[0].certainty, Math.exp(3) / (Math.exp(3) + 1), 1e-12);
  const far = new Dataset([[1000, -1000, 0]], [0], { imageSize: [3, 1] });
  assertEquals(predictionGrid(new Echo(), far).predictions[0].certainty, 1);
});

Deno.test("of a single output it is the sigmoid, unless the activation is that", () => {
  for (const activation of ["linear", "sigmoid"] as const) {
    const model = new MLP(1, [1], { activation });
    [1, 0].forEach((data, i) => model.parameters()[i].data = data);
    for (const x of [-2, 3]) {
      const data = new Dataset([[x]], [-1], { imageSize: [1, 1] });
      const [{ certainty, answer }] = predictionGrid(model, data).predictions;
      assertAlmostEquals(certainty, 1 / (1 + Math.exp(-Math.abs(x))), 1e-12);
      assertEquals(answer, Math.sign(x));
    }
  }
});

Deno.test("equally certain ones are in the order of the data", () => {
  const same = new Dataset([[1, 0], [1, 0], [0, 1], [0, 1]], [1, 1, 1, 1], { imageSize: [2, 1] });
  const { predictions } = predictionGrid(new Echo(), same);
  assertEquals(predictions.map(({ index }) => index), [0, 1, 2, 3]);
});

Deno.test("the picture has the images in order, row by row, wrong ones in a frame of their own", async () => {
  const svg = await picture(predictionGrid(new Echo(), images, { columns: 2 }));
  const drawn = drawnImages(svg);
  const grey = (x: number) => {
    const byte = Math.round(255 * (1 - Math.round(16 * x / 5) / 16)).toString(16).padStart(2, "0");
    return "#" + byte.repeat(3);
  };
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
    ...Array(3).fill(["#e0663a", "3"]),
    ...Array(3).fill(["#7d8590", "1"]),
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

Deno.test("a grid's text tells of the worst mistakes", () => {
  assertEquals(
    String(predictionGrid(new Echo(), images)),
    "PredictionGrid(3 of 6 right: 50%; wrong: [1] is 1, said 0 (95% sure), " +
      "[2] is 0, said 1 (88% sure), [5] is 1, said 0 (73% sure))",
  );
  assertEquals(
    String(predictionGrid(new Echo(), images.select([0]))),
    "PredictionGrid(1 of 1 right: 100%)",
  );
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

Deno.test("predictionGrid() refuses what it cannot draw", () => {
  const refused: [PredictionGridOptions, string][] = [
    [{ columns: 0 }, "columns must be a whole number from 1, got 0"],
    [{ columns: 21 }, "columns must be at most 20, got 21"],
    [{ count: 201 }, "count must be at most 200, got 201"],
    [{ count: untyped("3") }, 'count must be a whole number from 1, got string "3"'],
  ];
  for (const [options, message] of refused) {
    assertThrows(
      () => predictionGrid(new Echo(), images, options),
      RangeError,
      `predictionGrid: ${message}`,
    );
  }
  const { x, y } = images;
  const sized = (imageSize: unknown) =>
    predictionGrid(new Echo(), { x, y, imageSize } as LabeledImages);
  const sizes: [unknown, ErrorConstructor, string][] = [
    [null, TypeError, "must be [width, height], got null"],
    [undefined, TypeError, "must be [width, height], got undefined"],
    [[2], TypeError, "must be [width, height], got an array of 1"],
    [[2, 2], RangeError, "must be of 2 pixels in all, got 2 × 2"],
    [[251, 1], RangeError, "[0] must be at most 250, got 251"],
  ].map(([size, type, message]) => [size, type as ErrorConstructor, String(message)]);
  for (const [size, type, message] of sizes) {
    assertThrows(
      () => sized(size),
      type,
      `predictionGrid: data.imageSize${message.startsWith("[") ? "" : " "}${message}`,
    );
  }
  assertThrows(
    () => predictionGrid(new Echo(), new Dataset(x, [0, 1, 2, 0, 1, 0], { imageSize: [2, 1] })),
    RangeError,
    "predictionGrid: data.y[2] must be a whole number from 0 to 1, got 2",
  );
});

Deno.test("the picture of a few images is as it was", needs("read", "env"), async () => {
  const svg = await picture(predictionGrid(new Echo(), images, { columns: 4 }));
  await assertPicture(import.meta.url, "prediction_grid", svg);
});
