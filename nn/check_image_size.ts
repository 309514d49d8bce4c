import { describe } from "../engine/mod.ts";
import { checkSize } from "./check.ts";

/** Throws unless `size` is the width and the height of images of so many pixels that can be drawn. */
export function checkImageSize(
  name: string,
  size: readonly [width: number, height: number] | null,
  pixels: number,
): void {
  if (!Array.isArray(size) || size.length !== 2) {
    throw new TypeError(`${name} must be [width, height], got ${describe(size)}`);
  }
  const [width, height] = size;
  for (const [i, side] of [width, height].entries()) {
    checkSize(`${name}[${i}]`, side);
    if (side > 250) throw new RangeError(`${name}[${i}] must be at most 250, got ${side}`);
  }
  if (width * height === pixels) return;
  throw new RangeError(
    `${name} must be of ${pixels} pixels in all, got ${width} × ${height}`,
  );
}
