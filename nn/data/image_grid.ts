import {
  colors,
  document,
  drawImage,
  fontSize,
  imageSide,
  mix,
  mono,
  pale,
  shadesOf,
  textAt,
  textWidth,
} from "../../engine/show/mod.ts";

/** About how long the longer side of an image is, in pixels of the page, and of a few: up to so many. */
const small = 40, large = 96, few = 4;
const columns = 10;
const margin = 12;
const gap = 10;
const textHeight = 17;

const shades = 64;
const palette = Array.from({ length: shades + 1 }, (_, i) => mix(pale, colors.ink, i / shades));

/**
 * Images in rows of ten, each with its label below it, and larger if they are few: the
 * smallest number of all is as pale as paper, the greatest as dark as ink.
 *
 * @param images as many numbers each as the image has pixels, row by row from the top.
 */
export function imageGrid(
  images: readonly (readonly number[])[],
  labels: readonly string[],
  [width, height]: readonly [width: number, height: number],
  caption: string,
): string {
  const wish = images.length > few ? small : large;
  const [w, h] = imageSide([width, height], wish);
  // Narrow images, too, have room for their label.
  const cell = Math.max(w, wish) + gap;
  const shade = shadesOf(images, shades);
  const pictures = images.flatMap((pixels, i) => {
    const x = margin + (i % columns) * cell + (cell - gap - w) / 2;
    const y = margin + Math.floor(i / columns) * (h + textHeight + gap);
    return [
      drawImage([x, y], [w, h], [width, palette, pixels.map(shade)]),
      textAt(x + w / 2, y + h + 13, labels[i], `text-anchor="middle"`),
    ];
  });
  const rows = Math.ceil(images.length / columns);
  const bottom = margin + rows * (h + textHeight + gap) + 4;
  const across = Math.max(Math.min(images.length, columns) * cell - gap, textWidth(caption));
  return document(2 * margin + across, bottom + margin, caption, [
    `<g font-family="${mono}" font-size="${fontSize}" fill="${colors.line}">`,
    ...pictures,
    textAt(margin, bottom, caption),
    `</g>`,
  ]);
}
