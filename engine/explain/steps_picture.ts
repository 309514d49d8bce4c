import { formatNumber } from "../show/text.ts";
import { colors, wordColors } from "../show/colors.ts";
import { flow, renderGraph } from "../graph/draw.ts";
import { type Content, type Edge, type Graph, layOut } from "../graph/layout.ts";
import type { Step, Steps } from "./steps.ts";
import { textWidth } from "../show/svg.ts";
import type { Value } from "../value.ts";

/** What changes in the picture from step to step; nodes and edges by their positions in the picture. */
export interface Frame {
  title: string;
  lines: readonly string[];
  latex: readonly string[];
  /** The node whose turn it is, or −1. */
  node: number;
  /** The edges that light up. */
  edges: number[];
  /** The two lines of numbers of each node; null for what is not known yet. */
  data: (string | null)[];
  grad: string[];
}

/** The picture that all steps share, its boxes wide enough for each of them, and what changes in it. */
export async function layOutSteps(steps: Steps): Promise<{ graph: Graph; frames: Frame[] }> {
  const graph = await layOut([steps.root], Infinity, (node) => widest(steps, node as Value));
  return { graph, frames: steps.frames.map((step) => frameOf(step, graph)) };
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
    latex: step.latex,
    node: turn,
    edges: edges.flatMap(({ to, operand }, i) =>
      to === turn && step.operands.includes(operand) ? [i] : []
    ),
    data: nodes.map((node) => step.known.has(node) ? `data ${formatNumber(node.data)}` : null),
    grad: nodes.map((node) => gradText(step.gradients.get(node) ?? 0)),
  };
}

/**
 * The picture of one step. Its nodes and edges carry their positions, for a
 * script that changes texts and marks, or else the marks of this very step.
 */
export function renderStep(graph: Graph, frame: Frame, marks: "positions" | "classes"): string {
  const shown = {
    ...graph,
    boxes: graph.boxes.map((box, i) =>
      box.rows.length < 3
        ? box
        : { ...box, rows: [box.rows[0], frame.data[i] ?? "data ?", frame.grad[i]] }
    ),
  };
  const positions = new Map(graph.edges.map((edge, i) => [edge, i]));
  const isLit = (edge: Edge) => frame.edges.includes(positions.get(edge)!);
  const marked = (name: string, holds: boolean) => holds ? `class="${name}"` : "";
  // A local derivative is known as soon as its result is.
  const unseen = ({ to }: Edge) => frame.data[to] === null ? `visibility="hidden"` : "";
  return renderGraph(shown, frame.title, {
    text: flow(graph).text,
    ...marks === "positions"
      ? {
        node: (_, i) => `data-node="${i}"`,
        edge: (edge) => `data-edge="${positions.get(edge)}"`,
        mark: (edge) => `data-slope="${positions.get(edge)}" data-of="${edge.to}" ${unseen(edge)}`,
      }
      : {
        node: (_, i) => marked("turn", i === frame.node) || marked("unknown", !frame.data[i]),
        edge: (edge) => marked("lit", isLit(edge)),
        mark: (edge) => unseen(edge) || marked("used", isLit(edge)),
      },
  });
}

/** The marks of a step, as style rules. */
export const marks = `
.unknown { opacity: 0.3; }
.turn > rect:last-of-type { stroke: ${colors.negative}; stroke-width: 3.5; }
.lit { stroke: ${colors.negative}; stroke-width: 3; }
.lit path + path { fill: ${colors.negative}; }
.used text { fill: ${wordColors[1]}; font-weight: bold; }
`.trim();
