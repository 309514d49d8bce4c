/**
 * atan of vectors.
 *
 * A series is short near 0 only. As atan a − atan b = atan((a − b) / (1 + ab)),
 * a number around 1 becomes (x − 1) / (x + 1) and π/4, and a large one −1 / x and
 * π/2; what is left is at most tan(π/8).
 *
 * @module
 */
import { instructions, polynomial, signBit } from "./instructions.ts";
import type { Expr, Lanes } from "../code/lanes.ts";

// (atan(r) / r − 1) / r² as a polynomial in r², where |r| is at most tan(π/8) (Remez' algorithm).
const series = [
  -0.333333333333332,
  0.1999999999995408,
  -0.14285714280248324,
  0.11111110786127797,
  -0.09090897836141382,
  0.07692061631337604,
  -0.06663120315037908,
  0.05848008394407561,
  -0.05039843075852629,
  0.03807825715762623,
  -0.017922207527569047,
];

/** What π/4 has beyond a number; twice that is what π/2 has. */
const restOfQuarter = 3.061616997868383e-17;

const nearest = Math.SQRT2 - 1, farthest = Math.SQRT2 + 1;

/** The angle whose tangent is x, from −π/2 to π/2. */
export function atan(b: Lanes, x: Expr): Expr {
  const { add, sub, mul, div, abs, lt, and, or, bitselect } = instructions(b);
  const size = abs(x);
  const isAround = lt(nearest, size), isFar = lt(farthest, size);
  const choose = (near: Expr, around: Expr, far: Expr) =>
    bitselect(far, bitselect(around, near, isAround), isFar);
  const [zero, one, minusOne] = [0, 1, -1].map((c) => b.literal(c));
  const above = choose(size, sub(size, 1), minusOne);
  const below = choose(one, add(size, 1), size);
  const r = div(above, below);
  const z = mul(r, r);
  const tail = mul(mul(r, z), polynomial(b, z, series));
  const base = choose(zero, b.literal(Math.PI / 4), b.literal(Math.PI / 2));
  const rest = choose(zero, b.literal(restOfQuarter), b.literal(2 * restOfQuarter));
  return or(add(base, add(r, add(tail, rest))), and(x, b.bits(signBit)));
}
