import { defaultGenerator, describe, type Operand, scope, type Value } from "../engine/mod.ts";
import { display, inspect, type MimeBundle } from "../engine/jupyter.ts";
import { type Activation, checkActivation } from "./activation.ts";
import { checkInput, checkSize } from "./check.ts";
import { forwardAll, Layer, type Output } from "./layer.ts";
import { Module } from "./module.ts";
import type { NeuronOptions } from "./neuron.ts";

/** Settings of an {@link MLP}. */
export interface MLPOptions extends NeuronOptions {
  /** The activation of the last layer. Default: that of the others. */
  outputActivation?: Activation;
}

/** The last element of a list of sizes; `number` where the type does not tell. */
export type Last<S extends readonly number[]> = S extends
  readonly [...unknown[], infer N extends number] ? N
  : number;

/**
 * A multi-layer perceptron: layers in a row, each fed by the one before.
 *
 * @example The network of the tutorial, and one as in micrograd's demo
 * ```ts
 * import { MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(3, [4, 4, 1]);
 * model.forward([2, 3, -1]).backward();
 * deepEqual(model.parameters().length, 41);
 *
 * const moons = new MLP(2, [16, 16, 1], { activation: "relu", outputActivation: "linear" });
 * deepEqual(moons.parameters().length, 337);
 * ```
 */
export class MLP<const S extends readonly number[] = readonly number[]> extends Module {
  /** The layers, from the input to the output. */
  readonly layers: readonly Layer[];

  /**
   * A network with weights and biases drawn uniformly from [−1, 1).
   *
   * @param nin the number of inputs, from 1.
   * @param nouts the number of neurons of each layer, each from 1.
   * @throws {TypeError} if `nouts` is not an array.
   * @throws {RangeError} if there is no layer, a size is no such number or an activation is unknown.
   */
  constructor(nin: number, nouts: S, options: MLPOptions = {}) {
    super();
    const { activation = "tanh", generator = defaultGenerator() } = options;
    const { outputActivation = activation } = options;
    checkSize("MLP: nin", nin);
    if (!Array.isArray(nouts)) {
      throw new TypeError(`MLP: nouts must be an array of sizes, got ${describe(nouts)}`);
    }
    if (nouts.length === 0) {
      throw new RangeError("MLP: nouts must have at least one layer, got an empty array");
    }
    nouts.forEach((nout, i) => checkSize(`MLP: nouts[${i}]`, nout));
    checkActivation("MLP: activation", activation);
    checkActivation("MLP: outputActivation", outputActivation);
    this.layers = nouts.map((nout, i) =>
      new Layer(i === 0 ? nin : nouts[i - 1], nout, {
        activation: i === nouts.length - 1 ? outputActivation : activation,
        generator,
      })
    );
  }

  /**
   * The network's answer.
   *
   * @param x `nin` Values or numbers.
   * @returns as many Values as the last layer has neurons; for one neuron the one Value itself.
   * @throws {RangeError} if the length of `x` is not `nin`.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: readonly Operand[]): Output<Last<S>> {
    checkInput("MLP.forward", x, this.layers[0].nin);
    const out = scope("MLP", () => this.#outputs(x));
    return (out.length === 1 ? out[0] : out) as Output<Last<S>>;
  }

  #outputs(x: readonly Operand[]): Value[] {
    let out: Value[] = [];
    for (const [i, { neurons }] of this.layers.entries()) {
      out = scope(`layer ${i + 1}`, () => forwardAll(neurons, x));
      x = out;
    }
    return out;
  }

  /** Layer by layer, neuron by neuron, weights then bias. */
  parameters(): Value[] {
    return this.layers.flatMap((layer) => layer.parameters());
  }

  /** `MLP(3, [4, 4, 1], tanh): 41 parameters` */
  override toString(): string {
    const { layers } = this;
    const sizes = layers.map(({ nout }) => nout);
    const names = [...new Set(layers.map(({ neurons }) => neurons[0].activation))];
    const count = layers.reduce((n, { nin, nout }) => n + nout * (nin + 1), 0);
    return `MLP(${layers[0].nin}, [${sizes.join(", ")}], ${
      names.join(" then ")
    }): ${count} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { drawNetwork } = await import("./draw_network.ts");
    const text = this.toString();
    const layers = this.layers.map(({ neurons }) => neurons);
    return { "image/svg+xml": drawNetwork(layers, text), "text/plain": text };
  }
}
