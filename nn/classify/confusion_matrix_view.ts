import { Chart } from "../../engine/mod.ts";
import type { ConfusionMatrix } from "./confusion_matrix.ts";
import { colors, mix, pale, percent } from "../../engine/show/mod.ts";

// The space keeps them apart from a class of that name.
const recallName = "recall\u00a0";
const precisionName = "precision\u00a0";

/** The most classes that are drawn. */
const most = 30;

/** The chart of a confusion matrix: a cell with a number for each pair of classes. */
export function renderConfusionMatrix(matrix: ConfusionMatrix, title: string, text: string): Chart {
  const count = matrix.classNames.length;
  const classNames = matrix.classNames.slice(0, most);
  const [precision, recall] = [matrix.precision, matrix.recall].map((all) => all.slice(0, most));
  const shares = [
    ...recall.map((share, i) => ({ actual: classNames[i], predicted: recallName, share })),
    ...precision.map((share, j) => ({ actual: precisionName, predicted: classNames[j], share })),
  ].map(({ share, ...place }) => ({ ...place, words: percent(share, 1) }));
  const longest = Math.max(...classNames.map((name) => name.length));
  const room = Math.min(56, Math.round(440 / classNames.length));
  const cell = Math.max(36, room, Math.min(110, 9 * longest));
  const axis = { domain: false, ticks: false, labelAngle: 0, labelPadding: 6, labelLimit: 110 };
  const classes = (field: string, title: string, last: string, orient: string) => ({
    field,
    type: "nominal",
    title,
    scale: { domain: [...classNames, last], paddingInner: .04 },
    axis: { ...axis, orient },
  });
  const x = classes("predicted", "the model says", recallName, "top");
  const y = classes("actual", "it is", precisionName, "left");
  const as = (field: string) => ({ field, type: "nominal", scale: null });
  const size = cell * (classNames.length + 1);
  return new Chart({
    title: {
      text: title,
      subtitle: [
        "blue: right, orange: mistakes; darker: more of them",
        "recall: the right part of a row; precision: of a column",
        ...count > most ? [`the first ${most} of ${count} classes`] : [],
      ],
    },
    width: size,
    height: size,
    view: { stroke: null },
    encoding: { x, y },
    layer: [
      {
        data: { values: cellsOf(matrix) },
        encoding: {
          tooltip: [
            { field: "actual", title: "it is" },
            { field: "predicted", title: "the model says" },
            { field: "count", title: "examples" },
            { field: "share", title: "of the row" },
          ],
        },
        layer: [
          { mark: "rect", encoding: { color: as("fill") } },
          {
            mark: { type: "text", fontSize: 13 },
            encoding: {
              text: { field: "count", type: "quantitative" },
              color: { value: colors.ink },
            },
          },
        ],
      },
      {
        data: { values: shares },
        mark: { type: "text", fontSize: 11 },
        encoding: { text: { field: "words", type: "nominal" } },
      },
    ],
  }, text);
}

function cellsOf({ counts, classNames }: ConfusionMatrix) {
  const largest = (right: boolean) =>
    counts.flatMap((row, i) => row.filter((_, j) => (i === j) === right))
      .reduce((a, b) => Math.max(a, b), 0);
  const mostRight = Math.max(1, largest(true));
  // A lone mistake among many right answers is not the darkest.
  const mostWrong = Math.max(1, largest(false), mostRight / 10);
  return counts.slice(0, most).flatMap((row, i) =>
    row.slice(0, most).map((count, j) => {
      const [color, full] = i === j ? [colors.positive, mostRight] : [colors.negative, mostWrong];
      return {
        actual: classNames[i],
        predicted: classNames[j],
        count,
        share: percent(count, row.reduce((a, b) => a + b, 0)),
        // Never so full that the number on it would be hard to read.
        fill: count === 0 ? colors.paper : mix(pale, color, .15 + .7 * count / full),
      };
    })
  );
}
