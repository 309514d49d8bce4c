import {
  charWidth,
  colors,
  diverging,
  document,
  drawImage,
  escape,
  formatNumber,
  imageSide,
  type MimeBundle,
  mono,
  renderPicture,
  round,
} from "../../engine/show/mod.ts";
import type { WeightImages } from "./weight_images.ts";

const left = 16;
const gap = 14;
const columns = 8;
const scaleWidth = 195;

/** The images in rows, under them the scale that all share. */
export function renderWeights(images: WeightImages): MimeBundle {
  const { imageSize, largest } = images;
  const count = images.weights.length;
  const weights = images.weights.slice(
    0,
    Math.min(64, Math.max(1, Math.floor(120_000 / (imageSize[0] * imageSize[1])))),
  );
  const { palette, shade } = diverging(1);
  const side = imageSide(imageSize, 72);
  const captions = weights.map((_, i) => `neurons[${i}]`);
  const text = Math.max(...captions.map((caption) => caption.length)) * 10 * charWidth;
  const cell = [Math.max(side[0], text) + gap, side[1] + 30] as const;
  const place = (w: number) => Number.isNaN(w) ? palette.length : shade(w / (largest || 1));
  const tiles = weights.flatMap((row, i) => {
    const [x, y] = [left + (i % columns) * cell[0], 34 + Math.floor(i / columns) * cell[1]];
    return [
      // The last colour is for what is not a number.
      drawImage([x, y], side, [imageSize[0], [...palette, colors.line], row.map(place)]),
      `<rect x="${round(x)}" y="${round(y)}" width="${side[0]}" height="${
        side[1]
      }" fill="none" stroke="${colors.line}"/>`,
      `<text x="${round(x)}" y="${round(y + side[1] + 13)}" font-size="10">${captions[i]}</text>`,
    ];
  });
  const top = 34 + Math.ceil(weights.length / columns) * cell[1] + 4;
  const number = (x: number) => formatNumber(Number(x.toPrecision(3))).replace("-", "−");
  const marks = [[-largest, "start", 0], [0, "middle", .5], [largest, "end", 1]] as const;
  const notes = [
    "blue: a weight above 0, ink in this pixel raises the neuron's sum",
    "orange: a weight below 0, ink in this pixel lowers it",
  ];
  const shown = weights.length < count ? `${weights.length} of ${count}` : `${count}`;
  const title = `${shown} ${count === 1 ? "neuron" : "neurons"}, each weight where its pixel is`;
  const width = Math.max(
    Math.min(columns, weights.length) * cell[0] - gap,
    scaleWidth,
    ...[title, ...notes].map((line) => line.length * 12 * charWidth),
  );
  const svg = document(width + 2 * left, top + 74, String(images), [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    `<text x="${left}" y="20">${title}</text>`,
    ...tiles,
    drawImage([left, top], [scaleWidth, 10], [palette.length, palette, palette.map((_, i) => i)]),
    ...marks.map(([x, anchor, at]) =>
      `<text x="${round(left + at * scaleWidth)}" y="${
        round(top + 23)
      }" font-size="10" text-anchor="${anchor}">${number(x)}</text>`
    ),
    ...notes.map((note, i) =>
      `<text x="${left}" y="${round(top + 44 + 18 * i)}">${escape(note)}</text>`
    ),
    `</g>`,
  ]);
  return renderPicture(svg, String(images));
}
