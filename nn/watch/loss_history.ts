import { Chart, Value } from "../../engine/mod.ts";
import { describe } from "../../engine/internal.ts";
import { display, inspect, type MimeBundle } from "../../engine/show/mod.ts";

/**
 * The loss of each training step, shown as a chart.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { LossHistory } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const history = new LossHistory();
 * history.push(0.5);
 * history.push(0.25);
 * deepEqual(history.toString(), "LossHistory(2 steps, 0.5 to 0.25)");
 * ```
 */
export class LossHistory {
  /** The losses so far, in order. */
  readonly losses: number[] = [];
  readonly #logarithmic: boolean;

  /**
   * An empty history.
   *
   * @param options `logarithmic`: whether the chart's loss axis is. Default false.
   */
  constructor(options: { logarithmic?: boolean } = {}) {
    this.#logarithmic = options.logarithmic ?? false;
  }

  /**
   * Notes the loss of one more step.
   *
   * @throws {TypeError} if `loss` is neither a Value nor a number.
   */
  push(loss: Value | number): void {
    const data = loss instanceof Value ? loss.data : loss;
    if (typeof data !== "number") {
      throw new TypeError(
        `LossHistory.push: loss must be a Value or a number, got ${describe(loss)}`,
      );
    }
    this.losses.push(data);
  }

  /** The chart: loss over step, of at most 1,000 points. */
  chart(): Chart {
    const { losses } = this;
    const every = Math.ceil(losses.length / 1000);
    const values = losses.map((loss, step) => ({ step, loss })).filter(({ step }) =>
      step % every === 0 || step === losses.length - 1
    );
    const scale = this.#logarithmic ? { type: "log" } : { zero: true };
    return new Chart({
      title: every > 1 ? `${this} (every ${every}th step drawn)` : undefined,
      data: { values },
      mark: { type: "line", point: losses.length <= 60 },
      encoding: {
        x: {
          field: "step",
          type: "quantitative",
          axis: { tickCount: Math.max(1, Math.min(10, losses.length - 1)) },
          scale: { nice: false },
        },
        y: { field: "loss", type: "quantitative", scale },
        tooltip: [{ field: "step" }, { field: "loss", format: ".6g" }],
      },
    }, this.toString());
  }

  /** `LossHistory(10 steps, 0.027 to 0.017)` */
  toString(): string {
    const { losses } = this;
    if (losses.length === 0) return "LossHistory(0 steps)";
    const [first, last] = [losses[0], losses[losses.length - 1]].map((x) =>
      Number(x.toPrecision(4))
    );
    const noun = losses.length === 1 ? "step" : "steps";
    return `LossHistory(${losses.length} ${noun}, ${first} to ${last})`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  [display](): Promise<MimeBundle> {
    return this.chart()[display]();
  }
}
