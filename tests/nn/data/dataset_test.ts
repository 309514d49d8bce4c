import { assert, assertEquals, assertNotEquals, assertThrows } from "../../support/assert.ts";
import { Dataset, makeMoons } from "../../../mod.ts";
import { strangers, untyped } from "../../support/helpers.ts";

const x = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]];
const y = [0, 2, 1, 0, 2];
const data = new Dataset(x, y, { name: "five" });

/** Things that are not arrays, and how an error message calls them. */
const noArrays = strangers.filter(([thing]) => !Array.isArray(thing));

Deno.test("rows and labels may be typed arrays, and are copied as numbers", () => {
  const row = Float32Array.of(.5, 1);
  const data = new Dataset([row, [2, 3]], Uint8Array.of(0, 1));
  row[0] = 9;
  assertEquals([data.x, data.y], [[[.5, 1], [2, 3]], [0, 1]]);
  assertThrows(
    () => new Dataset([Float64Array.of(NaN)], [0]),
    RangeError,
    "x[0][0] must be a finite",
  );
});

Deno.test("a data set knows its examples, labels and sizes", () => {
  assertEquals([data.x, data.y], [x, y]);
  assertEquals([data.length, data.features, data.classes], [5, 2, 3]);
  assertEquals([data.name, data.imageSize], ["five", null]);
  assertEquals(new Dataset([[1]], [0.5]).name, "");
  assertEquals(new Dataset([[1, 2, 3, 4, 5, 6]], [0], { imageSize: [3, 2] }).imageSize, [3, 2]);
});

Deno.test("a data set keeps its own copy, which nobody changes", () => {
  const [rows, labels, size] = [[[1, 2]], [1], [2, 1] as [number, number]];
  const copy = new Dataset(rows, labels, { imageSize: size });
  rows[0][0] = labels[0] = size[0] = 9;
  rows.push([3, 4]);
  assertEquals([copy.x, copy.y, copy.imageSize], [[[1, 2]], [1], [2, 1]]);
  assertThrows(() => untyped<number[][]>(copy.x)[0][0] = 9, TypeError);
  assertThrows(() => untyped<number[][]>(copy.x).push([1, 2]), TypeError);
  assertThrows(() => untyped<number[]>(copy.y)[0] = 9, TypeError);
  assertThrows(() => untyped<number[]>(copy.imageSize)[0] = 9, TypeError);
  assertEquals([copy.x, copy.y, copy.imageSize], [[[1, 2]], [1], [2, 1]]);
});

Deno.test("data and labels must be arrays", () => {
  for (const [thing, name] of noArrays) {
    const wrong = untyped<number[]>(thing);
    const rows = untyped<number[][]>(thing);
    assertThrows(() => new Dataset(rows, [1]), TypeError, "Dataset: x must be an array");
    assertThrows(() => new Dataset(rows, [1]), TypeError, `got ${name}`);
    assertThrows(() => new Dataset([[1], wrong], [1, 2]), TypeError, "Dataset: x[1] must be an ar");
    assertThrows(() => new Dataset([[1], wrong], [1, 2]), TypeError, `got ${name}`);
    assertThrows(
      () => new Dataset([[1]], wrong),
      TypeError,
      `Dataset: y must be an array, got ${name}`,
    );
  }
});

Deno.test("data must not be empty, and its rows equally long", () => {
  assertThrows(
    () => new Dataset([], []),
    RangeError,
    "Dataset: x must have at least one element, got an empty array",
  );
  assertThrows(
    () => new Dataset([[]], [1]),
    RangeError,
    "Dataset: x[0] must have at least one element, got an empty array",
  );
  assertThrows(
    () => new Dataset([[1, 2], [3]], [0, 1]),
    RangeError,
    "Dataset: x[1] must have 2 elements as the first row, got 1",
  );
  assertThrows(
    () => new Dataset(x, [1, 2]),
    RangeError,
    "Dataset: x and y must have the same length, got 5 and 2",
  );
});

