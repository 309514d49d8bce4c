/**
 * eˣ − 1, sinh and cosh of vectors.
 *
 * Near 0 the exponential is 1 and a little, and taking the 1 away would leave
 * few digits of the rest. So eˣ − 1 = 2ᵏ·(p + (1 − 2⁻ᵏ)), where p = eʳ − 1 comes
 * from the polynomial of `exponential.ts` without the 1, and the rest is exact.
 *
 * @module
 */
import { instructions, polynomial, signBit } from "./instructions.ts";
import { ln2, nearestPower, nearZero } from "./exponential.ts";
import type { Expr, Lanes } from "../code/lanes.ts";

/** Below the first, eˣ − 1 is −1; beyond the second, it is infinite. */
const lowest = -40, highest = 711;

/** eˣ − 1. */
export function expm1(b: Lanes, x: Expr): Expr {
  const { mul, and, or } = instructions(b);
  const { sum, powers } = split(b, x);
  // −0 has lost its sign in the sums.
  return or(mul(mul(sum, powers[0]), powers[1]), and(x, b.bits(signBit)));
}

/** eˣ − 1 as a sum times two powers of 2, whose product alone may be too large for a number. */
function split(b: Lanes, x: Expr): { sum: Expr; powers: readonly Expr[] } {
  const { add, sub, mul, div, pmin, pmax } = instructions(b);
  const limited = pmax(pmin(x, highest), lowest);
  const { k, powers } = nearestPower(b, mul(limited, Math.LOG2E));
  const r = sub(sub(limited, mul(k, ln2.high)), mul(k, ln2.low));
  const p = add(r, mul(mul(r, r), polynomial(b, r, nearZero)));
  return { sum: add(p, sub(1, div(1, mul(powers[0], powers[1])))), powers };
}

/** (eˣ − 1) / 2 of |x|; up to the largest x whose sinh is finite. */
function halfOfSize(b: Lanes, x: Expr): Expr {
  const { mul, abs } = instructions(b);
  const { sum, powers } = split(b, abs(x));
  return mul(mul(mul(sum, .5), powers[0]), powers[1]);
}

/** sinh |x| = h + h / (2h + 1) with h = (eˣ − 1) / 2 for |x|. */
export function sinh(b: Lanes, x: Expr): Expr {
  const { add, div, abs, eq, lt, and, or, bitselect } = instructions(b);
  const h = halfOfSize(b, x);
  const y = add(h, div(h, add(add(h, h), 1)));
  const signed = or(bitselect(h, y, eq(add(h, h), Infinity)), and(x, b.bits(signBit)));
  // A tiny x is the result; half of the smallest would be 0.
  return bitselect(x, signed, lt(abs(x), 2 ** -28));
}

/** cosh x = h + 1 / (4h) with h = eˣ / 2 for |x|. */
export function cosh(b: Lanes, x: Expr): Expr {
  const { add, div } = instructions(b);
  const h = add(halfOfSize(b, x), .5);
  return add(h, div(.25, h));
}
