import { colors, mix } from "./colors.ts";
import { encodePng, pngAddress } from "./png.ts";
import { charWidth, round, textAt } from "./svg.ts";

/** How large an image of `width` × `height` pixels is drawn, in whole units a pixel where it can. */
export function imageSide(
  [width, height]: readonly [number, number],
  wish: number,
): readonly [number, number] {
  const scale = wish / Math.max(width, height);
  const unit = scale >= 1 ? Math.round(scale) : scale;
  return [round(width * unit), round(height * unit)];
}

/** From paper to ink in 17 shades, as many as a digit of the UCI set has. */
export const inkShades: readonly string[] = Array.from(
  { length: 17 },
  (_, k) => mix(colors.paper, colors.ink, k / 16),
);

/** The shade of a pixel: 0 for the least number of all images, `last` for the greatest. */
export function shadesOf(
  images: readonly (readonly number[])[],
  last: number,
): (pixel: number) => number {
  const [low, high] = [Math.min, Math.max].map((f) =>
    images.reduce((end, pixels) => pixels.reduce((a, b) => f(a, b), end), images[0][0])
  );
  // Halves, because the difference of two finite numbers may be infinite.
  const range = high / 2 - low / 2 || 1;
  return (pixel) => Math.round(last * ((pixel / 2 - low / 2) / range));
}

/** An image with hard pixels, as an element of an SVG. */
export function drawImage(
  at: readonly [x: number, y: number],
  side: readonly [width: number, height: number],
  png: readonly [width: number, palette: readonly string[], pixels: readonly number[]],
): string {
  return `<image x="${round(at[0])}" y="${round(at[1])}" width="${side[0]}" height="${
    side[1]
  }" preserveAspectRatio="none" style="image-rendering:pixelated" href="${
    pngAddress(encodePng(...png))
  }"/>`;
}

/** An image in a frame, and the lines of text under it. */
export interface FramedImage {
  /** The places of its pixels in the palette. */
  readonly pixels: readonly number[];
  readonly lines: readonly string[];
  /** The colour of the frame and the text. Default: that of lines. */
  readonly color?: string;
  /** Whether the frame is wide and the first line bold. */
  readonly stands?: boolean;
}

/**
 * Images in rows, each in a frame and with its text under it.
 *
 * @param size how wide an image is, and how many lines of text the longest has.
 */
export function drawImages(
  images: readonly FramedImage[],
  [left, top]: readonly [x: number, y: number],
  columns: number,
  [pixelsInRow, side, palette]: readonly [
    number,
    readonly [width: number, height: number],
    readonly string[],
  ],
  longest = Math.max(...images.flatMap(({ lines }) => lines.map((line) => line.length))),
) {
  const gap = 14;
  const width = Math.max(side[0], longest * 10 * charWidth) + gap;
  const height = side[1] + 18 + 12 * Math.max(...images.map(({ lines }) => lines.length));
  const body = images.flatMap(({ pixels, lines, color = colors.line, stands }, i) => {
    const [x, y] = [left + (i % columns) * width, top + Math.floor(i / columns) * height];
    return [
      drawImage([x, y], side, [pixelsInRow, palette, pixels]),
      `<rect x="${round(x)}" y="${round(y)}" width="${side[0]}" height="${side[1]}" fill="none" ` +
      `stroke="${color}" stroke-width="${stands ? 3 : 1}"/>`,
      ...lines.map((line, k) => {
        const bold = stands && k === 0 ? ` font-weight="bold"` : "";
        return textAt(x, y + side[1] + 14 + 12 * k, line, `font-size="10" fill="${color}"${bold}`);
      }),
    ];
  });
  return {
    body,
    width: Math.min(columns, images.length) * width - gap,
    bottom: top + Math.ceil(images.length / columns) * height,
  };
}