Deno.test("all numbers must be finite, and the error says which is not", () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    assertThrows(
      () => new Dataset([...x.slice(0, 3), [4, bad]], y.slice(0, 4)),
      RangeError,
      `Dataset: x[3][1] must be a finite number, got ${bad}`,
    );
    assertThrows(
      () => new Dataset(x, [0, bad, 1, 0, 2]),
      RangeError,
      `Dataset: y[1] must be a finite number, got ${bad}`,
    );
  }
  for (const [thing, name] of strangers) {
    const wrong = untyped<number>(thing);
    assertThrows(
      () => new Dataset([[wrong]], [1]),
      RangeError,
      `Dataset: x[0][0] must be a finite number, got ${name}`,
    );
    // An array is a row of labels.
    if (Array.isArray(thing)) continue;
    assertThrows(
      () => new Dataset([[1]], [wrong]),
      RangeError,
      `Dataset: y[0] must be a finite number, got ${name}`,
    );
  }
  assertThrows(() => new Dataset([[1], new Array(1)], [0, 0]), RangeError, "x[1][0] must be");
  assertThrows(() => new Dataset([[1]], new Array(1)), RangeError, "y[0] must be");
});

Deno.test("a name must be a text", () => {
  assertThrows(
    () => new Dataset(x, y, { name: untyped(5) }),
    TypeError,
    "Dataset: name must be a string, got number 5",
  );
});

Deno.test("an image size must be two whole numbers and have a pixel for each feature", () => {
  for (const wrong of [2, null, [2], [1, 2, 1]]) {
    assertThrows(
      () => new Dataset(x, y, { imageSize: untyped(wrong) }),
      TypeError,
      "Dataset: imageSize must be [width, height], got ",
    );
  }
  assertThrows(
    () => new Dataset(x, y, { imageSize: [1, 2.5] }),
    RangeError,
    "Dataset: imageSize[1] must be a whole number from 1, got 2.5",
  );
  assertThrows(
    () => new Dataset([Array(251).fill(0)], [0], { imageSize: [251, 1] }),
    RangeError,
    "Dataset: imageSize[0] must be at most 250, got 251",
  );
  assertThrows(
    () => new Dataset(x, y, { imageSize: [2, 2] }),
    RangeError,
    "Dataset: imageSize must be of 2 pixels in all, got 2 × 2",
  );
});

Deno.test("labels that are no classes can be kept, but not counted", () => {
  for (const [labels, message] of [[[1, -1], "y[1] must be"], [[.5, 0], "y[0] must be"]] as const) {
    const regression = new Dataset([[1], [2]], labels);
    assertEquals(regression.y, labels);
    assertThrows(() => regression.classes, RangeError, `Dataset.classes: ${message} a whole numb`);
  }
});

Deno.test("a selection has the examples asked for, in the order asked for", () => {
  const some = data.select([3, 0, 3]);
  assertEquals([some.x, some.y, some.name], [[[6, 7], [0, 1], [6, 7]], [0, 0, 0], "five"]);
  const image = new Dataset(x, y, { imageSize: [1, 2] });
  assertEquals(image.select([1]).imageSize, [1, 2]);
  assertEquals(data.length, 5);
});

Deno.test("a selection takes places in the set only", () => {
  for (const [thing, name] of noArrays) {
    assertThrows(
      () => data.select(untyped(thing)),
      TypeError,
      `Dataset.select: indices must be an array, got ${name}`,
    );
  }
  assertThrows(() => data.select([]), RangeError, "must have at least one element");
  for (const bad of [5, -1, 1.5, NaN]) {
    assertThrows(
      () => data.select([0, bad]),
      RangeError,
      `Dataset.select: indices[1] must be a whole number from 0 to 4, got ${bad}`,
    );
  }
  assertThrows(() => data.select([untyped("1")]), RangeError, 'got string "1"');
});

Deno.test("a split has every example once, each with its label", () => {
  const whole = makeMoons({ samples: 23 });
  const { train, test } = whole.split(.25, 5);
  assertEquals([train.length, test.length], [17, 6]);
  assertEquals([train.name, test.name], ["moons (train)", "moons (test)"]);
  const examples = (set: Dataset) => set.x.map((row, i) => JSON.stringify([row, set.y[i]]));
  assertEquals([...examples(train), ...examples(test)].sort(), examples(whole).sort());
  assertNotEquals(examples(test), examples(whole).slice(0, 6), "it was not shuffled");
});

