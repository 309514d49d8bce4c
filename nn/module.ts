import { checkCount } from "../engine/internal.ts";
import type { Value } from "../engine/mod.ts";
import { checkBoolean } from "./check.ts";

/**
 * Something with parameters: what an optimizer needs to know of a model.
 *
 * A module is in training mode at first. Only what is random in a training
 * heeds the mode: the dropout of an {@link MLP}.
 *
 * @category Networks
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

  /** Whether the module is being trained, and so drops outputs if it has dropout. */
  training = true;

  /**
   * Turns training mode on, or with `false` off, here and in the modules that
   * are fields of this one or stand in lists there.
   *
   * @throws {TypeError} if `mode` is not a boolean.
   */
  train(mode = true): this {
    checkCount("Module.train", arguments, 1);
    checkBoolean("train: mode", mode);
    this.training = mode;
    for (const part of Object.values(this).flat()) if (part instanceof Module) part.train(mode);
    return this;
  }

  /** Turns training mode off, so that `forward` answers the same to the same input. */
  eval(): this {
    checkCount("Module.eval", arguments, 0);
    return this.train(false);
  }

  /** Sets the gradient of every parameter to 0; call it before each `backward()`. */
  zeroGrad(): void {
    checkCount("Module.zeroGrad", arguments, 0);
    for (const p of this.parameters()) p.grad = 0;
  }
}
