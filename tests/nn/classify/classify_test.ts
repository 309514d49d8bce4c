import { assertEquals, assertThrows } from "../../support/assert.ts";
import { ask, classify } from "../../../nn/classify/classify.ts";
import { Echo } from "../../support/models.ts";

Deno.test("the answers are in terms of the labels", () => {
  const x = [[-2], [3]];
  assertEquals(classify("f", new Echo(), { x, y: [0, 1] }), {
    outputs: x,
    answers: [0, 1],
    labels: [0, 1],
    middle: 0,
  });
  assertEquals(classify("f", new Echo(), { x, y: [-1, -1] }).answers, [-1, 1]);
  const several = classify("f", new Echo(), { x: [[1, 3, 2]], y: [0] });
  assertEquals([several.answers, several.labels], [[1], [0, 1, 2]]);
});

Deno.test("answers can be others than those that the model gives now", () => {
  const echo = new Echo();
  const { answers } = classify(
    "f",
    echo,
    { x: [[-2], [3]], y: [0, 1] },
    (rows) => rows.map(([x]) => [-x]),
  );
  assertEquals([answers, echo.modes], [[1, 0], []]);
});

Deno.test("a model is asked in evaluation mode", () => {
  const echo = new Echo();
  assertEquals(ask("f", echo, [[1], [2]]), [[1], [2]]);
  assertEquals([echo.modes, echo.training], [[false, false], true]);
});

Deno.test("a label that names no class is refused under the name of the caller", () => {
  assertThrows(
    () => classify("f", new Echo(), { x: [[1], [2]], y: [0, 7] }),
    RangeError,
    "f: data.y[1] must be 0 or 1, got 7",
  );
});
