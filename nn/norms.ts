/**
 * Layers that bring the numbers of one example to a common size.
 *
 * @module
 */
import { asList, checkCount, checkOptions } from "../engine/internal.ts";
import {
  div,
  dot,
  mean,
  type Operand,
  type Operands,
  scope,
  sub,
  type Value,
} from "../engine/mod.ts";
import { inspect } from "../engine/show/mod.ts";
import { checkBoolean, checkNumber, checkOperands, checkSize } from "./check.ts";
import { parameter } from "./init.ts";
import { Module } from "./module.ts";

/**
 * Settings of {@link RMSNorm} and {@link LayerNorm}.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { type NormOptions, RMSNorm } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: NormOptions = { eps: 1e-5, elementwiseAffine: false };
 * deepEqual(new RMSNorm(16, options).parameters().length, 0);
 * ```
 */
export interface NormOptions {
  /**
   * What is added below the root, so that it is not 0. Default, as in PyTorch: 2⁻⁵² for
   * {@link RMSNorm}, 1e-5 for {@link LayerNorm}.
   */
  eps?: number;
  /** Whether each number is then multiplied by a gain that is learned, at first 1. Default: true. */
  elementwiseAffine?: boolean;
  /** Of {@link LayerNorm}: whether, after a gain, a bias is added, at first 0. Default: true. */
  bias?: boolean;
}

const parameters = (name: string, length: number, data: number) =>
  Array.from({ length }, (_, i) => parameter(data, `${name}${i}`));

/**
 * Divides the numbers by their root mean square: x / √(mean(x²) + eps), times a gain for each.
 *
 * Zhang and Sennrich, "Root mean square layer normalization" (2019),
 * https://arxiv.org/abs/1910.07467.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { RMSNorm } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(new RMSNorm(2, { eps: 0 }).forward([1, 7]).map(({ data }) => data), [0.2, 1.4]);
 * ```
 */
export class RMSNorm extends Module {
  /** The gains; without them an empty list. */
  readonly weight: readonly Value[];
  /** How many numbers an example has. */
  readonly size: number;
  /** What is added below the root. */
  readonly eps: number;

  /**
   * A norm with gains of 1.
   *
   * @param size how many numbers an example has, from 1.
   * @throws {RangeError} if `size` is no such number, or `eps` not a finite number from 0.
   * @throws {TypeError} if `elementwiseAffine` is not a boolean.
   * @throws {RangeError} for an option of another name.
   */
  constructor(size: number, options: Omit<NormOptions, "bias"> = {}) {
    checkCount("RMSNorm", arguments, 2);
    checkOptions<Omit<NormOptions, "bias">>("RMSNorm", options, {
      eps: "number",
      elementwiseAffine: "boolean",
    });
    super();
    const { eps = Number.EPSILON, elementwiseAffine = true } = options;
    checkNorm("RMSNorm", size, eps, { elementwiseAffine });
    this.weight = elementwiseAffine ? parameters("g", size, 1) : [];
    this.size = size;
    this.eps = eps;
  }

  /**
   * The numbers at their common size.
   *
   * @param x `size` Values or numbers.
   * @returns as many Values.
   * @throws {RangeError} if `x` has another length.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: Operands): Value[] {
    checkCount("RMSNorm.forward", arguments, 1);
    const inputs = asList(x);
    checkOperands("RMSNorm.forward: x", inputs, this.size);
    return scope("RMSNorm", () => {
      const size = rootMeanSquare(inputs, this.eps);
      return inputs.map((xi, i) => withGain(div(xi, size), this.weight[i]));
    });
  }

  /** The gains. */
  parameters(): Value[] {
    checkCount("RMSNorm.parameters", arguments, 0);
    return [...this.weight];
  }

  /** `RMSNorm(16): 16 parameters` */
  override toString(): string {
    return `RMSNorm(${this.size}): ${this.parameters().length} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }
}

/**
 * Takes the mean from the numbers and divides them by their standard deviation:
 * (x − m) / √(mean((x − m)²) + eps), times a gain and plus a bias for each.
 *
 * Ba, Kiros and Hinton, "Layer normalization" (2016), https://arxiv.org/abs/1607.06450.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { LayerNorm } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * deepEqual(new LayerNorm(2, { eps: 0 }).forward([3, 7]).map(({ data }) => data), [-1, 1]);
 * ```
 */
export class LayerNorm extends Module {
  /** The gains; without them an empty list. */
  readonly weight: readonly Value[];
  /** The biases; without them an empty list. */
  readonly bias: readonly Value[];
  /** How many numbers an example has. */
  readonly size: number;
  /** What is added below the root. */
  readonly eps: number;

  /**
   * A norm with gains of 1 and biases of 0.
   *
   * @param size how many numbers an example has, from 1.
   * @throws {RangeError} if `size` is no such number, or `eps` not a finite number from 0.
   * @throws {TypeError} if `elementwiseAffine` or `bias` is not a boolean.
   * @throws {RangeError} for an option of another name.
   */
  constructor(size: number, options: NormOptions = {}) {
    checkCount("LayerNorm", arguments, 2);
    checkOptions<NormOptions>("LayerNorm", options, {
      eps: "number",
      elementwiseAffine: "boolean",
      bias: "boolean",
    });
    super();
    const { eps = 1e-5, elementwiseAffine = true, bias = true } = options;
    checkNorm("LayerNorm", size, eps, { elementwiseAffine, bias });
    const length = elementwiseAffine ? size : 0;
    this.weight = parameters("g", length, 1);
    this.bias = parameters("b", bias ? length : 0, 0);
    this.size = size;
    this.eps = eps;
  }

  /**
   * The numbers around 0, at their common size.
   *
   * @param x `size` Values or numbers.
   * @returns as many Values.
   * @throws {RangeError} if `x` has another length.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: Operands): Value[] {
    checkCount("LayerNorm.forward", arguments, 1);
    const inputs = asList(x);
    checkOperands("LayerNorm.forward: x", inputs, this.size);
    return scope("LayerNorm", () => {
      const middle = mean(inputs);
      const centred = inputs.map((xi) => sub(xi, middle));
      const size = rootMeanSquare(centred, this.eps);
      return centred.map((xi, i) => {
        const y = withGain(xi.div(size), this.weight[i]);
        return this.bias.length > 0 ? y.add(this.bias[i]) : y;
      });
    });
  }

  /** The gains, then the biases. */
  parameters(): Value[] {
    checkCount("LayerNorm.parameters", arguments, 0);
    return [...this.weight, ...this.bias];
  }

  /** `LayerNorm(16): 32 parameters` */
  override toString(): string {
    return `LayerNorm(${this.size}): ${this.parameters().length} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }
}

/** √(mean(x²) + eps) */
function rootMeanSquare(x: readonly Operand[], eps: number): Value {
  return dot(x, x).div(x.length).add(eps).sqrt();
}

function withGain(y: Value, gain: Value | undefined): Value {
  return gain === undefined ? y : y.mul(gain);
}

function checkNorm(name: string, size: number, eps: number, flags: Record<string, boolean>): void {
  checkSize(`${name}: size`, size);
  checkNumber(`${name}: eps`, eps, " from 0");
  for (const [flag, x] of Object.entries(flags)) checkBoolean(`${name}: ${flag}`, x);
}
