import { checkCount, constant } from "../../engine/internal.ts";
import { compile, type Program, Value } from "../../engine/mod.ts";
import { display, type MimeBundle, Shown } from "../../engine/show/mod.ts";
import { checkImageSize, checkNumbers } from "../check.ts";
import { answerOf, checkModel, type Model, outputsOf } from "../model.ts";
import { inMode } from "../module.ts";
import { softmax } from "../softmax.ts";
import { classOf, wholePercent } from "./classes.ts";

/** More squares are too small for a finger. */
const mostPixels = 1024;

/**
 * A sheet to draw on, and what a classifier of images says to it; see {@link drawingPad}.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { drawingPad, MLP, RandomGenerator } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const model = new MLP(64, [10], { generator: new RandomGenerator(1) });
 * match(String(drawingPad(model, [8, 8])), /^DrawingPad\(8 × 8, says \d, \d+% sure\)$/);
 * ```
 */
export class DrawingPad extends Shown {
  /** The pixels in a row and in a column. */
  readonly imageSize: readonly [width: number, height: number];
  /** What is drawn at first: pixels row by row from the top, 0 is paper and 1 is ink. */
  readonly pixels: readonly number[];
  /** What the model says to that: a probability for each class, as softmax makes it. */
  readonly probabilities: readonly number[];
  /** @ignore */
  readonly program: Program;

  /** @ignore */
  constructor(
    imageSize: readonly [width: number, height: number],
    pixels: readonly number[],
    probabilities: readonly number[],
    program: Program,
  ) {
    super();
    this.imageSize = imageSize;
    this.pixels = pixels;
    this.probabilities = probabilities;
    this.program = program;
  }

  /** `DrawingPad(8 × 8, says 4, 97% sure)` */
  override toString(): string {
    const { imageSize: [width, height], probabilities } = this;
    const answer = classOf(probabilities, 0);
    const sure = `${wholePercent(probabilities[answer])} sure`;
    return `DrawingPad(${width} × ${height}, says ${answer}, ${sure})`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderDrawingPad } = await import("./drawing_pad_view.ts");
    return renderDrawingPad(this);
  }
}

/**
 * A sheet to draw on with a mouse, a finger or the keyboard, beside it how sure a
 * classifier is of each class. The model is compiled, in single precision, and
 * goes into the page, so that it answers there, without a kernel.
 *
 * @param model takes the pixels of an image, row by row from the top, and has an output for each
 * of at least two classes. It is asked as it is now; training it later changes nothing here.
 * @param imageSize the pixels in a row and in a column, at most 1,024 in all.
 * @param pixels what is drawn at first, from 0 for paper to 1 for ink. Default: nothing.
 * @throws {TypeError} if `model` is no Module with `forward`, or a list is none.
 * @throws {RangeError} if the sizes do not fit, or the model has a single output.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { display, drawingPad, MLP } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const pad = drawingPad(new MLP(4, [3]), [2, 2], [1, 0, 0, 1]);
 * const { "text/html": page } = await pad[display]();
 * match(String(page), /run this cell to draw/);
 * ```
 */
export function drawingPad(
  model: Model,
  imageSize: readonly [width: number, height: number],
  pixels?: readonly number[],
): DrawingPad {
  checkCount("drawingPad", arguments, 3);
  checkModel("drawingPad", model);
  const count = Array.isArray(imageSize) ? imageSize[0] * imageSize[1] : NaN;
  checkImageSize("drawingPad: imageSize", imageSize, count);
  if (count > mostPixels) {
    throw new RangeError(`drawingPad: imageSize must be of at most 1,024 pixels, got ${count}`);
  }
  if (pixels !== undefined) checkNumbers("drawingPad: pixels", pixels, count, " from 0 to 1");
  const drawn = pixels === undefined ? new Array<number>(count).fill(0) : [...pixels];
  const inputs = drawn.map((pixel) => new Value(pixel));
  const answer = inMode(model, false, () => answerOf("drawingPad", model, inputs));
  if (!Array.isArray(answer) || answer.length < 2) {
    throw new RangeError(
      "drawingPad: model must have at least 2 outputs, one for each class, got 1",
    );
  }
  const parameters = [...new Set(model.parameters())];
  // There is no loss, so all that is computed lies beside it. For a page single precision will do.
  const program = compile(constant(0), {
    inputs,
    parameters,
    outputs: answer,
    precision: "float32",
  });
  const probabilities = softmax(outputsOf(answer)).map(({ data }) => data);
  return new DrawingPad([...imageSize], drawn, probabilities, program);
}
