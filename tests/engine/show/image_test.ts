import { assertEquals, assertMatch } from "../../support/assert.ts";
import { drawImage, drawImages, imageSide, shadesOf } from "../../../engine/show/image.ts";
import { drawnImages } from "../../support/images.ts";
import { elements } from "../../support/pictures.ts";

Deno.test("images have whole units a pixel where they can, and keep their shape", () => {
  const sides = ([[8, 8], [3, 6], [5, 1], [144, 72]] as const).map((size) => imageSide(size, 72));
  assertEquals(sides, [[72, 72], [36, 72], [70, 14], [72, 36]]);
});

Deno.test("shades go from the least number of all images to the greatest, and one number has the first", () => {
  const shade = shadesOf([[0, 4], [2, 8]], 16);
  assertEquals([0, 2, 4, 8].map(shade), [0, 4, 8, 16]);
  assertEquals(shadesOf([[3, 3]], 16)(3), 0);
  assertEquals(shadesOf([[-1e308, 1e308]], 16)(1e308), 16);
});

Deno.test("an image has its pixels row by row", () => {
  const svg = drawImage([1.234, 5], [20, 10], [2, ["#000000", "#0000ff"], [0, 1]]);
  assertEquals(drawnImages(svg), [
    { x: 1.23, y: 5, width: 20, height: 10, pixels: [["#000000", "#0000ff"]] },
  ]);
});

Deno.test("framed images stand in rows, each with its lines below it", () => {
  const images = [0, 1, 2].map((i) => ({
    pixels: [i],
    lines: [`image ${i}`, "<b>"],
    stands: i === 2,
  }));
  const palette = ["#000000", "#00ff00", "#0000ff"];
  const { body, width, bottom } = drawImages(images, [10, 20], 2, [1, [30, 30], palette]);
  const svg = body.join("");
  elements(svg);
  const drawn = drawnImages(svg);
  assertEquals(drawn.map(({ pixels }) => pixels[0][0]), palette);
  const [a, b, c] = drawn;
  assertEquals([a.x, a.y, b.y, c.x], [10, 20, 20, 10]);
  assertEquals([c.y - a.y, bottom - c.y], [30 + 18 + 24, 30 + 18 + 24]);
  // "image 0" is wider than an image.
  assertEquals(Math.round(b.x - a.x), Math.round(7 * 10 * .603 + 14));
  assertEquals(Math.round(width), Math.round(2 * (b.x - a.x) - 14));
  assertEquals([...svg.matchAll(/stroke-width="(\d)"/g)].map(([, w]) => w), ["1", "1", "3"]);
  assertEquals([...svg.matchAll(/<text [^>]*>([^<]*)</g)].map(([, text]) => text).slice(0, 2), [
    "image 0",
    "&#60;b&#62;",
  ]);
  assertMatch(svg, /font-weight="bold">image 2</);
});
