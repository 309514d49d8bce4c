import { checkCount, checkOptions, describe, describeNumber } from "../arguments.ts";
import { Chart, quantitative, type VegaLiteSpec } from "../chart/chart.ts";
import { colors, wordColors } from "../show/colors.ts";
import { formatNumber } from "../show/text.ts";

/**
 * Settings of {@link secant}.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { secant } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const chart = secant((x) => x ** 2, 1, { from: 0, to: 3, h: 1 });
 * match(Deno.inspect(chart), /h = 1: the secant has slope 3; h → 0: the tangent has slope 2/);
 * ```
 */
export interface SecantOptions {
  /** The left end of the curve. Default x − 3. */
  from?: number;
  /** The right end of the curve. Default x + 3. */
  to?: number;
  /** The first and largest h; x + h must not lie beyond `to`. Default 2, or less to fit. */
  h?: number;
}

const samples = 200;
const halvings = 8;
const perHalving = 4;

/**
 * The definition of the derivative, as a chart with a slider: the slope of `f`
 * at `x` is what the slope of the secant through x and x + h becomes as h goes
 * to 0. The slider halves h eight times; what is on the page is computed
 * beforehand, so it needs no kernel. Where Vega-Lite is not known, the picture
 * of the largest h stays.
 *
 * @param f an ordinary function of a number.
 * @param x where to take the derivative; f is sampled from `from` to `to` around it.
 * @throws {TypeError} if `f` is not a function.
 * @throws {RangeError} unless from ≤ x < x + h ≤ to, all finite, and f is finite at x and x + h.
 * @throws {RangeError} for an option of another name.
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { secant } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const f = (x: number) => 3 * x ** 2 - 4 * x + 5;
 * match(await secant(f, 3, { from: -5, to: 5 }).svg(), /slope 20/); // h = 2; as h → 0 it becomes 14
 * ```
 */
export function secant(f: (x: number) => number, x: number, options: SecantOptions = {}): Chart {
  checkCount("secant", arguments, 3);
  checkOptions<SecantOptions>("secant", options, { h: "number", from: "number", to: "number" });
  if (typeof f !== "function") {
    throw new TypeError(`secant: f must be a function, got ${describe(f)}`);
  }
  const checked = (name: string, value: number, ok: boolean, must: string) => {
    if (Number.isFinite(value) && ok) return value;
    throw new RangeError(`secant: ${name} must be ${must}, got ${describeNumber(value)}`);
  };
  checked("x", x, true, "a finite number");
  const { from = x - 3, to = x + 3 } = options;
  checked("from", from, from <= x, `a finite number up to x = ${x}`);
  checked("to", to, to > x, `a finite number above x = ${x}`);
  const { h: largest = Math.min(2, to - x) } = options;
  checked("h", largest, largest > 0 && x + largest <= to, `above 0 and at most to − x = ${to - x}`);
  const at = (t: number): number => {
    const y = f(t);
    return checked(`f(${t})`, y, true, "a finite number");
  };

  const y = at(x);
  const tiny = 6e-6 * Math.max(1, Math.abs(x));
  const tangent = (f(x + tiny) - f(x - tiny)) / ((x + tiny) - (x - tiny));
  const ends = { from, to };
  const line = (slope: number) => ({ l: y + slope * (from - x), r: y + slope * (to - x) });
  const secants = Array.from({ length: halvings * perHalving + 1 }, (_, i) => {
    const k = i / perHalving;
    const h = largest / 2 ** k;
    const y2 = at(x + h);
    const slope = (y2 - y) / h;
    const text = `h = ${formatNumber(h)}: the secant has slope ${formatNumber(slope)}`;
    return { k, ...ends, x, y, x2: x + h, y2, ...line(slope), text };
  });
  const curve = Array.from({ length: samples + 1 }, (_, i) => {
    const t = from + (to - from) * i / samples;
    const value = f(t);
    return { x: t, y: Number.isFinite(value) ? value : null };
  });
  const heights = [...curve.map((point) => point.y), ...secants.map(({ y2 }) => y2)]
    .filter((value) => value !== null);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const room = (high - low) * .08 || 1;
  const scale = { zero: false, nice: false, domain: [low - room, high + room] };

  const onX = (field: string, more = {}) => quantitative(field, "x", more);
  const onY = (field: string, more = {}) => quantitative(field, "f(x)", more);
  const now = [{ filter: "datum.k === halvings" }];
  const fixed = { values: [{ ...ends, x, y, ...line(tangent) }] };
  const tangentText = Number.isFinite(tangent)
    ? `h → 0: the tangent has slope ${formatNumber(tangent)}`
    : "h → 0: there is no tangent";
  const across = {
    x: onX("from"),
    x2: { field: "to" },
    y: onY("l"),
    y2: { field: "r" },
  };
  const dotted = (encoding: VegaLiteSpec) => ({
    mark: { type: "rule", color: colors.negative, strokeDash: [2, 3], clip: true },
    encoding,
  });
  // Under the sliders of interact() these are what a hand takes hold of.
  const point = (name: string, color: string, x: string, y: string) => ({
    name,
    mark: { type: "point", size: 70, filled: true, opacity: 1, color },
    encoding: { x: onX(x), y: onY(y) },
  });
  const words = (color: string, text: unknown, dy: number) => ({
    mark: { type: "text", align: "left", fontSize: 13, color },
    encoding: { x: { value: 0 }, y: { value: dy }, text },
  });
  return new Chart({
    title: "the secant through f(x) and f(x + h)",
    height: 280,
    params: [{
      name: "halvings",
      value: 0,
      bind: {
        input: "range",
        min: 0,
        max: halvings,
        step: 1 / perHalving,
        name: "halvings of h: ",
      },
    }],
    layer: [
      {
        data: { values: curve },
        mark: { type: "line", clip: true },
        encoding: {
          x: onX("x", {
            scale: { domain: [from, to], nice: false },
            axis: { tickCount: 6, labelOverlap: true },
          }),
          y: onY("y", { scale }),
        },
      },
      ...Number.isFinite(tangent)
        ? [{
          data: fixed,
          mark: { type: "rule", color: colors.line, opacity: .7, strokeDash: [6, 4], clip: true },
          encoding: across,
        }]
        : [],
      {
        data: { values: secants },
        transform: now,
        layer: [
          {
            mark: { type: "rule", color: colors.negative, strokeWidth: 2, clip: true },
            encoding: across,
          },
          dotted({ x: onX("x"), x2: { field: "x2" }, y: onY("y") }),
          dotted({ x: onX("x2"), y: onY("y"), y2: { field: "y2" } }),
          point("h", colors.negative, "x2", "y2"),
          words(wordColors[1], { field: "text", type: "nominal" }, -26),
        ],
      },
      { data: fixed, ...point("x", colors.positive, "x", "y") },
      { data: fixed, ...words(colors.line, { value: tangentText }, -9) },
    ],
  }, `f at x = ${x}. ${secants[0].text}; ${tangentText}`);
}
