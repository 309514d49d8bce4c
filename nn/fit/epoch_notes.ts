import type { FitEpoch } from "./fit_history.ts";

/**
 * What a training notes of its epochs: columns of numbers, of which records are made when somebody
 * asks for them. A record takes as long as half a step of a small network.
 */
export class EpochNotes {
  readonly #columns: Readonly<Record<Exclude<keyof FitEpoch, "epoch">, number[]>> = {
    loss: [],
    accuracy: [],
    validationLoss: [],
    validationAccuracy: [],
    lr: [],
  };
  #records: readonly FitEpoch[] = [];
  #length = 0;

  /** How many epochs there were. */
  get length(): number {
    return this.#length;
  }

  /** Notes the next epoch; what is missing of one is missing of all. */
  add(
    training: Pick<FitEpoch, "loss" | "accuracy" | "lr">,
    validation: Pick<FitEpoch, "validationLoss" | "validationAccuracy"> | null,
  ): void {
    const columns = this.#columns, i = this.#length++;
    // Not by `push`, which takes three times as long.
    columns.loss[i] = training.loss;
    if (training.accuracy !== undefined) columns.accuracy[i] = training.accuracy;
    columns.lr[i] = training.lr;
    if (validation === null) return;
    const { validationLoss, validationAccuracy } = validation;
    if (validationLoss !== undefined) columns.validationLoss[i] = validationLoss;
    if (validationAccuracy !== undefined) columns.validationAccuracy[i] = validationAccuracy;
  }

  /** The record of one of them, from 0. */
  record(i: number): FitEpoch {
    const { loss, accuracy, validationLoss, validationAccuracy, lr } = this.#columns;
    return {
      epoch: i + 1,
      loss: loss[i],
      ...accuracy.length > 0 && { accuracy: accuracy[i] },
      lr: lr[i],
      ...validationLoss.length > 0 && { validationLoss: validationLoss[i] },
      ...validationAccuracy.length > 0 && { validationAccuracy: validationAccuracy[i] },
    };
  }

  /** Those of all epochs so far, the same list until there are more. */
  get records(): readonly FitEpoch[] {
    if (this.#records.length < this.length) {
      this.#records = Array.from({ length: this.length }, (_, i) => this.record(i));
    }
    return this.#records;
  }
}
