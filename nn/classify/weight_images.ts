import { checkCount } from "../../engine/internal.ts";
import { counted, display, formatNumber, type MimeBundle, Shown } from "../../engine/show/mod.ts";
import { checkImageSize, checkInstance } from "../check.ts";
import { Layer } from "../layer.ts";

/**
 * The weights of each neuron of a layer; a notebook shows them as images.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { Layer, weightImages } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const layer = new Layer(4, 3);
 * layer.neurons.forEach(({ w }, i) => w.forEach((p) => p.data = -i));
 * const images = weightImages(layer, [2, 2]);
 * deepEqual(images.weights[1], [-1, -1, -1, -1]);
 * deepEqual([images.imageSize, images.largest], [[2, 2], 2]);
 * ```
 */
export class WeightImages extends Shown {
  /** The weights of each neuron, as they were: pixels row by row from the top. */
  readonly weights: readonly (readonly number[])[];
  /** The pixels in a row and in a column. */
  readonly imageSize: readonly [width: number, height: number];

  /** @ignore */
  constructor(weights: readonly (readonly number[])[], imageSize: readonly [number, number]) {
    super();
    this.weights = weights;
    this.imageSize = imageSize;
  }

  /** The largest finite weight, up to its sign: where the colours end. */
  get largest(): number {
    return this.weights.flat().reduce(
      (most, w) => Number.isFinite(w) ? Math.max(most, Math.abs(w)) : most,
      0,
    );
  }

  /** `WeightImages(16 neurons of 8 × 8 weights, at most ±1.31)` */
  override toString(): string {
    const { weights, imageSize: [width, height], largest } = this;
    const neurons = counted(weights.length, "neuron");
    const most = formatNumber(Number(largest.toPrecision(3)));
    return `WeightImages(${neurons} of ${width} × ${height} weights, at most ±${most})`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderWeights } = await import("./weight_images_view.ts");
    return renderWeights(this);
  }
}

/**
 * What the neurons of a layer look for in images: for each of them its weights,
 * each where its pixel is. Blue is a weight above 0, by which ink there speaks
 * for the neuron; orange one below, by which it speaks against; all neurons share
 * one scale. It tells something only of a layer that is fed with images.
 *
 * @param layer the first layer of a network of images, `model.layers[0]`. Of more than 64
 * neurons, or 120,000 weights, the first ones are drawn.
 * @param imageSize the pixels in a row and in a column of the images, whose product is
 * `layer.nin`; each at most 250.
 * @throws {TypeError} if `layer` is not a Layer, or `imageSize` not a list of two.
 * @throws {RangeError} if `imageSize` are not such numbers.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { Layer, RandomGenerator, weightImages } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const layer = new Layer(6, 2, { generator: new RandomGenerator(1) });
 * layer.neurons[0].w[5].data = -1.5; // the pixel at the bottom right
 * const images = weightImages(layer, [3, 2]);
 * deepEqual(images.toString(), "WeightImages(2 neurons of 3 × 2 weights, at most ±1.5)");
 * ```
 */
export function weightImages(
  layer: Layer,
  imageSize: readonly [width: number, height: number],
): WeightImages {
  checkCount("weightImages", arguments, 2);
  checkInstance("weightImages: layer", layer, Layer, "a Layer");
  checkImageSize("weightImages: imageSize", imageSize, layer.nin);
  return new WeightImages(layer.neurons.map(({ w }) => w.map(({ data }) => data)), [...imageSize]);
}
