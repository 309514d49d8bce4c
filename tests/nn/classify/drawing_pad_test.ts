import { assert, assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import { drawingPad, MLP, type Module, RandomGenerator } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";

const model = (outputs = 3) =>
  new MLP(4, [5, outputs], { outputActivation: "linear", generator: new RandomGenerator(1) });

Deno.test("a pad holds what is drawn at first, and what softmax makes of the model's outputs", () => {
  const drawn = [1, 0, 0.5, 1];
  const { pixels, probabilities, imageSize } = drawingPad(model(), [2, 2], drawn);
  assertEquals([pixels, imageSize], [drawn, [2, 2]]);
  const powers = (model().forward(drawn) as { data: number }[]).map(({ data }) => Math.exp(data));
  const sum = powers.reduce((a, b) => a + b);
  probabilities.forEach((p, k) => assertAlmostEquals(p, powers[k] / sum, 1e-12));
  assertEquals(drawingPad(model(), [2, 2]).pixels, [0, 0, 0, 0]);
});

Deno.test("a pad's text says how large it is, and what the model says", () => {
  const pad = drawingPad(model(), [4, 1], [1, 1, 1, 1]);
  const most = Math.max(...pad.probabilities);
  const says = `says ${pad.probabilities.indexOf(most)}, ${Math.round(100 * most)}% sure`;
  assertEquals(String(pad), `DrawingPad(4 × 1, ${says})`);
  assert(most < 1);
});

Deno.test("drawingPad() refuses what cannot be drawn on or asked", () => {
  const wide = new MLP(1100, [2]);
  const refused: [Module, number[], number[] | undefined, string][] = [
    [model(1), [2, 2], undefined, "model must have at least 2 outputs, one for each class, got 1"],
    [model(), [2, 2], [1, 0], "pixels must have 4 elements, got 2"],
    [model(), [2, 2], [0, 0, 0, 1.5], "pixels[3] must be a finite number from 0 to 1, got 1.5"],
    [wide, [50, 22], undefined, "imageSize must be of at most 1,024 pixels, got 1100"],
    [model(), [0, 4], undefined, "imageSize[0] must be a whole number from 1, got 0"],
  ];
  for (const [model, size, pixels, message] of refused) {
    assertThrows(
      () => drawingPad(untyped(model), untyped(size), pixels),
      RangeError,
      `drawingPad: ${message}`,
    );
  }
  assertThrows(
    () => drawingPad(model(), untyped(4)),
    TypeError,
    "drawingPad: imageSize must be [width, height], got number 4",
  );
});
