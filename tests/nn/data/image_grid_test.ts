import { assert, assertEquals, assertNotEquals } from "../../support/assert.ts";
import { imageGrid } from "../../../nn/data/image_grid.ts";

interface Picture {
  x: number;
  y: number;
  width: number;
  height: number;
  /** The places of the pixels in the palette, row by row from the top. */
  pixels: number[][];
  palette: string[];
}

/** The pictures in a grid, their PNG files decoded. */
function pictures(svg: string): Picture[] {
  return Array.from(svg.matchAll(/<image [^>]*>/g), ([tag]) => {
    const number = (name: string) => Number(tag.match(new RegExp(` ${name}="([^"]*)"`))![1]);
    const png = Uint8Array.fromBase64(tag.match(/base64,([^"]*)"/)![1]);
    const chunk = (name: string) => {
      const at = String.fromCharCode(...png).indexOf(name);
      const length = new DataView(png.buffer).getUint32(at - 4);
      return [...png.slice(at + 4, at + 4 + length)];
    };
    const [columns, rows] = [chunk("IHDR")[3], chunk("IHDR")[7]];
    const colors = chunk("PLTE").map((byte) => byte.toString(16).padStart(2, "0"));
    const data = chunk("IDAT").slice(7); // after the heads of the stream and of its one block
    return {
      x: number("x"),
      y: number("y"),
      width: number("width"),
      height: number("height"),
      pixels: Array.from(
        { length: rows },
        (_, i) => data.slice(i * (columns + 1) + 1, (i + 1) * (columns + 1)),
      ),
      palette: Array.from(
        { length: colors.length / 3 },
        (_, i) => "#" + colors.slice(3 * i, 3 * i + 3).join(""),
      ),
    };
  });
}

Deno.test("the smallest number is as pale as paper, the greatest as dark as ink", () => {
  const [a, b] = pictures(imageGrid([[0, 4, 8], [16, 12, 2]], ["a", "b"], [3, 1], "two"));
  assertEquals([a.pixels, b.pixels], [[[0, 16, 32]], [[64, 48, 8]]]);
  assertEquals([a.palette[0], a.palette[64]], ["#f1f1f1", "#1f2328"]);
});

Deno.test("pixels go row by row from the top, and images keep their shape", () => {
  const [wide] = pictures(imageGrid([[0, 1, 2, 3, 4, 8]], ["0"], [3, 2], "wide"));
  assertEquals(wide.pixels, [[0, 8, 16], [24, 32, 64]]);
  assert(Math.abs(wide.width / wide.height - 3 / 2) < .001);
  const [tall] = pictures(imageGrid([[0, 1, 2, 3, 4, 8]], ["0"], [2, 3], "tall"));
  assertEquals(tall.pixels, [[0, 8], [16, 24], [32, 64]]);
  assert(Math.abs(tall.width / tall.height - 2 / 3) < .001);
});

Deno.test("images that are all the same are paper", () => {
  assertEquals(pictures(imageGrid([[5, 5]], ["0"], [2, 1], "same"))[0].pixels, [[0, 0]]);
});

Deno.test("the largest numbers that there are have their shades, too", () => {
  const most = Number.MAX_VALUE;
  assertEquals(pictures(imageGrid([[-most, 0, most]], ["0"], [3, 1], "most"))[0].pixels, [[
    0,
    32,
    64,
  ]]);
});

Deno.test("images of any size stand in rows of ten that do not overlap, inside of the picture", () => {
  for (const size of [[2, 2], [26, 26], [1, 7], [70, 3]] as const) {
    const images = Array.from({ length: 23 }, () => Array(size[0] * size[1]).fill(1));
    const svg = imageGrid(images, images.map((_, i) => String(i)), size, "many");
    const all = pictures(svg);
    assertEquals(new Set(all.map(({ y }) => y)).size, 3);
    assertEquals(all.filter(({ y }) => y === all[0].y).length, 10);
    const [width, height] = svg.match(/viewBox="0 0 (\d+) (\d+)"/)!.slice(1).map(Number);
    for (const [i, a] of all.entries()) {
      assert(a.x >= 0 && a.y >= 0 && a.x + a.width <= width && a.y + a.height <= height);
      for (const b of all.slice(i + 1)) {
        assert(a.x + a.width < b.x || b.x + b.width < a.x || a.y + a.height < b.y, `${size}`);
      }
    }
  }
});

Deno.test("labels and caption stay text, and the picture is wide enough for the caption", () => {
  const svg = imageGrid([[1]], ["<i>"], [1, 1], "<b>" + "m".repeat(100));
  assert(!svg.includes("<i>") && !svg.includes("<b>"));
  const width = Number(svg.match(/width="(\d+)"/)![1]);
  assert(width > 103 * 7, `${width}`);
});

Deno.test("the same images are the same text, others are not", () => {
  const draw = (x: number) => imageGrid([[0, x, 1]], ["0"], [3, 1], "one");
  assertEquals(draw(.5), draw(.5));
  assertNotEquals(draw(.5), draw(.25));
});

Deno.test("up to four images are drawn larger, and do not overlap either", () => {
  const draw = (count: number) => {
    const images = Array.from({ length: count }, () => Array(64).fill(1));
    return pictures(imageGrid(images, images.map(() => "0"), [8, 8], "some"));
  };
  assertEquals([1, 4, 5].map((count) => draw(count)[0].width), [96, 96, 40]);
  const [a, b] = draw(4);
  assert(a.x + a.width < b.x);
});
