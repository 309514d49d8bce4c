import { assert, assertEquals, assertThrows } from "../../support/assert.ts";
import { type ConfusionMatrix, confusionMatrix, display, RandomGenerator } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { hue } from "../../support/images.ts";

interface Cell {
  actual: string;
  predicted: string;
  count: number;
  share: string;
  fill: string;
}
interface Layer {
  data: { values: Cell[] };
}

const cells = (matrix: ConfusionMatrix) => (matrix.chart().spec.layer as Layer[])[0].data.values;

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
    "actual     said 0  said 1  said 2  recall",
    "0               3       1       0   0.750",
    "1               0       2       0   1.000",
    "2               1       0       0   0.000",
    "precision   0.750   0.667     NaN",
  ]);
});

Deno.test("a cell has its count: right ones blue, mistakes orange, none of them no colour", () => {
  const matrix = confusionMatrix([0, 0, 0, 0, 1, 1, 2, 2, 2], [0, 0, 0, 1, 1, 1, 0, 0, 2]);
  const drawn = cells(matrix);
  assertEquals(drawn.length, 9);
  for (const { actual, predicted, count, fill } of drawn) {
    assertEquals(count, matrix.counts[Number(actual)][Number(predicted)]);
    const expected = count === 0 ? "#7d859022" : actual === predicted ? "b" : "r";
    assertEquals(count === 0 ? fill : hue(fill), expected, `${actual}, ${predicted}`);
  }
  const fill = (i: number, j: number) => drawn[3 * i + j].fill;
  assertEquals(fill(0, 0), "#2f7fd8", "the most frequent is the fullest");
  assertEquals(fill(2, 0), "#e0663a");
  assert(fill(1, 1) > fill(0, 0) && fill(0, 1) > fill(2, 0), "fewer are paler");
  assertEquals(drawn[6].share, "66.7%");
});

Deno.test("a lone mistake among many right answers is pale", () => {
  const many = Array.from({ length: 100 }, () => 0);
  const [, mistake] = cells(confusionMatrix([...many, 0], [...many, 1]));
  assertEquals([mistake.count, hue(mistake.fill)], [1, "r"]);
  assert(mistake.fill > "#e8", mistake.fill);
});

Deno.test("a matrix shows itself with all counts, names, recalls and precisions", async () => {
  const matrix = confusionMatrix([0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 1, 1, 1], {
    classNames: ["cat & dog", "recall"],
  });
  const bundle = await matrix[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertEquals(bundle["text/plain"], matrix.table().toString());
  const svg = String(bundle["image/svg+xml"]);
  const place = (text: string) => {
    const all = [
      ...svg.matchAll(/transform="translate\(([\d.]+),([\d.]+)\)"[^>]*>([^<]*)<\/text>/g),
    ];
    return all.filter(([, , , words]) => words === text).map(([, x, y]) => [Number(x), Number(y)]);
  };
  for (const text of ["6 of 7 right: 85.7%", "cat &amp; dog", "recall", "it is", "66.7%", "80%"]) {
    assert(svg.includes(`>${text}<`), text);
  }
  // The mistake is in the upper row, right of the right answers; the others are below it.
  const [[[right, top]], [[wrong, alsoTop]], [[last, bottom]]] = ["2", "1", "4"].map(place);
  assert(right < wrong && wrong === last && top === alsoTop && top < bottom);
  assertEquals(await matrix[display](), bundle);
});

Deno.test("a matrix of ten classes takes less than 120 KB, chart and picture together", async () => {
  const generator = new RandomGenerator(1);
  const draw = () => Array.from({ length: 500 }, () => generator.integer(10));
  const bundle = await confusionMatrix(draw(), draw())[display]();
  const size = JSON.stringify(bundle).length;
  assert(size < 120_000, `${size}`);
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
