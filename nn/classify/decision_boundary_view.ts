import { Chart, type VegaLiteSpec } from "../../engine/mod.ts";
import {
  classColors,
  classShapes,
  colors,
  diverging,
  encodePng,
  formatNumber,
  intervalAxis,
  mix,
  pale,
  pngAddress,
  pointMark,
  thin,
} from "../../engine/show/mod.ts";
import { classOf } from "./classes.ts";
import type { AnsweredPoint, DecisionBoundary } from "./decision_boundary.ts";
import { type Line, zeroLines } from "./zero_lines.ts";

const { palette: shades, shade } = diverging(.65);

/** Of more points than these a part is drawn. */
export const mostPoints = 300;

/** The chart of a decision boundary: a map, the lines on it, the data on them. */
export function renderDecisionBoundary(
  boundary: DecisionBoundary,
  title: string,
  text: string,
): Chart {
  const { points } = boundary;
  const [right, wrong] = [true, false].map((isRight) =>
    thin(points.filter(({ label, answer }) => (label === answer) === isRight), mostPoints)
  );
  const shown = [...right, ...wrong];
  const notes = [
    "background: what the model says; black line: where that changes",
    ...boundary.levels.length > 0
      ? [`dashed: where the output is ${boundary.levels.map(nameOf).join(" or ")}`]
      : [],
    "mark: an example, in the colour and shape of its label",
    ...wrong.length > 0 ? ["ring: the model is wrong"] : [],
    ...shown.length < points.length ? [`${shown.length} of ${points.length} marks are drawn`] : [],
  ];
  const map = mapBoundary(boundary, 360, boundary.reach, shown, wrong);
  return new Chart({ title: { text: title, subtitle: notes }, ...map }, text);
}

/**
 * The map itself, to be completed to a chart. Its parts that differ between
 * maps of the same data have names: `map`, `border` and `ring`.
 *
 * @param side how long the longer side is, in pixels.
 * @param reach how far from the middle an output has the fullest colour.
 * @param shown the examples that are drawn.
 * @param ringed those that have a ring, which is seen only where the model is wrong.
 */
