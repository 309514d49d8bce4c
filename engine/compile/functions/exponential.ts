/**
 * exp, tanh and sigmoid of vectors.
 *
 * A series for eˣ needs few terms only where x is small. Doubling is free,
 * though: multiplying a floating-point number by 2ᵏ only changes its exponent.
 * So x is split into k·ln 2 + r with a whole number k and |r| ≤ ln 2 / 2, then
 * eˣ = 2ᵏ·eʳ, and a polynomial of degree 11 gives eʳ to the last digit. As ln 2
 * has no end, it is kept as a sum of two numbers; the first has so few digits
 * that k times it is exact (Cody and Waite, Software Manual for the Elementary
 * Functions, 1980; Muller, Elementary Functions, 2016, chapter 11).
 *
 * @module
 */
import { instructions, integerOffset, polynomial, signBit } from "./instructions.ts";
import type { Expr, Lanes } from "../code/lanes.ts";

/** The first 42 bits of ln 2, and the rest. */
export const ln2 = { high: 0.6931471805598903, low: 5.497923018708371e-14 };

// (eʳ − 1 − r) / r², so that the largest relative error of eʳ is smallest (Remez' algorithm).
export const nearZero = [
  0.5000000000000011,
  0.16666666666666413,
  0.041666666666530267,
  0.008333333333494317,
  0.0013888888943597503,
  0.00019841269506807904,
  2.4801493136316923e-05,
  2.755758624616524e-06,
  2.76302339040195e-07,
  2.5000077294932287e-08,
];

// The same for 0 ≤ r ≤ ln 2 and the relative error of eʳ − 1.
const aboveZero = [
  0.4999999999999951,
  0.16666666666701674,
  0.041666666658020796,
  0.008333333438652696,
  0.0013888881544871284,
  0.0001984158532205508,
  2.4792965546699763e-05,
  2.770721306999775e-06,
  2.5961526442100255e-07,
  3.4372956024614875e-08,
];

/** Beyond these, the results are 0 and Infinity. */
const lowest = -746, highest = 710;

/** eˣ. */
export function exp(b: Lanes, x: Expr): Expr {
  const { pmin, pmax } = instructions(b);
  return expWithin(b, pmax(pmin(x, highest), lowest));
}

/** e to the power of −|x|. */
export function expOfMinusAbs(b: Lanes, x: Expr): Expr {
  const { pmax, abs, neg } = instructions(b);
  return expWithin(b, pmax(neg(abs(x)), lowest));
}

/**
 * e to the power of x + low, for |x| ≤ 1400 and a `low` below the last digit of x.
 *
 * 2ᵏ may be too large or too small for a number although the result is not, so
 * it is multiplied in two halves.
 */
export function expWithin(b: Lanes, x: Expr, low?: Expr): Expr {
  const { add, sub, mul } = instructions(b);
  const { k, powers } = nearestPower(b, mul(x, Math.LOG2E));
  const high = sub(x, mul(k, ln2.high));
  const lowOfMultiple = mul(k, ln2.low);
  const rest = low ? sub(low, lowOfMultiple) : null;
  const r = rest ? add(high, rest) : sub(high, lowOfMultiple);
  const tail = mul(mul(r, r), polynomial(b, r, nearZero));
  // What r lost when it was rounded counts only where x has more digits than a number.
  const more = rest ? add(tail, add(sub(high, r), rest)) : tail;
  return mul(mul(add(add(r, more), 1), powers[0]), powers[1]);
}

/**
 * tanh x = (e²ˣ − 1) / (e²ˣ + 1). With e²ˣ = 2ᵏ·(1 + p) and both sides divided
 * by 2ᵏ that is (p + (1 − 2⁻ᵏ)) / (p + (1 + 2⁻ᵏ)), and as p comes from its own
 * polynomial instead of a subtraction, nothing cancels near 0. So that the
 * rounding of the quotient hardly counts, a number close to the result is
 * taken out of it: x for k = 0, and 1 − 2⁻ᵏ otherwise.
 */
export function tanh(b: Lanes, x: Expr): Expr {
  const { add, sub, mul, div, subInteger } = instructions(b);
  const { abs, pmin, floor, le, and, or, bitselect } = instructions(b);
  // From 20 on the result is 1.
  const size = pmin(abs(x), 20);
  const y = add(size, size);
  const k = floor(mul(y, Math.LOG2E));
  const r = sub(sub(y, mul(k, ln2.high)), mul(k, ln2.low));
  const tail = mul(mul(r, r), polynomial(b, r, aboveZero));
  const p = add(r, tail);
  const power = subInteger(1, b.shift("shl", add(k, integerOffset), 52));
  const isLarge = le(1, k);
  const close = sub(1, power);
  const remainder = bitselect(mul(power, sub(p, close)), sub(tail, mul(size, p)), isLarge);
  const result = add(bitselect(close, size, isLarge), div(remainder, add(p, add(1, power))));
  return or(result, and(x, b.bits(signBit)));
}

/**
 * 1 / (1 + eˣ) for −|x|, which is 2⁻ᵏ / (1 + 2⁻ᵏ + p) with e to the power of
 * |x| = 2ᵏ·(1 + p); for |x| it is 1 minus that.
 */
export function sigmoid(b: Lanes, x: Expr): Expr {
  const { add, sub, mul, div, abs, pmin, lt, bitselect } = instructions(b);
  const size = pmin(abs(x), -lowest);
  const { k, powers: [first, second] } = nearestPower(b, mul(size, -Math.LOG2E));
  const r = add(add(size, mul(k, ln2.high)), mul(k, ln2.low));
  const p = add(r, mul(mul(r, r), polynomial(b, r, nearZero)));
  const power = mul(first, second);
  const onePlus = add(1, power);
  // Of a small power nothing may be left in 1 + power.
  const lost = sub(power, sub(onePlus, 1));
  const small = mul(div(first, add(onePlus, add(p, lost))), second);
  return bitselect(small, sub(1, small), lt(x, 0));
}

/** The integer k nearest to x, and 2ᵏ as a product of two numbers. */
export function nearestPower(b: Lanes, x: Expr): { k: Expr; powers: readonly Expr[] } {
  const { add, sub, subInteger } = instructions(b);
  // Twice the bias of the exponent: half of this number is an exponent as it is stored.
  const offset = integerOffset + 2 * 1023;
  const sum = add(x, offset);
  const half = b.shift("shr", sum, 1);
  const powers = [half, subInteger(sum, half)].map((exponent) => b.shift("shl", exponent, 52));
  return { k: sub(sum, offset), powers };
}
