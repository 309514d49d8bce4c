/**
 * Checks of arguments that the layers share.
 *
 * @module
 */
import { describe, type Operand, RandomGenerator, Value } from "../engine/mod.ts";
import { describeNumber } from "../engine/describe.ts";

/** Throws unless `x` is a whole number from 1. */
export function checkSize(name: string, x: number): void {
  if (Number.isSafeInteger(x) && x >= 1) return;
  throw new RangeError(`${name} must be a whole number from 1, got ${describeNumber(x)}`);
}

/** Throws unless `x` is a list of `nin` Values and numbers. */
export function checkInput(name: string, x: readonly Operand[], nin: number): void {
  if (!Array.isArray(x)) throw new TypeError(`${name}: x must be an array, got ${describe(x)}`);
  if (x.length !== nin) {
    throw new RangeError(`${name}: x must have ${nin} elements, got ${x.length}`);
  }
  for (let i = 0; i < nin; i++) {
    if (typeof x[i] === "number" || x[i] instanceof Value) continue;
    throw new TypeError(`${name}: x[${i}] must be a Value or a number, got ${describe(x[i])}`);
  }
}

/** Throws unless `x` is true or false. */
export function checkBoolean(name: string, x: boolean): void {
  if (typeof x === "boolean") return;
  throw new TypeError(`${name} must be a boolean, got ${describe(x)}`);
}

/** Throws unless `x` is a random generator. */
export function checkGenerator(name: string, x: RandomGenerator): void {
  if (x instanceof RandomGenerator) return;
  throw new TypeError(`${name} must be a RandomGenerator, got ${describe(x)}`);
}
