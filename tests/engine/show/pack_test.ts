import { pack, type Packed } from "../../../engine/show/pack.ts";
import { assert, assertEquals } from "../../support/assert.ts";

/** The texts, put together as the page does it. */
function unpack({ at, frames, templates, pieces }: Packed): string[] {
  return at.map((frame) => {
    const [template, ...own] = frames[frame];
    return templates[template].map((piece) => pieces[piece < 0 ? own.shift()! : piece]).join("");
  });
}

Deno.test("packed texts come out as they went in", () => {
  const texts = ["<b>1</b>", "no markup", "<b>2</b>", "", "<b>1</b>", "<b>a<i>b</i></b>", "1 < 2"];
  assertEquals(unpack(pack(texts)), texts);
  assertEquals(unpack(pack(["<p>"])), ["<p>"]);
});

Deno.test("equal texts and equal pieces are stored once", () => {
  const picture = (k: number) => `<svg><path d="M0,0L9,9"/><text>${k}</text></svg>`;
  const { at, frames, templates, pieces } = pack([0, 1, 2, 1].map(picture));
  assertEquals(at, [0, 1, 2, 1]);
  assertEquals(pieces, [
    ...["<svg>", '<path d="M0,0L9,9"/>', "<text>0", "</text>", "</svg>"],
    ...["<text>1", "<text>2"],
  ]);
  assertEquals(templates, [[0, 1, -1, 3, 4]]);
  assertEquals(frames, [[0, 2], [0, 5], [0, 6]]);
});

Deno.test("of pictures that differ in one number, each but the first takes little room", () => {
  const axis = Array.from({ length: 100 }, (_, i) => `<line x1="${i}" x2="${i}"/>`).join("");
  const packed = pack(Array.from({ length: 50 }, (_, k) => `<svg>${axis}<text>${k}</text></svg>`));
  const { length } = JSON.stringify(packed);
  assert(length < 2 * axis.length, `${length} characters, and ${axis.length} once`);
});
