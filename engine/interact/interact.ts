import { checkCount, checkOptions, describe, describeNumber } from "../arguments.ts";
import { display, type MimeBundle, Shown } from "../show/jupyter.ts";
import { type Control, type Slider, slidersOf } from "./controls.ts";

/**
 * Settings of {@link interact}.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { display, interact } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const product = interact((a, b) => a * b, { a: [0, 9, 1], b: [0, 9, 1] }, {
 *   start: { a: 6, b: 7 },
 * });
 * match(String((await product[display]())["text/plain"]), /at a = 6, b = 7\n42$/);
 * ```
 */
export interface InteractOptions {
  /**
   * Where the sliders stand first, such as `{ w: 1 }`: for an interval the stop nearest to the
   * number, for a list one of its values. Default: the middle of an interval, the first of a list.
   */
  start?: Readonly<Record<string, number | string>>;
  /** The most stops of all sliders together, multiplied. Default 500. */
  maxStops?: number;
  /** The most bytes that the page may hold of what is shown. Default 2,000,000. */
  maxBytes?: number;
}

/** What there is to show, checked. */
export interface Plan {
  readonly fn: (...values: never[]) => unknown;
  readonly sliders: readonly Slider[];
  readonly maxBytes: number;
}

/**
 * What {@link interact} returns: a function's results under sliders, for a notebook to show.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { interact, type Interaction } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const squares: Interaction = interact((x) => x ** 2, { x: [0, 3, 1] });
 * deepEqual(String(squares), "interact: x from 0 to 3, 4 stops");
 * ```
 */
export class Interaction extends Shown {
  readonly #plan: Plan;

  /** @ignore */
  constructor(plan: Plan) {
    super();
    this.#plan = plan;
  }

  /** `interact: w from -3 to 3, 25 stops` */
  override toString(): string {
    const { sliders } = this.#plan;
    const ranges = sliders.map(({ range }) => range).join(", ");
    return `interact: ${ranges}, ${countOf(sliders)} stops`;
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const { renderInteraction } = await import("./interact_view.ts");
    return await renderInteraction(this.#plan, this.toString());
  }
}

/**
 * Shows what a function returns under a slider for each of its arguments. The
 * function runs when the cell shows it, once for each stop of the sliders, one
 * after the other; the page only chooses, and so it moves without a kernel, too.
 * Where no script runs, what it returns at the start stays.
 *
 * The function may return a number, a string, whatever a notebook shows (a
 * Value, a Chart, a Table, a Formula, …), or an array of these, shown one below
 * the other; also a promise of one. A chart is shown as its still picture; give its axes a domain,
 * or they change from stop to stop.
 *
 * What has the name of a control in the picture can be dragged, and the slider follows: in a chart
 * the marks of a layer with this `name`, in a picture of your own elements with this `data-control`.
 *
 * @param fn gets the values of the sliders, in the order of `controls`.
 * @param controls of each argument what its slider moves over, under the name that stands beside it:
 * `[from, to]` in about 20 round steps, `[from, to, step]`, or `{ values: [0.01, 0.1, 1] }`.
 * @throws {TypeError} if `fn` is not a function, or a control is of another kind.
 * @throws {RangeError} if `fn` has more parameters than there are controls, an interval is empty,
 * or there are more than `maxStops` stops; when it is shown, if they take more than `maxBytes`.
 * @throws {RangeError} for an option of another name.
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { Chart, interact, Table } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const slope = interact((x, h) => {
 *   const rise = (x + h) ** 2 - x ** 2;
 *   return new Table([{ x, h, rise, slope: rise / h }]);
 * }, { x: [-2, 2], h: { values: [1, 0.1, 0.01] } });
 * match(String(slope), /x from -2 to 2, h among 1, 0.1, 0.01/);
 *
 * // A point to drag along a parabola.
 * const number = (field: string, domain: [number, number]) => (
 *   { field, type: "quantitative", scale: { domain } }
 * );
 * const parabola = interact((x) =>
 *   new Chart({
 *     data: { values: [{ x, y: x ** 2 }] },
 *     layer: [{ name: "x", mark: "point" }],
 *     encoding: { x: number("x", [-2, 2]), y: number("y", [0, 4]) },
 *   }), { x: [-2, 2] });
 * match(String(parabola), /21 stops/);
 * ```
 */
export function interact(
  fn: (...values: number[]) => unknown,
  controls: Readonly<Record<string, Control<number>>>,
  options?: InteractOptions,
): Interaction;
/** The same where some values are strings; say which, as in `(lr: number, name: string) => …`. */
export function interact(
  fn: (...values: never[]) => unknown,
  controls: Readonly<Record<string, Control>>,
  options?: InteractOptions,
): Interaction;
export function interact(
  fn: Plan["fn"],
  controls: Readonly<Record<string, Control>>,
  options: InteractOptions = {},
): Interaction {
  checkCount("interact", arguments, 3);
  if (typeof fn !== "function") {
    throw new TypeError(`interact: fn must be a function, got ${describe(fn)}`);
  }
  checkOptions<InteractOptions>("interact", options, {
    maxStops: "number",
    maxBytes: "number",
    start: "object",
  });
  const { start = {}, maxStops = 500, maxBytes = 2_000_000 } = options;
  for (const [name, value] of Object.entries({ maxStops, maxBytes })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new RangeError(
      `interact: ${name} must be a whole number from 1, got ${describeNumber(value)}`,
    );
  }
  const sliders = slidersOf(controls, start);
  if (fn.length > sliders.length) {
    throw new RangeError(
      `interact: fn must have at most as many parameters as there are controls, ${sliders.length}, got ${fn.length}`,
    );
  }
  const count = countOf(sliders);
  if (count > maxStops) {
    const factors = sliders.map((slider) => slider.count).join(" · ");
    throw new RangeError(
      `interact: controls must have at most ${maxStops} stops together, got ${
        sliders.length > 1 ? `${factors} = ` : ""
      }${count}: take larger steps, or raise maxStops`,
    );
  }
  return new Interaction({ fn, sliders, maxBytes });
}

function countOf(sliders: readonly Slider[]): number {
  return sliders.reduce((product, { count }) => product * count, 1);
}
