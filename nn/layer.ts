import { type Operand, scope, type Value } from "../engine/mod.ts";
import { display, inspect, type MimeBundle } from "../engine/jupyter.ts";
import { checkInput, checkSize } from "./check.ts";
import { Module } from "./module.ts";
import { Neuron, type NeuronOptions } from "./neuron.ts";

/** The answers of neurons that look at the same inputs, each marked as a part of its own. */
export function forwardAll(neurons: readonly Neuron[], x: readonly Operand[]): Value[] {
  return neurons.map((neuron, i) => scope(`neuron ${i + 1}`, () => neuron.forward(x)));
}

/** What n neurons return: one Value for n = 1, else a list of n Values. */
export type Output<N extends number> = number extends N ? Value | Value[]
  : N extends 1 ? Value
  : Value[];

/**
 * Neurons side by side, all with the same inputs.
 *
 * @example
 * ```ts
 * import { Layer } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const layer = new Layer(3, 5);
 * deepEqual(layer.forward([1, 3, 5]).length, 5);
 * deepEqual(layer.parameters().length, 20);
 * ```
 */
export class Layer<const N extends number = number> extends Module {
  /** The neurons, `nout` of them. */
  readonly neurons: readonly Neuron[];
  /** The number of inputs. */
  readonly nin: number;
  /** The number of outputs. */
  readonly nout: N;

  /**
   * A layer with weights and biases drawn uniformly from [−1, 1).
   *
   * @param nin the number of inputs, from 1.
   * @param nout the number of neurons, from 1.
   * @throws {RangeError} if a size is no such number or the activation is unknown.
   */
  constructor(nin: number, nout: N, options: NeuronOptions = {}) {
    super();
    checkSize("Layer: nin", nin);
    checkSize("Layer: nout", nout);
    this.neurons = Array.from({ length: nout }, () => new Neuron(nin, options));
    this.nin = nin;
    this.nout = nout;
  }

  /**
   * The answers of all neurons.
   *
   * @param x `nin` Values or numbers.
   * @returns `nout` Values; for `nout` = 1 the one Value itself.
   * @throws {RangeError} if the length of `x` is not `nin`.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: readonly Operand[]): Output<N> {
    checkInput("Layer.forward", x, this.nin);
    const out = scope("layer", () => forwardAll(this.neurons, x));
    return (out.length === 1 ? out[0] : out) as Output<N>;
  }

  /** Neuron by neuron: nout · (nin + 1) Values. */
  parameters(): Value[] {
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }

  /** `Layer(3, 5, tanh): 20 parameters` */
  override toString(): string {
    const { nin, nout, neurons } = this;
    return `Layer(${nin}, ${nout}, ${neurons[0].activation}): ${nout * (nin + 1)} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { drawNetwork } = await import("./draw_network.ts");
    const text = this.toString();
    return { "image/svg+xml": drawNetwork([this.neurons], text), "text/plain": text };
  }
}
