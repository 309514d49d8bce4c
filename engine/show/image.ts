import { encodePng, pngAddress } from "./png.ts";
import { round } from "./svg.ts";

/** How large an image of `width` × `height` pixels is drawn, in whole units a pixel where it can. */
export function imageSide(
  [width, height]: readonly [number, number],
  wish: number,
): readonly [number, number] {
  const scale = wish / Math.max(width, height);
  const unit = scale >= 1 ? Math.round(scale) : scale;
  return [round(width * unit), round(height * unit)];
}

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
