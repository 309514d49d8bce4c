/**
 * Short names for building expressions: `mul(x, add(x, 1))`, where plain
 * numbers stand for vectors with that number in all lanes.
 *
 * @module
 */
import { type Expr, type Instruction, instructionNames, type Lanes } from "../code/lanes.ts";

/** A vector, or the number that is in all its lanes. */
type Vector = Expr | number;

type Instructions = Readonly<Record<Instruction, (...operands: readonly Vector[]) => Expr>>;

/** The instructions as functions that build with `b`. */
export function instructions(b: Lanes): Instructions {
  const expression = (x: Vector) => typeof x === "number" ? b.literal(x) : x;
  const build = (name: Instruction) => (...operands: readonly Vector[]) =>
    b.op(name, ...operands.map(expression));
  return Object.fromEntries(instructionNames.map((name) => [name, build(name)])) as Instructions;
}

/**
 * c₀ + c₁x + c₂x² + … by Estrin's scheme: pairs c₀ + c₁x, c₂ + c₃x, … are the
 * coefficients of a polynomial in x² with half as many, and so on. Unlike in
 * Horner's rule the pairs don't wait for one another, so that the processor
 * works on several at a time.
 */
export function polynomial(b: Lanes, x: Expr, coefficients: readonly Vector[]): Expr {
  const { add, mul } = instructions(b);
  if (coefficients.length === 1) return add(coefficients[0], 0);
  const pairs: Vector[] = [];
  for (let i = 0; i < coefficients.length; i += 2) {
    const [c, d] = coefficients.slice(i, i + 2);
    pairs.push(d === undefined ? c : add(mul(x, d), c));
  }
  return pairs.length === 1 ? pairs[0] as Expr : polynomial(b, mul(x, x), pairs);
}

/** The bit that holds the sign of a number. */
export const signBit = 1n << 63n;

/**
 * A number so large that the doubles around it are the integers. Adding it
 * rounds a small number to an integer, which then stands in the lowest bits.
 */
export const integerOffset = 1.5 * 2 ** 52;

/**
 * The first 26 digits of a number in base 2. Products of two such numbers are
 * exact, and so is what is left after the subtraction (Dekker, A floating-point
 * technique for extending the available precision, Numerische Mathematik 18, 1971).
 */
export function firstDigits(b: Lanes, x: Expr): Expr {
  return b.op("and", x, b.bits(~0n << 27n));
}
