/**
 * What the tests of images in pictures share.
 *
 * @module
 */
import { inflateSync } from "node:zlib";
import { assert } from "./assert.ts";

/** The colours of an image's pixels as `#rrggbb`, row by row from the top. */
export function readPng(address: string): string[][] {
  assert(address.startsWith("data:image/png;base64,"), address.slice(0, 40));
  const png = Uint8Array.from(atob(address.slice(22)), (c) => c.charCodeAt(0));
  const view = new DataView(png.buffer);
  const parts: Record<string, Uint8Array> = {};
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const name = new TextDecoder().decode(png.slice(at + 4, at + 8));
    parts[name] = png.slice(at + 8, at + 8 + length);
    at += 12 + length;
  }
  const [width, height] = [16, 20].map((at) => view.getUint32(at));
  const palette = Array.from(
    { length: parts.PLTE.length / 3 },
    (_, i) =>
      "#" + [...parts.PLTE.slice(3 * i, 3 * i + 3)]
        .map((byte) => byte.toString(16).padStart(2, "0")).join(""),
  );
  const rows = inflateSync(parts.IDAT);
  return Array.from(
    { length: height },
    (_, j) =>
      Array.from(rows.subarray(j * (width + 1) + 1, (j + 1) * (width + 1)), (k) => palette[k]),
  );
}

/** An image in an SVG. */
export interface DrawnImage {
  x: number;
  y: number;
  width: number;
  height: number;
  pixels: string[][];
}

/** The images in an SVG, in order. */
export function drawnImages(svg: string): DrawnImage[] {
  return [...svg.matchAll(/<image ([^>]*)\/>/g)].map(([, attributes]) => {
    const attribute = (name: string) =>
      new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1] ?? "";
    const [x, y, width, height] = ["x", "y", "width", "height"].map((k) => Number(attribute(k)));
    return { x, y, width, height, pixels: readPng(attribute("href")) };
  });
}

/** Which of the parts of a colour are the greatest: blue is `b`, orange `r`, grey `rgb`. */
export function hue(color: string): string {
  const parts = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return [..."rgb"].filter((_, i) => parts[i] === Math.max(...parts)).join("");
}
