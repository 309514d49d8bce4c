import { checkCount, checkOptions } from "../../engine/internal.ts";
import { checkArray, checkLength, checkWhole } from "../check.ts";
import type { Optimizer } from "./optimizer.ts";
import { checkRate, checkSchedulers, LRScheduler, startOf } from "./schedules.ts";

/**
 * Several schedules one after the other, as `torch.optim.lr_scheduler.SequentialLR`
 * has them: each begins from the learning rate of the start at its milestone.
 *
 * @category Optimizers
 *
 * @example Warming up, then falling to 0
 * ```ts
 * import { CosineAnnealingLR, LinearLR, SequentialLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const warmUp = new LinearLR(optimizer, { startFactor: 0.25, totalIters: 3 });
 * const fall = new CosineAnnealingLR(optimizer, { tMax: 2 });
 * const schedule = new SequentialLR(optimizer, { schedulers: [warmUp, fall], milestones: [3] });
 * const rates = Array.from({ length: 6 }, () => {
 *   const { lr } = optimizer;
 *   schedule.step();
 *   return Number(lr.toFixed(12));
 * });
 * deepEqual(rates, [0.25, 0.5, 0.75, 1, 0.5, 0]);
 * ```
 */
export class SequentialLR extends LRScheduler {
  readonly #schedulers: readonly LRScheduler[];
  readonly #milestones: readonly number[];

  /**
   * A schedule that starts as the first of them does. They are stepped by it alone.
   *
   * @param options `schedulers`: k ≥ 1 schedules of the optimizer; `milestones`: after how many
   * steps each but the first begins, k − 1 whole numbers from 1 that grow.
   * @throws {TypeError} if `optimizer` is not an Optimizer, `schedulers` not an array of schedules or
   * `milestones` not an array.
   * @throws {RangeError} if a schedule is one of another optimizer, or the milestones are not such.
   * @throws {RangeError} for an option of another name.
   */
  constructor(
    optimizer: Optimizer,
    options: { schedulers: readonly LRScheduler[]; milestones: readonly number[] },
  ) {
    checkCount("SequentialLR", arguments, 2);
    checkOptions<typeof options>("SequentialLR", options, {
      schedulers: "array",
      milestones: "array",
    });
    super(optimizer);
    const { schedulers, milestones } = options;
    checkSchedulers("SequentialLR: schedulers", schedulers, optimizer);
    checkArray("SequentialLR: milestones", milestones);
    checkLength("SequentialLR: milestones", milestones, schedulers.length - 1);
    milestones.forEach((milestone, i) => {
      checkWhole(`SequentialLR: milestones[${i}]`, milestone, i === 0 ? 1 : milestones[i - 1] + 1);
    });
    this.#schedulers = [...schedulers];
    this.#milestones = [...milestones];
    const start = startOf(optimizer);
    optimizer.lr = this.begin(start, start);
  }

  /**
   * What the schedule of step `t` says, which counts its steps from its milestone.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("SequentialLR.rate", arguments, 3);
    checkRate("SequentialLR.rate", t, start, lr);
    const next = this.#milestones.findIndex((milestone) => milestone > t);
    const k = next < 0 ? this.#milestones.length : next;
    const steps = k === 0 ? t : t - this.#milestones[k - 1];
    const schedule = this.#schedulers[k];
    return steps === 0 ? schedule.begin(start, start) : schedule.rate(steps, start, lr);
  }

  /** @ignore */
  override begin(start: number, lr: number): number {
    return this.#schedulers[0].begin(start, lr);
  }
}
