import { checkArray, checkObject, checkString, lossOf } from "../check.ts";
import { checkCount, checkOptions } from "../../engine/internal.ts";
import { Chart, Table, type VegaLiteSpec } from "../../engine/mod.ts";
import { FitNotes } from "./fit_notes.ts";
import { Charted, counted, formatNumber, percent } from "../../engine/show/mod.ts";
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
export class FitHistory extends Charted {
  /** The loss of every step, in order. */
  readonly losses: readonly number[];
  /** What every epoch came to, in order. */
  declare readonly epochs: readonly FitEpoch[];

  /** Why the steps built their graphs anew; `null` if they ran as a compiled program. */
  readonly eagerBecause: string | null;
  /** Why it ended early; `null` if it did not. */
  readonly stoppedBecause: string | null;
  /** What else there is to say of how it ran, such as threads that had no work. */
  readonly notes: readonly string[];

  /**
   * A history of the given steps and epochs.
   *
   * @param losses one number a step.
   * @param epochs one record an epoch, the first first.
   * @param eagerBecause why it was no compiled program; `null` if it was one.
   * @param options why it ended early, and what else there is to say. Default: nothing.
   * @throws {TypeError} if a list is none, or an element of it of another kind.
   * @throws {RangeError} for an option of another name.
   */
  constructor(
    losses: readonly number[],
    epochs: readonly FitEpoch[],
    eagerBecause?: string | null,
    options?: HistoryOptions,
  );
  /** @ignore used by `fit` */
  constructor(
    losses: readonly number[],
    epochs: FitNotes,
    eagerBecause: string | null,
    options: HistoryOptions,
  );
  constructor(
    losses: readonly number[],
    epochs: FitNotes | readonly FitEpoch[],
    eagerBecause: string | null = byHand,
    options: HistoryOptions = {},
  ) {
    checkCount("FitHistory", arguments, 4);
    checkArray("FitHistory: losses", losses);
    if (!(epochs instanceof FitNotes)) {
      // A plain loop: a method of the list makes an object of each number.
      for (let i = 0; i < losses.length; i++) {
        if (typeof losses[i] !== "number") lossOf(`FitHistory: losses[${i}]`, losses[i]);
      }
      checkArray("FitHistory: epochs", epochs);
      const stranger = epochs.findIndex((epoch) => typeof epoch !== "object" || epoch === null);
      if (stranger >= 0) checkObject(`FitHistory: epochs[${stranger}]`, epochs[stranger]);
    }
    if (eagerBecause !== null) checkString("FitHistory: eagerBecause", eagerBecause);
    checkOptions<HistoryOptions>("FitHistory", options, {
      stoppedBecause: "string",
      notes: "array",
    });
    const { stoppedBecause = null, notes = [] } = options;
    if (stoppedBecause !== null) checkString("FitHistory: stoppedBecause", stoppedBecause);
    checkArray("FitHistory: notes", notes);
    for (const [i, note] of notes.entries()) checkString(`FitHistory: notes[${i}]`, note);
    super();
    this.losses = losses;
    // An own property as the others are, so that JSON and comparisons see it.
    Object.defineProperty(this, "epochs", {
      enumerable: true,
      get: () => epochs instanceof FitNotes ? epochs.records : epochs,
    });
    this.eagerBecause = eagerBecause;
    this.stoppedBecause = stoppedBecause;
    this.notes = notes;
  }

  /** The number of the epoch with the lowest validation loss; `null` without validation. */
  get bestEpoch(): number | null {
    let [best, lowest]: [number | null, number] = [null, Infinity];
    for (const { epoch, validationLoss = Infinity } of this.epochs) {
      if (validationLoss < lowest) [best, lowest] = [epoch, validationLoss];
    }
    return best;
  }

  /** The chart: the loss over the epochs, and below it the accuracy, of at most 1,000 points each. */
  chart(): Chart {
    checkCount("FitHistory.chart", arguments, 0);
    const panels = [this.#panel("loss", "validationLoss")];
    if (this.epochs.some(({ accuracy }) => accuracy !== undefined)) {
      panels.push(this.#panel("accuracy", "validationAccuracy"));
    }
    const title = this.stoppedBecause ?? `A training of ${counted(this.epochs.length, "epoch")}`;
    return new Chart(
      panels.length === 1 ? { ...panels[0], title } : { vconcat: panels, title },
      this.toString(),
    );
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

  /**
   * `FitHistory(20 epochs, compiled: loss 0.9 to 0.02, accuracy 98.6%)`, with the
   * validation's, how it ran, and why it ended early, if it did.
   */
  override toString(): string {
    const { epochs, eagerBecause, stoppedBecause, notes } = this;
    const how = [
      counted(epochs.length, "epoch"),
      ...eagerBecause === null ? ["compiled"] : [],
      ...eagerBecause === null || eagerBecause === byHand ? [] : [`eager because ${eagerBecause}`],
      ...notes,
    ].join(", ");
    const results = epochs.length === 0 ? "" : `: ${this.#results().join(", ")}`;
    const end = stoppedBecause === null ? "" : `. Stopped: ${stoppedBecause}`;
    return `FitHistory(${how}${results})${end}`;
  }

  #results(): string[] {
    const { epochs } = this;
    const last = epochs[epochs.length - 1];
    const losses = [...new Set([epochs[0], last])].map(({ loss }) => short(loss)).join(" to ");
    const { accuracy, validationLoss, validationAccuracy } = last;
    return [
      `loss ${losses}`,
      accuracy !== undefined && `accuracy ${percent(accuracy, 1)}`,
      validationLoss !== undefined && `validation loss ${short(validationLoss)}`,
      validationAccuracy !== undefined && `validation accuracy ${percent(validationAccuracy, 1)}`,
    ].filter((part) => part !== false);
  }
}

interface HistoryOptions {
  readonly stoppedBecause?: string | null;
  readonly notes?: readonly string[];
}

/** The reason of a history that no training made. */
const byHand = "it was made by hand";

function short(x: number): number {
  return Number(x.toPrecision(4));
}

function inPercent(share: number | undefined): string {
  return share === undefined ? "" : percent(share, 1).replace("%", "");
}
