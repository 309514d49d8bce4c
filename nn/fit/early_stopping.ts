import type { Value } from "../../engine/mod.ts";
import { checkOptions } from "../../engine/internal.ts";
import { counted } from "../../engine/show/mod.ts";
import { checkBoolean, checkNumber, checkSize } from "../check.ts";

/**
 * When a training ends before it learns its examples by heart; a setting of {@link fit}.
 *
 * Prechelt, "Early Stopping - But When?" (in: Neural Networks: Tricks of the Trade, 1998).
 *
 * @category Training
 *
 * @example
 * ```ts
 * import { Adam, binaryCrossEntropyWithLogits, type EarlyStoppingOptions } from "chainrule";
 * import { fit, makeMoons, MLP, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const generator = new RandomGenerator(1);
 * const model = new MLP(2, [16, 16, 1], { outputActivation: "linear", generator });
 * const earlyStopping: EarlyStoppingOptions = { patience: 20 };
 * const history = fit(model, makeMoons({ samples: 20, noise: 0.4 }), {
 *   loss: binaryCrossEntropyWithLogits,
 *   optimizer: new Adam(model.parameters(), { lr: 0.02 }),
 *   epochs: 1000,
 *   validation: makeMoons({ samples: 200, noise: 0.4, seed: 1 }),
 *   earlyStopping,
 * });
 * deepEqual(history.epochs.length, history.bestEpoch! + 20);
 * ```
 */
export interface EarlyStoppingOptions {
  /** After how many epochs without a lower validation loss it ends, from 1. */
  patience: number;
  /** By how much a loss must be lower to count, from 0. Default 0. */
  minDelta?: number;
  /** Whether the parameters of the epoch with the lowest loss come back in the end. Default true. */
  restoreBest?: boolean;
}

/** Throws unless these are such settings. */
export function checkEarlyStopping(name: string, options: EarlyStoppingOptions): void {
  checkOptions<EarlyStoppingOptions>(name, options, {
    patience: "number",
    minDelta: "number",
    restoreBest: "boolean",
  });
  const { patience, minDelta = 0, restoreBest = true } = options;
  checkSize(`${name}: patience`, patience);
  checkNumber(`${name}: minDelta`, minDelta, " from 0");
  checkBoolean(`${name}: restoreBest`, restoreBest);
}

/** Watches the validation loss, and keeps the parameters of the best epoch. */
export class EarlyStopping {
  readonly #parameters: readonly Value[];
  readonly #options: Required<EarlyStoppingOptions>;
  #lowest = Infinity;
  #bestEpoch = 0;
  #lastEpoch = 0;
  #kept: readonly number[] | null = null;
  /** The loss that another has to be lower than, and for how many epochs none was. */
  #bar = Infinity;
  #waited = 0;

  constructor(parameters: readonly Value[], options: EarlyStoppingOptions) {
    this.#parameters = parameters;
    this.#options = { minDelta: 0, restoreBest: true, ...options };
  }

  /**
   * Looks at an epoch, whose parameters the Values have.
   *
   * @returns why the training should end; null if it should not.
   */
  note(epoch: number, loss: number): string | null {
    const { patience, minDelta, restoreBest } = this.#options;
    this.#lastEpoch = epoch;
    if (loss < this.#lowest) {
      this.#lowest = loss;
      this.#bestEpoch = epoch;
      if (restoreBest) this.#kept = this.#parameters.map(({ data }) => data);
    }
    if (loss < this.#bar - minDelta) {
      this.#bar = loss;
      this.#waited = 0;
    } else {
      this.#waited++;
    }
    if (this.#waited < patience) return null;
    const best = this.#bestEpoch === 0 ? "" : `; it was lowest in epoch ${this.#bestEpoch}`;
    return `the validation loss has not fallen for ${counted(patience, "epoch")}${best}`;
  }

  /**
   * Gives the Values the parameters of the best epoch.
   *
   * @returns what there is to say of it.
   */
  restore(): string[] {
    const kept = this.#kept;
    if (kept === null || this.#bestEpoch === this.#lastEpoch) return [];
    this.#parameters.forEach((p, i) => p.data = kept[i]);
    return [`with the parameters of epoch ${this.#bestEpoch}`];
  }
}
