import { assert, assertEquals, assertStrictEquals } from "../../../support/assert.ts";
import { laneWorld } from "../../../../engine/compile/code/lane_arithmetic.ts";
import { type Expr, Lanes } from "../../../../engine/compile/code/lanes.ts";
import { numbers } from "../../../../engine/rules.ts";
import { evaluate } from "../../../support/kernels.ts";

const setUp = () => {
  const b = new Lanes();
  return { b, w: laneWorld(b), x: b.local(0) };
};

Deno.test("operations on fixed numbers are done at once", () => {
  const { b, w } = setUp();
  const [two, three] = [2, 3].map(w.lit);
  for (const op of ["add", "sub", "mul", "div"] as const) {
    assertStrictEquals(w[op](two, three), b.literal(numbers[op](2, 3)));
  }
  assertStrictEquals(w.neg(w.lit(0)), b.literal(-0));
  assertStrictEquals(w.order(two, three, () => w.lit(7), () => two, () => three), w.lit(7));
  assertStrictEquals(w.order(two, w.lit(NaN), () => two, () => two, () => two), b.literal(NaN));
});

Deno.test("products with 1 and −1 and powers with 1, 2, 3 and −1 are no products and no powers", () => {
  const { b, w, x } = setUp();
  assertStrictEquals(w.mul(w.lit(1), x), x);
  assertStrictEquals(w.mul(x, w.lit(-1)), b.op("neg", x));
  assertStrictEquals(w.pow(x, w.lit(1)), x);
  assertStrictEquals(w.pow(x, w.lit(2)), b.op("mul", x, x));
  assertStrictEquals(w.pow(x, w.lit(3)), b.op("mul", b.op("mul", x, x), x));
  assertStrictEquals(w.pow(x, w.lit(-1)), b.op("div", b.literal(1), x));
  assertEquals(w.pow(x, w.lit(.25)).callee, "pow");
});

Deno.test("a product with 0 stays a product, because 0 times infinity is NaN", () => {
  const { w, x } = setUp();
  assertEquals(w.mul(x, w.lit(0)).kind, "mul");
  assertEquals(w.add(x, w.lit(0)).kind, "add");
});

for (const type of ["f64", "f32"] as const) {
  Deno.test(`powers of ${type} with halves up to 3 are roots, within two spacings of Math's`, () => {
    const [least, most] = type === "f64" ? [5e-324, 1.7e308] : [1e-45, 3.4e38];
    const specials = [
      0,
      -0,
      1,
      -1,
      Infinity,
      -Infinity,
      NaN,
      least,
      -least,
      most,
      -most,
      least,
      most,
    ];
    const usual = Array.from({ length: 201 }, (_, i) => 10 ** ((i - 100) / 3) * (1 + i % 7));
    const round = type === "f64" ? (x: number) => x : Math.fround;
    const lanes = type === "f64" ? 2 : 4, precision = type === "f64" ? 2 ** -52 : 2 ** -23;
    const all = [...specials, ...usual].map(round);
    const exponents = [.5, -.5, 1.5, -1.5];
    for (let i = 0; i + lanes <= all.length; i += lanes) {
      const x = all.slice(i, i + lanes);
      const { results } = evaluate(type, x, x, (b, x) => {
        const w = laneWorld(b);
        return exponents.map((y) => w.pow(x, w.lit(y)));
      });
      exponents.forEach((y, k) =>
        x.forEach((one, lane) => {
          const right = round(Math.pow(one, y)), got = results[k][lane];
          const isClose = Math.abs(got - right) <= 2 * precision * Math.abs(right) + 2 * least;
          assert(Object.is(got, right) || isClose, `${one} ** ${y} is ${right}, got ${got}`);
        })
      );
    }
  });
}

const values = [-1.5, 0, -0, 2, Infinity, -Infinity, NaN];

for (const type of ["f64", "f32"] as const) {
  Deno.test(`a choice by the order of two vectors of ${type} is made in each lane, and is NaN without order`, () => {
    const choose = (b: Lanes, x: Expr, y: Expr) => {
      const w = laneWorld(b);
      return [
        w.order(x, y, () => w.lit(1), () => w.lit(2), () => w.lit(3)),
        w.order(x, w.lit(0), () => w.lit(0), () => w.lit(5), () => x),
        w.relu(x),
      ];
    };
    const lanes = type === "f64" ? 2 : 4;
    for (const y of values) {
      for (let i = 0; i + lanes <= values.length + 1; i += lanes) {
        const x = Array.from({ length: lanes }, (_, k) => values[(i + k) % values.length]);
        const { results } = evaluate(type, x, x.map(() => y), choose);
        const order = (a: number, b: number, [less, equal, greater]: number[]) =>
          numbers.order(a, b, () => less, () => equal, () => greater);
        assertEquals(results[0], x.map((a) => order(a, y, [1, 2, 3])));
        assertEquals(results[1], x.map((a) => order(a, 0, [0, 5, a])));
        assertEquals(results[2], x.map((a) => numbers.relu(a)));
      }
    }
    assert(values.some(Number.isNaN));
  });
}
