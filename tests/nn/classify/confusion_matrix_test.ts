import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { confusionMatrix } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

/** Three classes; class 2 was never predicted. */
const three = () => confusionMatrix([0, 0, 0, 0, 1, 1, 2], [0, 0, 0, 1, 1, 1, 0]);

Deno.test("counts have a row for the actual class and a column for the predicted", () => {
  const { counts, classNames, total } = three();
  assertEquals(counts, [[3, 1, 0], [0, 2, 0], [1, 0, 0]]);
  assertEquals(classNames, ["0", "1", "2"]);
  assertEquals(total, 7);
});

Deno.test("with a threshold, outputs are cut into classes", () => {
  const outputs = [-.1, .4, .5, .6, 1.2];
  const of = (threshold: number) => confusionMatrix([0, 0, 1, 1, 1], outputs, { threshold }).counts;
  assertEquals([of(.5), of(0)], [[[2, 0], [1, 2]], [[1, 1], [0, 3]]]);
  assertThrows(() => of(NaN), RangeError, "confusionMatrix: threshold must be a finite number");
  assertThrows(
    () => confusionMatrix([0, 1], [0, NaN], { threshold: 0 }),
    RangeError,
    "confusionMatrix: predicted[1] must be a finite number, got NaN",
  );
});

Deno.test("accuracy, precision and recall are those of scikit-learn", () => {
  const matrix = three();
  assertEquals(matrix.accuracy, 5 / 7);
  assertEquals(matrix.precision, [3 / 4, 2 / 3, NaN]);
  assertEquals(matrix.recall, [3 / 4, 1, 0]);
  assertEquals(confusionMatrix([0], [2]).recall, [0, NaN, NaN]);
});

Deno.test("a class without examples has a row and a column if it has a name or a greater one occurs", () => {
  assertEquals(confusionMatrix([0, 2], [0, 2]).counts.length, 3);
  const named = confusionMatrix([0], [0], { classNames: ["yes", "no"] });
  assertEquals(named.counts, [[1, 0], [0, 0]]);
});

Deno.test("the text names the most frequent mistake, and the table aligns all numbers", () => {
  assertEquals(
    String(confusionMatrix([0, 1, 1, 1], [0, 0, 0, 1])),
    "ConfusionMatrix(2 classes, 2 of 4 right: 50%; most often 1 taken for 0: 2 times)",
  );
  assertEquals(String(confusionMatrix([0], [0])), "ConfusionMatrix(1 class, 1 of 1 right: 100%)");
  assertEquals(three().table().toString().split("\n"), [
    "ConfusionMatrix(3 classes, 5 of 7 right: 71.4%; most often 0 taken for 1: 1 time)",
    "   actual  said 0  said 1  said 2  recall",
    "        0       3       1       0   0.750",
    "        1       0       2       0   1.000",
    "        2       1       0       0   0.000",
    "precision   0.750   0.667     NaN",
  ]);
});

Deno.test("confusionMatrix() refuses what are not classes or their names", () => {
  const refused: [number[], number[], string][] = [
    [[], [], "actual must have at least one element, got an empty array"],
    [[0], [], "predicted must have at least one element, got an empty array"],
    [[0, 1], [0], "actual and predicted must have the same length, got 2 and 1"],
    [[-1], [0], "actual[0] must be a whole number from 0 to 49, got -1"],
    [[0, 0], [0, .5], "predicted[1] must be a whole number from 0 to 49, got 0.5"],
    [[50], [0], "actual[0] must be a whole number from 0 to 49, got 50"],
    [[NaN], [0], "actual[0] must be a whole number from 0 to 49, got NaN"],
    [[0], untyped([, 1]), "predicted[0] must be a whole number from 0 to 49, got undefined"],
  ];
  for (const [actual, predicted, message] of refused) {
    assertThrows(
      () => confusionMatrix(actual, predicted),
      RangeError,
      `confusionMatrix: ${message}`,
    );
  }
  const named = (classNames: string[], label = 0) => confusionMatrix([label], [0], { classNames });
  assertThrows(
    () => named(["a", "b"], 2),
    RangeError,
    "actual[0] must be a whole number from 0 to 1",
  );
  assertThrows(() => named([]), RangeError, "classNames must have 1 to 50 elements, got 0");
  assertThrows(
    () => named(["a", "a"]),
    RangeError,
    'confusionMatrix: classNames[1] must differ from the others, got string "a"',
  );
  assertThrows(
    () => named(untyped([1])),
    TypeError,
    "confusionMatrix: classNames[0] must be a string, got number 1",
  );
  for (const [thing, name] of strangers) {
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => confusionMatrix(untyped<number[]>(thing), [0]),
      TypeError,
      `confusionMatrix: actual must be an array, got ${name}`,
    );
    if (thing === undefined) continue;
    assertThrows(
      () => named(untyped<string[]>(thing)),
      TypeError,
      `confusionMatrix: classNames must be an array, got ${name}`,
    );
  }
});

Deno.test("of many classes the first ones are drawn, and the picture says so", () => {
  const classes = Array.from({ length: 50 }, (_, i) => i);
  const { spec } = confusionMatrix(classes, classes).chart();
  assert(Number(spec.width) < 1200, `${spec.width} pixels`);
  assertEquals(
    (spec.title as { subtitle: string[] }).subtitle.at(-1),
    "the first 30 of 50 classes",
  );
  assert(JSON.stringify(spec).length < 200_000);
});
