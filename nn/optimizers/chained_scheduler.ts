import { checkCount } from "../../engine/internal.ts";
import { checkRate, checkSchedulers, LRScheduler } from "./schedules.ts";

/**
 * Several schedules at once, as `torch.optim.lr_scheduler.ChainedScheduler` has
 * them: in each step every one goes on from what the one before it has set.
 *
 * @category Optimizers
 *
 * @example Warming up while all fall
 * ```ts
 * import { ChainedScheduler, ExponentialLR, LinearLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const warmUp = new LinearLR(optimizer, { startFactor: 0.5, totalIters: 2 });
 * const schedule = new ChainedScheduler([warmUp, new ExponentialLR(optimizer, { gamma: 0.5 })]);
 * const rates = Array.from({ length: 4 }, () => {
 *   const { lr } = optimizer;
 *   schedule.step();
 *   return lr;
 * });
 * deepEqual(rates, [0.5, 0.375, 0.25, 0.125]);
 * ```
 */
export class ChainedScheduler extends LRScheduler {
  readonly #schedulers: readonly LRScheduler[];

  /**
   * A schedule that starts from the learning rate which they have set by being made.
   *
   * @param schedulers at least one, all of one optimizer. They are stepped by this one alone.
   * @throws {TypeError} if `schedulers` is not an array of schedules.
   * @throws {RangeError} if it is empty, or they are of several optimizers.
   */
  constructor(schedulers: readonly LRScheduler[]) {
    checkCount("ChainedScheduler", arguments, 1);
    checkSchedulers("ChainedScheduler: schedulers", schedulers);
    super(schedulers[0].optimizer);
    this.#schedulers = [...schedulers];
  }

  /**
   * What the last of them says of what the others say of `lr`.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("ChainedScheduler.rate", arguments, 3);
    checkRate("ChainedScheduler.rate", t, start, lr);
    return this.#schedulers.reduce((lr, schedule) => schedule.rate(t, start, lr), lr);
  }

  /** @ignore */
  override begin(start: number, lr: number): number {
    return this.#schedulers.reduce((lr, schedule) => schedule.begin(start, lr), lr);
  }
}
