import type { FitEpoch } from "./fit_history.ts";

type Validation = Pick<FitEpoch, "validationLoss" | "validationAccuracy">;

/**
 * What a training notes of its steps and epochs: columns of numbers, of which records are made when
 * somebody asks for them. A record takes as long as a quarter of a step of a small network.
 */
export class FitNotes {
  readonly #examples: number;
  readonly #batchSize: number;
  readonly #losses = new Column();
  readonly #right = new Column();
  readonly #lr = new Column();
  readonly #validationLoss = new Column();
  readonly #validationAccuracy = new Column();
  #records: readonly FitEpoch[] = [];

  /**
   * @param examples how many the training has.
   * @param batchSize how many of them a step takes; the last step of an epoch takes what is left.
   */
  constructor(examples: number, batchSize: number) {
    this.#examples = examples;
    this.#batchSize = batchSize;
  }

  /** How many steps there were. */
  get steps(): number {
    return this.#losses.length;
  }

  /** How many epochs there were. */
  get length(): number {
    return this.#lr.length;
  }

  /** The losses of all steps, a new list. */
  get losses(): number[] {
    const losses = new Array<number>(this.steps);
    for (let i = 0; i < losses.length; i++) losses[i] = this.#losses.at(i);
    return losses;
  }

  /** Notes the loss of the next step. */
  addStep(loss: number): void {
    this.#losses.push(loss);
  }

  /**
   * Notes that an epoch has ended; what is missing of one is missing of all.
   *
   * @param right how many answers were right; `null` if that is not known.
   */
  addEpoch(right: number | null, lr: number, validation: Validation | null): void {
    if (right !== null) this.#right.push(right);
    this.#lr.push(lr);
    if (validation === null) return;
    const { validationLoss, validationAccuracy } = validation;
    if (validationLoss !== undefined) this.#validationLoss.push(validationLoss);
    if (validationAccuracy !== undefined) this.#validationAccuracy.push(validationAccuracy);
  }

  /** The record of one of them, from 0. */
  record(i: number): FitEpoch {
    const of = (column: Column) => column.length > 0 ? column.at(i) : undefined;
    const [right, validationLoss, validationAccuracy] = [
      this.#right,
      this.#validationLoss,
      this.#validationAccuracy,
    ].map(of);
    return {
      epoch: i + 1,
      loss: this.#meanLoss(i),
      ...right !== undefined && { accuracy: right / this.#examples },
      lr: this.#lr.at(i),
      ...validationLoss !== undefined && { validationLoss },
      ...validationAccuracy !== undefined && { validationAccuracy },
    };
  }

  /** The mean over the examples of an epoch. */
  #meanLoss(epoch: number): number {
    const perEpoch = Math.ceil(this.#examples / this.#batchSize);
    let mean = 0;
    for (let k = 0; k < perEpoch; k++) {
      const size = Math.min(this.#batchSize, this.#examples - k * this.#batchSize);
      mean += this.#losses.at(epoch * perEpoch + k) * (size / this.#examples);
    }
    return mean;
  }

  /** Those of all epochs so far, the same list until there are more. */
  get records(): readonly FitEpoch[] {
    if (this.#records.length < this.length) {
      this.#records = Array.from({ length: this.length }, (_, i) => this.record(i));
    }
    return this.#records;
  }
}

/** A list of numbers that grows; an array would be slower while V8 learns what is in it. */
class Column {
  length = 0;
  /** Pieces that stay where they are: to copy them takes longer than to fill them. */
  readonly #pieces: Float64Array[] = [];
  #last = new Float64Array(0);

  push(x: number): void {
    const i = this.length++ % pieceLength;
    if (i === 0) this.#pieces.push(this.#last = new Float64Array(pieceLength));
    this.#last[i] = x;
  }

  at(i: number): number {
    return this.#pieces[Math.floor(i / pieceLength)][i % pieceLength];
  }
}

const pieceLength = 1024;
