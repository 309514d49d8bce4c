import {
  colors,
  counted,
  diverging,
  document,
  drawImage,
  drawImages,
  formatNumber,
  imageSide,
  type MimeBundle,
  mono,
  renderPicture,
  textAt,
  textWidth,
} from "../../engine/show/mod.ts";
import type { WeightImages } from "./weight_images.ts";

const left = 16;
const scaleWidth = 195;
const notes = [
  "blue: a weight above 0, ink in this pixel raises the neuron's sum",
  "orange: a weight below 0, ink in this pixel lowers it",
];

/** The images in rows, under them the scale that all share. */
export function renderWeights(images: WeightImages): MimeBundle {
  const { imageSize, largest } = images;
  const count = images.weights.length;
  const most = Math.max(1, Math.floor(120_000 / (imageSize[0] * imageSize[1])));
  const weights = images.weights.slice(0, Math.min(64, most));
  const { palette, shade } = diverging(1);
  // The last colour is for what is not a number.
  const place = (w: number) => Number.isNaN(w) ? palette.length : shade(w / (largest || 1));
  const tiles = drawImages(
    weights.map((row, i) => ({ pixels: row.map(place), lines: [`neurons[${i}]`] })),
    [left, 34],
    8,
    [imageSize[0], imageSide(imageSize, 72), [...palette, colors.line]],
  );
  const top = tiles.bottom + 4;
  const number = (x: number) => formatNumber(Number(x.toPrecision(3))).replace("-", "−");
  const marks = [[-largest, "start", 0], [0, "middle", .5], [largest, "end", 1]] as const;
  const part = weights.length < count ? `${weights.length} of ` : "";
  const title = `${part}${counted(count, "neuron")}, each weight where its pixel is`;
  const width = Math.max(tiles.width, scaleWidth, ...[title, ...notes].map(textWidth));
  const svg = document(width + 2 * left, top + 74, String(images), [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    textAt(left, 20, title),
    ...tiles.body,
    drawImage([left, top], [scaleWidth, 10], [palette.length, palette, palette.map((_, i) => i)]),
    ...marks.map(([x, anchor, at]) =>
      textAt(left + at * scaleWidth, top + 23, number(x), `font-size="10" text-anchor="${anchor}"`)
    ),
    ...notes.map((note, i) => textAt(left, top + 44 + 18 * i, note)),
    `</g>`,
  ]);
  return renderPicture(svg, String(images));
}
