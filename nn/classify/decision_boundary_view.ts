import { Chart } from "../../engine/mod.ts";
import {
  classColors,
  colors,
  diverging,
  encodePng,
  formatNumber,
  mix,
  pale,
  pngAddress,
  thin,
} from "../../engine/show/mod.ts";
import { classOf } from "./classes.ts";
import type { AnsweredPoint, DecisionBoundary } from "./decision_boundary.ts";
import { zeroLines } from "./zero_lines.ts";

const side = 360;
const mostPoints = 300;

/** The chart of a decision boundary: a map, the lines on it, the data on them. */
export function chartBoundary(boundary: DecisionBoundary, title: string, text: string): Chart {
  const { x1, x2, labels, points } = boundary;
  const axes = { x: axis("x1", x1), y: axis("x2", x2) };
  const longest = Math.max(x1.length, x2.length) - 1;
  // Each place stands in the middle of its cell, so that the outermost cells are cut in half.
  const [dx, dy] = [x1, x2].map((x) => (x[1] - x[0]) / 2);
  const [right, wrong] = [true, false].map((isRight) =>
    thin(points.filter(({ label, answer }) => (label === answer) === isRight), mostPoints)
  );
  const shown = [...right, ...wrong].map((point) => row(point, x1, x2));
  const ringed = shown.slice(right.length);
  const names = labels.map(nameOf);
  const notes = [
    "background: what the model says; black line: where that changes",
    "dot: an example, in the colour of its label" +
    (ringed.length > 0 ? "; ring: the model is wrong" : ""),
    ...shown.length < points.length ? [`${shown.length} of ${points.length} dots are drawn`] : [],
  ];
  const map = paint(boundary);
  return new Chart({
    title: { text: title, subtitle: notes },
    width: Math.round(side * (x1.length - 1) / longest),
    height: Math.round(side * (x2.length - 1) / longest),
    resolve: { scale: { color: "independent" } },
    layer: [
      {
        data: {
          values: [{
            a: x1[0] - dx,
            a2: x1[x1.length - 1] + dx,
            b: x2[0] - dy,
            b2: x2[x2.length - 1] + dy,
            map: map.address,
          }],
        },
        mark: { type: "image", aspect: false, smooth: false, clip: true, aria: false },
        encoding: {
          x: { ...axes.x, field: "a" },
          x2: { field: "a2" },
          y: { ...axes.y, field: "b" },
          y2: { field: "b2" },
          url: { field: "map", type: "nominal" },
        },
      },
      ...map.legend ? [map.legend] : [],
      {
        data: { values: lines(boundary) },
        mark: { type: "line", color: colors.ink, strokeWidth: 2, clip: true, aria: false },
        encoding: {
          ...axes,
          detail: { field: "line", type: "nominal" },
          order: { field: "order", type: "quantitative" },
        },
      },
      // Below the dots, or else these would be out of reach for the pointer.
      {
        data: { values: ringed },
        mark: {
          type: "point",
          size: 190,
          filled: false,
          opacity: 1,
          color: colors.ink,
          strokeWidth: 2.5,
        },
        encoding: axes,
      },
      {
        data: { values: shown },
        mark: {
          type: "point",
          size: 55,
          filled: true,
          opacity: 1,
          stroke: colors.paper,
          strokeWidth: 1,
        },
        encoding: {
          ...axes,
          color: {
            field: "label",
            type: "nominal",
            title: "label",
            scale: { domain: names, range: classColors(names.length) },
          },
          tooltip: [
            { field: "label", title: "label" },
            { field: "says", title: "the model says" },
            { field: "outputs", title: labels.length > 2 ? "outputs" : "output" },
            { field: "x1" },
            { field: "x2" },
          ],
        },
      },
    ],
  }, text);
}

function nameOf(label: number): string {
  return String(label).replace("-", "−");
}

