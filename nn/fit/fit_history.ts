import { checkArray, checkObject, checkString, lossOf } from "../check.ts";
import { checkCount } from "../../engine/internal.ts";
import { Chart, Table, type VegaLiteSpec } from "../../engine/mod.ts";
import {
  counted,
  display,
  formatNumber,
  inspect,
  type MimeBundle,
  percent,
} from "../../engine/show/mod.ts";
import { lossChart } from "../watch/loss_chart.ts";

/**
 * What one pass over the training data came to.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { fit, type FitEpoch, mseLoss, Neuron, SGD } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const neuron = new Neuron(1, { activation: "linear" });
 * neuron.parameters().forEach((p) => p.data = 0);
 * const optimizer = new SGD(neuron.parameters(), { lr: 0.5 });
 * const data = { x: [[0], [0]], y: [2, 4] };
 * const history = fit(neuron, data, { loss: mseLoss, optimizer, epochs: 2 });
 * const epochs: readonly FitEpoch[] = history.epochs;
 * deepEqual(epochs, [{ epoch: 1, loss: 10, lr: 0.5 }, { epoch: 2, loss: 1, lr: 0.5 }]);
 * ```
 */
export interface FitEpoch {
  /** The number of the epoch, from 1. */
  readonly epoch: number;
  /** The mean loss of the examples, each measured before the step that it took part in. */
  readonly loss: number;
  /** The share of right answers, from 0 to 1, measured as the loss; missing without classes. */
  readonly accuracy?: number;
  /** The loss of the validation data after the epoch; missing without such data. */
  readonly validationLoss?: number;
  /** The share of right answers to the validation data after the epoch, from 0 to 1. */
  readonly validationAccuracy?: number;
  /** The learning rate of the epoch. */
  readonly lr: number;
}

/**
 * How a training went; made by {@link fit}. A notebook shows the curves of the
 * loss and of the accuracy, `table()` the numbers behind them.
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { FitHistory } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const history = new FitHistory([0.5, 0.25], [
 *   { epoch: 1, loss: 0.5, accuracy: 0.75, lr: 0.1 },
 *   { epoch: 2, loss: 0.25, accuracy: 1, lr: 0.1 },
 * ]);
 * deepEqual(String(history), "FitHistory(2 epochs: loss 0.5 to 0.25, accuracy 100%)");
 * ```
 */
export class FitHistory {
  /** The loss of every step, in order. */
  readonly losses: readonly number[];
  /** What every epoch came to, in order. */
  readonly epochs: readonly FitEpoch[];

  /** Why the steps built their graphs anew; `null` if they ran as a compiled program. */
  readonly eagerBecause: string | null;

  /**
   * A history of the given steps and epochs.
   *
   * @param losses one number a step.
   * @param epochs one record an epoch, the first first.
   * @param eagerBecause why it was no compiled program; `null` if it was one.
   * @throws {TypeError} if a list is none, or an element of it of another kind.
   */
  constructor(
    losses: readonly number[],
    epochs: readonly FitEpoch[],
    eagerBecause: string | null = "it was made by hand",
  ) {
    checkCount("FitHistory", arguments, 3);
    checkArray("FitHistory: losses", losses);
    checkArray("FitHistory: epochs", epochs);
    for (const [i, loss] of losses.entries()) lossOf(`FitHistory: losses[${i}]`, loss);
    for (const [i, epoch] of epochs.entries()) checkObject(`FitHistory: epochs[${i}]`, epoch);
    if (eagerBecause !== null) checkString("FitHistory: eagerBecause", eagerBecause);
    this.losses = losses;
    this.epochs = epochs;
    this.eagerBecause = eagerBecause;
  }

  /** The chart: the loss over the epochs, and below it the accuracy, of at most 1,000 points each. */
  chart(): Chart {
    checkCount("FitHistory.chart", arguments, 0);
    const panels = [this.#panel("loss", "validationLoss")];
    if (this.epochs.some(({ accuracy }) => accuracy !== undefined)) {
      panels.push(this.#panel("accuracy", "validationAccuracy"));
    }
    return new Chart(panels.length === 1 ? panels[0] : { vconcat: panels }, this.toString());
  }

  #panel(
    field: "loss" | "accuracy",
    validationField: "validationLoss" | "validationAccuracy",
  ): VegaLiteSpec {
    const curve = (name: keyof FitEpoch) => this.epochs.map((epoch) => epoch[name] ?? NaN);
    const curves = {
      training: curve(field),
      ...this.epochs.some((epoch) => epoch[validationField] !== undefined)
        ? { validation: curve(validationField) }
        : {},
    };
    const first = this.epochs.length === 0 ? 1 : this.epochs[0].epoch;
    return { width: 460, height: 160, ...lossChart(curves, { field, unit: "epoch", first }) };
  }

  /** The numbers of every epoch as a table. */
  table(): Table {
    checkCount("FitHistory.table", arguments, 0);
    const columns: readonly [string, (epoch: FitEpoch) => string][] = [
      ["epoch", ({ epoch }) => String(epoch)],
      ["loss", ({ loss }) => formatNumber(loss)],
      ["accuracy %", ({ accuracy }) => inPercent(accuracy)],
      ["validation loss", ({ validationLoss: x }) => x === undefined ? "" : formatNumber(x)],
      ["validation accuracy %", ({ validationAccuracy }) => inPercent(validationAccuracy)],
      ["lr", ({ lr }) => formatNumber(lr)],
    ];
    const rows = this.epochs.map((epoch) => columns.map(([name, cell]) => [name, cell(epoch)]));
    return new Table(rows.map((row) => Object.fromEntries(row.filter(([, cell]) => cell !== ""))));
  }

  /** `FitHistory(20 epochs, compiled: loss 0.9 to 0.02, accuracy 98.6%)`, with the validation's. */
  toString(): string {
    const { epochs } = this;
    if (epochs.length === 0) return "FitHistory(0 epochs)";
    const last = epochs[epochs.length - 1];
    const losses = [...new Set([epochs[0], last])].map(({ loss }) => short(loss)).join(" to ");
    const { accuracy, validationLoss, validationAccuracy } = last;
    const parts = [
      `loss ${losses}`,
      accuracy !== undefined && `accuracy ${percent(accuracy, 1)}`,
      validationLoss !== undefined && `validation loss ${short(validationLoss)}`,
      validationAccuracy !== undefined && `validation accuracy ${percent(validationAccuracy, 1)}`,
    ].filter((part) => part !== false);
    const how = this.eagerBecause === null ? ", compiled" : "";
    return `FitHistory(${counted(epochs.length, "epoch")}${how}: ${parts.join(", ")})`;
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

function short(x: number): number {
  return Number(x.toPrecision(4));
}

function inPercent(share: number | undefined): string {
  return share === undefined ? "" : percent(share, 1).replace("%", "");
}
