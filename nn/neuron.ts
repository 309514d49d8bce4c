import {
  asList,
  checkCount,
  checkOptions,
  constant,
  defaultGenerator,
  type Known,
} from "../engine/internal.ts";
import { dot, type Operand, type Operands, RandomGenerator, type Value } from "../engine/mod.ts";
import { display, inspect, type MimeBundle } from "../engine/show/mod.ts";
import { activate, type Activation, checkActivation } from "./activation.ts";
import { checkBoolean, checkInstance, checkOperands, checkSize } from "./check.ts";
import { checkInit, type Init, initialParameters, parameter } from "./init.ts";
import { Module } from "./module.ts";

/**
 * Settings of a {@link Neuron}.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Neuron, type NeuronOptions, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const generator = new RandomGenerator(1);
 * const options: NeuronOptions = { activation: "relu", init: "kaimingNormal", generator };
 * const neuron = new Neuron(2, options);
 * deepEqual([String(neuron), neuron.b.data], ["Neuron(2, relu): 3 parameters", 0]);
 * ```
 */
export interface NeuronOptions {
  /** What follows the weighted sum. Default `"tanh"`. */
  activation?: Activation;
  /** Where the initial weights come from. Default: one that starts from seed 0 in every program. */
  generator?: RandomGenerator;
  /** How they are drawn. Default `"uniform"`: weights and bias from [−1, 1). */
  init?: Init;
  /** Whether there is a bias. Default: true. */
  bias?: boolean;
}

/** What the options of a neuron take. */
export const neuronOptions: Known<NeuronOptions> = {
  activation: "string",
  generator: "RandomGenerator",
  init: "string",
  bias: "boolean",
};

/**
 * One neuron: activation(w · x + b), or without a bias activation(w · x).
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Neuron, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const neuron = new Neuron(3, { generator: new RandomGenerator(1) });
 * const y = neuron.forward([1, 3, 5]);
 * deepEqual(Math.abs(y.data) <= 1, true);
 * deepEqual(neuron.parameters().length, 4);
 * ```
 */
export class Neuron extends Module {
  /** The weights, one an input. */
  readonly w: readonly Value[];
  /** The bias; without one, the constant 0, which is no parameter. */
  readonly b: Value;
  /** What follows the weighted sum. */
  readonly activation: Activation;

  /**
   * A neuron with weights and bias drawn at random; see {@link Init}.
   *
   * @param nin the number of inputs, from 1.
   * @throws {RangeError} if `nin` is no such number or the activation or `init` is unknown.
   * @throws {TypeError} if the generator is none, or `bias` not a boolean.
   * @throws {RangeError} for an option of another name.
   */
  constructor(nin: number, options?: NeuronOptions);
  /** @ignore used by Layer: Xavier's weights depend on how many neurons stand side by side */
  constructor(nin: number, options: NeuronOptions, nout: number);
  constructor(nin: number, options: NeuronOptions = {}, nout = 1) {
    checkCount("Neuron", arguments, 3);
    checkOptions<NeuronOptions>("Neuron", options, neuronOptions);
    super();
    const { activation = "tanh", generator = defaultGenerator(), init = "uniform" } = options;
    const { bias = true } = options;
    checkSize("Neuron: nin", nin);
    checkSize("Neuron: nout", nout);
    checkActivation("Neuron: activation", activation);
    checkInstance("Neuron: generator", generator, RandomGenerator, "a RandomGenerator");
    checkInit("Neuron: init", init);
    checkBoolean("Neuron: bias", bias);
    const { w, b } = initialParameters(init, activation, nin, nout, generator, bias);
    this.w = w.map((data, i) => parameter(data, `w${i}`));
    this.b = bias ? parameter(b, "b") : constant(0);
    this.activation = activation;
  }

  /**
   * The neuron's answer.
   *
   * @param x `nin` Values or numbers.
   * @returns one Value.
   * @throws {RangeError} if the length of `x` is not `nin`.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: Operands): Value {
    checkCount("Neuron.forward", arguments, 1);
    const inputs = asList(x);
    checkOperands("Neuron.forward: x", inputs, this.w.length);
    return answer(this, inputs);
  }

  /** The weights, then the bias, if there is one: nin + 1 Values. */
  parameters(): Value[] {
    checkCount("Neuron.parameters", arguments, 0);
    return hasBias(this) ? [...this.w, this.b] : [...this.w];
  }

  /** `Neuron(3, tanh): 4 parameters` */
  override toString(): string {
    const settings = this.activation + (hasBias(this) ? "" : ", no bias");
    return `Neuron(${this.w.length}, ${settings}): ${this.parameters().length} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderNetwork } = await import("./network_view.ts");
    return renderNetwork([{ neurons: [this] }], this.toString());
  }
}

/** The answer of a neuron to as many inputs as it has weights. */
export function answer({ activation, w, b }: Neuron, x: readonly Operand[]): Value {
  const sum = dot(w, x);
  return activate(activation, b.requiresGrad ? sum.add(b) : sum);
}

/** Whether a neuron has a bias. */
export function hasBias({ b }: { readonly b: { readonly requiresGrad: boolean } }): boolean {
  return b.requiresGrad;
}
