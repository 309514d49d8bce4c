import { assertEquals, assertThrows } from "../../support/assert.ts";
import { Layer, weightImages } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { known } from "../../support/models.ts";

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
