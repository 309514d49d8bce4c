/**
 * The plane through the parameters that a loss surface shows.
 *
 * @module
 */
import { describe } from "../../engine/internal.ts";
import { checkNumber } from "../check.ts";
import { type Direction, inner, principal, unit, without } from "./directions.ts";

/** The way relative to where it led, which is its last point. */
export function offsetsOf(
  path: readonly ArrayLike<number>[],
  center: readonly number[],
): Direction[] {
  if (!Array.isArray(path) || path.length < 2) {
    throw new RangeError(
      `lossSurface: path must be an array of at least two vectors, got ${describe(path)}`,
    );
  }
  const offsets = path.map((vector: ArrayLike<number>, k) => {
    const got = vector?.length ?? describe(vector);
    if (got !== center.length) {
      throw new RangeError(
        `lossSurface: path[${k}] must have ${center.length} numbers, got ${got}`,
      );
    }
    return center.map((c, i) => {
      checkNumber(`lossSurface: path[${k}][${i}]`, vector[i]);
      return vector[i] - c;
    });
  });
  if (offsets[offsets.length - 1].some((x) => x !== 0)) offsets.push(center.map(() => 0));
  return offsets;
}

/** The two directions in which the way spreads the most, of length 1 and at a right angle. */
export function planeOf(
  offsets: readonly Direction[],
  other: Direction,
): readonly [Direction, Direction] {
  const first = principal(offsets);
  if (first === null) {
    throw new RangeError(
      "lossSurface: path must lead somewhere, got the same parameters throughout",
    );
  }
  const rest = offsets.map((offset) => without(offset, first));
  const size = (vectors: readonly Direction[]) => vectors.reduce((sum, v) => sum + inner(v, v), 0);
  // A straight way has no second direction; then any other will do.
  const isStraight = size(rest) < 1e-18 * size(offsets);
  const second = isStraight ? unit(without(other, first)) : principal(rest);
  return [first, second && unit(without(second, first)) || first.map(() => 0)];
}

/** Two directions, of which the second lost its part along the first but not its length. */
export function orthogonal(first: Direction, second: Direction): readonly [Direction, Direction] {
  const along = unit(first);
  const rest = along && unit(without(second, along));
  const length = Math.sqrt(inner(second, second));
  return [first, rest ? rest.map((x) => x * length) : second.map(() => 0)];
}
