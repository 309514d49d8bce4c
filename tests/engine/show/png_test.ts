import { inflateSync } from "node:zlib";
import { assertEquals } from "../../support/assert.ts";
import { encodePng } from "../../../engine/show/png.ts";

interface Chunk {
  name: string;
  data: Uint8Array;
  checksum: number;
}

/** Reads a PNG file apart. */
function chunks(png: Uint8Array): Chunk[] {
  assertEquals([...png.slice(0, 8)], [137, 80, 78, 71, 13, 10, 26, 10]);
  const view = new DataView(png.buffer);
  const found: Chunk[] = [];
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const body = png.slice(at + 4, at + 8 + length);
    const name = new TextDecoder().decode(body.slice(0, 4));
    found.push({ name, data: body.slice(4), checksum: view.getUint32(at + 8 + length) });
    at += 12 + length;
  }
  return found;
}

Deno.test("encodePng() writes a header, a palette, the pixels and an end", () => {
  const [header, palette, pixels, end, ...rest] = chunks(
    encodePng(3, ["#ff0000", "#00ff00", "#0102fe"], [0, 1, 2, 2, 1, 0]),
  );
  assertEquals([header.name, palette.name, pixels.name, end.name, rest.length], [
    "IHDR",
    "PLTE",
    "IDAT",
    "IEND",
    0,
  ]);
  assertEquals([...header.data], [0, 0, 0, 3, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
  assertEquals([...palette.data], [255, 0, 0, 0, 255, 0, 1, 2, 254]);
  // zlib checks the length and the checksum of its stream.
  assertEquals([...inflateSync(pixels.data)], [0, 0, 1, 2, 0, 2, 1, 0]);
  // The checksum of an empty end is known from every PNG file.
  assertEquals(end.checksum, 0xae426082);
});

Deno.test("encodePng() writes the largest map of a recorder, 100 × 100 pixels", () => {
  const colors = Array.from({ length: 65 }, (_, i) => `#0000${i.toString(16).padStart(2, "0")}`);
  const all = Array.from({ length: 10_000 }, (_, i) => i % 65);
  const [, palette, pixels] = chunks(encodePng(100, colors, all));
  assertEquals(palette.data.length, 195);
  const rows = [...inflateSync(pixels.data)];
  assertEquals(rows.filter((_, i) => i % 101 !== 0), all);
});
