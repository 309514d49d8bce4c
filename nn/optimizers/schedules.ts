/**
 * Schedules: how the learning rate of an optimizer changes in the course of a
 * training. Each starts from the rate that it finds, as in PyTorch, so that
 * several may be stepped one after the other, and a rate set by hand counts.
 *
 * @module
 */
import { checkCount, checkOptions, describe } from "../../engine/internal.ts";
import {
  checkEach,
  checkInstance,
  checkNumber,
  checkObject,
  checkSize,
  checkWhole,
} from "../check.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * How far an {@link LRScheduler} is.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { ExponentialLR, type SchedulerState, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const schedule = new ExponentialLR(new SGD([new Value(1)], { lr: 1 }), { gamma: 0.5 });
 * schedule.step();
 * const state: SchedulerState = schedule.stateDict();
 * deepEqual(state, { scheduler: "ExponentialLR", steps: 1, start: 1, lr: 0.5 });
 * ```
 */
export interface SchedulerState {
  /** The name of its class. */
  readonly scheduler: string;
  /** How many steps it has taken. */
  readonly steps: number;
  /** The learning rate when the optimizer got its first schedule. */
  readonly start: number;
  /** The learning rate now. */
  readonly lr: number;
}

/**
 * What changes the learning rate of an optimizer; call `step()` after that of the optimizer.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { LRScheduler, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Linear extends LRScheduler {
 *   override rate(t: number, start: number): number {
 *     return start * Math.max(0, 1 - t / 4);
 *   }
 * }
 * const optimizer = new SGD([new Value(1)], { lr: 2 });
 * const schedule = new Linear(optimizer);
 * schedule.step();
 * deepEqual([optimizer.lr, schedule.rate(3, 2)], [1.5, 0.5]);
 * ```
 */
export abstract class LRScheduler {
  /** What the schedule is for. */
  readonly optimizer: Optimizer;
  #steps = 0;

  /**
   * A schedule that starts from the optimizer's learning rate.
   *
   * @throws {TypeError} if `optimizer` is not an Optimizer.
   */
  constructor(optimizer: Optimizer) {
    checkCount(new.target.name, arguments, 1);
    checkInstance(`${new.target.name}: optimizer`, optimizer, Optimizer, "an Optimizer");
    this.optimizer = optimizer;
    if (!starts.has(optimizer)) starts.set(optimizer, optimizer.lr);
  }

