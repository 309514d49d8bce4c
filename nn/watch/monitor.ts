import type { Value } from "../../engine/mod.ts";
import { checkCount, checkOptions, describeNumber } from "../../engine/internal.ts";
import { display, type MimeBundle, Shown } from "../../engine/show/mod.ts";
import { checkSize, lossOf } from "../check.ts";
import { LossHistory } from "./loss_history.ts";
import { Clock } from "./clock.ts";
import { defaultOutput, type MonitorMoment, type MonitorOutput } from "./monitor_output.ts";

export type { MonitorMoment, MonitorOutput } from "./monitor_output.ts";
export type { MonitorProgress } from "./monitor_view.ts";

/**
 * Settings of {@link monitor}.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor, type MonitorOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * let pictures = 0;
 * const options: MonitorOptions = { every: 0, output: () => pictures++ };
 * const live = monitor(10, options);
 * for (const step of live) live.push(10 - step);
 * deepEqual(pictures, 11); // before the first step, and after each
 * ```
 */
export interface MonitorOptions {
  /** Whether the loss axis is logarithmic. Default false. */
  logarithmic?: boolean;
  /** The least time between two pictures, in milliseconds; 0 draws every step. Default 50. */
  every?: number;
  /**
   * What draws. Default: the notebook's cell, or else one line on the stderr of Deno, Node or Bun;
   * in a page of your own nothing.
   */
  output?: MonitorOutput;
}

/** Drawing may take this share of the time, and waits longer where it is slow. */
const share = 1 / 30;

/**
 * A training that shows itself while it runs; made by {@link monitor}.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const live = monitor(3, { output: () => {} });
 * for (const step of live) {
 *   live.push(4 / (step + 1));
 *   if (step === 1) break;
 * }
 * deepEqual(String(live), "Monitor(2 of 3 steps, loss 4 to 2)");
 * deepEqual([...live], [2]); // run again, the loop takes the steps that are left
 * ```
 */
export class Monitor extends Shown {
  /** The loss of every step so far; it stays when the loop ends early. */
  readonly history: LossHistory;
  /** The expected number of steps. */
  readonly steps: number;
  readonly #every: number;
  readonly #output: MonitorOutput;
  #state: "new" | "drawn" | "ended" = "new";
  #isBroken = false;
  /** When the next picture may be drawn, in milliseconds. */
  #due = 0;
  readonly #clock = new Clock();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @ignore */
  constructor(steps: number, options: MonitorOptions) {
    const { logarithmic = false, every = 50, output = defaultOutput() } = options;
    checkSize("monitor: steps", steps);
    if (typeof every !== "number" || !(every >= 0)) {
      throw new RangeError(
        `monitor: every must be a number of milliseconds from 0, got ${describeNumber(every)}`,
      );
    }
    super();
    this.history = new LossHistory({ logarithmic });
    this.steps = steps;
    this.#every = every;
    this.#output = output;
  }

  /**
   * The numbers of the steps that are still to take, and a new picture: from 0,
   * or, after an interruption, from the first step that has no loss.
   *
   * @throws {Error} if no step is left.
   */
  *[Symbol.iterator](): Generator<number, void, void> {
    const { steps, history: { losses } } = this;
    if (losses.length >= steps) {
      throw new Error(
        `monitor: all ${steps} steps are taken; call monitor(…) again to train on`,
      );
    }
    this.#draw("first");
    try {
      for (let step = losses.length; step < steps; step++) yield step;
    } finally {
      // Reached after break and throw as well, but not when the kernel is interrupted.
      if (this.#state !== "ended") this.#draw("last");
    }
  }

  /**
   * Notes the loss of a step, and draws if it is time to.
   *
   * @throws {TypeError} if `loss` is neither a Value nor a number.
   */
  push(loss: Value | number): void {
    checkCount("Monitor.push", arguments, 1);
    this.history.push(lossOf("monitor", loss));
    const isFirst = this.#state === "new";
    if (isFirst) this.#draw("first");
    if (this.history.losses.length === this.steps) this.#draw("last");
    else if (isFirst) return;
    else if (this.#isDue()) this.#draw("next");
    else this.#drawLater();
  }

  #isDue(): boolean {
    return this.#every === 0 || this.#clock.tick() && this.#clock.now >= this.#due;
  }

  #draw(moment: MonitorMoment): void {
    clearTimeout(this.#timer);
    // If the kernel is interrupted while it draws, it draws again.
    this.#timer = moment === "next" ? setTimeout(() => this.#draw("next"), 0) : undefined;
    const { steps, history: { losses, logarithmic } } = this;
    const before = performance.now();
    if (!this.#isBroken) {
      try {
        const shown: unknown = this.#output({ losses, steps, logarithmic }, moment);
        // Nobody waits for it, and nobody else would hear of its failure.
        if (shown instanceof Promise) shown.catch((error) => this.#stopDrawing(error));
      } catch (error) {
        this.#stopDrawing(error);
      }
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const after = performance.now();
    this.#due = after + Math.max(this.#every, (after - before) / share);
    this.#state = moment === "last" ? "ended" : "drawn";
  }

  /** A picture less is no reason to lose a training. */
  #stopDrawing(error: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    const why = error instanceof Error ? error.message : String(error);
    try {
      console.warn(`monitor: drawing has failed, the training goes on without it: ${why}`);
    } catch {
      // Where there is nowhere to say it, the history says all that counts.
    }
  }

  /** Draws when the loop lets go: it ended without telling, was interrupted, or waits. */
  #drawLater(): void {
    this.#timer ??= setTimeout(
      () => this.#draw("next"),
      Math.min(this.#due - performance.now(), 1000),
    );
  }

  /** `Monitor(120 of 200 steps, loss 2.3 to 0.013)` */
  override toString(): string {
    const { steps, history: { losses } } = this;
    const range = losses.length === 0
      ? ""
      : `, loss ${
        [losses[0], losses[losses.length - 1]].map((x) => Number(x.toPrecision(4))).join(" to ")
      }`;
    return `Monitor(${losses.length} of ${steps} steps${range})`;
  }

  /** @ignore the chart of the losses so far */
  [display](): Promise<MimeBundle> {
    return this.history[display]();
  }
}

/**
 * Watches a training loop: a progress bar and the curve of the losses, redrawn
 * in place while a notebook's cell runs, or one line in a terminal. The loop
 * stays an ordinary one, over the numbers of the steps, and must not `await`.
 *
 * When it ends, early or not, the chart of its losses stays. After the Stop button the
 * losses are still in `history`, and the same loop run again takes the steps
 * that are left. The monitor itself, as the last line of a later cell, shows the
 * chart of its losses.
 *
 * @param steps the expected number of steps, a whole number from 1.
 * @throws {RangeError} if `steps` is no such number, or `every` not a number from 0.
 * @throws {RangeError} for an option of another name.
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3);
 * const live = monitor(20);
 * for (const step of live) {
 *   const loss = x.pow(2);
 *   x.grad = 0;
 *   loss.backward();
 *   x.data -= 0.1 * x.grad;
 *   live.push(loss);
 *   if (loss.data < 0.1) break;
 * }
 * deepEqual(live.history.losses.length, 12);
 * ```
 */
export function monitor(steps: number, options: MonitorOptions = {}): Monitor {
  checkCount("monitor", arguments, 2);
  checkOptions<MonitorOptions>("monitor", options, {
    every: "number",
    logarithmic: "boolean",
    output: "function",
  });
  return new Monitor(steps, options);
}
