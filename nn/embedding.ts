import { checkCount, checkOptions, constant, defaultGenerator } from "../engine/internal.ts";
import { dot, type Operand, RandomGenerator, relu, scope, sub, Value } from "../engine/mod.ts";
import { inspect } from "../engine/show/mod.ts";
import { checkInstance, checkNumber, checkSize, checkWhole } from "./check.ts";
import { parameter } from "./init.ts";
import { Module } from "./module.ts";

/**
 * Settings of an {@link Embedding}.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Embedding, type EmbeddingOptions, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: EmbeddingOptions = { std: 0.02, generator: new RandomGenerator(1) };
 * const embedding = new Embedding(27, 16, options);
 * deepEqual(embedding.parameters().every(({ data }) => Math.abs(data) < 0.1), true);
 * ```
 */
export interface EmbeddingOptions {
  /** Where the first numbers come from. Default: one that starts from seed 0 in every program. */
  generator?: RandomGenerator;
  /** The standard deviation of the first numbers, which are normal around 0. Default 1. */
  std?: number;
}

/**
 * A table with a row of numbers for each of n things, such as letters, which are
 * learned: PyTorch's `Embedding`.
 *
 * Bengio, Ducharme, Vincent and Jauvin, "A neural probabilistic language model" (JMLR 3, 2003).
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Embedding } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const letters = new Embedding(27, 4);
 * deepEqual(letters.forward(3), letters.weight[3]);
 * ```
 */
export class Embedding extends Module {
  /** The rows, one a thing. */
  readonly weight: readonly (readonly Value[])[];

  /**
   * A table of normal random numbers.
   *
   * @param numEmbeddings how many things there are, from 1.
   * @param embeddingDim how many numbers each has, from 1.
   * @throws {RangeError} if a size is no such number, or `std` not a finite number from 0.
   * @throws {TypeError} if the generator is none.
   * @throws {RangeError} for an option of another name.
   */
  constructor(numEmbeddings: number, embeddingDim: number, options: EmbeddingOptions = {}) {
    checkCount("Embedding", arguments, 3);
    checkOptions<EmbeddingOptions>("Embedding", options, {
      std: "number",
      generator: "RandomGenerator",
    });
    super();
    const { generator = defaultGenerator(), std = 1 } = options;
    checkSize("Embedding: numEmbeddings", numEmbeddings);
    checkSize("Embedding: embeddingDim", embeddingDim);
    checkNumber("Embedding: std", std, " from 0");
    checkInstance("Embedding: generator", generator, RandomGenerator, "a RandomGenerator");
    this.weight = Array.from(
      { length: numEmbeddings },
      (_, i) =>
        Array.from(
          { length: embeddingDim },
          (_, j) => parameter(generator.normal(0, std), `e${i}_${j}`),
        ),
    );
  }

  /**
   * The row of a thing.
   *
   * @param index a whole number from 0 to n − 1; or a Value that holds one, such as an input of
   * `compile()`: the row is then a sum over all rows, of which one counts.
   * @returns as many Values as a row has; of a number, the parameters themselves.
   * @throws {RangeError} if the index is no such number.
   */
  forward(index: Operand): Value[] {
    checkCount("Embedding.forward", arguments, 1);
    const { weight } = this;
    const place = index instanceof Value ? index.data : index;
    checkWhole("Embedding.forward: index", place, 0, weight.length - 1);
    if (!(index instanceof Value)) return [...weight[place]];
    return scope("embedding", () => {
      const isChosen = weight.map((_, i) => relu(sub(1, sub(index, constant(i)).abs())));
      return weight[0].map((_, j) => dot(isChosen, weight.map((row) => row[j])));
    });
  }

  /** Row by row. */
  parameters(): Value[] {
    checkCount("Embedding.parameters", arguments, 0);
    return this.weight.flat();
  }

  /** `Embedding(27, 16): 432 parameters` */
  override toString(): string {
    const [count, size] = [this.weight.length, this.weight[0].length];
    return `Embedding(${count}, ${size}): ${count * size} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }
}
