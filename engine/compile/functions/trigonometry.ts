/**
 * sin and cos of vectors.
 *
 * A quarter of a turn, π/2, exchanges sine and cosine up to their signs. So x is
 * split into n·π/2 + r with |r| ≤ π/4, where short polynomials are exact to the
 * last digit; the last two bits of n say which of the two is the result, and its
 * sign. What is left after the subtraction may be tiny, and must still have all
 * its digits: π/2 is the sum of four numbers, three of them so short that n
 * times them is exact (Cody and Waite, 1980), and r is a sum of two. The
 * polynomials and how r's second part enters them are fdlibm's (k_sin.c,
 * k_cos.c, https://www.netlib.org/fdlibm/).
 *
 * @module
 */
import { instructions, integerOffset, polynomial, signBit } from "./instructions.ts";
import type { Expr, Lanes } from "../code/lanes.ts";
import { Code } from "../code/code.ts";

/** 33 bits of π/2, twice the next 33, and the rest. */
const quarterTurn = [
  1.5707963267341256,
  6.077100506303966e-11,
  2.0222662487111665e-21,
  8.4784276603689e-32,
];

const sixth = 1.66666666666666324348e-01;
const sineSeries = [
  8.33333333332248946124e-03,
  -1.98412698298579493134e-04,
  2.75573137070700676789e-06,
  -2.50507602534068634195e-08,
  1.58969099521155010221e-10,
];
const cosineSeries = [
  4.16666666666666019037e-02,
  -1.38888888888741095749e-03,
  2.48015872894767294178e-05,
  -2.75573143513906633035e-07,
  2.08757232129817482790e-09,
  -1.13596475577881948265e-11,
];

/** From here on n has too many digits. */
const farAngle = 2 ** 20;

/** The sine of x, in radians: that of |x| with the sign of x, which keeps −0. */
export function sin(b: Lanes, x: Expr): Expr {
  const { abs, and, xor } = instructions(b);
  const size = abs(x);
  const result = b.call("sinUnlessFar", size, sineLater(b, size, 0));
  return xor(result, and(x, b.bits(signBit)));
}

/** The cosine of x, in radians, which is the sine a quarter of a turn later. */
export function cos(b: Lanes, x: Expr): Expr {
  const size = b.op("abs", x);
  return b.call("cosUnlessFar", size, sineLater(b, size, 1));
}

/** sin(x + quarters·π/2) for x from 0 to farAngle. */
function sineLater(b: Lanes, x: Expr, quarters: 0 | 1): Expr {
  const { add, sub, mul, addInteger } = instructions(b);
  const rounded = add(mul(x, 2 / Math.PI), integerOffset);
  const n = sub(rounded, integerOffset);
  const [p0, p1, p2, p3] = quarterTurn.map((part) => mul(n, part));
  const r0 = sub(x, p0);
  const r1 = sub(r0, p1);
  const r2 = sub(r1, p2);
  // What the two subtractions lost.
  const lost = add(sub(sub(r0, r1), p1), sub(sub(r1, r2), p2));
  const rest = sub(lost, p3);
  const high = add(r2, rest);
  const low = add(sub(r2, high), rest);
  const turned = quarters === 0 ? rounded : addInteger(rounded, b.bits(1n));
  return sineAfter(b, high, low, turned);
}

/** sin(n·π/2 + high + low), where the last two bits of `n` count. */
function sineAfter(b: Lanes, high: Expr, low: Expr, n: Expr): Expr {
  const { and, xor, bitselect, subInteger } = instructions(b);
  const isOdd = subInteger(b.bits(0n), and(n, b.bits(1n)));
  const flip = and(b.shift("shl", n, 62), b.bits(signBit));
  return xor(bitselect(cosine(b, high, low), sine(b, high, low), isOdd), flip);
}

/** sin(x + low) for |x| ≤ π/4. */
function sine(b: Lanes, x: Expr, low: Expr): Expr {
  const { add, sub, mul } = instructions(b);
  const z = mul(x, x);
  const cube = mul(z, x);
  const tail = mul(cube, polynomial(b, z, sineSeries));
  const rest = sub(mul(z, sub(tail, mul(low, 0.5))), sub(mul(cube, sixth), low));
  return add(x, rest);
}

/** cos(x + low) for |x| ≤ π/4. */
function cosine(b: Lanes, x: Expr, low: Expr): Expr {
  const { add, sub, mul } = instructions(b);
  const z = mul(x, x);
  const half = mul(z, 0.5);
  const high = sub(1, half);
  const tail = sub(mul(mul(z, z), polynomial(b, z, cosineSeries)), mul(x, low));
  return add(high, add(sub(sub(1, high), half), tail));
}

/**
 * The code of a function (x, near), which returns the second parameter, but Math's
 * result where x is far. Far angles are rare, so that they may take long.
 */
export function unlessFar(name: "sin" | "cos"): Code {
  const code = new Code({ parameters: ["v128", "v128"], results: ["v128"] });
  const [x, near, isFar] = [0, 1, code.local("v128")];
  code.literal(farAngle).get(x).lanes("le").tee(isFar);
  code.vector("v128.any_true").returnUnless(() => code.get(near));
  code.get(x).vector("f64x2.extract_lane", [0]).call(name).vector("f64x2.splat");
  code.get(x).vector("f64x2.extract_lane", [1]).call(name).vector("f64x2.replace_lane", [1]);
  code.get(near).get(isFar).lanes("bitselect");
  return code;
}
