import { assert, assertEquals, assertStrictEquals } from "../../../support/assert.ts";
import { type Expr, Lanes } from "../../../../engine/compile/code/lanes.ts";
import {
  firstDigits,
  instructions,
  integerOffset,
  polynomial,
} from "../../../../engine/compile/functions/instructions.ts";
import { evaluate } from "../../../support/kernels.ts";

/** An expression of one number. */
const valueOf = (x: number, make: (b: Lanes, x: Expr) => Expr) =>
  evaluate("f64", [x, x], [0, 0], (b, x) => [make(b, x)]).results[0][0];

Deno.test("instructions take numbers for vectors that have them in all lanes", () => {
  const b = new Lanes();
  const { add, mul } = instructions(b);
  const x = b.local(0);
  assertStrictEquals(add(x, 2), b.op("add", x, b.literal(2)));
  assertStrictEquals(mul(.5, add(x, 1)), b.op("mul", b.literal(.5), b.op("add", x, b.literal(1))));
});

Deno.test("a polynomial of any degree is the sum of its terms", () => {
  for (let n = 1; n <= 12; n++) {
    const coefficients = Array.from({ length: n }, (_, i) => (-1) ** i * (i + 1));
    const sum = coefficients.reduce((total, c, i) => total + c * 3 ** i, 0);
    assertEquals(valueOf(3, (b, x) => polynomial(b, x, coefficients)), sum);
  }
});

Deno.test("products of the first digits of two numbers are exact, and no digit before them is lost", () => {
  for (const x of [Math.PI, -1 / 3, 1e300 / 7, 2 ** -1000 / 3]) {
    const y = valueOf(x, (b, x) => firstDigits(b, x));
    assert(Math.abs(y - x) < 2 ** -25 * Math.abs(x) && Math.abs(y) <= Math.abs(x));
    const scaled = y / 2 ** Math.floor(Math.log2(Math.abs(y)));
    assert(Number.isInteger(scaled * 2 ** 25), `${y} has more than 26 digits`);
  }
});

Deno.test("the offset rounds a number to the nearest integer, in its lowest bits", () => {
  for (const [x, nearest] of [[0, 0], [2.4, 2], [2.6, 3], [-7.75, -8], [1e6 + .25, 1e6]]) {
    const y = valueOf(x, (b, x) => instructions(b).add(x, integerOffset));
    assertEquals(y - integerOffset, nearest);
    const bits = new BigInt64Array(Float64Array.of(y, integerOffset).buffer);
    assertEquals(Number(bits[0] - bits[1]), nearest);
  }
});
