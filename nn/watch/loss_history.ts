import { checkCount, checkOptions } from "../../engine/internal.ts";
import { Chart, type Value } from "../../engine/mod.ts";
import { Charted, counted } from "../../engine/show/mod.ts";
import { lossOf } from "../check.ts";
import { lossChart, mostPoints } from "./loss_chart.ts";

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
export class LossHistory extends Charted {
  /** The losses so far, in order. */
  readonly losses: number[] = [];
  /** Whether the loss axis of its chart is logarithmic. */
  readonly logarithmic: boolean;

  /**
   * An empty history.
   *
   * @param options `logarithmic`: whether the chart's loss axis is. Default false.
   * @throws {RangeError} for an option of another name.
   */
  constructor(options: { logarithmic?: boolean } = {}) {
    checkCount("LossHistory", arguments, 1);
    checkOptions<typeof options>("LossHistory", options, { logarithmic: "boolean" });
    super();
    this.logarithmic = options.logarithmic ?? false;
  }

  /**
   * Notes the loss of one more step.
   *
   * @throws {TypeError} if `loss` is neither a Value nor a number.
   */
  push(loss: Value | number): void {
    checkCount("LossHistory.push", arguments, 1);
    this.losses.push(lossOf("LossHistory.push", loss));
  }

  /** The chart: loss over step, of at most 1,000 points, the peaks among them. */
  chart(): Chart {
    checkCount("LossHistory.chart", arguments, 0);
    const { losses, logarithmic } = this;
    const curve = lossChart({ loss: losses }, { logarithmic });
    const title = losses.length > mostPoints ? `${this}, a part of them drawn` : `${this}`;
    return new Chart({ title, ...curve }, this.toString());
  }

  /** `LossHistory(10 steps, 0.027 to 0.017)` */
  override toString(): string {
    const { losses } = this;
    if (losses.length === 0) return "LossHistory(0 steps)";
    const [first, last] = [losses[0], losses[losses.length - 1]].map((x) =>
      Number(x.toPrecision(4))
    );
    return `LossHistory(${counted(losses.length, "step")}, ${first} to ${last})`;
  }
}
