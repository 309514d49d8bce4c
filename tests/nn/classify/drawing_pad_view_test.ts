import { assert, assertEquals, assertMatch } from "../../support/assert.ts";
import { display, drawingPad, MLP } from "../../../mod.ts";

const pad = drawingPad(new MLP(4, [3]), [2, 2], [1, 0, 0, 1]);

Deno.test("a pad shows itself as a page, a still picture and text", async () => {
  const bundle = await pad[display]();
  assertEquals(Object.keys(bundle).sort(), ["image/svg+xml", "text/html", "text/plain"]);
  assertMatch(String(bundle["text/html"]), /A still picture: run this cell to draw in it\./);
  const percents = pad.probabilities.map((p) => `>${Math.round(100 * p)}%<`);
  for (const percent of percents) assert(String(bundle["image/svg+xml"]).includes(percent));
});
