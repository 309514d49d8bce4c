import { assert, assertEquals } from "../../support/assert.ts";
import { explain, math, Value } from "../../../mod.ts";
import { display } from "../../../engine/show/jupyter.ts";

const labelled = (data: number, label: string) => new Value(data, { label });

Deno.test("in a notebook each path has its colour in the graph and before its formula", async () => {
  const a = labelled(2, "a");
  const y = math`tanh(${a}) * ${a} ** 2`;
  const bundle = await explain(a, y)[display]();
  const html = String(bundle["text/html"]), svg = String(bundle["image/svg+xml"]);
  for (const color of ["#2f7fd8", "#e0663a"]) {
    assert(svg.includes(`stroke="${color}"`) && html.includes(`background:${color}`), color);
  }
  assert(!svg.includes('stroke="#2a9d6f"'), "a third path");
  assertEquals(html.match(/\\u003cmath/g)!.length, 3);
  assertEquals(
    html.match(/<math/g),
    null,
    "where scripts are taken out, its letters would be left",
  );
});

Deno.test("markup in a label stays text", async () => {
  const bad = labelled(2, "<img src=x onerror=alert(1)>");
  const html = String((await explain(bad, bad.mul(bad))[display]())["text/html"]);
  assert(!html.includes("<img src=x"));
});
