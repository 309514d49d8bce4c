import type { FitEpoch } from "./fit_history.ts";

type Validation = Pick<FitEpoch, "validationLoss" | "validationAccuracy">;

/**
 * What a training notes of its epochs: columns of numbers, of which records are made when somebody
 * asks for them. A record takes as long as a quarter of a step of a small network.
 */
export class EpochNotes {
  readonly #examples: number;
  readonly #loss = new Column();
  readonly #right = new Column();
  readonly #lr = new Column();
  readonly #validationLoss = new Column();
  readonly #validationAccuracy = new Column();
  #records: readonly FitEpoch[] = [];

  /** @param examples how many the training has. */
  constructor(examples: number) {
    this.#examples = examples;
  }

  /** How many epochs there were. */
  get length(): number {
    return this.#loss.length;
  }

  /**
   * Notes the next epoch; what is missing of one is missing of all.
   *
   * @param right how many answers were right; `null` if that is not known.
   */
  add(loss: number, right: number | null, lr: number, validation: Validation | null): void {
    this.#loss.push(loss);
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
      loss: this.#loss.at(i),
      ...right !== undefined && { accuracy: right / this.#examples },
      lr: this.#lr.at(i),
      ...validationLoss !== undefined && { validationLoss },
      ...validationAccuracy !== undefined && { validationAccuracy },
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

/** A list of numbers that grows; an array would be slower while V8 learns what is in it. */
class Column {
  length = 0;
  /** Pieces that stay where they are: to copy them when there are more takes longer than to fill them. */
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
