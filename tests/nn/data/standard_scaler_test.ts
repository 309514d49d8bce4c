import { assert, assertEquals, assertStrictEquals, assertThrows } from "../../support/assert.ts";
import { Dataset, StandardScaler } from "../../../mod.ts";
import { untyped } from "../../support/helpers.ts";
import fixtures from "../../fixtures/sklearn_data.json" with { type: "json" };

Deno.test("means, deviations and the scaled data are scikit-learn's", () => {
  const { x, other, mean, scale, scaled, otherScaled } = fixtures.scaler;
  const scaler = new StandardScaler(x);
  const ours = [scaler.mean, scaler.scale, ...scaler.transform(x), ...scaler.transform(other)];
  const theirs = [mean, scale, ...scaled, ...otherScaled].flat();
  ours.flat().forEach((value, i) => {
    assert(Math.abs(value - theirs[i]) < 1e-13 * Math.max(1, Math.abs(theirs[i])), `${value}`);
  });
  assertEquals(scaler.scale[2], 1);
});

Deno.test("of a set, the labels, the name and the size of images stay", () => {
  const data = new Dataset([[1, 2], [3, 6]], [0, 1], { name: "pairs", imageSize: [2, 1] });
  const scaled = new StandardScaler(data.x).transform(data);
  assertEquals(scaled.x, [[-1, -1], [1, 1]]);
  assertEquals([scaled.name, scaled.y, scaled.imageSize], ["pairs", [0, 1], [2, 1]]);
  assertEquals(data.x, [[1, 2], [3, 6]]);
  assertEquals(`${new StandardScaler(data.x)}`, "StandardScaler(2 features)");
});

Deno.test("a feature that is always the same becomes 0, and nothing is divided by 0", () => {
  const scaler = new StandardScaler([[5, 1], [5, 3]]);
  assertEquals(scaler.transform([[5, 1], [7, 3]]), [[0, -1], [2, 1]]);
});

Deno.test("a scaler refuses rows that are none, and other numbers of features", () => {
  const scaler = new StandardScaler([[1, 2]]);
  assertThrows(() => new StandardScaler([]), RangeError, "StandardScaler: x must have at least");
  assertThrows(
    () => new StandardScaler([[1], [2, 3]]),
    RangeError,
    "StandardScaler: x[1] must have",
  );
  assertThrows(() => new StandardScaler([[NaN]]), RangeError, "x[0][0] must be a finite number");
  assertThrows(
    () => scaler.transform([[1, 2, 3]]),
    RangeError,
    "StandardScaler.transform: data[0] must have 2 elements, got 3",
  );
  assertThrows(
    () => scaler.transform(untyped<Dataset>(7)),
    TypeError,
    "data must be an array, got number 7",
  );
  assertStrictEquals(Object.isFrozen(scaler.mean), true);
});
