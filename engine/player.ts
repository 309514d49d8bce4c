import { renderGraph } from "./draw.ts";
import { renderFilm } from "./film.ts";
import type { MimeBundle } from "./jupyter.ts";
import { type Content, type Graph, layOut } from "./layout.ts";
import { play } from "./player.js";
import type { Step, Steps } from "./steps.ts";
import { colors, escape, formatNumber, textWidth } from "./svg.ts";
import type { Value } from "./value.ts";

/** What the page needs to know of a step; nodes and edges by their positions in the picture. */
interface Frame {
  title: string;
  lines: readonly string[];
  /** The node whose turn it is, or −1. */
  node: number;
  /** The edges that light up. */
  edges: number[];
  /** The two lines of numbers of each node; null for what is not known yet. */
  data: (string | null)[];
  grad: string[];
}

/**
 * Steps as a page of its own: the picture of the first step, which any viewer
 * shows, and the script that plays the others.
 */
export async function renderSteps(steps: Steps): Promise<MimeBundle> {
  const graph = await layOut([steps.root], Infinity, (node) => widest(steps, node as Value));
  const frames = steps.frames.map((step) => frameOf(step, graph));
  const still = picture(steps, graph, frames[0]);
  const [first] = frames;
  const html = renderFilm({
    name: "steps",
    description: "backpropagation, step by step",
    count: frames.length,
    unit: "step",
    pace: 1400,
    still,
    alt: first.title,
    words: [
      `<div class="say" aria-live="polite"><b>${escape(first.title)}</b>`,
      ...first.lines.map((line) => `<div>${escape(line)}</div>`),
      `</div>`,
    ],
    reel: frames,
    start: play,
    style,
  });
  return { "text/html": html, "image/svg+xml": still, "text/plain": steps.toString() };
}

/** The box of a node, wide enough for what it says in any step. */
function widest(steps: Steps, node: Value): Content {
  const name = steps.names.get(node)!;
  if (node.op === null && !node.requiresGrad) {
    return { rows: [name], named: false, fill: colors.constant };
  }
  const gradients = steps.frames.map(({ gradients }) => gradText(gradients.get(node) ?? 0));
  const widestGradient = gradients.reduce((a, b) => textWidth(b) > textWidth(a) ? b : a);
  return {
    rows: [name, `data ${formatNumber(node.data)}`, widestGradient],
    named: true,
    fill: node.op ? colors.result : colors.input,
  };
}

function gradText(x: number): string {
  return `grad ${formatNumber(x)}`;
}

function frameOf(step: Step, { boxes, edges }: Graph): Frame {
  const nodes = boxes.map(({ node }) => node as Value);
  const turn = step.node === null ? -1 : nodes.indexOf(step.node);
  return {
    title: step.title,
    lines: step.lines,
    node: turn,
    edges: edges.flatMap(({ to, operand }, i) =>
      to === turn && step.operands.includes(operand) ? [i] : []
    ),
    data: nodes.map((node) => step.known.has(node) ? `data ${formatNumber(node.data)}` : null),
    grad: nodes.map((node) => gradText(step.gradients.get(node) ?? 0)),
  };
}

/** The picture of one step; the script changes texts and marks in it for the others. */
function picture(steps: Steps, graph: Graph, frame: Frame): string {
  const shown = {
    ...graph,
    boxes: graph.boxes.map((box, i) =>
      box.rows.length < 3
        ? box
        : { ...box, rows: [box.rows[0], frame.data[i] ?? "data ?", frame.grad[i]] }
    ),
  };
  const edges = new Map(graph.edges.map((edge, i) => [edge, i]));
  return renderGraph(shown, steps.frames[0].title, {
    node: (_, i) => `data-node="${i}"`,
    edge: (edge) => `data-edge="${edges.get(edge)}"`,
  });
}

const style = `
.say { min-height: 5.2em; padding: 8px 0; line-height: 1.45; }
.view { overflow-x: auto; }
.unknown { opacity: 0.3; }
.turn > rect:last-of-type { stroke: ${colors.negative}; stroke-width: 3.5; }
.lit { stroke: ${colors.negative}; stroke-width: 3; }
.lit path + path { fill: ${colors.negative}; }
.changed { font-weight: bold; }
`;
