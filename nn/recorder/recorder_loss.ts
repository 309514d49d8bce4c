import { colors, formatNumber, round, thin } from "../../engine/show/mod.ts";
import { left, lossHeight, lossTop, side } from "./recorder_layout.ts";

/** The curve over all steps, on a logarithmic axis where it spans more than two decades. */
export function lossCurve(losses: readonly number[]) {
  const finite = losses.filter(Number.isFinite);
  let [low, high] = finite.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [
    Infinity,
    -Infinity,
  ]);
  const isLog = low > 0 && high > 100 * low;
  if (!isLog) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = isLog ? Math.log : (x: number) => x;
  const span = scale(high) - scale(low) || 1;
  const x = (step: number) => round(left + side * (step / Math.max(1, losses.length - 1)));
  const y = (loss: number) => round(lossTop + lossHeight * (1 - (scale(loss) - scale(low)) / span));
  const place = ({ step, loss }: { step: number; loss: number }): [number, number] | null =>
    Number.isFinite(loss) ? [x(step), y(loss)] : null;
  const points = thin(losses.map((loss, step) => ({ loss, step })), 300).map(place);
  const path = points.flatMap((point, i) =>
    point === null ? [] : [`${i > 0 && points[i - 1] !== null ? "L" : "M"}${point}`]
  );
  const bottom = lossTop + lossHeight;
  const text = (at: number, height: number, words: string, anchor: string) =>
    `<text x="${at}" y="${height}" font-size="10" text-anchor="${anchor}">${words}</text>`;
  const body = [
    `<path d="M${left},${lossTop}v${lossHeight}h${side}" fill="none" stroke="${colors.line}" stroke-opacity="0.5"/>`,
    ...finite.length === 0 ? [] : [
      text(left - 5, lossTop + 8, formatNumber(Number(high.toPrecision(3))), "end"),
      text(left - 5, bottom, formatNumber(Number(low.toPrecision(3))), "end"),
    ],
    text(left, bottom + 13, "0", "middle"),
    text(left + side, bottom + 13, `${losses.length - 1}`, "middle"),
    text(left + side / 2, bottom + 13, isLog ? "step (loss: log scale)" : "step", "middle"),
    `<path d="${path.join("")}" fill="none" stroke="${colors.positive}" stroke-width="1.5"/>`,
  ];
  return { body, place };
}

/** The mark on the curve; hidden without a place. */
export function mark(place: [number, number] | null): string {
  const [x, y] = place ?? [left, lossTop];
  return `<circle data-mark="" cx="${x}" cy="${y}" r="4.5" fill="${colors.negative}" visibility="${
    place ? "visible" : "hidden"
  }"/>`;
}
