import { assertAlmostEquals, assertEquals, assertThrows } from "../../support/assert.ts";
import {
  accuracy,
  Dataset,
  decisionBoundary,
  type DecisionBoundaryOptions,
  makeMoons,
  MLP,
  type Model,
  RandomGenerator,
} from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { Known, logits, plane, square } from "../../support/models.ts";

Deno.test("the outputs are those of the model at the places, in equal steps around the data", () => {
  const { x1, x2, outputs } = decisionBoundary(new Known((a, b) => a + 10 * b), {
    x: [[0, 5], [4, 7]],
    y: [1, 1],
  }, { resolution: 21, margin: .25 });
  assertEquals([x1.length, x1[0], x1[20]], [21, -1, 5]);
  // As high as the data and a quarter of their width on both sides, in the same steps.
  assertEquals([x2.length, Math.round(100 * x2[0]), Math.round(100 * x2[14])], [15, 390, 810]);
  for (const x of [x1, x2]) {
    x.slice(1).forEach((at, i) => assertAlmostEquals(at - x[i], .3, 1e-9));
  }
  outputs.forEach((row, j) => row.forEach(([y], i) => assertEquals(y, x1[i] + 10 * x2[j])));
});

Deno.test("the accuracy is that of accuracy(), and answers are in terms of the labels", () => {
  const model = new MLP(2, [4, 1], { generator: new RandomGenerator(1) });
  const moons = makeMoons({ samples: 40, noise: .2 });
  const signs = { x: moons.x, y: moons.y.map((y) => 2 * y - 1) };
  for (const data of [moons, signs]) {
    const boundary = decisionBoundary(model, data, { resolution: 5, ...logits });
    assertEquals(boundary.accuracy, accuracy(model, data, logits));
    assertEquals(boundary.labels, [Math.min(...data.y), 1]);
    for (const { outputs: [y], answer } of boundary.points) {
      assertEquals(answer, boundary.labels[y > 0 ? 1 : 0]);
    }
  }
});

Deno.test("the model answers in evaluation mode, and is then in the mode it was in", () => {
  for (const training of [true, false]) {
    const model = plane().train(training);
    decisionBoundary(model, square, { resolution: 3, ...logits });
    assertEquals(new Set(model.modes), new Set([false]));
    assertEquals(model.training, training);
  }
});

Deno.test("decisionBoundary() refuses what it cannot draw", () => {
  const refused: [DecisionBoundaryOptions, string][] = [
    [{ resolution: 1 }, "resolution must be a whole number from 2 to 200, got 1"],
    [{ resolution: 201 }, "resolution must be a whole number from 2 to 200, got 201"],
    [{ resolution: 2.5 }, "resolution must be a whole number from 2 to 200, got 2.5"],
    [{ margin: -1 }, "margin must be a finite number from 0, got -1"],
    [{ margin: NaN }, "margin must be a finite number from 0, got NaN"],
    [{ levels: [] }, "levels must have at least one element, got an empty array"],
    [{ reach: 0 }, "reach must be a finite number above 0, got 0"],
    [{ levels: [0, NaN] }, "levels[1] must be a finite number, got NaN"],
  ];
  for (const [options, message] of refused) {
    assertThrows(
      () => decisionBoundary(plane(), square, options),
      RangeError,
      `decisionBoundary: ${message}`,
    );
  }
  assertThrows(
    () => decisionBoundary(plane(), square, { title: untyped(3) }),
    TypeError,
    "decisionBoundary: title must be a string, got number 3",
  );
  assertThrows(
    () => decisionBoundary(new MLP(2, [3]), { x: [[0, 1]], y: [2] }, { levels: [0] }),
    RangeError,
    "decisionBoundary: levels are those of one output, got a model of 3",
  );
  const data: [number[][], number[], string][] = [
    [[[1, 2, 3]], [1], "data must have 2 features, got 3"],
    [[[1, 2], [3, 4]], [1, 2], "data.y[1] must be 0 or 1, got 2"],
    [[[1, 2], [3, 4]], [-1, 0], "data.y[1] must be -1 or 1, got 0"],
    [[], [], "data.x must have at least one element, got an empty array"],
  ];
  for (const [x, y, message] of data) {
    assertThrows(
      () => decisionBoundary(plane(), { x, y }),
      RangeError,
      `decisionBoundary: ${message}`,
    );
  }
  assertThrows(
    () => decisionBoundary(new Known(() => [1, 2]), new Dataset([[1, 2]], [2])),
    RangeError,
    "decisionBoundary: data.y[0] must be a whole number from 0 to 1, got 2",
  );
  for (const [thing, name] of strangers) {
    assertThrows(
      () => decisionBoundary(untyped<Model>(thing), square),
      TypeError,
      `decisionBoundary: model must be a Module with forward(x), got ${name}`,
    );
  }
});

Deno.test("the threshold is where answers turn; without one, labels 0 and 1 leave it open", () => {
  const boundary = decisionBoundary(plane(), square, { threshold: -.5 });
  assertEquals([boundary.middle, boundary.accuracy], [-.5, .75]);
  assertEquals(decisionBoundary(plane(), { ...square, y: [-1, 1, -1, -1] }).middle, 0);
  assertThrows(
    () => decisionBoundary(plane(), square),
    RangeError,
    "decisionBoundary: threshold must say where the output turns from class 0 to 1",
  );
});
