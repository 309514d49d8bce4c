/**
 * Powers of vectors.
 *
 * xʸ = e to the power of y·log x. The exponent may be as large as 745, and then
 * an error in its last digit would be one in the last ten digits of the result:
 * log x is needed with 65 binary digits, twelve more than a number has. It is
 * computed as a sum of two numbers, of which the first has only 26 digits, so
 * that products with it can be exact. The series is that of log, whose first
 * two terms are such sums. (The plan is that of fdlibm's e_pow.c, Sun
 * Microsystems, 1993, https://www.netlib.org/fdlibm/e_pow.c; the arithmetic
 * Dekker's, Numerische Mathematik 18, 1971.)
 *
 * @module
 */
import { firstDigits, instructions, polynomial, signBit } from "./instructions.ts";
import { expWithin, ln2 } from "./exponential.ts";
import type { Expr, Lanes } from "../code/lanes.ts";
import { splitExponent } from "./logarithm.ts";

// (3/2·log(m) / s − 3 − s²) / s⁴ as a polynomial in s² (Remez' algorithm).
const series = [
  0.600000000000034,
  0.42857142855144886,
  0.33333333780714003,
  0.2727267647559191,
  0.23080139564507837,
  0.19885141152625818,
  0.1979530735536495,
];

const twoThirds = { high: 0.6666666567325592, low: 9.934107462565104e-09 };

/** x to the power of y as in IEEE 754: also 1 for y = 0, for x = 1, and for −1 to the power of ±Infinity. */
export function pow(b: Lanes, x: Expr, y: Expr): Expr {
  const { add, sub, mul, abs, pmin, pmax, trunc } = instructions(b);
  const { lt, eq, ne, and, or, xor, andnot, bitselect } = instructions(b);
  const size = abs(x);
  const log = preciseLog(b, size);
  const ends = bitselect(b.literal(-Infinity), log.high, eq(size, 0));
  const logHigh = bitselect(ends, size, lt(size, Infinity));
  const yHigh = firstDigits(b, y);
  // With a factor of 26 digits and one of 27 the products are exact. Where the result overflows or
  // vanishes in any case they may be infinite, and the plain product decides.
  const rough = mul(y, logHigh);
  const isFinite = lt(abs(rough), 1000);
  const main = mul(yHigh, logHigh);
  const rest = add(mul(sub(y, yHigh), logHigh), mul(y, log.low));
  const exponent = add(main, rest);
  const low = and(add(sub(main, exponent), rest), isFinite);
  const limited = pmax(pmin(bitselect(exponent, rough, isFinite), 1000), -1000);
  const positive = expWithin(b, limited, low);

  // The sign of x stays for odd y, and other than whole powers of negative numbers are NaN: all bits 1.
  const isFraction = ne(trunc(y), y);
  const half = mul(y, 0.5);
  const isOdd = andnot(ne(trunc(half), half), isFraction);
  const signed = xor(positive, and(and(x, b.bits(signBit)), isOdd));
  const isImpossible = and(and(isFraction, lt(x, 0)), ne(size, Infinity));
  const isOne = or(or(eq(y, 0), eq(x, 1)), and(eq(x, -1), eq(abs(y), Infinity)));
  return bitselect(b.literal(1), or(signed, isImpossible), isOne);
}

/** log x as a sum of a number of 26 digits and a small one. */
function preciseLog(b: Lanes, x: Expr): { high: Expr; low: Expr } {
  const { add, sub, mul, div } = instructions(b);
  const { m, k } = splitExponent(b, x);

  // s = f / (m + 1) = sHigh + sLow, the second from the remainder of the division.
  const f = sub(m, 1);
  const inverse = div(1, add(m, 1));
  const s = mul(f, inverse);
  const sHigh = firstDigits(b, s);
  const dHigh = firstDigits(b, add(m, 1));
  const dLow = sub(m, sub(dHigh, 1));
  const sLow = mul(sub(sub(f, mul(sHigh, dHigh)), mul(sHigh, dLow)), inverse);

  // log m = ⅔·s·(3 + s² + …)
  const z = mul(s, s);
  const zHigh = mul(sHigh, sHigh);
  const more = add(
    mul(mul(z, z), polynomial(b, z, series)),
    mul(sLow, add(sHigh, add(sHigh, sLow))),
  );
  const factor = firstDigits(b, add(add(zHigh, more), 3));
  const factorLow = sub(more, sub(sub(factor, 3), zHigh));
  const u = mul(sHigh, factor);
  const v = add(mul(sLow, factor), mul(factorLow, add(sHigh, sLow)));
  const product = firstDigits(b, add(u, v));
  const productLow = sub(v, sub(product, u));
  const part = mul(product, twoThirds.high);
  const partLow = add(mul(product, twoThirds.low), mul(productLow, 2 / 3));

  const multiple = mul(k, ln2.high);
  const sum = add(multiple, part);
  const low = add(sub(part, sub(sum, multiple)), add(partLow, mul(k, ln2.low)));
  const high = firstDigits(b, add(sum, low));
  return { high, low: add(sub(sum, high), low) };
}
