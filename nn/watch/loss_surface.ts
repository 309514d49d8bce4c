import { type Chart, RandomGenerator, Value } from "../../engine/mod.ts";
import { checkCount, checkOptions, describe } from "../../engine/internal.ts";
import { Charted } from "../../engine/show/mod.ts";
import { renderLossSurface } from "./loss_surface_view.ts";
import { checkFunction, checkInstance, checkNumber, checkWhole } from "../check.ts";
import { type Direction, inner, randomDirection } from "./directions.ts";
import { Module } from "../module.ts";
import { offsetsOf, orthogonal, planeOf } from "./surface_plane.ts";

/**
 * Settings of {@link lossSurface}.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { lossSurface, type LossSurfaceOptions, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [2, 1]);
 * const loss = () => model.forward([1]).sub(0.5).pow(2);
 * const options: LossSurfaceOptions = { range: 0.5, n: 3 };
 * const { losses } = lossSurface(loss, model, options);
 * deepEqual(losses[1][1], loss().data); // in the middle is the model as it is
 * ```
 */
export interface LossSurfaceOptions {
  /**
   * The parameters on their way, the oldest first, each in the order of
   * `model.parameters()`; two or more. Default: none, and directions at random.
   */
  path?: readonly ArrayLike<number>[];
  /**
   * How far the surface reaches to each side, above 0. Default: as far as the
   * path, or without one 1, which is as far again as the parameters are from 0.
   */
  range?: number;
  /** The number of cells in a row, from 2 to 100. Default 25. */
  n?: number;
  /** Where random directions come from. Default: seed 0. */
  generator?: RandomGenerator;
}

/**
 * A place on a {@link LossSurface}.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { lossSurface, Neuron, type SurfacePoint } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const neuron = new Neuron(1, { activation: "linear" });
 * neuron.parameters().forEach((p) => p.data = 0);
 * const loss = () => neuron.forward([1]).pow(2);
 * const path = [[3, 4], [0, 0]]; // w and b, as they were and as they are
 * const [start, end]: readonly SurfacePoint[] = lossSurface(loss, neuron, { path, n: 2 }).path;
 * deepEqual([Math.hypot(start.a, start.b).toFixed(6), end.a, end.b], ["5.000000", 0, 0]);
 * ```
 */
export interface SurfacePoint {
  /** The distance along the first direction. */
  readonly a: number;
  /** The distance along the second direction. */
  readonly b: number;
}

/**
 * The loss on a plane through the space of all parameters; a notebook shows it as a map.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { lossSurface, MLP } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [1]);
 * const surface = lossSurface(() => model.forward([1]).pow(2), model, { n: 4 });
 * deepEqual(surface.as, [-0.75, -0.25, 0.25, 0.75]);
 * deepEqual([surface.losses.length, surface.losses[0].length], [4, 4]);
 * deepEqual([surface.path, surface.explained], [[], NaN]); // random directions, no path
 * ```
 */
export class LossSurface extends Charted {
  /** The two directions that span the plane. */
  readonly directions: readonly [readonly number[], readonly number[]];
  /** The middles of the cells along the first direction. */
  readonly as: readonly number[];
  /** The middles of the cells along the second direction. */
  readonly bs: readonly number[];
  /** The losses: `losses[j][i]` at `as[i]` and `bs[j]`. */
  readonly losses: readonly (readonly number[])[];
  /** The way to the present parameters, which are at (0, 0); empty without a path. */
  readonly path: readonly SurfacePoint[];
  /** How much of the path's extent lies in the plane, from 0 to 1; NaN without a path. */
  readonly explained: number;

  /** @ignore */
  constructor(
    directions: readonly [Direction, Direction],
    as: readonly number[],
    bs: readonly number[],
    losses: readonly (readonly number[])[],
    path: readonly SurfacePoint[],
    explained: number,
  ) {
    super();
    this.directions = directions;
    this.as = as;
    this.bs = bs;
    this.losses = losses;
    this.path = path;
    this.explained = explained;
  }

  /**
   * The map: a cell's colour is its loss, on a logarithmic scale if all losses
   * are above 0. Losses that are not finite leave a hole.
   */
  chart(): Chart {
    checkCount("LossSurface.chart", arguments, 0);
    return renderLossSurface(this);
  }

  /** `LossSurface(25 × 25, loss 0.01 to 7.2; the plane has 98% of the path)` */
  override toString(): string {
    const { as, bs, explained } = this;
    const finite = this.losses.flat().filter(Number.isFinite);
    const [low, high] = [Math.min, Math.max].map((f) => Number(f(...finite).toPrecision(3)));
    const losses = finite.length === 0 ? "no finite loss" : `loss ${low} to ${high}`;
    const plane = Number.isNaN(explained)
      ? "random directions"
      : `the plane has ${Math.round(100 * explained)}% of the path`;
    return `LossSurface(${as.length} × ${bs.length}, ${losses}; ${plane})`;
  }
}

