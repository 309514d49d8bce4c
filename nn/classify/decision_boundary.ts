import { checkCount, checkOptions } from "../../engine/internal.ts";
import type { Chart } from "../../engine/mod.ts";
import { Charted, score } from "../../engine/show/mod.ts";
import {
  checkExamples,
  checkNumber,
  checkNumbers,
  checkString,
  checkWhole,
  type Examples,
} from "../check.ts";
import { renderDecisionBoundary } from "./decision_boundary_view.ts";
import { classify } from "./predict.ts";
import type { Asked, PredictOptions } from "./threshold.ts";
import { Dataset } from "../data/dataset.ts";
import { checkModel, type Model } from "../model.ts";

/**
 * Settings of {@link decisionBoundary}.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { decisionBoundary, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const data = { x: [[0, 0], [2, 1]], y: [-1, 1] };
 * const map = decisionBoundary(new MLP(2, [1]), data, { resolution: 5, margin: 0 });
 * deepEqual([map.x1, map.x2], [[0, 0.5, 1, 1.5, 2], [0, 0.5, 1]]);
 * ```
 */
export interface DecisionBoundaryOptions extends PredictOptions {
  /** How many places in a row the model is asked at, along the longer side; from 2 to 200. Default 60. */
  resolution?: number;
  /** The room around the data, from 0, as a part of the data's longer side. Default 0.15. */
  margin?: number;
  /**
   * Values of a single output at which a dashed line is drawn, such as −1 and 1 for the
   * margin that {@link hingeLoss} asks for. Default: none.
   */
  levels?: readonly number[];
  /**
   * How far from the middle a single output has the fullest colour, above 0: the same for two maps,
   * and their colours can be compared. Default: as far as an example's output gets, at least 1.
   */
  reach?: number;
  /** What the chart is called; the accuracy follows. Default: the name of the data. */
  title?: string;
}

/**
 * An example, and what the model says to it.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { type AnsweredPoint, decisionBoundary, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [1], { activation: "linear" });
 * [1, 0, -1].forEach((data, i) => model.parameters()[i].data = data); // x1 − 1
 * const data = { x: [[3, 0], [4, 0]], y: [1, 0] };
 * const { points } = decisionBoundary(model, data, { resolution: 2 });
 * const wrong: AnsweredPoint[] = points.filter(({ label, answer }) => label !== answer);
 * deepEqual(wrong, [{ x: [4, 0], label: 0, answer: 1, outputs: [3] }]);
 * ```
 */
export interface AnsweredPoint {
  /** The two features. */
  readonly x: readonly [number, number];
  /** The right class, as the data calls it. */
  readonly label: number;
  /** The model's class, in the same terms. */
  readonly answer: number;
  /** The model's outputs, one or more. */
  readonly outputs: readonly number[];
}

/**
 * What a classifier answers all over the plane of two features; a notebook shows it as a map.
 *
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { decisionBoundary, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [1], { activation: "linear" });
 * [1, 0, -1].forEach((data, i) => model.parameters()[i].data = data); // x1 − 1
 * const map = decisionBoundary(model, { x: [[0, 0], [2, 1]], y: [-1, 1] }, { resolution: 9 });
 * deepEqual([map.accuracy, map.labels, map.middle], [1, [-1, 1], 0]);
 * deepEqual(map.outputs[0].map(([output]) => output), map.x1.map((x1) => x1 - 1));
 * ```
 */
export class DecisionBoundary extends Charted {
  /** Where the model was asked, in the first feature; from low to high. */
  readonly x1: readonly number[];
  /** Where the model was asked, in the second feature; from low to high, in the same steps. */
  readonly x2: readonly number[];
  /** Its outputs: `outputs[j][i]` are those at `x1[i]` and `x2[j]`. */
  readonly outputs: readonly (readonly (readonly number[])[])[];
  /** Where a single output turns from one class to the other. */
  readonly middle: number;
  /** The label of each class; of a single output `[0, 1]` or `[-1, 1]`. */
  readonly labels: readonly number[];
  /** The data, and what the model says to it. */
  readonly points: readonly AnsweredPoint[];
  /** Values of the output at which the chart has a dashed line. */
  readonly levels: readonly number[];
  /** How far from the middle an output has the fullest colour. */
  readonly reach: number;
  readonly #title: string;

  /** @ignore */
  constructor(
    [x1, x2]: readonly (readonly number[])[],
    outputs: readonly (readonly (readonly number[])[])[],
    middle: number,
    labels: readonly number[],
    points: readonly AnsweredPoint[],
    { levels = [], reach = reachOf(middle, points) }: DecisionBoundaryOptions,
    title: string,
  ) {
    super();
    this.x1 = x1;
    this.x2 = x2;
    this.outputs = outputs;
    this.middle = middle;
    this.labels = labels;
    this.points = points;
    this.levels = levels;
    this.reach = reach;
    this.#title = title;
  }

  /** The part of the data that is answered rightly, from 0 to 1. */
  get accuracy(): number {
    return this.points.filter(isRight).length / this.points.length;
  }

  /**
   * The map. A colour is a class, paler where a single output is nearer to the
   * middle; a line is where the answer changes. A mark is an example, in the colour
   * and the shape of its label, in a ring if the model says something else. Of more
   * than 600 examples a part is drawn.
   */
  chart(): Chart {
    checkCount("DecisionBoundary.chart", arguments, 0);
    return renderDecisionBoundary(this, `${this.#title}: ${this.#score()}`, this.toString());
  }

