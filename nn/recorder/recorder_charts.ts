import { Chart, type VegaLiteSpec } from "../../engine/mod.ts";
import { colors, round, thin } from "../../engine/show/mod.ts";
import { borders, mapBoundary, mostPoints, paint } from "../classify/decision_boundary_view.ts";
import { lossChart, planCurves } from "../watch/loss_chart.ts";
import type { RecordedMoment, Recorder } from "./recorder.ts";

/** How wide the plots are, in pixels. */
const side = 270;
const lossHeight = 96;
/** The room around a plot, for what stands at its axes. */
const room = { left: 72, top: 8, right: 14, bottom: 38 };
/** How wide the charts are, and where they begin. */
export const chartWidth = room.left + side + room.right;
const lossTop = 24;
const mapTop = lossTop + room.top + lossHeight + room.bottom + 4;

/** A chart as a part of a picture, with a plot whose place is known. */
async function drawChart(spec: VegaLiteSpec, top: number): Promise<string> {
  const chart = new Chart({
    width: side,
    ...spec,
    autosize: "none",
    padding: room,
    config: { aria: false, legend: { disable: true } },
  });
  return `<g transform="translate(0,${top})">${await chart.svg()}</g>`;
}

/** The chart of the losses with a mark, and where the mark is at each moment. */
export async function recordedLoss(
  { history: { losses, logarithmic } }: Recorder,
  moments: readonly RecordedMoment[],
) {
  const { x, y, drawable } = planCurves([losses], { logarithmic });
  const marks = moments.map(({ step, loss }) =>
    drawable(loss)
      ? [
        round(room.left + side * x.share(step)),
        round(lossTop + room.top + lossHeight * (1 - y.share(loss))),
      ]
      : null
  );
  const [at] = marks;
  const curve = lossChart({ loss: losses }, { logarithmic });
  // Without dots, which would hide the mark.
  const chart = await drawChart({ ...curve, mark: "line", height: lossHeight }, lossTop);
  const mark = `<circle data-mark="" cx="${at?.[0] ?? 0}" cy="${at?.[1] ?? 0}" r="4.5" ` +
    `fill="${colors.negative}" visibility="${at ? "visible" : "hidden"}"/>`;
  return { body: [chart, mark], marks, bottom: mapTop };
}

/** The map of the network's answers at the first moment, and what changes in it. */
export async function recordedMap(recorder: Recorder, moments: readonly RecordedMoment[]) {
  const maps = moments.flatMap((moment) => recorder.boundary(moment) ?? []);
  if (maps.length === 0) return null;
  const [first] = maps;
  // One scale of colours for all moments.
  const { reach } = maps[maps.length - 1];
  const points = maps.map((map) => thin(map.points, mostPoints));
  const { width, height, ...spec } = mapBoundary(first, side, reach, points[0], points[0]);
  const [dx, dy] = [width / (first.x1.length - 1), height / (first.x2.length - 1)];
  const box = { x: room.left, y: mapTop + room.top, width, height };
  const share = (x: number, [low, ...more]: readonly number[]) =>
    (x - low) / (more[more.length - 1] - low);
  const frames = maps.map((map, k) => ({
    map: paint(map, reach),
    border: borders(map).map((line) =>
      "M" + line.map(([i, j]) => `${(i * dx).toFixed(1)},${(height - j * dy).toFixed(1)}`).join("L")
    ).join(""),
    wrong: points[k].map(({ label, answer }) => Number(label !== answer)).join(""),
  }));
  return {
    body: [await drawChart({ ...spec, width, height }, mapTop)],
    frames,
    notes: [
      "map: what the network says; black line: where that changes",
      "mark: an example, in the colour and shape of its label; ring: a mistake",
      ...points[0].length < first.points.length
        ? [`${points[0].length} of ${first.points.length} marks are drawn`]
        : [],
    ],
    box,
    /** The examples that are drawn. */
    inputs: points[0].map(({ x }) => x),
    /** Where an input is in the picture. */
    place: ([a, b]: readonly number[]) => [
      round(box.x + width * share(a, first.x1)),
      round(box.y + height * (1 - share(b, first.x2))),
    ],
    bottom: mapTop + room.top + height + room.bottom,
  };
}
