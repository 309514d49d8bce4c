import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import type { VegaLiteSpec } from "./chart.ts";

/** Draws a Vega-Lite specification as the text of an SVG document. */
export async function renderChart(spec: VegaLiteSpec): Promise<string> {
  // A copy, because Vega marks the data it is given.
  const copy = structuredClone(spec) as unknown as TopLevelSpec;
  const view = new View(parse(compile(copy).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}