/**
 * The loss around the present parameters of a model, on a plane through the
 * space of all of them. With a path, the plane is the one in which the path
 * spreads the most, and the way is drawn on it; without one, it is spanned by
 * two random directions, each neuron's part as long as the neuron's parameters.
 * The parameters are moved meanwhile and put back exactly, also when `loss` throws.
 *
 * Li et al., "Visualizing the Loss Landscape of Neural Nets" (2018),
 * https://arxiv.org/abs/1712.09913.
 *
 * @param loss computes the loss with the model's parameters as they are; called n² times.
 * @param model whose parameters span the space; what else the loss depends on should stay the same.
 * @throws {TypeError} if `loss` is not a function or gives no Value, or `model` is not a Module.
 * @throws {RangeError} if a setting is out of its range, a vector of the path does not fit, or
 * the path stays in one place.
 * @throws {RangeError} for an option of another name.
 * @category Watching training
 *
 * @example
 * ```ts
 * import { lossSurface, MLP, RandomGenerator, Recorder, sum } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(1, [3, 1], { generator: new RandomGenerator(1) });
 * const xs = [-1, -0.5, 0, 0.5, 1];
 * const loss = () => sum(xs.map((x) => model.forward([x]).sub(x * x).pow(2)));
 * const tape = new Recorder(model);
 * for (let step = 0; step < 50; step++) {
 *   const now = loss();
 *   tape.record(now);
 *   model.zeroGrad();
 *   now.backward();
 *   for (const p of model.parameters()) p.data -= 0.05 * p.grad;
 * }
 * const path = tape.moments.map(({ parameters }) => parameters);
 * const surface = lossSurface(loss, model, { path, n: 9 });
 * deepEqual(surface.path.length, 51); // the 50 recorded, and where they led
 * deepEqual(surface.explained > 0.9, true);
 * ```
 */
export function lossSurface(
  loss: () => Value,
  model: Module,
  options: LossSurfaceOptions = {},
): LossSurface {
  checkCount("lossSurface", arguments, 3);
  checkOptions<LossSurfaceOptions>("lossSurface", options, {
    n: "number",
    range: "number",
    path: "array",
    generator: "RandomGenerator",
  });
  checkFunction("lossSurface: loss", loss);
  checkInstance("lossSurface: model", model, Module, "a Module");
  const { path, range, n = 25, generator = new RandomGenerator(0) } = options;
  checkWhole("lossSurface: n", n, 2, 100);
  if (range !== undefined) checkNumber("lossSurface: range", range, " above 0");
  const parameters = model.parameters();
  const center = parameters.map((p) => p.data);
  const offsets = path === undefined ? [] : offsetsOf(path, center);
  const directions = path === undefined
    ? orthogonal(randomDirection(model, generator), randomDirection(model, generator))
    : planeOf(offsets, center.map(() => generator.normal()));
  const lengths = directions.map((d) => inner(d, d) || 1);
  const way = offsets.map((offset): SurfacePoint => ({
    a: inner(offset, directions[0]) / lengths[0],
    b: inner(offset, directions[1]) / lengths[1],
  }));
  const [left, right] = extent(way.map(({ a }) => a), range, 0);
  const [low, high] = extent(way.map(({ b }) => b), range, (right - left) / 4);
  const as = middles(left, right, n);
  const bs = middles(low, high, n);
  const evaluate = (a: number, b: number): number => {
    parameters.forEach((p, i) => {
      p.data = center[i] + a * directions[0][i] + b * directions[1][i];
    });
    const y = loss();
    if (y instanceof Value) return y.data;
    throw new TypeError(`lossSurface: loss must return a Value, got ${describe(y)}`);
  };
  try {
    const losses = bs.map((b) => as.map((a) => evaluate(a, b)));
    const total = offsets.reduce((sum, offset) => sum + inner(offset, offset), 0);
    const inPlane = way.reduce((sum, { a, b }) => sum + a * a + b * b, 0);
    const explained = path === undefined ? NaN : Math.min(1, inPlane / total);
    return new LossSurface(directions, as, bs, losses, way, explained);
  } finally {
    parameters.forEach((p, i) => {
      p.data = center[i];
    });
  }
}

/** The given range, or else that of the way, with room on both sides and not below `least`. */
function extent(way: readonly number[], range: number | undefined, least: number) {
  if (range !== undefined || way.length === 0) return [-(range ?? 1), range ?? 1];
  const [low, high] = way.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [0, 0]);
  const room = Math.max(.3 * (high - low), (least - (high - low)) / 2) || 1;
  return [low - room, high + room];
}

/** The middles of n cells between two ends. */
function middles(low: number, high: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => low + (high - low) * (i + .5) / n);
}
