import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertStringIncludes,
  assertThrows,
} from "../../support/assert.ts";
import {
  lossSurface,
  type LossSurfaceOptions,
  MLP,
  type Module,
  RandomGenerator,
  type Value,
} from "../../../mod.ts";
import { inner } from "../../../nn/watch/directions.ts";
import { strangers, untyped } from "../../support/helpers.ts";
import { Bowl, surface, way } from "../../support/models.ts";

const known = (p: readonly number[]) => p.reduce((total, x, i) => total + (i + 1) * x * x, 1);

Deno.test("a surface's losses are those of the parameters at its places", () => {
  for (const options of [{}, { path: undefined }, { range: 2 }]) {
    const { as, bs, losses, directions: [u, v] } = surface(options);
    assertEquals([as.length, bs.length, losses.length, losses[0].length], [6, 6, 6, 6]);
    bs.forEach((b, j) =>
      as.forEach((a, i) => {
        const p = way[8].map((x, k) => x + a * u[k] + b * v[k]);
        assertAlmostEquals(losses[j][i], known(p), 1e-9);
      })
    );
  }
});

Deno.test("a path through more than two dimensions is projected, and the text says how much is seen", () => {
  const path = way.map((p, k) => p.with(0, k % 2 ? 1 : -1));
  const bowl = new Bowl(...path[8]);
  const shown = lossSurface(() => bowl.loss(), bowl, { path, n: 4 });
  assert(shown.explained > .5 && shown.explained < .999, `${shown.explained}`);
  assertStringIncludes(
    String(shown),
    `; the plane has ${Math.round(100 * shown.explained)}% of the path)`,
  );
});

Deno.test("the whole path lies on its surface, and where it led, too", () => {
  const bowl = new Bowl(.5, 0, 0, -2);
  const { path, as, bs } = lossSurface(() => bowl.loss(), bowl, { path: way, n: 5 });
  assertEquals(path.length, 10, "the present parameters are the end");
  assertEquals(path[9], { a: 0, b: 0 });
  for (const { a, b } of path) {
    assert(a > as[0] && a < as[4] && b > bs[0] && b < bs[4], `${a}, ${b}`);
  }
});

Deno.test("without a path, a seed decides on the directions, and the range is what was asked for", () => {
  const model = new MLP(2, [3, 1], { generator: new RandomGenerator(1) });
  const loss = () => model.forward([1, 2]).pow(2);
  const draw = (seed: number) =>
    lossSurface(loss, model, { n: 4, range: .5, generator: new RandomGenerator(seed) });
  const one = draw(1);
  assertEquals(draw(1), one);
  assert(draw(2).directions[0][0] !== one.directions[0][0]);
  assertEquals(one.as, [-.375, -.125, .125, .375]);
  assertEquals(one.path, []);
  assertStringIncludes(String(one), "random directions");
  assertAlmostEquals(inner(...one.directions), 0, 1e-12);
});

Deno.test("the parameters are put back exactly, also when the loss throws", () => {
  const data = [.1, 1 / 3, -1e-17, 7e9];
  const bowl = new Bowl(...data);
  bowl.p.forEach((p, i) => p.grad = i);
  const state = () => bowl.p.map(({ data, grad }) => [data, grad]);
  const before = state();
  lossSurface(() => bowl.loss(), bowl, { n: 5 });
  assertEquals(state(), before);
  let calls = 0;
  const failsLater = () => {
    if (++calls === 7) throw new URIError("on the seventh call");
    return bowl.loss();
  };
  assertThrows(() => lossSurface(failsLater, bowl, { n: 5 }), URIError);
  assertEquals(state(), before);
  assertThrows(() => lossSurface(() => untyped<Value>(1), bowl), TypeError);
  assertEquals(state(), before);
});

Deno.test("lossSurface() refuses settings, paths and results that do not fit", () => {
  const refused: [LossSurfaceOptions, string][] = [
    [{ n: 1 }, "n must be a whole number from 2 to 100, got 1"],
    [{ n: 101 }, "n must be a whole number from 2 to 100, got 101"],
    [{ n: 2.5 }, "n must be a whole number from 2 to 100, got 2.5"],
    [{ range: 0 }, "range must be a finite number above 0, got 0"],
    [{ range: NaN }, "range must be a finite number above 0, got NaN"],
    [{ range: untyped("1") }, 'range must be a finite number above 0, got string "1"'],
    [{ path: [way[0]] }, "path must be an array of at least two vectors, got an array of 1"],
    [{ path: untyped(3) }, "path must be an array of at least two vectors, got number 3"],
    [{ path: [way[0], [1, 2]] }, "path[1] must have 4 numbers, got 2"],
    [{ path: [way[0], untyped(null)] }, "path[1] must have 4 numbers, got null"],
    [{ path: [way[0], [1, NaN, 1, 1]] }, "path[1][1] must be a finite number, got NaN"],
    [{ path: [way[8], way[8]] }, "path must lead somewhere, got the same parameters throughout"],
  ];
  for (const [options, message] of refused) {
    assertThrows(() => surface(options), RangeError, `lossSurface: ${message}`);
  }
  const bowl = new Bowl(1, 2);
  for (const [thing, name] of strangers) {
    if (typeof thing !== "function") {
      assertThrows(
        () => lossSurface(untyped<() => Value>(thing), bowl),
        TypeError,
        `lossSurface: loss must be a function, got ${name}`,
      );
    }
    assertThrows(
      () => lossSurface(() => bowl.loss(), untyped<Module>(thing)),
      TypeError,
      `lossSurface: model must be a Module, got ${name}`,
    );
    assertThrows(
      () => lossSurface(() => untyped<Value>(thing), bowl),
      TypeError,
      `lossSurface: loss must return a Value, got ${name}`,
    );
  }
});
