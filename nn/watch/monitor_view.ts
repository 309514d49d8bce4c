import { Chart } from "../../engine/mod.ts";
import { colors, counted, document, formatNumber, round, textAt } from "../../engine/show/mod.ts";
import { type CurveSettings, lossChart, niceStep, planCurves } from "./loss_chart.ts";

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

const [width, height] = [536, 306];
const plot = { left: 62, top: 46, width: 460, height: 220 };

/** The progress in words: `120 of 200 steps, loss 0.013`. */
export function describeProgress(progress: MonitorProgress): string {
  const [count, loss] = wordsOf(progress);
  return loss === undefined ? count : `${count}, loss ${loss}`;
}

/** What stands above the curve: `Loss after 120 of 200 steps: 0.013`. */
function titleOf(progress: MonitorProgress): string {
  const [count, loss] = wordsOf(progress);
  return loss === undefined ? `Loss: ${count}` : `Loss after ${count}: ${loss}`;
}

function wordsOf({ losses, steps }: MonitorProgress): [count: string, loss?: string] {
  const n = losses.length;
  const count = n > steps ? `${n} steps, ${steps} expected` : `${n} of ${counted(steps, "step")}`;
  return n === 0 ? [count] : [count, formatNumber(losses[n - 1])];
}

/** The axis goes as far as the losses and a little on, because of a long training they are few. */
function settings({ losses, steps, logarithmic }: MonitorProgress): CurveSettings {
  return { logarithmic, last: Math.min(steps - 1, niceStep(Math.max(10, losses.length))) };
}

/** The chart that a monitor ends as. */
export function renderMonitor(progress: MonitorProgress): Chart {
  return new Chart({
    title: titleOf(progress),
    width: plot.width,
    height: plot.height,
    ...lossChart({ loss: progress.losses }, settings(progress)),
  }, describeProgress(progress));
}

/**
 * The same curve under a progress bar, as the text of an SVG document. It is
 * made by hand and at once, because a loop cannot wait for a chart library.
 */
export function drawMonitor(progress: MonitorProgress): string {
  const { losses, steps } = progress;
  const title = titleOf(progress);
  const { points: [points], x: across, y: up } = planCurves([losses], settings(progress));
  const x = (step: number) => round(plot.left + plot.width * across.share(step));
  const y = (loss: number) => round(plot.top + plot.height * (1 - up.share(loss)));
  const path = points.map(([step, loss], i) => {
    if (loss === null) return "";
    const follows = i > 0 && points[i - 1][1] !== null;
    return `${follows ? "L" : "M"}${x(step)},${y(loss)}`;
  }).join("");
  const dots = points.length <= 60 ? points : points.slice(-1);
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  const bar = (share: number, look: string) =>
    `<rect x="${plot.left}" y="25" width="${
      round(plot.width * share)
    }" height="7" rx="3.5" ${look}/>`;
  return document(width, height, title, [
    `<g font-family="sans-serif" font-size="11" fill="${colors.line}">`,
    textAt(plot.left, 16, title, `font-size="13"`),
    bar(1, `fill-opacity="0.25"`),
    bar(Math.min(1, losses.length / steps), `fill="${colors.positive}"`),
    `<path d="${up.marks.map((loss) => `M${plot.left},${y(loss)}H${right}`).join("")}${
      across.marks.map((step) => `M${x(step)},${plot.top}V${bottom}`).join("")
    }" stroke="${colors.line}" stroke-opacity="0.2"/>`,
    ...up.marks.map((loss) =>
      textAt(plot.left - 7, y(loss) + 4, formatNumber(loss), `text-anchor="end"`)
    ),
    ...across.marks.map((step) => textAt(x(step), bottom + 16, `${step}`, `text-anchor="middle"`)),
    `<g font-size="12" text-anchor="middle">`,
    textAt(plot.left + plot.width / 2, bottom + 32, "step"),
    `<text transform="translate(14,${plot.top + plot.height / 2}) rotate(-90)">loss</text>`,
    `</g>`,
    `<path d="${path}" fill="none" stroke="${colors.positive}" stroke-width="2"/>`,
    ...dots.flatMap(([step, loss]) =>
      loss === null
        ? []
        : [`<circle cx="${x(step)}" cy="${y(loss)}" r="3" fill="${colors.positive}"/>`]
    ),
    `</g>`,
  ]);
}
