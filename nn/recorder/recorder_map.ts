import {
  base64,
  categories,
  colors,
  diverging,
  encodePng,
  escape,
  formatNumber,
  mix,
  pale,
  round,
  shorten,
  thin,
} from "../../engine/show/mod.ts";
import { largestOf } from "../network_view.ts";
import { classOf, middleOf } from "../classify/classes.ts";
import type { LabeledPoint, RecordedMoment, Recorder } from "./recorder.ts";
import { left, mapTop, side } from "./recorder_layout.ts";
import { replay } from "./replay.ts";

const mostPoints = 400;

/** The network's answers on a grid, for each moment: a picture of n × n pixels. */
export function boundaryMaps(
  { model, boundary, points }: Recorder,
  moments: readonly RecordedMoment[],
) {
  if (!boundary) return null;
  const { x: [x0, x1], y: [y0, y1], n } = boundary;
  const grid = Array.from({ length: n * n }, (_, i) => [
    x0 + (x1 - x0) * ((i % n) + .5) / n,
    y1 - (y1 - y0) * (Math.floor(i / n) + .5) / n,
  ]);
  const answers = moments.map(({ parameters }) =>
    grid.map((at) => {
      const columns = replay(model, parameters, at);
      return columns[columns.length - 1];
    })
  );
  const { neurons } = model.layers[model.layers.length - 1];
  const [{ activation }] = neurons;
  const middle = middleOf(model);
  const classes = neurons.length > 1;
  const largest = activation === "sigmoid"
    ? .5
    : activation === "tanh"
    ? 1
    : largestOf(answers[answers.length - 1].flat());
  // Paler than the points on it.
  const { palette: shades, shade } = diverging(.65);
  const palette = classes ? categories.map((color) => mix(pale, color, .5)) : shades;
  const pixel = (outputs: readonly number[]) =>
    classes ? classOf(outputs, middle) % categories.length : shade((outputs[0] - middle) / largest);
  const images = answers.map((cells) => {
    // The last colour is for what is not a number.
    const pixels = cells.map((outputs) =>
      outputs.some(Number.isNaN) ? palette.length : pixel(outputs)
    );
    return base64(encodePng(n, [...palette, colors.line], pixels));
  });
  const shown = thin(points, mostPoints);
  const color = pointColors(points, classes, middle);
  const dots = shown.filter(({ x, y }) => x >= x0 && x <= x1 && y >= y0 && y <= y1).map((point) => {
    const cx = round(left + side * (point.x - x0) / (x1 - x0));
    const cy = round(mapTop + side * (y1 - point.y) / (y1 - y0));
    return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color(point)}"><title>${
      escape(shorten(String(point.label), 40))
    }</title></circle>`;
  });
  const bottom = mapTop + side;
  const text = (at: number, height: number, x: number, anchor: string) =>
    `<text x="${at}" y="${height}" font-size="10" text-anchor="${anchor}">${
      formatNumber(Number(x.toPrecision(3)))
    }</text>`;
  const body = [
    `<image data-map="" x="${left}" y="${mapTop}" width="${side}" height="${side}" preserveAspectRatio="none" href="data:image/png;base64,${
      images[0]
    }"/>`,
    `<g stroke="#fff" stroke-width="1">`,
    ...dots,
    `</g>`,
    text(left, bottom + 13, x0, "middle"),
    text(left + side, bottom + 13, x1, "middle"),
    text(left - 5, bottom, y0, "end"),
    text(left - 5, mapTop + 8, y1, "end"),
  ];
  const note = classes
    ? "map: which output is the largest"
    : `map: blue where the output is above ${middle}`;
  return { images, body, note, drawn: dots.length };
}

function pointColors(
  points: readonly LabeledPoint[],
  classes: boolean,
  middle: number,
): (point: LabeledPoint) => string {
  const named = [...new Set(points.map(({ label }) => label))];
  const areNumbers = named.every((label) => typeof label === "number");
  const areClasses = named.every((label) => Number.isInteger(label) && Number(label) >= 0);
  return ({ label }) => {
    if (areNumbers && !classes) return Number(label) > middle ? colors.positive : colors.negative;
    const place = areClasses ? Number(label) : named.indexOf(label);
    return categories[place % categories.length];
  };
}