  /**
   * Sets the optimizer's learning rate to the next one of the schedule.
   *
   * @throws {RangeError} if `rate` gives no finite number from 0.
   */
  step(): void {
    checkCount(`${this.constructor.name}.step`, arguments, 0);
    const { optimizer } = this;
    optimizer.lr = this.rate(this.#steps + 1, startOf(optimizer), optimizer.lr);
    this.#steps++;
  }

  /**
   * How far the schedule is, as plain numbers. Its settings are not among them, and stay what it
   * was made with.
   */
  stateDict(): SchedulerState {
    const { constructor: { name }, optimizer } = this;
    checkCount(`${name}.stateDict`, arguments, 0);
    return { scheduler: name, steps: this.#steps, start: startOf(optimizer), lr: optimizer.lr };
  }

  /**
   * Goes on from where another schedule was, and gives its optimizer the learning rate of then.
   *
   * @param state what its `stateDict()` returned.
   * @throws {TypeError} if something in `state` is of the wrong kind.
   * @throws {RangeError} if it is of another class, or a number is none. Nothing is changed then.
   *
   * @example
   * ```ts
   * import { LinearLR, SGD, Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const make = () => new LinearLR(new SGD([new Value(1)], { lr: 1 }), { totalIters: 10 });
   * const [schedule, other] = [make(), make()];
   * schedule.step();
   * other.loadStateDict(schedule.stateDict());
   * for (const each of [schedule, other]) each.step();
   * deepEqual(other.optimizer.lr, schedule.optimizer.lr);
   * ```
   */
  loadStateDict(state: SchedulerState): void {
    const { constructor: { name }, optimizer } = this;
    checkCount(`${name}.loadStateDict`, arguments, 1);
    const where = `${name}.loadStateDict: state`;
    checkObject(where, state);
    if (state.scheduler !== name) {
      throw new RangeError(
        `${where}.scheduler must be "${name}", got ${describe(state.scheduler)}`,
      );
    }
    checkWhole(`${where}.steps`, state.steps, 0);
    checkNumber(`${where}.start`, state.start, " from 0");
    checkNumber(`${where}.lr`, state.lr, " from 0");
    this.#steps = state.steps;
    starts.set(optimizer, state.start);
    optimizer.lr = state.lr;
  }

  /**
   * The learning rate after `t` steps. One that is made of `lr` can be combined
   * with other schedules; one that is made of `start` alone has the last word.
   *
   * @param t a whole number of steps, from 1.
   * @param start the rate when the optimizer got its first schedule, from 0.
   * @param lr the rate before the step, from 0.
   */
  abstract rate(t: number, start: number, lr: number): number;

  /** @ignore what the schedule makes of a rate when it begins, before its first step */
  begin(_start: number, lr: number): number {
    return lr;
  }
}

/** Throws unless these are schedules of one optimizer: of that one, or of the first. */
export function checkSchedulers(
  name: string,
  schedulers: unknown,
  optimizer?: Optimizer,
): asserts schedulers is readonly LRScheduler[] {
  let expected = optimizer;
  checkEach<LRScheduler>(name, schedulers, (name, schedule) => {
    checkInstance(name, schedule, LRScheduler, "an LRScheduler");
    expected ??= schedule.optimizer;
    if (schedule.optimizer === expected) return;
    throw new RangeError(
      `${name} must be one of the same optimizer, got one of another ${schedule.optimizer}`,
    );
  });
}

/** Throws unless these are the arguments of a `rate`. */
export function checkRate(name: string, t: number, start: number, lr: number, least = 1): void {
  checkWhole(`${name}: t`, t, least);
  checkNumber(`${name}: start`, start, " from 0");
  checkNumber(`${name}: lr`, lr, " from 0");
}

/** The rate of each optimizer when it got its first schedule; PyTorch's `initial_lr`. */
const starts = new WeakMap<Optimizer, number>();

/** The rate of an optimizer when it got its first schedule; without one, what it is. */
export function startOf(optimizer: Optimizer): number {
  return starts.get(optimizer) ?? optimizer.lr;
}

/**
 * Multiplies the learning rate by `gamma` once in `stepSize` steps, as
 * `torch.optim.lr_scheduler.StepLR` does.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { SGD, StepLR, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const schedule = new StepLR(optimizer, { stepSize: 2, gamma: 0.5 });
 * const rates = Array.from({ length: 5 }, () => {
 *   schedule.step();
 *   return optimizer.lr;
 * });
 * deepEqual(rates, [1, 0.5, 0.5, 0.25, 0.25]);
 * ```
 */
export class StepLR extends LRScheduler {
  readonly #stepSize: number;
  readonly #gamma: number;

  /**
   * A schedule that starts from the optimizer's learning rate.
   *
   * @param options `stepSize`: a whole number from 1; `gamma`: above 0, default 0.1.
   * @throws {TypeError} if `optimizer` is not an Optimizer.
   * @throws {RangeError} if an option is no such number.
   * @throws {RangeError} for an option of another name.
   */
  constructor(optimizer: Optimizer, options: { stepSize: number; gamma?: number }) {
    checkCount("StepLR", arguments, 2);
    checkOptions<typeof options>("StepLR", options, { stepSize: "number", gamma: "number" });
    super(optimizer);
    const { stepSize, gamma = 0.1 } = options;
    checkSize("StepLR: stepSize", stepSize);
    checkNumber("StepLR: gamma", gamma, " above 0");
    this.#stepSize = stepSize;
    this.#gamma = gamma;
  }

  /**
   * `lr`, times `gamma` if `t` is a multiple of `stepSize`.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("StepLR.rate", arguments, 3);
    checkRate("StepLR.rate", t, start, lr);
    return t % this.#stepSize === 0 ? lr * this.#gamma : lr;
  }
}

/**
 * Multiplies the learning rate by `gamma` in every step, as
 * `torch.optim.lr_scheduler.ExponentialLR` does.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { ExponentialLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const schedule = new ExponentialLR(optimizer, { gamma: 0.5 });
 * schedule.step();
 * schedule.step();
 * deepEqual(optimizer.lr, 0.25);
 * ```
 */
export class ExponentialLR extends LRScheduler {
  readonly #gamma: number;

  /**
   * A schedule that starts from the optimizer's learning rate.
   *
   * @param options `gamma`: above 0.
   * @throws {TypeError} if `optimizer` is not an Optimizer.
   * @throws {RangeError} if `gamma` is no such number.
   * @throws {RangeError} for an option of another name.
   */
  constructor(optimizer: Optimizer, options: { gamma: number }) {
    checkCount("ExponentialLR", arguments, 2);
    checkOptions<typeof options>("ExponentialLR", options, { gamma: "number" });
    super(optimizer);
    checkNumber("ExponentialLR: gamma", options.gamma, " above 0");
    this.#gamma = options.gamma;
  }

  /**
   * `lr` times `gamma`.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("ExponentialLR.rate", arguments, 3);
    checkRate("ExponentialLR.rate", t, start, lr);
    return lr * this.#gamma;
  }
}

/**
 * Lowers the learning rate to `etaMin` in `tMax` steps, along half a wave of the
 * cosine; further steps follow the wave, up again and down.
 *
 * Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts"
 * (2017), without the restarts.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { CosineAnnealingLR, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const optimizer = new SGD([new Value(1)], { lr: 1 });
 * const schedule = new CosineAnnealingLR(optimizer, { tMax: 2 });
 * const rates = Array.from({ length: 4 }, () => {
 *   schedule.step();
 *   return Number(optimizer.lr.toFixed(12));
 * });
 * deepEqual(rates, [0.5, 0, 0.5, 1]);
 * ```
 */
export class CosineAnnealingLR extends LRScheduler {
  readonly #tMax: number;
  readonly #etaMin: number;

  /**
   * A schedule that starts from the optimizer's learning rate.
   *
   * @param options `tMax`: a whole number from 1; `etaMin`: from 0, default 0.
   * @throws {TypeError} if `optimizer` is not an Optimizer.
   * @throws {RangeError} if an option is no such number.
   * @throws {RangeError} for an option of another name.
   */
  constructor(optimizer: Optimizer, options: { tMax: number; etaMin?: number }) {
    checkCount("CosineAnnealingLR", arguments, 2);
    checkOptions<typeof options>("CosineAnnealingLR", options, {
      tMax: "number",
      etaMin: "number",
    });
    super(optimizer);
    const { tMax, etaMin = 0 } = options;
    checkSize("CosineAnnealingLR: tMax", tMax);
    checkNumber("CosineAnnealingLR: etaMin", etaMin, " from 0");
    this.#tMax = tMax;
    this.#etaMin = etaMin;
  }

  /**
   * The rate after `t` steps: what `lr` is above `etaMin`, lowered or raised as the wave is.
   *
   * @throws {RangeError} if `t` is no whole number from 1, or a rate no finite one from 0.
   */
  override rate(t: number, start: number, lr: number): number {
    checkCount("CosineAnnealingLR.rate", arguments, 3);
    checkRate("CosineAnnealingLR.rate", t, start, lr);
    const tMax = this.#tMax, etaMin = this.#etaMin;
    const wave = (t: number) => 1 + Math.cos(Math.PI * t / tMax);
    // At its lowest the wave is 0, of which there is no multiple.
    const isLowest = (t - 1 - tMax) % (2 * tMax) === 0;
    if (isLowest) return lr + (start - etaMin) * wave(t) / 2;
    return wave(t) / wave(t - 1) * (lr - etaMin) + etaMin;
  }
}
