import { base64 } from "./text.ts";

/**
 * A picture of pixels as the bytes of a PNG file, eight bits a pixel, stored
 * without compression: small pictures stay small, and the bytes are the same
 * with every version of every program.
 *
 * PNG specification, third edition (W3C, 2025), https://www.w3.org/TR/png-3/.
 *
 * @param width the pixels in a row.
 * @param palette up to 256 colours, written `#rrggbb`.
 * @param pixels the places of colours in the palette, row by row from the top; less than 65,536
 * bytes with one more for each row.
 */
export function encodePng(
  width: number,
  palette: readonly string[],
  pixels: readonly number[],
): Uint8Array<ArrayBuffer> {
  const height = pixels.length / width;
  const rows: number[] = [];
  // Each row starts with the number of its filter; 0 is none.
  for (let i = 0; i < height; i++) rows.push(0, ...pixels.slice(i * width, (i + 1) * width));
  const colors = palette.flatMap((color) =>
    [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16))
  );
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk("IHDR", [...uint32(width), ...uint32(height), 8, 3, 0, 0, 0]),
    ...chunk("PLTE", colors),
    ...chunk("IDAT", stored(rows)),
    ...chunk("IEND", []),
  ]);
}

/** The bytes of a PNG file as an address for pages and pictures. */
export function pngAddress(png: Uint8Array): string {
  return `data:image/png;base64,${base64(png)}`;
}

function uint32(x: number): number[] {
  return [x >>> 24, (x >>> 16) & 255, (x >>> 8) & 255, x & 255];
}

function chunk(name: string, data: readonly number[]): number[] {
  const body = [...[...name].map((c) => c.charCodeAt(0)), ...data];
  return [...uint32(data.length), ...body, ...uint32(crc32(body))];
}

/** A zlib stream of one stored block, RFC 1950 and RFC 1951. */
function stored(data: readonly number[]): number[] {
  const length = [data.length & 255, data.length >> 8];
  const inverse = length.map((byte) => byte ^ 255);
  let [a, b] = [1, 0];
  for (const byte of data) {
    a = (a + byte) % 65521;
    b = (b + a) % 65521;
  }
  return [0x78, 0x01, 1, ...length, ...inverse, ...data, b >> 8, b & 255, a >> 8, a & 255];
}

function crc32(bytes: readonly number[]): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
