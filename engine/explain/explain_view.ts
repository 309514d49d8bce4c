import { content, renderGraph } from "../graph/draw.ts";
import type { Explanation } from "./explain.ts";
import { categories, colors } from "../show/colors.ts";
import type { MimeBundle } from "../show/jupyter.ts";
import { type Edge, layOut } from "../graph/layout.ts";
import { loadKatex, orText } from "../show/packages.ts";
import { base64, escape } from "../show/text.ts";
import type { Value } from "../value.ts";

// On grey edges a grey path would be lost.
const pathColors = categories.filter((color) => color !== colors.line);

/** The graph with its paths in colours, and below it a formula for each path. */
export async function renderExplanation(explanation: Explanation): Promise<MimeBundle> {
  return await orText(explanation.toString(), () => drawExplanation(explanation));
}

async function drawExplanation(explanation: Explanation): Promise<MimeBundle> {
  const svg = await colouredGraph(explanation);
  const katex = await loadKatex();
  // MathML, which browsers set in type by themselves.
  const typeset = (tex: string) =>
    katex.renderToString(tex, {
      output: "mathml",
      displayMode: false,
      throwOnError: false,
      // It would warn of every letter whose width it does not know; here the browser sets them.
      strict: "ignore",
    });
  const formulas = explanation.latex();
  const lines = formulas.map((tex, i) => {
    const color = i < explanation.paths.length ? pathColors[i] : "transparent";
    return `<div style="display:flex;align-items:center;gap:10px;padding:5px 0;overflow-x:auto">` +
      `<span style="flex:none;width:22px;height:5px;border-radius:3px;background:${color}"></span>` +
      `${typeset(tex)}</div>`;
  });
  const html = [
    `<div class="chainrule-explain">`,
    `<p>${escape(explanation.summary())}</p>`,
    `<img alt="the paths, coloured in the graph" style="max-width:100%" src="data:image/svg+xml;base64,${
      base64(svg)
    }">`,
    ...lines,
    `</div>`,
  ].join("\n");
  return { "text/html": html, "image/svg+xml": svg };
}

async function colouredGraph({ y, paths, names }: Explanation): Promise<string> {
  const graph = await layOut([y], 60, (node) => {
    const shown = content(node);
    return shown.named || shown.rows.length === 1
      ? shown
      : { ...shown, named: true, rows: [names.get(node as Value)!, ...shown.rows] };
  });
  const node = (i: number) => graph.boxes[i].node;
  const through = ({ from, to, operand }: Edge) =>
    paths.flatMap(({ nodes, operands }, i) =>
      operands.some((k, step) =>
          k === operand && nodes[step] === node(to) && nodes[step + 1] === node(from)
        )
        ? [pathColors[i]]
        : []
    );
  return renderGraph(graph, `the paths to ${names.get(y)}`, {
    behind: (edge) => {
      const found = through(edge);
      return found.map((color, i) =>
        `<path d="${edge.path}" stroke="${color}" stroke-width="${3.5 * (found.length - i)}"/>`
      ).join("");
    },
    edge: (edge) => through(edge).length > 0 ? `stroke-opacity="0.9"` : `opacity="0.5"`,
  });
}
