import {
  charWidth,
  colors,
  document,
  drawImage,
  escape,
  imageSide,
  type MimeBundle,
  mix,
  mono,
  renderPicture,
  round,
  score,
  shadesOf,
} from "../../engine/show/mod.ts";
import {
  type LabeledImages,
  type Prediction,
  type PredictionGrid,
  sure,
} from "./prediction_grid.ts";

const left = 16;
const gap = 14;
const shades = Array.from({ length: 17 }, (_, i) => mix("#ffffff", "#000000", i / 16));

/** The images in two groups, each under its heading: mistakes, then what is right. */
export function renderPredictions(
  grid: PredictionGrid,
  data: LabeledImages,
  columns: number,
  count: number,
): MimeBundle {
  const { predictions, wrong } = grid;
  const shown = predictions.slice(0, count);
  const mistakes = shown.slice(0, wrong.length);
  const others = shown.slice(mistakes.length);
  const right = predictions.length - wrong.length;
  const of = (part: readonly unknown[], all: number) =>
    part.length < all ? `${part.length} of ${all}` : `${all}`;
  const groups = [
    {
      heading: `wrong: ${of(mistakes, wrong.length)}, the most certain first`,
      color: colors.negative,
      members: mistakes,
    },
    {
      heading: `right: ${of(others, right)}, the least certain first`,
      color: colors.line,
      members: others,
    },
  ].filter(({ members }) => members.length > 0);

  const side = imageSide(data.imageSize!, 64);
  const captions = shown.flatMap(captionOf);
  const size = Math.max(...captions.map((line) => line.length)) * 10 * charWidth;
  const cell = [Math.max(side[0], size) + gap, side[1] + 44] as const;
  // White is the least of all images, black the greatest.
  const toShade = shadesOf(data.x, shades.length - 1);
  const body: string[] = [];
  let top = 44;
  for (const { heading, color, members } of groups) {
    body.push(`<text x="${left}" y="${round(top)}" fill="${color}">${escape(heading)}</text>`);
    top += 10;
    members.forEach((prediction, i) => {
      const x = left + (i % columns) * cell[0];
      const y = top + Math.floor(i / columns) * cell[1];
      body.push(...draw(prediction, x, y, color));
    });
    top += Math.ceil(members.length / columns) * cell[1] + 18;
  }

  function draw(prediction: Prediction, x: number, y: number, color: string): string[] {
    const isWrong = prediction.label !== prediction.answer;
    const pixels = data.x[prediction.index].map(toShade);
    return [
      drawImage([x, y], side, [data.imageSize![0], shades, pixels]),
      `<rect x="${round(x)}" y="${round(y)}" width="${side[0]}" height="${
        side[1]
      }" fill="none" stroke="${color}" stroke-width="${isWrong ? 3 : 1}"/>`,
      ...captionOf(prediction).map((line, k) =>
        `<text x="${round(x)}" y="${
          round(y + side[1] + 14 + 12 * k)
        }" font-size="10" fill="${color}"${isWrong && k === 0 ? ` font-weight="bold"` : ""}>${
          escape(line)
        }</text>`
      ),
    ];
  }

  const title = score(right, predictions.length);
  const widest = Math.max(...[title, ...groups.map(({ heading }) => heading)].map((t) => t.length));
  const width = Math.max(
    Math.min(columns, Math.max(...groups.map(({ members }) => members.length))) * cell[0] - gap,
    widest * 12 * charWidth,
  );
  const svg = document(width + 2 * left, top, `images and what the model says: ${title}`, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    `<text x="${left}" y="20">${escape(title)}</text>`,
    ...body,
    `</g>`,
  ]);
  return renderPicture(svg, String(grid));
}

function captionOf({ label, answer, certainty }: Prediction): string[] {
  const what = label === answer ? `is ${label}` : `is ${label}, said ${answer}`;
  return [what, sure(certainty)];
}
