import type { FitEpoch } from "./fit_history.ts";

/** What there is to note of the training itself: also how many answers were right, if that is known. */
type Training = Pick<FitEpoch, "loss" | "lr"> & { readonly right: number | null };
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

  /** Notes the next epoch; what is missing of one is missing of all. */
  add({ loss, right, lr }: Training, validation: Validation | null): void {
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
  #numbers = new Float64Array(16);

  push(x: number): void {
    if (this.length === this.#numbers.length) {
      const more = new Float64Array(2 * this.length);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    this.#numbers[this.length++] = x;
  }

  at(i: number): number {
    return this.#numbers[i];
  }
}
