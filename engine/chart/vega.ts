import type { VegaLiteSpec } from "./chart.ts";
import { loadVega, loadVegaLite } from "../show/packages.ts";
import { escape, inXml } from "../show/text.ts";

type TopLevelSpec = Parameters<Awaited<ReturnType<typeof loadVegaLite>>["compile"]>[0];

/** Draws a Vega-Lite specification as the text of an SVG document, the same each time. */
export async function renderChart(spec: VegaLiteSpec): Promise<string> {
  const [vega, { compile }] = [await loadVega(), await loadVegaLite()];
  // Vega's types do not have it.
  const { resetSVGDefIds } = vega as unknown as { resetSVGDefIds(): void };
  // A copy, because Vega marks the data it is given.
  const copy = structuredClone(spec) as unknown as TopLevelSpec;
  const loader = vega.loader();
  loader.load = () => Promise.reject(new Error("Chart: nothing is fetched"));
  const view = new vega.View(vega.parse(compile(copy).spec), { renderer: "none", loader });
  try {
    await view.runAsync();
    // Vega numbers clips and gradients through all pictures; here each starts anew.
    resetSVGDefIds();
    const svg = inXml(await view.toSVG());
    // Vega hands the description only to pages.
    const name = `role="img" aria-label="${escape(view.description())}"`;
    return svg.replace("<svg ", () => `<svg ${name} `);
  } finally {
    view.finalize();
  }
}
