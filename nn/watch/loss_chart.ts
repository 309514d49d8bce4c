/**
 * The curve of a training, the same in every picture of one: points, axes,
 * labels and colours, of charts and of what is drawn while no chart can be.
 *
 * @module
 */
import type { VegaLiteSpec } from "../../engine/mod.ts";

/** What the curves of a training are, and how they are shown. */
export interface CurveSettings {
  /** What the curves are of: a loss, which is seen from 0, or a share, up to all. Default `loss`. */
  field?: "loss" | "accuracy";
  /** What is counted. Default `step`. */
  unit?: "step" | "epoch";
  /** The number of the first. Default 0. */
  first?: number;
  /** The number of the last, if more are expected than there are. */
  last?: number;
  /** Whether the axis is logarithmic. Default false. */
  logarithmic?: boolean;
}

/** From where to where an axis goes, and where it has marks. */
export interface Axis {
  domain: readonly [low: number, high: number];
  marks: readonly number[];
  /** How far a number is from the low end on the way to the high, from 0 to 1. */
  share(number: number): number;
}

/** A point of a curve; without a height it is a gap. */
export type CurvePoint = readonly [at: number, height: number | null];

/** Of more losses than these a part is drawn. */
export const mostPoints = 1000;
/** Beyond it the arithmetic of the axes would overflow. */
const largest = 1e300;

/** Where the points of curves and the marks of their axes are. */
export function planCurves(curves: readonly (readonly number[])[], settings: CurveSettings) {
  const { field = "loss", first = 0, logarithmic = false } = settings;
  const drawable = (y: number) => Math.abs(y) <= largest && (!logarithmic || y > 0);
  const scale = logarithmic ? powersOfTen : plain;
  const points = curves.map((ys) =>
    withPeaks(ys, drawable).map(([i, y]): CurvePoint => [first + i, y])
  );
  const heights = points.flat().flatMap(([, y]) => y === null ? [] : scale.to(y));
  const least = field === "accuracy" ? [.9, 1] : logarithmic ? [Infinity, -Infinity] : [0, 0];
  const [low, high] = heights.length === 0 && logarithmic
    ? [-1, 0]
    : heights.reduce(([a, b], y) => [Math.min(a, y), Math.max(b, y)], least);
  const step = niceStep((high - low) / 5);
  // Between two powers of ten there is no mark.
  const ys = marks(low, high, logarithmic ? Math.max(1, step) : step);
  const length = Math.max(0, ...curves.map((ys) => ys.length));
  const last = Math.max(first + 1, first + length - 1, settings.last ?? first);
  const xs = marks(first, last, Math.max(1, niceStep((last - first) / 6)));
  return {
    points,
    x: axis(first, last, xs, plain),
    y: axis(ys[0], ys[ys.length - 1], ys, scale),
    drawable,
  };
}

const plain = { to: (x: number) => x, from: (x: number) => x };
const powersOfTen = { to: Math.log10, from: (x: number) => 10 ** x };

function axis(low: number, high: number, marks: readonly number[], scale: typeof plain): Axis {
  return {
    domain: [scale.from(low), scale.from(high)],
    marks: marks.filter((mark) => mark >= low && mark <= high).map(scale.from),
    share: (x) => (scale.to(x) - low) / (high - low),
  };
}

/** The chart of curves by their names, to be completed with a size and a title. */
export function lossChart(
  curves: Readonly<Record<string, readonly number[]>>,
  settings: CurveSettings = {},
): VegaLiteSpec {
  const { field = "loss", unit = "step", logarithmic = false } = settings;
  const names = Object.keys(curves);
  const { points, x, y } = planCurves(Object.values(curves), settings);
  const several = names.length > 1;
  const values = points.flatMap((curve, k) =>
    curve.map(([at, height]) => ({
      [unit]: at,
      ...several ? { data: names[k] } : {},
      [field]: height && Number(height.toPrecision(6)),
    }))
  );
  const isShare = field === "accuracy";
  const encode = (name: string, { domain, marks }: Axis, format: string, type: string) => ({
    field: name,
    type: "quantitative",
    axis: { values: marks, format },
    scale: { type, domain, nice: false },
  });
  return {
    data: { values },
    mark: { type: "line", point: Math.max(...points.map(({ length }) => length)) <= 60 },
    encoding: {
      x: encode(unit, x, "d", "linear"),
      y: encode(field, y, isShare ? ".0%" : ".6~g", logarithmic ? "log" : "linear"),
      ...several ? { color: { field: "data", type: "nominal", title: null } } : {},
      tooltip: [
        { field: unit },
        { field, format: isShare ? ".1%" : ".6g" },
        ...several ? [{ field: "data" }] : [],
      ],
    },
  };
}

/** All points; of very many, those of each group that are lowest and highest, and the ends. */
function withPeaks(ys: readonly number[], drawable: (y: number) => boolean): CurvePoint[] {
  const group = ys.length <= mostPoints ? 1 : Math.ceil(2 * ys.length / (mostPoints - 2));
  const points: CurvePoint[] = [];
  for (let from = 0; from < ys.length; from += group) {
    const all = Array.from({ length: Math.min(group, ys.length - from) }, (_, i) => from + i);
    const inside = all.filter((i) => drawable(ys[i]));
    if (inside.length === 0) points.push([from, null]);
    const least = inside.reduce((a, b) => ys[b] < ys[a] ? b : a, inside[0]);
    const most = inside.reduce((a, b) => ys[b] > ys[a] ? b : a, inside[0]);
    const kept = inside.filter((i) => i === least || i === most || i === 0 || i === ys.length - 1);
    points.push(...kept.map((i): CurvePoint => [i, ys[i]]));
  }
  return points;
}

/** A step of 1, 2 or 5 times a power of ten, at least as large as `x`; 1 for 0. */
export function niceStep(x: number): number {
  if (x <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].find((digit) => digit * power >= x)! * power;
}

/** Multiples of `step` from below `low` to above `high`, at least two. */
function marks(low: number, high: number, step: number): number[] {
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  return Array.from(
    { length: last - first + 1 },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}
