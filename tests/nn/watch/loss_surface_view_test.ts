import { assert, assertEquals, assertMatch, assertStringIncludes } from "../../support/assert.ts";
import { display, lossSurface, Value } from "../../../mod.ts";
import { elements } from "../../support/pictures.ts";
import { Bowl, surface } from "../../support/models.ts";

Deno.test("a surface shows itself as a live chart, a still picture and text, the same each time", async () => {
  const bundle = await surface()[display]();
  assertEquals(Object.keys(bundle), [
    "application/vnd.vegalite.v5+json",
    "image/svg+xml",
    "text/plain",
  ]);
  assertMatch(
    String(bundle["text/plain"]),
    /^LossSurface\(6 × 6, loss [\d.]+ to [\d.]+; the plane has 100% of the path\)$/,
  );
  assertEquals(await surface()[display](), bundle);
  const { spec } = surface().chart();
  assertEquals(JSON.parse(JSON.stringify(spec)), spec);
  const svg = String(bundle["image/svg+xml"]);
  elements(svg.replace(/&\w+;/g, "&#1;"));
  for (const text of [">start<", ">end<", ">loss, log scale<"]) assertStringIncludes(svg, text);
});

Deno.test("a surface's chart has a cell for each loss, on a logarithmic scale only where that works", () => {
  interface Layer {
    data: { values: Record<string, number>[] };
    encoding: { color: { scale: { type: string } } };
  }
  const cells = (chart: { spec: Record<string, unknown> }) => (chart.spec.layer as Layer[])[0];
  const positive = surface();
  const layer = cells(positive.chart());
  assertEquals(layer.data.values.length, 36);
  for (const { i, j, loss } of layer.data.values) {
    assertEquals(loss, Number(positive.losses[j][i].toPrecision(4)));
  }
  assertEquals(layer.encoding.color.scale.type, "log");
  const bowl = new Bowl(1, 1);
  const below = lossSurface(() => bowl.loss().sub(5), bowl, { n: 5 });
  assertEquals(cells(below.chart()).encoding.color.scale.type, "linear");
});

Deno.test("losses that are not finite leave holes", async () => {
  const bowl = new Bowl(1, 1);
  const holed = lossSurface(() => bowl.p[0].sub(1).log(), bowl, { n: 6 });
  const finite = holed.losses.flat().filter(Number.isFinite).length;
  assert(finite > 0 && finite < 36, `${finite}`);
  assert(!/NaN/.test(await holed.chart().svg()));
  const nothing = lossSurface(() => new Value(NaN), bowl, { n: 3 });
  assertStringIncludes(String(nothing), "no finite loss");
  assertMatch(await nothing.chart().svg(), /^<svg/);
});

Deno.test("a surface of 25 × 25 cells takes less than 130 KB, chart and picture together", async () => {
  const bundle = await surface({ n: 25 })[display]();
  const size = JSON.stringify(bundle).length;
  assert(size < 130_000, `${size} characters`);
});
