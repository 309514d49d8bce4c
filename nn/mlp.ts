import {
  type Operand,
  type Operands,
  type RandomGenerator,
  scope,
  type Value,
} from "../engine/mod.ts";
import { asList, checkCount, checkOptions, defaultGenerator } from "../engine/internal.ts";
import { abridged, display, inspect, type MimeBundle } from "../engine/show/mod.ts";
import { checkEach, checkOperands, checkSize } from "./check.ts";
import { dropout } from "./dropout.ts";
import { forwardAll, Layer, type Output } from "./layer.ts";
import {
  checkMLPOptions,
  inShort,
  layerActivations,
  type MLPOptions,
  mlpOptions,
} from "./mlp_options.ts";
import { Module } from "./module.ts";
import { hasBias } from "./neuron.ts";

/**
 * The last element of a list of sizes; `number` where the type does not tell.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { type Last, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const count: Last<readonly [4, 4, 2]> = 2;
 * deepEqual(new MLP(3, [4, 4, 2]).forward([1, 2, 3]).length, count);
 * ```
 */
export type Last<S extends readonly number[]> = S extends
  readonly [...unknown[], infer N extends number] ? N
  : number;

/** The names of layers in the parts of a computation. */
const names: string[] = [];

/**
 * A multi-layer perceptron: layers in a row, each fed by the one before.
 *
 * Two settings help networks of many layers. `residual` lets layers add their
 * input to their output: He et al., "Deep residual learning for image
 * recognition" (CVPR 2016). `dropout` sets outputs of the layers before the last
 * to 0 at random, after that addition and only in training mode: Srivastava et
 * al., "Dropout: A simple way to prevent neural networks from overfitting"
 * (JMLR 15, 2014). Call `eval()` for answers without it and `train()` to go on.
 *
 * @category Networks
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
 *
 * @example A deeper one, with an activation for each layer
 * ```ts
 * import { MLP, RandomGenerator } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [8, 8, 8, 1], {
 *   activation: ["relu", "relu", "relu", "linear"],
 *   init: "kaimingNormal",
 *   residual: true,
 *   dropout: 0.25,
 *   generator: new RandomGenerator(1),
 * });
 * deepEqual(
 *   String(model),
 *   "MLP(2, [8, 8, 8, 1], relu then linear, residual, dropout 0.25): 177 parameters",
 * );
 * model.eval();
 * deepEqual(model.forward([1, 2]).data, model.forward([1, 2]).data);
 * ```
 */
export class MLP<const S extends readonly number[] = readonly number[]> extends Module {
  /** The layers, from the input to the output. */
  readonly layers: readonly Layer[];
  /** Whether layers with as many outputs as inputs add their input to their output. */
  readonly residual: boolean;
  /** The probability with which outputs are set to 0 in training mode. */
  readonly dropout: number;
  readonly #generator: RandomGenerator | undefined;

  /**
   * A network with weights and biases drawn at random; see {@link Init}. Dropout
   * later draws from the same generator.
   *
   * @param nin the number of inputs, from 1.
   * @param nouts the number of neurons of each layer, each from 1.
   * @throws {TypeError} if `nouts` is not an array, `residual` not a boolean or the generator none.
   * @throws {RangeError} if there is no layer, a size or `dropout` is no such number, an activation
   * or `init` is unknown, a list of activations has not one a layer or comes with
   * `outputActivation`, or `residual` or `dropout` would concern no layer.
   * @throws {RangeError} for an option of another name.
   */
  constructor(nin: number, nouts: S, options: MLPOptions = {}) {
    checkCount("MLP", arguments, 3);
    super();
    checkSize("MLP: nin", nin);
    checkEach("MLP: nouts", nouts, checkSize);
    checkOptions<MLPOptions>("MLP", options, mlpOptions);
    const { generator, init, bias, residual = false, dropout = 0 } = options;
    const sizes = [nin, ...nouts];
    checkMLPOptions(sizes, options);
    this.layers = layerActivations(nouts.length, options).map((activation, i) => {
      const adds = residual && sizes[i] === sizes[i + 1];
      const settings = { activation, generator, init, bias, residual: adds };
      return new Layer(sizes[i], sizes[i + 1], settings);
    });
    this.residual = residual;
    this.dropout = dropout;
    this.#generator = generator;
  }

  /**
   * The network's answer.
   *
   * @param x `nin` Values or numbers.
   * @returns as many Values as the last layer has neurons; for one neuron the one Value itself.
   * @throws {RangeError} if the length of `x` is not `nin`.
   * @throws {TypeError} if an element is neither a Value nor a number.
   */
  forward(x: Operands): Output<Last<S>> {
    checkCount("MLP.forward", arguments, 1);
    const inputs = asList(x);
    checkOperands("MLP.forward: x", inputs, this.layers[0].nin);
    const out = scope("MLP", () => this.#outputs(inputs));
    return (out.length === 1 ? out[0] : out) as Output<Last<S>>;
  }

  #outputs(x: readonly Operand[]): Value[] {
    const { layers } = this;
    const p = this.training ? this.dropout : 0;
    let out: Value[] = [];
    for (const [i, layer] of layers.entries()) {
      out = scope(names[i] ??= `layer ${i + 1}`, () => {
        const answers = forwardAll(layer, x);
        if (p === 0 || i === layers.length - 1) return answers;
        return dropout(answers, p, this.#generator ?? defaultGenerator());
      });
      x = out;
    }
    return out;
  }

  /** Layer by layer, neuron by neuron, weights then bias. */
  parameters(): Value[] {
    checkCount("MLP.parameters", arguments, 0);
    return this.layers.flatMap((layer) => layer.parameters());
  }

  /** `MLP(3, [4, 4, 1], tanh): 41 parameters` */
  override toString(): string {
    const { layers, residual, dropout } = this;
    const sizes = layers.map(({ nout }) => nout);
    const settings = [
      inShort(layers.map(({ neurons }) => neurons[0].activation)),
      ...hasBias(layers[0].neurons[0]) ? [] : ["no bias"],
      ...residual ? ["residual"] : [],
      ...dropout > 0 ? [`dropout ${dropout}`] : [],
    ];
    const shown = abridged(sizes.map(String)).join(", ");
    const what = `${layers[0].nin}, [${shown}], ${settings.join(", ")}`;
    return `MLP(${what}): ${this.parameters().length} parameters`;
  }

  /** @ignore */
  [inspect](): string {
    return this.toString();
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderNetwork } = await import("./network_view.ts");
    return renderNetwork(this.layers, this.toString());
  }
}
