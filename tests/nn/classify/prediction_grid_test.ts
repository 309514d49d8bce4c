import { assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  Dataset,
  type LabeledImages,
  MLP,
  predictionGrid,
  type PredictionGridOptions,
} from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import { Echo, images } from "../../support/models.ts";

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

Deno.test("an estimate of 0 and 1 is never more than certain", () => {
  const model = new MLP(1, [1], { activation: "linear" });
  [1, 0].forEach((data, i) => model.parameters()[i].data = data);
  const data = new Dataset([[1.3], [.8], [.2], [-.1]], [0, 0, 0, 0], { imageSize: [1, 1] });
  const { predictions } = predictionGrid(model, data, { threshold: .5 });
  const said = predictions.map(({ answer, certainty }) => [answer, Number(certainty.toFixed(9))]);
  assertEquals(said, [[1, 1], [1, .8], [0, .8], [0, 1]]);
});

Deno.test("equally certain ones are in the order of the data", () => {
  const same = new Dataset([[1, 0], [1, 0], [0, 1], [0, 1]], [1, 1, 1, 1], { imageSize: [2, 1] });
  const { predictions } = predictionGrid(new Echo(), same);
  assertEquals(predictions.map(({ index }) => index), [0, 1, 2, 3]);
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
