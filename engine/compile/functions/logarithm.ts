/**
 * log, log1p and softplus of vectors.
 *
 * A floating-point number is m·2ᵏ, and so its logarithm is k·ln 2 + log m: only
 * numbers m near 1 are left. With s = (m − 1) / (m + 1), which is small for
 * them, log m = log((1 + s) / (1 − s)) = 2(s + s³/3 + s⁵/5 + …). This converges
 * fast, and needs only every second power. How the terms are arranged, so that
 * the rounding of s hardly counts, is from fdlibm's e_log.c (Sun Microsystems,
 * 1993, https://www.netlib.org/fdlibm/e_log.c).
 *
 * @module
 */
import { instructions, polynomial } from "./instructions.ts";
import { expOfMinusAbs, ln2 } from "./exponential.ts";
import type { Expr, Lanes } from "../code/lanes.ts";

// (log(m) / s − 2) / s² as a polynomial in s², where |m − 1| is at most √2 − 1 (Remez' algorithm).
const series = [
  0.6666666666666735,
  0.3999999999941313,
  0.2857142874276627,
  0.22222198531111934,
  0.18183566670478077,
  0.15313986732853097,
  0.14796625005549693,
];

const bits52 = (1n << 52n) - 1n;
const bitsOf = (x: number) => new BigInt64Array(new Float64Array([x]).buffer)[0];
const rootHalf = bitsOf(Math.SQRT1_2);

/** x > 0 as m·2ᵏ with m between √½ and √2. */
export function splitExponent(b: Lanes, x: Expr): { m: Expr; k: Expr } {
  const { add, sub, mul, and, or, lt, bitselect, addInteger } = instructions(b);
  const isSubnormal = lt(x, 2 ** -1022);
  const normal = bitselect(mul(x, 2 ** 54), x, isSubnormal);
  // Moved up so that the exponent changes at √½ instead of at 1.
  const moved = addInteger(normal, b.bits(bitsOf(1) - rootHalf));
  const m = addInteger(and(moved, b.bits(bits52)), b.bits(rootHalf));
  // An integer in the low bits of 2⁵² makes 2⁵² and that integer.
  const biased = sub(or(b.shift("shr", moved, 52), 2 ** 52), 2 ** 52 + 1023);
  return { m, k: add(biased, and(isSubnormal, -54)) };
}

/** k·ln 2 + log(1 + f), for f between √½ − 1 and √2 − 1. */
function logOfSplit(b: Lanes, f: Expr, k: Expr): Expr {
  const { add, sub, mul, div } = instructions(b);
  const s = div(f, add(f, 2));
  const z = mul(s, s);
  const r = mul(z, polynomial(b, z, series));
  const square = mul(mul(f, 0.5), f);
  const correction = add(mul(s, add(square, r)), mul(k, ln2.low));
  return sub(mul(k, ln2.high), sub(sub(square, correction), f));
}

/** The natural logarithm of x. */
export function log(b: Lanes, x: Expr): Expr {
  const { m, k } = splitExponent(b, x);
  return withEnds(b, x, logOfSplit(b, b.op("sub", m, b.literal(1)), k));
}

/** A logarithm `y` of x, which is not right where x is 0, infinite, negative or NaN. */
function withEnds(b: Lanes, x: Expr, y: Expr): Expr {
  const { eq, ge, or, not, bitselect } = instructions(b);
  const finite = bitselect(x, y, eq(x, Infinity));
  const aboveZero = bitselect(b.literal(-Infinity), finite, eq(x, 0));
  // All bits 1 make a NaN.
  return or(aboveZero, not(ge(x, 0)));
}

/**
 * log(1 + x). Near 0 x goes into the series as it is. Elsewhere what is lost of
 * x in the sum u = 1 + x is brought back: log(u + lost) is log u + lost / u.
 */
export function log1p(b: Lanes, x: Expr): Expr {
  const { add, sub, div, abs, lt, eq, andnot, bitselect } = instructions(b);
  const u = add(x, 1);
  const { m, k } = splitExponent(b, u);
  const isNear = eq(k, 0);
  const lost = bitselect(sub(1, sub(u, x)), sub(x, sub(u, 1)), lt(1, x));
  const y = logOfSplit(b, bitselect(x, sub(m, 1), isNear), k);
  const all = add(y, andnot(div(lost, u), isNear));
  // A tiny x is the result, −0 among them.
  return bitselect(x, withEnds(b, u, all), lt(abs(x), 2 ** -54));
}

/**
 * log(1 + eˣ) = max(x, 0) + log(1 + e), where e = e to the power of −|x| cannot
 * overflow. Adding 1 to a small e would lose its digits; f = e goes into the
 * series as it is, and from √2 − 1 on f = (1 + e) / 2 − 1.
 */
export function softplus(b: Lanes, x: Expr): Expr {
  const { add, sub, mul, lt, and, pmax, bitselect } = instructions(b);
  const e = expOfMinusAbs(b, x);
  const isLarge = lt(Math.SQRT2 - 1, e);
  const f = bitselect(mul(sub(e, 1), 0.5), e, isLarge);
  return add(pmax(x, 0), logOfSplit(b, f, and(isLarge, 1)));
}
