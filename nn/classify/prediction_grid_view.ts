import {
  colors,
  document,
  drawImages,
  imageSide,
  inkShades,
  type MimeBundle,
  mono,
  renderPicture,
  score,
  shadesOf,
  textAt,
  textWidth,
  wordColors,
} from "../../engine/show/mod.ts";
import { wholePercent } from "./classes.ts";
import type { LabeledImages, Prediction, PredictionGrid } from "./prediction_grid.ts";

const left = 16;

/** The images in two groups, each under its heading: mistakes, then what is right. */
export function renderPredictions(
  grid: PredictionGrid,
  data: LabeledImages,
  columns: number,
  count: number,
): MimeBundle {
  const { predictions, wrong } = grid;
  const shown = predictions.slice(0, count);
  const right = predictions.length - wrong.length;
  const of = (part: readonly unknown[], all: number) =>
    part.length < all ? `${part.length} of ${all}` : `${all}`;
  const mistakes = shown.slice(0, wrong.length);
  const others = shown.slice(mistakes.length);
  const groups = [
    {
      heading: `wrong: ${of(mistakes, wrong.length)}, the most certain first`,
      color: wordColors[1],
      members: mistakes,
    },
    {
      heading: `right: ${of(others, right)}, the least certain first`,
      color: colors.line,
      members: others,
    },
  ].filter(({ members }) => members.length > 0);

  const longest = Math.max(...shown.flatMap(captionOf).map((line) => line.length));
  // The least number of all images is as white as paper, the greatest as dark as ink.
  const toShade = shadesOf(data.x, inkShades.length - 1);
  const title = score(right, predictions.length);
  const body = [textAt(left, 20, title)];
  let [width, bottom] = [textWidth(title), 26];
  for (const { heading, color, members } of groups) {
    const stands = members === mistakes;
    const tiles = drawImages(
      members.map((prediction) => ({
        pixels: data.x[prediction.index].map(toShade),
        lines: captionOf(prediction),
        color,
        stands,
      })),
      [left, bottom + 28],
      columns,
      [data.imageSize![0], imageSide(data.imageSize!, 64), inkShades],
      longest,
    );
    body.push(textAt(left, bottom + 18, heading, `fill="${color}"`), ...tiles.body);
    width = Math.max(width, textWidth(heading), tiles.width);
    bottom = tiles.bottom;
  }
  const svg = document(width + 2 * left, bottom + 18, `images and what the model says: ${title}`, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    ...body,
    `</g>`,
  ]);
  return renderPicture(svg, String(grid));
}

function captionOf({ label, answer, certainty }: Prediction): string[] {
  const what = label === answer ? `is ${label}` : `is ${label}, said ${answer}`;
  return [what, `${wholePercent(certainty)} sure`];
}
