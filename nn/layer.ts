import { type Operand, type Operands, scope, Value } from "../engine/mod.ts";
import { display, inspect, type MimeBundle } from "../engine/show/mod.ts";
import { asList, checkCount, checkOptions, constant, scopes } from "../engine/internal.ts";
import { checkBoolean, checkOperands, checkSize } from "./check.ts";
import { Module } from "./module.ts";
import { answer, hasBias, Neuron, type NeuronOptions, neuronOptions } from "./neuron.ts";

/**
 * Settings of a {@link Layer}.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Layer, type LayerOptions } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: LayerOptions = { activation: "relu", residual: true };
 * const layer = new Layer(2, 2, options);
 * layer.parameters().forEach((p) => p.data = 0);
 * deepEqual(layer.forward([3, -4]).map(({ data }) => data), [3, -4]); // relu(0) + x
 * ```
 */
export interface LayerOptions extends NeuronOptions {
  /**
   * Whether the layer adds its input to its output, for which it needs as many
   * outputs as inputs. Default: false.
   */
  residual?: boolean;
}

/** The names of neurons in the parts of a computation; made once, as every forward needs them. */
const names: string[] = [];
const nameOf = (i: number) => names[i] ??= `neuron ${i + 1}`;

/** The outputs of a layer as a list, each neuron marked as a part of its own. */
export function forwardAll({ neurons, residual }: Layer, x: readonly Operand[]): Value[] {
  // A number becomes one constant, which all neurons share.
  const inputs = areValues(x) ? x : x.map((xi) => xi instanceof Value ? xi : constant(xi));
  const out = scopes(neurons, nameOf, (neuron) => answer(neuron, inputs));
  return residual ? out.map((y, i) => y.add(inputs[i])) : out;
}

function areValues(x: readonly Operand[]): x is readonly Value[] {
  for (let i = 0; i < x.length; i++) if (typeof x[i] === "number") return false;
  return true;
}

/**
 * What n neurons return: one Value for n = 1, else a list of n Values.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Layer, type Output } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const one: Output<1> = new Layer(3, 1).forward([1, 2, 3]);
 * const two: Output<2> = new Layer(3, 2).forward([1, 2, 3]);
 * deepEqual([one.op, two.map(({ op }) => op)], ["tanh", ["tanh", "tanh"]]);
 * ```
 */
export type Output<N extends number> =
  // By way of M: asked of N itself, TypeScript would not take a Layer<5> for a Layer.
  N extends infer M ? number extends M ? Value | Value[] : M extends 1 ? Value : Value[] : never;

/**
 * Neurons side by side, all with the same inputs.
 *
 * @category Networks
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
  /** Whether the input is added to the output. */
  readonly residual: boolean;

  /**
   * A layer with weights and biases drawn at random; see {@link Init}.
   *
   * @param nin the number of inputs, from 1.
   * @param nout the number of neurons, from 1.
   * @throws {RangeError} if a size is no such number, the activation or `init` is unknown, or
   * `residual` is asked for with `nout` other than `nin`.
   * @throws {TypeError} if `residual` is not a boolean or the generator is none.
   * @throws {RangeError} for an option of another name.
   */
  constructor(nin: number, nout: N, options: LayerOptions = {}) {
    checkCount("Layer", arguments, 3);
    checkOptions<LayerOptions>("Layer", options, { ...neuronOptions, residual: "boolean" });
    super();
    const { residual = false, ...settings } = options;
    checkSize("Layer: nin", nin);
    checkSize("Layer: nout", nout);
    checkBoolean("Layer: residual", residual);
    if (residual && nin !== nout) {
      throw new RangeError(
        `Layer: residual needs as many outputs as inputs, got ${nin} inputs and ${nout} outputs`,
      );
    }
    this.neurons = Array.from({ length: nout }, () => new Neuron(nin, settings, nout));
    this.nin = nin;
    this.nout = nout;
    this.residual = residual;
  }

  /**
   * The answers of all neurons; if residual, each plus the input of its place.
   *
   * @param x `nin` Values or numbers.
   * @returns `nout` Values; for `nout` = 1 the one Value itself.
   * @throws {RangeError} if the length of `x` is not `nin`.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: Operands): Output<N> {
    checkCount("Layer.forward", arguments, 1);
    const inputs = asList(x);
    checkOperands("Layer.forward: x", inputs, this.nin);
    const out = scope("layer", () => forwardAll(this, inputs));
    return (out.length === 1 ? out[0] : out) as Output<N>;
  }

  /** Neuron by neuron: nout · (nin + 1) Values, or nout · nin without biases. */
  parameters(): Value[] {
    checkCount("Layer.parameters", arguments, 0);
    return this.neurons.flatMap((neuron) => neuron.parameters());
  }

  /** `Layer(3, 5, tanh): 20 parameters` */
  override toString(): string {
    const { nin, nout, neurons, residual } = this;
    const settings = [
      neurons[0].activation,
      ...hasBias(neurons[0]) ? [] : ["no bias"],
      ...residual ? ["residual"] : [],
    ];
    return `Layer(${nin}, ${nout}, ${settings.join(", ")}): ${this.parameters().length} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderNetwork } = await import("./network_view.ts");
    return renderNetwork([this], this.toString());
  }
}
