import { content, renderGraph } from "../graph/draw.ts";
import type { Explanation } from "./explain.ts";
import { categories, colors } from "../show/colors.ts";
import { typeset } from "./explain_page.js";
import type { MimeBundle } from "../show/jupyter.ts";
import { type Edge, layOut } from "../graph/layout.ts";
import { loadMathMl, orText } from "../show/packages.ts";
import { imageElement } from "../show/picture.ts";
import { escape, inScript } from "../show/text.ts";
import type { Value } from "../value.ts";

// On grey edges a grey path would be lost.
const pathColors = categories.filter((color) => color !== colors.line);

/**
 * The graph with its paths in colours, and below it a formula for each path: as text, which a
 * script replaces by one set in type. Where scripts are taken out, MathML would be, too, and leave
 * its letters behind.
 */
export async function renderExplanation(explanation: Explanation): Promise<MimeBundle> {
  return await orText(explanation.toString(), () => drawExplanation(explanation));
}

async function drawExplanation(explanation: Explanation): Promise<MimeBundle> {
  const svg = await colouredGraph(explanation);
  const mathMl = await loadMathMl();
  const [summary, ...formulas] = explanation.lines();
  const lines = formulas.map((formula, i) => {
    const color = i < explanation.paths.length ? pathColors[i] : "transparent";
    return `<div style="display:flex;align-items:center;gap:10px;padding:5px 0;overflow-x:auto">` +
      `<span style="flex:none;width:22px;height:5px;border-radius:3px;background:${color}"></span>` +
      `<span class="formula">${escape(formula)}</span></div>`;
  });
  const html = [
    `<div class="chainrule-explain">`,
    `<p>${escape(summary)}</p>`,
    imageElement(svg, "the paths, coloured in the graph"),
    ...lines,
    `<script type="application/json">${inScript(explanation.latex().map(mathMl))}</script>`,
    `<script>(${typeset})(document.currentScript)</script>`,
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