  /** `DecisionBoundary(60 × 44, 97 of 100 right: 97%)` */
  override toString(): string {
    return `DecisionBoundary(${this.x1.length} × ${this.x2.length}, ${this.#score()})`;
  }

  #score(): string {
    return score(this.points.filter(isRight).length, this.points.length);
  }
}

/**
 * What a classifier of two features answers all over the plane, and where its
 * answer changes. A model of one output says the second of two classes above
 * `threshold`; one of several says the class of the largest. The model does not
 * train meanwhile.
 *
 * @param model asked at up to `resolution`² places and for each example.
 * @param data n ≥ 1 examples of 2 features. The labels are 0 and 1 or −1 and 1 for one output,
 * and 0 to k − 1 for k outputs.
 * @throws {TypeError} if `model` is no Module with `forward`, `data` no examples or the title no
 * text.
 * @throws {RangeError} if the data has not 2 features, a label names no class of the model, a
 * setting is out of its range, or the threshold is not given where it is not clear and matters.
 * @throws {RangeError} for an option of another name.
 * @category Classifiers
 *
 * @example
 * ```ts
 * import { decisionBoundary, Module, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class RightOfOne extends Module {
 *   forward([a]: readonly (Value | number)[]): Value {
 *     return new Value(a instanceof Value ? a.data : a).sub(1);
 *   }
 *   parameters(): Value[] {
 *     return [];
 *   }
 * }
 * const data = { x: [[0, 0], [0.5, 1], [2, 1], [3, 0]], y: [0, 1, 1, 1] };
 * const map = decisionBoundary(new RightOfOne(), data, { resolution: 20, threshold: 0 });
 * deepEqual(map.accuracy, 0.75);
 * deepEqual(map.toString(), "DecisionBoundary(20 × 11, 3 of 4 right: 75%)");
 * ```
 */
export function decisionBoundary(
  model: Model,
  data: Examples,
  options: DecisionBoundaryOptions = {},
): DecisionBoundary {
  checkCount("decisionBoundary", arguments, 3);
  return boundaryOf("decisionBoundary", model, data, options);
}

/** As {@link decisionBoundary}, of any answers to rows, for a caller of any name. */
export function boundaryOf(
  name: string,
  model: Model,
  data: Examples,
  options: DecisionBoundaryOptions,
  answer?: (rows: Examples["x"]) => Asked,
): DecisionBoundary {
  checkOptions<DecisionBoundaryOptions>(name, options, {
    resolution: "number",
    title: "string",
    margin: "number",
    levels: "array",
    reach: "number",
    threshold: "number",
  });
  checkModel(name, model);
  checkExamples(`${name}: data`, data);
  const called = data instanceof Dataset ? data.name : "";
  const { resolution = 60, margin = .15, title = called || "decision boundary" } = options;
  const { levels, reach } = options;
  if (data.x[0].length !== 2) {
    throw new RangeError(`${name}: data must have 2 features, got ${data.x[0].length}`);
  }
  checkWhole(`${name}: resolution`, resolution, 2, 200);
  checkNumber(`${name}: margin`, margin, " from 0");
  if (levels !== undefined) checkNumbers(`${name}: levels`, levels);
  if (reach !== undefined) checkNumber(`${name}: reach`, reach, " above 0");
  checkString(`${name}: title`, title);
  const [x1, x2] = places(data.x, resolution, margin);
  const rows = x2.flatMap((b) => x1.map((a) => [a, b]));
  const classified = classify(name, model, data, options, { rows, answer });
  const { outputs: known, others, answers, labels, threshold } = classified;
  const { length: count } = known[0];
  if (count > 1) {
    for (const [setting, given] of Object.entries({ levels, reach })) {
      if (given === undefined) continue;
      const verb = setting === "levels" ? "are" : "is";
      throw new RangeError(
        `${name}: ${setting} ${verb} those of one output, got a model of ${count}`,
      );
    }
  }
  const points = data.x.map(([a, b], i): AnsweredPoint => ({
    x: [a, b],
    label: data.y[i],
    answer: answers[i],
    outputs: known[i],
  }));
  const outputs = x2.map((_, j) => others.slice(j * x1.length, (j + 1) * x1.length));
  return new DecisionBoundary([x1, x2], outputs, threshold, labels, points, options, title);
}

/** How far from its middle a single output gets, far from all data apart. */
function reachOf(middle: number, points: readonly AnsweredPoint[]): number {
  // A sigmoid is at most 0.5 from its middle, a tanh 1.
  return middle === .5 ? .5 : Math.max(
    1,
    ...points.map(({ outputs: [output] }) => Math.abs(output)).filter(Number.isFinite),
  );
}

function isRight({ label, answer }: AnsweredPoint): boolean {
  return label === answer;
}

/** Where to ask: in equal steps along both axes, if one is not more than five times as long. */
function places(rows: Examples["x"], n: number, margin: number): number[][] {
  const ends = [0, 1].map((k) =>
    [Math.min, Math.max].map((f) => rows.reduce((end, row) => f(end, row[k]), rows[0][k]))
  );
  const spans = ends.map(([low, high]) => high - low);
  const longer = Math.max(...spans) || 1;
  const alike = Math.min(...spans) >= longer / 5;
  return ends.map(([low, high], k) => {
    const own = alike ? longer : spans[k] || longer;
    const side = (high - low) + 2 * margin * own || own;
    const step = (alike ? longer + 2 * margin * longer : side) / (n - 1);
    const steps = Math.max(1, Math.ceil(side / step - 1e-9));
    const start = (low + high - steps * step) / 2;
    return Array.from({ length: steps + 1 }, (_, i) => start + i * step);
  });
}
