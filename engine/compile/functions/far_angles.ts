/**
 * sin and cos of vectors whose angles are beyond a million.
 *
 * There the digits of x end above or just below the point, and π/2 is needed
 * with as many digits as x is long, up to 1200 binary ones. But of x·2/π only
 * the last two digits before the point count, and some after it. So whole turns
 * can be left out before anything is computed: for each x a window of the digits
 * of 2/π matters, those before it give multiples of 4 and those after it nothing
 * that would be seen. (Payne and Hanek, Radian reduction for trigonometric
 * functions, SIGNUM Newsletter 18, 1983.) Here the digits are in base 2²⁴, and x
 * is multiplied by the window as at school; all of it is exact.
 *
 * @module
 */
import { arithmetic, firstDigits, integerOffset } from "./terms.ts";
import type { Expr, Lanes } from "../code/lanes.ts";
import { sineAfter } from "./trigonometry.ts";

const base = 2 ** 24;

// 2/π = 0.a2f983… in base 16, so six of them are a digit; three zeros stand before the point.
const twoOverPi = "000000000000000000" +
  "a2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c" +
  "fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f" +
  "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08" +
  "56033046fc7b";
const digits = twoOverPi.match(/.{6}/g)!.map((digit) => parseInt(digit, 16));

/** π/2 as a sum of two numbers. */
const quarter = { high: 1.5707963267948966, low: 6.123233995736766e-17 };

/** sin(x + quarters·π/2) for x from farAngle on; `quarters` is an integer of 64 bits. */
export function sineFar(b: Lanes, x: Expr, quarters: Expr): Expr {
  const { add, sub, mul, floor, lt, and, or, subInteger, addInteger } = arithmetic(b);

  // x = scaled·2²⁴ᵠ, with an integer of four digits.
  const exponent = sub(or(b.shift("shr", x, 52), 2 ** 52), 2 ** 52 + 1023);
  const q = floor(mul(sub(exponent, 51.5), 1 / 24));
  const scaled = subInteger(x, b.shift("shl", add(mul(q, 24), integerOffset), 52));
  const xDigits: Expr[] = [];
  let rest = scaled;
  for (const place of [3, 2, 1]) {
    xDigits[place] = floor(mul(rest, base ** -place));
    rest = sub(rest, mul(xDigits[place], base ** place));
  }
  xDigits[0] = rest;

  // The places 0 to −6 of the product, from the right because of the carry. No x is so close to
  // a multiple of π/2 that the binary digits after the point begin with more than 62 zeros
  // (Muller, Elementary Functions, 2016, chapter 11), and 53 are needed after those.
  const window = selectDigits(b, add(q, 2));
  const places: Expr[] = [];
  let carry: Expr = b.literal(0);
  for (let place = 6; place >= 0; place--) {
    const products = xDigits.map((digit, i) => mul(digit, window[i + place]));
    const sum = products.reduce((x, y) => add(x, y), carry);
    carry = floor(mul(sum, 1 / base));
    places[place] = place === 0 ? sum : sub(sum, mul(carry, base));
  }

  // To the nearest quarter, from −½ to ½.
  const isUpper = lt(base / 2 - 1, places[1]);
  const n = add(add(places[0], and(isUpper, 1)), integerOffset);
  const value = (i: number) => mul(places[i], base ** -i);
  const first = sub(add(value(1), value(2)), and(isUpper, 1));
  const second = add(value(3), value(4));
  const [y, yLow] = sum(b, first, second, value(5));

  // Times π/2.
  const product = mul(y, quarter.high);
  const [p, t] = [firstDigits(b, y), firstDigits(b, b.literal(quarter.high))];
  const [pRest, tRest] = [sub(y, p), sub(quarter.high, t)];
  const error = add(
    add(add(sub(mul(p, t), product), mul(p, tRest)), mul(pRest, t)),
    mul(pRest, tRest),
  );
  const more = add(error, add(mul(y, quarter.low), mul(yLow, quarter.high)));
  const [high, low] = sum(b, product, more);
  const result = sineAfter(b, high, low, addInteger(n, quarters));
  // Infinity gives NaN.
  return add(result, sub(x, x));
}

/** x + y + … as a sum of two numbers, where each is at least as large as all after it, or x is 0. */
function sum(b: Lanes, x: Expr, y: Expr, ...more: Expr[]): [Expr, Expr] {
  const { add, sub } = arithmetic(b);
  const high = add(x, y);
  const low = more.reduce((low, z) => add(low, z), sub(y, sub(high, x)));
  return more.length === 0 ? [high, low] : sum(b, high, low);
}

/** Ten digits of 2/π from place `start` on, an integer from 0 to 42. */
function selectDigits(b: Lanes, start: Expr): Expr[] {
  const { sub, le, and, bitselect } = arithmetic(b);
  let known: Expr[] = digits.map((digit) => b.literal(digit));
  let left = start;
  for (const step of [32, 16, 8, 4, 2, 1]) {
    const isBeyond = le(step, left);
    left = sub(left, and(isBeyond, step));
    const count = Math.min(10 + step - 1, known.length);
    known = known.slice(0, count).map((digit, i) => {
      const later = known[i + step] ?? b.literal(0);
      return bitselect(later, digit, isBeyond);
    });
  }
  return known;
}
