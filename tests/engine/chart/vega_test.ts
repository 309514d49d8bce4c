import { assertEquals, assertMatch } from "../../support/assert.ts";
import { Chart } from "../../../mod.ts";
import { inXml } from "../../../engine/show/text.ts";
import { renderChart } from "../../../engine/chart/vega.ts";

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

Deno.test("a chart's SVG has no character that XML cannot hold, whatever is in its data", async () => {
  const strange = "x\u0000\u001b[31m\ufffe\ud800y";
  const svg = await new Chart({
    data: { values: [{ a: strange, b: 1 }] },
    title: strange,
    mark: "bar",
    encoding: { x: { field: "a" }, y: { field: "b", type: "quantitative", title: strange } },
  }).svg();
  assertEquals(inXml(svg), svg);
  assertMatch(svg, /x��\[31m��y/);
});

Deno.test("what a specification says to load is not fetched when it is drawn", async () => {
  const { fetch } = globalThis;
  let fetched = 0;
  globalThis.fetch = () => {
    fetched++;
    return Promise.reject(new Error("fetched"));
  };
  try {
    await renderChart({ ...spec, data: { url: "https://example.org/a.json" } });
  } finally {
    globalThis.fetch = fetch;
  }
  assertEquals(fetched, 0);
});
