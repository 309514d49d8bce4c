import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkNumber, checkSize } from "../check.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkRate, LRScheduler, startOf } from "./schedules.ts";

/**
 * Brings the learning rate along a straight line from one part of that at the
 * start to another, and leaves it there, as `torch.optim.lr_scheduler.LinearLR`
 * does: to warm up by default, or down to 0 with `startFactor` 1 and `endFactor` 0.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { LinearLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const schedule = new LinearLR(optimizer, { startFactor: 1, endFactor: 0, totalIters: 4 });
 * const rates = Array.from({ length: 5 }, () => {
 *   schedule.step();
 *   return optimizer.lr;
 * });
 * deepEqual(rates, [0.75, 0.5, 0.25, 0, 0]);
 * ```
 */
export class LinearLR extends LRScheduler {
  readonly #startFactor: number;
  readonly #endFactor: number;
  readonly #totalIters: number;

  /**
   * A schedule that starts from the optimizer's learning rate, times `startFactor`.
   *
   * @param options `startFactor`: above 0 and to 1, default 1/3; `endFactor`: from 0 to 1, default
   * 1; `totalIters`: after how many steps the end is reached, a whole number from 1, default 5.
   * @throws {TypeError} if `optimizer` is not an Optimizer.
   * @throws {RangeError} if an option is no such number.
   * @throws {RangeError} for an option of another name.
   */
  constructor(
    optimizer: Optimizer,
    options: { startFactor?: number; endFactor?: number; totalIters?: number } = {},
  ) {
    checkCount("LinearLR", arguments, 2);
    checkOptions<typeof options>("LinearLR", options, {
      startFactor: "number",
      endFactor: "number",
      totalIters: "number",
    });
    super(optimizer);
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
    checkNumber("LinearLR: startFactor", startFactor, " from 0 to 1");
    checkNumber("LinearLR: startFactor", startFactor, " above 0");
    checkNumber("LinearLR: endFactor", endFactor, " from 0 to 1");
    checkSize("LinearLR: totalIters", totalIters);
    this.#startFactor = startFactor;
    this.#endFactor = endFactor;
    this.#totalIters = totalIters;
    optimizer.lr = this.begin(startOf(optimizer), optimizer.lr);
  }

  /** @ignore */
  override begin(_start: number, lr: number): number {
    return lr * this.#startFactor;
  }

  /**
   * `lr`, brought on from the part of the last step to that after `t` steps.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("LinearLR.rate", arguments, 3);
    checkRate("LinearLR.rate", t, start, lr);
    return t > this.#totalIters ? lr : lr * this.#part(t) / this.#part(t - 1);
  }

  #part(t: number): number {
    return this.#startFactor + (this.#endFactor - this.#startFactor) * t / this.#totalIters;
  }
}
