import { colors, document, escape, formatNumber, mono, round } from "../../engine/show/mod.ts";

/**
 * How far a training has come.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor, type MonitorProgress } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const shares: number[] = [];
 * const note = ({ losses, steps }: MonitorProgress) => void shares.push(losses.length / steps);
 * const live = monitor(2, { every: 0, output: note });
 * for (const step of live) live.push(1 / (step + 1));
 * deepEqual(shares, [0, 0.5, 1]);
 * ```
 */
export interface MonitorProgress {
  /** The losses so far. */
  readonly losses: readonly number[];
  /** The expected number of steps. */
  readonly steps: number;
  /** Whether the loss axis is logarithmic. */
  readonly logarithmic: boolean;
}

const [width, height] = [520, 256];
const plot = { left: 62, right: 506, top: 46, bottom: 214 };
/** Beyond it the arithmetic of the axes would overflow. */
const largest = 1e300;

/** The progress in words: `120 of 200 steps, loss 0.013`. */
export function describeProgress({ losses, steps }: MonitorProgress): string {
  const n = losses.length;
  const count = n > steps
    ? `${n} steps, ${steps} expected`
    : `${n} of ${steps} ${steps === 1 ? "step" : "steps"}`;
  return n === 0 ? count : `${count}, loss ${formatNumber(losses[n - 1])}`;
}

/**
 * A progress bar above the curve of the losses, as the text of an SVG document.
 * It is made by hand and at once, because a loop cannot wait for a chart library.
 */
export function drawMonitor(progress: MonitorProgress): string {
  const { losses, steps, logarithmic } = progress;
  const title = describeProgress(progress);
  const share = Math.min(1, losses.length / steps);
  const last = Math.max(1, steps - 1, losses.length - 1);
  const height_ = (loss: number) => logarithmic ? Math.log10(loss) : loss;
  const drawable = (loss: number) => Math.abs(loss) <= largest && (!logarithmic || loss > 0);
  const points = thin(losses, plot.right - plot.left, drawable);
  const drawn = points.filter((point) => point !== null).map(([, loss]) => height_(loss));
  const ys = axis(drawn, logarithmic);
  const [low, high] = [ys[0], ys[ys.length - 1]];
  const x = (step: number) => round(plot.left + (plot.right - plot.left) * step / last);
  const y = (h: number) =>
    round(plot.bottom - (plot.bottom - plot.top) * ((h - low) / (high - low)));

  let path = "";
  points.forEach((point, i) => {
    if (point === null) return;
    path += `${i > 0 && points[i - 1] ? "L" : "M"}${x(point[0])},${y(height_(point[1]))}`;
  });
  const end = points.at(-1);
  const label = (h: number) => formatNumber(logarithmic ? 10 ** h : h);
  const xs = ticks(0, last, Math.max(1, niceStep(last / 6))).filter((step) => step <= last);
  return document(
    width,
    height,
    title,
    [
      `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
      `<text x="${plot.left}" y="16" font-size="13">${escape(title)}</text>`,
      `<rect x="${plot.left}" y="25" width="${plot.right - plot.left}" height="7" rx="3.5" ` +
      `fill-opacity="0.25"/>`,
      `<rect x="${plot.left}" y="25" width="${
        round((plot.right - plot.left) * share)
      }" height="7" ` +
      `rx="3.5" fill="${colors.positive}"/>`,
      `<path d="${ys.map((h) => `M${plot.left},${y(h)}H${plot.right}`).join("")}" ` +
      `stroke="${colors.line}" stroke-opacity="0.3"/>`,
      ...ys.map((h) =>
        `<text x="${plot.left - 6}" y="${round(y(h) + 4)}" text-anchor="end">${label(h)}</text>`
      ),
      ...xs.map((step) =>
        `<text x="${x(step)}" y="${plot.bottom + 16}" text-anchor="middle">${step}</text>`
      ),
      `<text x="${plot.right}" y="${plot.bottom + 34}" text-anchor="end">loss over step</text>`,
      `<path d="${path}" fill="none" stroke="${colors.positive}" stroke-width="2" ` +
      `stroke-linejoin="round"/>`,
      end
        ? `<circle cx="${x(end[0])}" cy="${y(height_(end[1]))}" r="3" fill="${colors.positive}"/>`
        : "",
      `</g>`,
    ].filter((line) => line !== ""),
  );
}

/**
 * At most two points a pixel: of the losses that share one, the smallest and the
 * largest, so that no peak is lost. Null is a gap in the curve.
 */
function thin(
  losses: readonly number[],
  pixels: number,
  drawable: (loss: number) => boolean,
): ([step: number, loss: number] | null)[] {
  const every = Math.ceil(losses.length / pixels);
  const points: ([number, number] | null)[] = [];
  for (let from = 0; from < losses.length; from += every) {
    let [least, most] = [-1, -1];
    const to = Math.min(from + every, losses.length);
    for (let i = from; i < to; i++) {
      if (!drawable(losses[i])) continue;
      if (least < 0 || losses[i] < losses[least]) least = i;
      if (most < 0 || losses[i] > losses[most]) most = i;
    }
    if (least < 0) points.push(null);
    else for (const i of new Set([least, most].sort((a, b) => a - b))) points.push([i, losses[i]]);
  }
  return points;
}

/** The marks of the loss axis; it begins at the first and ends at the last. */
function axis(heights: readonly number[], logarithmic: boolean): number[] {
  let [low, high] = logarithmic ? [Infinity, -Infinity] : [0, -Infinity];
  for (const h of heights) [low, high] = [Math.min(low, h), Math.max(high, h)];
  if (heights.length === 0) [low, high] = [0, 1];
  const step = niceStep((high - low) / 4);
  return logarithmic ? ticks(low, high, Math.max(1, Math.ceil(step))) : ticks(low, high, step);
}

/** A step of 1, 2 or 5 times a power of ten, at least as large as `x`; 1 for 0. */
function niceStep(x: number): number {
  if (x <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(x));
  return [1, 2, 5, 10].find((digit) => digit * power >= x)! * power;
}

/** Multiples of `step` from below `low` to above `high`, at least two. */
function ticks(low: number, high: number, step: number): number[] {
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from(
    { length: last - first + 1 },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}