export function mapBoundary(
  boundary: DecisionBoundary,
  side: number,
  reach: number,
  shown: readonly AnsweredPoint[],
  ringed: readonly AnsweredPoint[],
): MapSpec {
  const { x1, x2, labels } = boundary;
  const ends = (field: string, x: readonly number[]) =>
    intervalAxis(field, [x[0], x[x.length - 1]]);
  const axes = { x: ends("x1", x1), y: ends("x2", x2) };
  const longest = Math.max(x1.length, x2.length) - 1;
  // Each place stands in the middle of its cell, so that the outermost cells are cut in half.
  const [dx, dy] = [x1, x2].map((x) => (x[1] - x[0]) / 2);
  const names = labels.map(nameOf);
  const legend = boundary.outputs[0][0].length > 1 ? [] : [legendOf(boundary, reach)];
  const size = shown.length > 20 ? 55 : 120;
  return {
    width: Math.round(side * (x1.length - 1) / longest),
    height: Math.round(side * (x2.length - 1) / longest),
    resolve: { scale: { color: "independent", shape: "independent" } },
    layer: [
      {
        name: "map",
        data: {
          values: [{
            a: x1[0] - dx,
            a2: x1[x1.length - 1] + dx,
            b: x2[0] - dy,
            b2: x2[x2.length - 1] + dy,
            map: paint(boundary, reach),
          }],
        },
        mark: { type: "image", aspect: false, smooth: false, clip: true },
        encoding: {
          x: { ...axes.x, field: "a" },
          x2: { field: "a2" },
          y: { ...axes.y, field: "b" },
          y2: { field: "b2" },
          url: { field: "map", type: "nominal" },
        },
      },
      ...legend,
      {
        name: "border",
        data: { values: pathRows(boundary, borders(boundary)) },
        mark: { type: "line", color: colors.ink, strokeWidth: 2, clip: true },
        encoding: { ...axes, order: { field: "order", type: "quantitative" } },
      },
      {
        name: "levels",
        data: {
          values: pathRows(boundary, boundary.levels.flatMap((at) => linesAt(boundary, at))),
        },
        mark: { type: "line", color: colors.ink, strokeWidth: 1, strokeDash: [5, 4], clip: true },
        encoding: { ...axes, order: { field: "order", type: "quantitative" } },
      },
      // Below the marks, or else they would be out of reach for the pointer.
      {
        name: "ring",
        data: { values: ringed.map(row) },
        mark: {
          ...{ type: "point", size: 3.4 * size, filled: false },
          ...{ color: colors.ink, strokeWidth: 1.5, strokeOpacity: .6 },
        },
        encoding: { ...axes, opacity: { field: "wrong", type: "quantitative", scale: null } },
      },
      {
        data: { values: shown.map(row) },
        mark: { ...pointMark, size },
        encoding: {
          ...axes,
          color: {
            field: "label",
            type: "nominal",
            title: "label",
            scale: { domain: names, range: classColors(names.length) },
          },
          shape: {
            field: "label",
            type: "nominal",
            title: "label",
            scale: { domain: names, range: classShapes(names.length) },
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
  };
}

/** A Vega-Lite specification of a known size. */
interface MapSpec extends VegaLiteSpec {
  width: number;
  height: number;
}

function nameOf(label: number): string {
  return String(label).replace("-", "−");
}

/** A coordinate, with as many digits as a picture can show, also of a small map far from 0. */
function short(x: number): number {
  return Number(x.toPrecision(9));
}

function row({ x: [x1, x2], label, answer, outputs }: AnsweredPoint) {
  return {
    x1: short(x1),
    x2: short(x2),
    label: nameOf(label),
    says: nameOf(answer),
    wrong: Number(label !== answer),
    outputs: outputs.map((x) => formatNumber(Number(x.toPrecision(3)))).join(", "),
  };
}

/** The address of the map's background, a picture with a pixel for each place. */
export function paint({ x1, outputs, middle, labels }: DecisionBoundary, reach: number): string {
  // Paler than the dots on it.
  const classes = classColors(labels.length).map((color) => mix(pale, color, .5));
  const several = outputs[0][0].length > 1;
  const palette = several ? classes : shades;
  const pixels = outputs.toReversed().flat().map((cell) => {
    // The last colour is for what is not a number.
    if (cell.some(Number.isNaN)) return palette.length;
    return several ? classOf(cell, 0) : shade((cell[0] - middle) / reach);
  });
  return pngAddress(encodePng(x1.length, [...palette, colors.line], pixels));
}

/** A legend of the shades, as a layer that shows nothing else. */
function legendOf({ middle, labels }: DecisionBoundary, reach: number): VegaLiteSpec {
  const [low, high] = [middle - reach, middle + reach].map((x) => Number(x.toPrecision(3)));
  const words = [low, middle, high].map((x, i) => {
    const says = i === 1 ? "undecided" : `says ${nameOf(labels[i / 2])}`;
    return `${formatNumber(x).replace("-", "−")}: ${says}`;
  });
  return {
    data: { values: [{ output: low }, { output: high }] },
    mark: { type: "point", opacity: 0, size: 0, tooltip: false },
    encoding: {
      color: {
        field: "output",
        type: "quantitative",
        scale: {
          domain: [low, middle, high],
          range: [shades[0], shades[32], shades[64]],
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
}

/** Where the answer changes: for a class, how far its output is above the largest other is zero. */
export function borders(boundary: DecisionBoundary): Line[] {
  const { outputs, middle } = boundary;
  if (outputs[0][0].length === 1) return linesAt(boundary, middle);
  // Each change is one to or from a class that is not the last.
  const fields = outputs[0][0].slice(1).map((_, k) =>
    outputs.map((row) =>
      row.map((cell) => cell[k] - Math.max(...cell.filter((_, other) => other !== k)))
    )
  );
  return fields.flatMap(zeroLines);
}

/** Where a single output has a value. */
function linesAt({ outputs }: DecisionBoundary, level: number): Line[] {
  return zeroLines(outputs.map((row) => row.map(([output]) => output - level)));
}

/** Lines as one path, with a gap after each of them. */
function pathRows({ x1, x2 }: DecisionBoundary, lines: readonly Line[]) {
  const [dx, dy] = [x1, x2].map((x) => x[1] - x[0]);
  const gap = { x1: null, x2: null };
  return [...lines, []].flatMap((line) => [
    ...line.map(([i, j]) => ({ x1: short(x1[0] + i * dx), x2: short(x2[0] + j * dy) })),
    gap,
  ]).map((place, order) => ({ ...place, order }));
}
