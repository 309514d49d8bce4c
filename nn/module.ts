import type { Value } from "../engine/mod.ts";

/**
 * Something with parameters: what an optimizer needs to know of a model.
 *
 * @example
 * ```ts
 * import { Module, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Line extends Module {
 *   slope = new Value(2);
 *   forward(x: number): Value {
 *     return this.slope.mul(x);
 *   }
 *   parameters(): Value[] {
 *     return [this.slope];
 *   }
 * }
 * const line = new Line();
 * line.forward(3).backward();
 * deepEqual(line.slope.grad, 3);
 * line.zeroGrad();
 * deepEqual(line.slope.grad, 0);
 * ```
 */
export abstract class Module {
  /** All parameters, always in the same order. */
  abstract parameters(): Value[];

  /** Sets the gradient of every parameter to 0; call it before each `backward()`. */
  zeroGrad(): void {
    for (const p of this.parameters()) p.grad = 0;
  }
}
