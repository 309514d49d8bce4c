import { content, drawGraph, flow, roomy } from "./draw.ts";
import { type FoldedNode, Folding, type Part } from "./fold.ts";
import { open } from "./fold_page.js";
import type { MimeBundle } from "../show/jupyter.ts";
import { type Content, type Graph, type GraphNode, layOut } from "./layout.ts";
import { imageElement, legibleWidth, scriptNote, widthStyle } from "../show/picture.ts";
import { formatNumber, inScript } from "../show/text.ts";
import { colors } from "../show/colors.ts";
import { document } from "../show/svg.ts";
import type { Value } from "../value.ts";

/** The inside of a part, ready to be shown; views and templates by their positions. */
interface View {
  name: string;
  /** The view to go back to, or −1. */
  parent: number;
  template: number;
  /** What stands in the template's gaps. */
  texts: string[];
  /** Which box opens which view. */
  opens: [box: number, view: number][];
}

/** Where a template has a gap for a text. */
const gap = "\u0001";
const mostViews = 400;
const mostBoxes = 40;
/** The width that a column of text can hold, in pixels: beyond it the words would get too small. */
const widest = 880;

/**
 * A large computation with its parts folded, as a page of its own: a click on a
 * part opens it. Parts of the same shape share one picture, in which only the
 * numbers are exchanged.
 */
export async function renderFolded(root: Value): Promise<MimeBundle> {
  const folding = new Folding(root);
  const views: View[] = [];
  const templates: string[] = [];
  const waiting: { part: Part; parent: number; from: [view: number, box: number] | null }[] = [
    { part: folding.whole, parent: -1, from: null },
  ];
  let still = "";
  for (let next = 0; next < waiting.length && views.length < mostViews; next++) {
    const { part, parent, from } = waiting[next];
    const graph = await fitting(folding.inside(part, mostBoxes));
    const whole = isWhole(graph);
    const texts: string[] = [];
    const write = (text: string | number) => {
      texts.push(String(text));
      return gap;
    };
    const { width, height, body } = drawGraph(graph, {
      ...whole ? flow(graph, write) : {},
      node: ({ node }, i) =>
        (node as FoldedNode | null)?.part
          ? `data-node="${i}" tabindex="0" role="button"`
          : `data-node="${i}"`,
      write,
    });
    if (next === 0) {
      const named = document(width, height, `inside of ${part.name}`, body);
      still = String.raw({ raw: named.split(gap) }, ...texts);
    }
    const picture = document(width, height, "", body);
    const template = picture.replace("<svg ", `<svg style="${widthStyle(legibleWidth(picture))}" `);
    const known = templates.indexOf(template);
    if (known < 0) templates.push(template);
    const view = views.length;
    if (from) views[from[0]].opens.push([from[1], view]);
    views.push({
      name: part.name,
      parent,
      template: known < 0 ? templates.length - 1 : known,
      texts,
      opens: [],
    });
    graph.boxes.forEach(({ node }, box) => {
      const inner = (node as FoldedNode | null)?.part;
      if (inner) waiting.push({ part: inner, parent: view, from: [view, box] });
    });
  }
  const size = folding.whole.results.length;
  const html = [
    `<div class="chainrule-fold">`,
    `<style>${style}</style>`,
    `<div class="path">${size.toLocaleString("en-US")} operations, folded`,
    `${scriptNote("to open the violet boxes")}</div>`,
    `<div class="view">${imageElement(still, `inside of ${views[0].name}`)}</div>`,
    `<script type="application/json">${inScript({ size, templates, views })}</script>`,
    `<script>(${open})(document.currentScript)</script>`,
    `</div>`,
  ].join("\n");
  return { "text/html": html, "image/svg+xml": still };
}

/** Whether all local derivatives are known, since no operand is folded away. */
function isWhole({ boxes }: Graph): boolean {
  return boxes.every(({ node }) => (node as FoldedNode | null)?.count === undefined);
}

/** A graph from left to right; from the top to the bottom if it is too wide for a page otherwise. */
async function fitting(roots: readonly FoldedNode[]): Promise<Graph> {
  const contentOf = (node: GraphNode) => boxContent(node as FoldedNode);
  const across = await layOut(roots, mostBoxes, contentOf);
  if (across.width <= widest || isWhole(across)) return across;
  const down = await layOut(roots, mostBoxes, contentOf, "TB");
  return down.width < across.width ? down : across;
}

function boxContent(node: FoldedNode): Content {
  const { part, count, label = "", data, grad, outside } = node;
  if (part) {
    const rows = [label, `${count} operations`];
    if (!Number.isNaN(data)) rows.push(`data ${formatNumber(data)}`);
    if (grad !== undefined) rows.push(`grad ${formatNumber(grad)}`);
    return roomy({ rows, named: true, fill: colors.part });
  }
  if (count !== undefined) return { rows: [label], named: false, fill: colors.constant };
  const shown = content(node);
  const fill = outside ? colors.constant : shown.fill;
  return roomy({ ...shown, fill });
}

const style = `
.chainrule-fold { font-size: 14px; max-width: 100%; }
.chainrule-fold .path { padding: 2px 0 8px; }
.chainrule-fold .path button { font: inherit; padding: 1px 8px; cursor: pointer; }
.chainrule-fold .view { overflow: auto hidden; }
.chainrule-fold .view > * { display: block; height: auto; }
.chainrule-fold [role="button"] { cursor: pointer; }
.chainrule-fold [role="button"]:hover > rect, .chainrule-fold [role="button"]:focus > rect {
  stroke: ${colors.negative}; stroke-width: 2.5;
}
`;