function axis(field: string, x: readonly number[]): Record<string, unknown> {
  return {
    field,
    type: "quantitative",
    title: field,
    axis: { grid: false },
    scale: { domain: [x[0], x[x.length - 1]], nice: false, zero: false },
  };
}

/** A number near others that are `step` apart, with as many digits as a picture can show. */
function short(x: number, step: number): number {
  const digits = Math.ceil(-Math.log10(step)) + 2;
  return digits > 0 && digits <= 100 ? Number(x.toFixed(digits)) : x;
}

function row(point: AnsweredPoint, x1: readonly number[], x2: readonly number[]) {
  const { x: [a, b], label, answer, outputs } = point;
  return {
    x1: short(a, x1[1] - x1[0]),
    x2: short(b, x2[1] - x2[0]),
    label: nameOf(label),
    says: nameOf(answer),
    outputs: outputs.map((x) => formatNumber(Number(x.toPrecision(3)))).join(", "),
  };
}

/** The map as a picture of pixels, and a legend of its shades where it has such. */
function paint({ x1, outputs, middle, labels, points }: DecisionBoundary) {
  const cells = outputs.toReversed().flat();
  const paintAll = (palette: readonly string[], place: (outputs: readonly number[]) => number) =>
    // The last colour is for what is not a number.
    pngAddress(encodePng(
      x1.length,
      [...palette, colors.line],
      cells.map((cell) => cell.some(Number.isNaN) ? palette.length : place(cell)),
    ));
  if (cells[0].length > 1) {
    // Paler than the dots on it.
    const palette = classColors(labels.length).map((color) => mix(pale, color, .5));
    return { address: paintAll(palette, (cell) => classOf(cell, 0)), legend: null };
  }
  // A sigmoid is at most 0.5 from its middle, a tanh 1; what is far from all data does not count.
  const reach = middle === .5 ? .5 : Math.max(
    1,
    ...points.map(({ outputs: [output] }) => Math.abs(output)).filter(Number.isFinite),
  );
  const { palette, shade } = diverging(.65);
  const [low, high] = [middle - reach, middle + reach].map((x) => Number(x.toPrecision(3)));
  const words = [low, middle, high].map((x, i) => {
    const says = i === 1 ? "undecided" : `says ${nameOf(labels[i / 2])}`;
    return `${formatNumber(x).replace("-", "−")}: ${says}`;
  });
  const legend = {
    data: { values: [{ output: low }, { output: high }] },
    mark: { type: "point", opacity: 0, size: 0, aria: false, tooltip: false },
    encoding: {
      color: {
        field: "output",
        type: "quantitative",
        scale: {
          domain: [low, middle, high],
          range: [palette[0], palette[32], palette[64]],
          interpolate: "rgb",
        },
        legend: {
          title: "the model's output",
          values: [low, middle, high],
          labelExpr: `datum.value < ${middle} ? '${words[0]}' : datum.value > ${middle} ? '${
            words[2]
          }' : '${words[1]}'`,
          gradientLength: 110,
        },
      },
    },
  };
  return { address: paintAll(palette, ([x]) => shade((x - middle) / reach)), legend };
}

/** Where the answer changes: for a class, how far its output is above the largest other is zero. */
function lines({ x1, x2, outputs, middle }: DecisionBoundary) {
  const fields = outputs[0][0].length === 1
    ? [outputs.map((row) => row.map(([output]) => output - middle))]
    // Each change is one to or from a class that is not the last.
    : outputs[0][0].slice(1).map((_, k) =>
      outputs.map((row) =>
        row.map((cell) => cell[k] - Math.max(...cell.filter((_, other) => other !== k)))
      )
    );
  const [dx, dy] = [x1, x2].map((x) => x[1] - x[0]);
  return fields.flatMap(zeroLines).flatMap((points, line) =>
    points.map(([i, j], order) => ({
      x1: short(x1[0] + i * dx, dx),
      x2: short(x2[0] + j * dy, dy),
      line,
      order,
    }))
  );
}
