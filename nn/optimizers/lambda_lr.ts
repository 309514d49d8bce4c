import { checkCount } from "../../engine/internal.ts";
import { checkFunction, checkNumber } from "../check.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkRate, LRScheduler, startOf } from "./schedules.ts";

/**
 * Multiplies the learning rate at the start by a factor of your own, as
 * `torch.optim.lr_scheduler.LambdaLR` does: at once by `lrLambda(0)`, and after t
 * steps by `lrLambda(t)`.
 *
 * @category Optimizers
 *
 * @example Warming up, then falling with the root of time
 * ```ts
 * import { LambdaLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const schedule = new LambdaLR(optimizer, (t) => Math.min((t + 1) / 4, 2 / Math.sqrt(t + 1)));
 * const rates = Array.from({ length: 16 }, () => {
 *   const { lr } = optimizer;
 *   schedule.step();
 *   return lr;
 * });
 * deepEqual([rates[0], rates[1], rates[3], rates[15]], [0.25, 0.5, 1, 0.5]);
 * ```
 */
export class LambdaLR extends LRScheduler {
  readonly #factor: (t: number) => number;

  /**
   * A schedule that starts from the learning rate of before the optimizer's first schedule, times
   * `lrLambda(0)`.
   *
   * @param lrLambda the factor after t steps, from 0.
   * @throws {TypeError} if `optimizer` is not an Optimizer or `lrLambda` not a function.
   * @throws {RangeError} if `lrLambda` gives no finite number from 0.
   */
  constructor(optimizer: Optimizer, lrLambda: (t: number) => number) {
    checkCount("LambdaLR", arguments, 2);
    super(optimizer);
    checkFunction("LambdaLR: lrLambda", lrLambda);
    this.#factor = lrLambda;
    optimizer.lr = this.begin(startOf(optimizer), optimizer.lr);
  }

  /** @ignore */
  override begin(start: number, lr: number): number {
    return this.rate(0, start, lr);
  }

  /**
   * The rate after `t` steps: `start` times the factor.
   *
   * @throws {RangeError} if `t` is no whole number from 0, or a rate or the factor no finite one
   * from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("LambdaLR.rate", arguments, 3);
    checkRate("LambdaLR.rate", t, start, lr, 0);
    const factor = this.#factor(t);
    checkNumber(`LambdaLR: lrLambda(${t})`, factor, " from 0");
    return start * factor;
  }
}