Deno.test("a split depends on its seed and on nothing else", () => {
  const whole = makeMoons({ samples: 50 });
  assertEquals(whole.split(.2, 1).test.x, whole.split(.2, 1).test.x);
  assertEquals(whole.split(.2).test.x, whole.split(.2, 0).test.x);
  assertNotEquals(whole.split(.2, 1).test.x, whole.split(.2, 2).test.x);
});

Deno.test("a split keeps the size of images and names what had no name", () => {
  const { train, test } = new Dataset(x, y, { imageSize: [2, 1] }).split(.5);
  assertEquals([train.imageSize, test.imageSize], [[2, 1], [2, 1]]);
  assertEquals([train.name, test.name], ["train", "test"]);
});

Deno.test("a split has something in both of its parts, or is refused", () => {
  assertEquals(data.split(1e-9).test.length, 1);
  assertEquals(data.split(.8).train.length, 1);
  assertThrows(
    () => data.split(.9),
    RangeError,
    "Dataset.split: testSize must leave an example to train with, got 0.9 of 5",
  );
  for (const bad of [0, 1, -.5, 2, NaN]) {
    assertThrows(
      () => data.split(bad),
      RangeError,
      `Dataset.split: testSize must be a finite number between 0 and 1, got ${bad}`,
    );
  }
  for (const bad of [-1, .5]) {
    assertThrows(() => data.split(.5, bad), RangeError, `seed must be a whole number from 0, got`);
  }
});

Deno.test("a data set's text says what there is", () => {
  const text = (x: number[][], y: number[], options = {}) => String(new Dataset(x, y, options));
  assertEquals(String(data), "Dataset(five: 5 examples of 2 features, labels 0 to 2)");
  assertEquals(text([[1]], [-1]), "Dataset(1 example of 1 feature, label -1)");
  assertEquals(text([[1], [2]], [1, -1]), "Dataset(2 examples of 1 feature, labels -1 and 1)");
  assertEquals(
    text([[1, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6]], [3, 3], { name: "a", imageSize: [3, 2] }),
    "Dataset(a: 2 examples of 3 × 2 pixels, label 3)",
  );
  assertEquals(Deno.inspect([data]), `[ ${data} ]`);
});

Deno.test("a large data set is checked without deep recursion", () => {
  const n = 200_000;
  const large = new Dataset(
    Array.from({ length: n }, (_, i) => [i]),
    Array.from({ length: n }, (_, i) => i % 7),
  );
  assert(large.classes === 7 && String(large).includes("200000 examples"));
});

Deno.test("labels may be rows, which are copied, frozen, selected and split with their examples", () => {
  const targets = [[0, 1], [2, 3], [4, 5], [6, 7], [8, 9]];
  const own = targets.map((row) => [...row]);
  const data = new Dataset(x, own, { name: "twice" });
  own[0][0] = 99;
  assertEquals(data.y, targets);
  assertThrows(() => untyped<number[][]>(data.y)[0][0] = 9, TypeError);
  assertEquals(data.select([3, 1]).y, [[6, 7], [2, 3]]);
  const { train, test } = data.split(.4, 3);
  assertEquals([...train.y, ...test.y].length, 5);
  for (const part of [train, test]) assertEquals(part.y, part.x);
  assertEquals(String(data), "Dataset(twice: 5 examples of 2 features, targets of 2 numbers)");
  assertEquals(
    String(new Dataset([[1]], [[2]])),
    "Dataset(1 example of 1 feature, targets of 1 number)",
  );
  assertThrows(
    () => data.classes,
    RangeError,
    "Dataset.classes: y[0] must be a whole number from 0, got an array of 2",
  );
});

Deno.test("rows of labels must be of one length, of finite numbers, and of one kind", () => {
  const attempt = (y: unknown) => () => new Dataset([[1], [2]], untyped<number[][]>(y));
  assertThrows(attempt([[1, 2], [3]]), RangeError, "Dataset: y[1] must have 2 elements");
  assertThrows(attempt([[1], [NaN]]), RangeError, "Dataset: y[1][0] must be a finite number");
  assertThrows(attempt([[1], 2]), TypeError, "Dataset: y[1] must be an array, got number 2");
  assertThrows(
    attempt([1, [2]]),
    RangeError,
    "Dataset: y[1] must be a finite number, got an array",
  );
  assertThrows(attempt([[], []]), RangeError, "Dataset: y[0] must have at least one element");
});
