import { asName } from "../show/text.ts";
import { type Op, rules } from "../rules.ts";
import { loadGraphviz } from "../show/packages.ts";
import { round, textWidth } from "../show/svg.ts";

/**
 * What {@link draw} needs to know of a node; `Value` has it, and so may a class of your own.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { draw } from "chainrule";
 * import type { GraphNode } from "chainrule/extend";
 * import { match } from "node:assert/strict";
 *
 * const [price, count]: GraphNode[] = [
 *   { label: "price", data: 2.5, operands: [] },
 *   { label: "count", data: 4, operands: [] },
 * ];
 * const cost: GraphNode = { label: "cost", data: 10, op: "mul", operands: [price, count] };
 * match(await draw(cost).svg(), /price.*data 2.5|data 2.5.*price/s);
 * ```
 */
export interface GraphNode {
  /** The number. */
  readonly data: number;
  /** The gradient; nodes without one show none. */
  readonly grad?: number;
  /** The name. */
  readonly label?: string;
  /** The operation that made it, by its name in the table or in other words; nothing for a leaf. */
  readonly op?: string | null;
  /** What it was made from, in order. */
  readonly operands: readonly GraphNode[];
  /** False for constants, which show only their number. */
  readonly requiresGrad?: boolean;
}

/** What a node's box says. */
export interface Content {
  /** The lines of text. */
  rows: string[];
  /** Whether the first line is the node's name. */
  named: boolean;
  /** The colour behind them. */
  fill: string;
  /** How many characters there must be room for, whatever is in the lines. */
  columns?: number;
}

/** A node with its place; sizes and coordinates in pixels. */
export interface PlacedBox extends Content {
  /** The node; null for the mark of operands that were left out. */
  node: GraphNode | null;
  /** The operation in front of it, or "". */
  symbol: string;
  left: number;
  top: number;
  width: number;
  height: number;
}

/** A line from an operand to the result that it went into. */
export interface Edge {
  /** The position of the operand's box. */
  from: number;
  /** The position of the result's box. */
  to: number;
  /** Which operand it is; the first is 0. */
  operand: number;
  /** The curve, as the `d` of an SVG path. */
  path: string;
  /** The arrow's head. */
  head: string;
  /** Where the line leaves the operand. */
  start: readonly [x: number, y: number];
  /** Where it arrives. */
  tip: readonly [x: number, y: number];
}

/** A computation graph with all its places. */
export interface Graph {
  /** The nodes, the roots first. */
  boxes: PlacedBox[];
  /** The lines between them. */
  edges: Edge[];
  width: number;
  height: number;
  /** How many nodes there are, drawn or not. */
  total: number;
}

/** The height of a line of text in a box. */
export const lineHeight = 15;
const symbolGap = 12;
/** The height of an operation's pill. */
export const pillHeight = 24;

/** The width of an operation's pill, and the room in front of a box for the pill and its line. */
export function lead(symbol: string): { pill: number; room: number } {
  if (symbol === "") return { pill: 0, room: 0 };
  const pill = Math.max(24, textWidth(symbol) + 14);
  return { pill, room: pill + symbolGap };
}

/** Which way a graph runs: from left to right, or from the top to the bottom. */
export type Direction = "LR" | "TB";

/**
 * Places a computation graph, from left to right unless told otherwise, by
 * Graphviz. Of more than `limit` nodes, those nearest to the roots, breadth
 * first. A graph of the same shape as one of the last is not laid out again
 * when only numbers changed.
 */
export async function layOut(
  roots: readonly GraphNode[],
  limit: number,
  content: (node: GraphNode) => Content,
  direction: Direction = "LR",
): Promise<Graph> {
  const graphviz = await loadGraphviz();
  const { boxes, total } = collect(roots, limit, content);
  const problem = request(boxes, direction);
  const key = JSON.stringify(problem);
  const layout = known.get(key) ?? graphviz.renderJSON(problem) as Layout;
  remember(key, layout);
  const [, , width, height] = layout.bb.split(",").map(Number);
  const positions = new Map(
    layout.objects?.map(({ name, pos }) => [name, pos.split(",").map(Number)]),
  );
  const place = (box: Box, i: number): PlacedBox => {
    const [x, y] = positions.get(`n${i}`)!;
    const { operands: _, ...rest } = box;
    return {
      ...rest,
      left: round(x - box.width / 2 + margin),
      top: round(height - y - box.height / 2 + margin),
    };
  };
  const edge = ({ id, pos }: { id: string; pos: string }): Edge => {
    const [from, to, operand] = id.split(" ").map(Number);
    const [leaving, arriving] = ends(boxes[from], boxes[to], operand, direction);
    const points = pos.split(" ").map((pair, i, all): [number, number] => {
      const [x, y] = pair.split(",").map(Number);
      const [dx, dy] = i < 2 ? leaving : i >= all.length - 2 ? arriving : [0, 0];
      return [round(x + margin + dx), round(height - y + margin + dy)];
    });
    const tip = points[points.length - 1];
    return {
      from,
      to,
      operand,
      path: `M${points[0]}C${points.slice(1).join(" ")}`,
      head: `M${tip}l${direction === "LR" ? "-6,-3.5v7z" : "-3.5,-6h7z"}`,
      start: points[0],
      tip,
    };
  };
  return {
    boxes: boxes.map(place),
    edges: (layout.edges ?? []).map(edge),
    width: width + 2 * margin,
    height: height + 2 * margin,
    total,
  };
}

