/**
 * The error function of vectors, as `engine/erf.ts` has it of numbers.
 *
 * @module
 */
import { beyondOne, farthest, nearZero } from "../../erf.ts";
import { instructions, polynomial, signBit } from "./instructions.ts";
import { expWithin } from "./exponential.ts";
import type { Expr, Lanes } from "../code/lanes.ts";

/** 2/√π · ∫₀ˣ exp(−t²) dt. */
export function erf(b: Lanes, x: Expr): Expr {
  const { add, sub, mul, div, neg, abs, pmin, lt, and, or, bitselect } = instructions(b);
  const size = pmin(abs(x), farthest);
  const square = mul(size, size);
  const near = add(size, mul(size, polynomial(b, square, nearZero)));
  const t = div(sub(size, 2), add(size, 2));
  const far = sub(1, mul(expWithin(b, neg(square)), polynomial(b, t, beyondOne)));
  return or(bitselect(near, far, lt(size, 1)), and(x, b.bits(signBit)));
}
