import { assertEquals, assertMatch } from "../../support/assert.ts";
import { Chart } from "../../../mod.ts";

const spec = {
  data: { values: [{ x: 1, y: 2 }, { x: 2, y: 4 }, { x: 3, y: 3 }] },
  mark: "line",
  encoding: { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } },
};

Deno.test("a chart's SVG draws its data", async () => {
  const svg = await new Chart(spec).svg();
  assertMatch(svg, /^<svg/);
  const path = svg.match(/class="mark-line[^>]*><path[^>]* d="(M[^"]+)"/);
  assertEquals(path?.[1].split(/[ML]/).length, 4);
});

Deno.test("a chart's SVG is the same each time", async () => {
  assertEquals(await new Chart(spec).svg(), await new Chart(spec).svg());
});