const known = new Map<string, Layout>();

function remember(key: string, layout: Layout): void {
  known.delete(key);
  known.set(key, layout);
  if (known.size > 64) known.delete(known.keys().next().value!);
}

const margin = 6;

interface Box extends Omit<PlacedBox, "left" | "top"> {
  /** The boxes that lines come from, each with the position of its operand. */
  operands: [Box, number][];
}

interface Layout {
  bb: string;
  objects?: { name: string; pos: string }[];
  edges?: { id: string; pos: string }[];
}

function collect(
  roots: readonly GraphNode[],
  limit: number,
  content: (node: GraphNode) => Content,
): { boxes: Box[]; total: number } {
  const seen = new Set<GraphNode>(roots);
  for (const node of seen) for (const operand of node.operands) seen.add(operand);
  const shown = new Map(
    [...seen].slice(0, limit).map((node) => [node, sized(node, content(node))]),
  );
  const boxes = [...shown.values()];
  for (const [node, box] of shown) {
    const hidden = new Set(node.operands.filter((operand) => !shown.has(operand)));
    const rest = { rows: [`⋯ ${hidden.size} more`], named: false, fill: "none" };
    const stub = hidden.size > 0 ? sized(null, rest) : null;
    if (stub) boxes.push(stub);
    const drawn = node.operands.map((
      operand,
      k,
    ): [Box, number] => [shown.get(operand) ?? stub!, k]);
    const first = drawn.findIndex(([operand]) => operand === stub);
    box.operands = drawn.filter(([operand], k) => operand !== stub || k === first);
  }
  return { boxes, total: seen.size };
}

function sized(node: GraphNode | null, content: Content): Box {
  const symbol = node?.op ? rules[node.op as Op]?.symbol ?? asName(node.op, 20) : "";
  const lengths = content.rows.map((row) => [...row].length);
  const characters = Math.max(content.columns ?? 0, ...lengths);
  // In steps of four, so that most changes of a number leave the box as it is.
  const text = textWidth("0".repeat(4 * Math.ceil(characters / 4)));
  const height = content.rows.length * lineHeight + 10;
  return { node, symbol, ...content, width: lead(symbol).room + text + 16, height, operands: [] };
}

/** The layout problem in Graphviz's terms: boxes of fixed size, ordered edges between them. */
function request(boxes: Box[], rankdir: Direction) {
  const positions = new Map(boxes.map((box, i) => [box, i]));
  const inch = (pixels: number) => pixels / 72;
  return {
    directed: true,
    graphAttributes: { rankdir, ordering: "in", nodesep: 0.15, ranksep: 0.55 },
    nodeAttributes: { shape: "box", fixedsize: true, label: "" },
    edgeAttributes: {
      arrowhead: "none",
      ...rankdir === "LR" ? { tailport: "e", headport: "w" } : { tailport: "s", headport: "n" },
    },
    nodes: boxes.map((box, i) => ({
      name: `n${i}`,
      attributes: { width: inch(box.width), height: inch(box.height) },
    })),
    edges: boxes.flatMap((box, to) =>
      box.operands.map(([operand, k]) => {
        const from = positions.get(operand)!;
        return { tail: `n${from}`, head: `n${to}`, attributes: { id: `${from} ${to} ${k}` } };
      })
    ),
  };
}

/**
 * How far a line's two ends are moved from where Graphviz knows them, in the middle of a side: of
 * two operands the first arrives above the second, and a line that comes from above arrives at the
 * operation and leaves the result.
 */
function ends(from: Box, to: Box, operand: number, direction: Direction): number[][] {
  if (direction === "LR") {
    return [[0, 0], [0, to.node?.operands.length === 2 ? [-5, 5][operand] : 0]];
  }
  const { pill } = lead(to.symbol);
  const arriving = pill > 0 ? [(pill - to.width) / 2, to.height / 2 - pillHeight / 2] : [0, 0];
  return [[lead(from.symbol).room / 2, 0], arriving];
}
