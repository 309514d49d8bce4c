import { display, type MimeBundle } from "./jupyter.ts";
import { type Op, rules } from "./rules.ts";
import { charWidth, colors, document, escape, formatNumber, mono, round, shorten } from "./svg.ts";

/** What {@link draw} needs to know of a node; `Value` has it, and so may a class of your own. */
export interface GraphNode {
  /** The number. */
  readonly data: number;
  /** The gradient; nodes without one show none. */
  readonly grad?: number;
  /** The name. */
  readonly label?: string;
  /** The operation that made it, by its name in the table or as any text; nothing for a leaf. */
  readonly op?: string | null;
  /** What it was made from, in order. */
  readonly operands: readonly GraphNode[];
  /** False for constants, which show only their number. */
  readonly requiresGrad?: boolean;
}

/** Settings of {@link draw}. */
export interface DrawOptions {
  /** The largest number of nodes to draw; beyond it the picture is cut and says so. Default 40. */
  limit?: number;
}

/** A computation graph that a notebook shows as a picture. */
export class Drawing {
  readonly #root: GraphNode;
  readonly #limit: number;

  /** @ignore */
  constructor(root: GraphNode, limit: number) {
    this.#root = root;
    this.#limit = limit;
  }

  /** The picture, as the text of an SVG document. */
  async svg(): Promise<string> {
    const { instance } = await import("@viz-js/viz");
    const viz = await (graphviz ??= instance());
    const { boxes, total } = collect(this.#root, this.#limit);
    const layout = viz.renderJSON(request(boxes)) as Layout;
    return render(this.#root, boxes, layout, total);
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    return { "image/svg+xml": await this.svg(), "text/plain": describeGraph(this.#root) };
  }
}

/**
 * Draws the computation that led to `root`, from left to right: inputs orange,
 * results blue, constants grey, and in front of each result its operation. Of
 * two operands the first arrives above the second.
 *
 * @param root a Value, or a node of your own class with the same few fields.
 * @throws {RangeError} if the limit is not a whole number from 1.
 *
 * @example
 * ```ts
 * import { draw, Value } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const a = new Value(2, { label: "a" });
 * match(await draw(a.mul(3)).svg(), /data 6/);
 * ```
 */
export function draw(root: GraphNode, options: DrawOptions = {}): Drawing {
  const { limit = 40 } = options;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`draw: limit must be a whole number from 1, got ${limit}`);
  }
  return new Drawing(root, limit);
}

let graphviz: Promise<import("@viz-js/viz").Viz> | undefined;

/** A node as it will be drawn; sizes in pixels. */
interface Box {
  node: GraphNode | null;
  rows: string[];
  symbol: string;
  fill: string;
  width: number;
  height: number;
  operands: Box[];
}

interface Layout {
  bb: string;
  objects?: { name: string; pos: string }[];
  edges?: { id: string; pos: string }[];
}

const fontSize = 12;
const lineHeight = 15;
const symbolGap = 12;

function textWidth(text: string): number {
  return [...text].length * fontSize * charWidth;
}

function symbolWidth(symbol: string): number {
  return symbol === "" ? 0 : Math.max(24, textWidth(symbol) + 14);
}

/** The nodes nearest to the root, breadth first, up to the limit; and how many there are. */
function collect(root: GraphNode, limit: number): { boxes: Box[]; total: number } {
  const seen = new Set<GraphNode>([root]);
  for (const node of seen) for (const operand of node.operands) seen.add(operand);
  const shown = new Map([...seen].slice(0, limit).map((node) => [node, box(node)]));
  const boxes = [...shown.values()];
  for (const [node, drawn] of shown) {
    const known = node.operands.map((operand) => shown.get(operand));
    drawn.operands = known.filter((operand) => operand !== undefined);
    const hidden = new Set(node.operands.filter((_, i) => known[i] === undefined)).size;
    if (hidden > 0) {
      const stub = measured({ node: null, rows: [`⋯ ${hidden} more`], fill: "none", symbol: "" });
      drawn.operands.push(stub);
      boxes.push(stub);
    }
  }
  return { boxes, total: seen.size };
}

function box(node: GraphNode): Box {
  const symbol = node.op ? rules[node.op as Op]?.symbol ?? shorten(node.op, 20) : "";
  const label = node.label ? [shorten(node.label, 24)] : [];
  if (node.requiresGrad === false && !node.op) {
    const rows = [...label, formatNumber(node.data)];
    return measured({ node, rows, symbol, fill: colors.constant });
  }
  const rows = [...label, `data ${formatNumber(node.data)}`];
  if (node.grad !== undefined) rows.push(`grad ${formatNumber(node.grad)}`);
  return measured({ node, rows, symbol, fill: node.op ? colors.result : colors.input });
}

function measured(partial: Pick<Box, "node" | "rows" | "symbol" | "fill">): Box {
  const text = Math.max(...partial.rows.map(textWidth));
  const lead = partial.symbol === "" ? 0 : symbolWidth(partial.symbol) + symbolGap;
  const height = partial.rows.length * lineHeight + 10;
  return { ...partial, width: lead + text + 16, height, operands: [] };
}

/** The layout problem, in Graphviz's terms: boxes of fixed size, ordered edges between them. */
function request(boxes: Box[]) {
  const names = new Map(boxes.map((box, i) => [box, `n${i}`]));
  const inch = (pixels: number) => pixels / 72;
  return {
    directed: true,
    graphAttributes: { rankdir: "LR", ordering: "in", nodesep: 0.15, ranksep: 0.4 },
    nodeAttributes: { shape: "box", fixedsize: true, label: "" },
    edgeAttributes: { arrowhead: "none", tailport: "e", headport: "w" },
    nodes: boxes.map((box) => ({
      name: names.get(box)!,
      attributes: { width: inch(box.width), height: inch(box.height) },
    })),
    edges: boxes.flatMap((box) =>
      box.operands.map((operand, k) => ({
        tail: names.get(operand)!,
        head: names.get(box)!,
        attributes: { id: String(entry(box, k)) },
      }))
    ),
  };
}

/** How far from the middle of the operation an edge arrives: of two operands the first is above. */
function entry(box: Box, k: number): number {
  return box.operands.length === 2 ? [-5, 5][k] : 0;
}

function render(root: GraphNode, boxes: Box[], layout: Layout, total: number): string {
  const margin = 6;
  const [, , graphWidth, graphHeight] = layout.bb.split(",").map(Number);
  const x = (v: number) => round(v + margin);
  const y = (v: number) => round(graphHeight - v + margin);
  const drawn = boxes.filter(({ node }) => node !== null).length;
  const note = drawn < total
    ? [`${drawn} of ${total.toLocaleString("en-US")} values: those nearest to the result`]
    : [];

  const edges = (layout.edges ?? []).map(({ id, pos }) => {
    const points = pos.split(" ").map((pair) => pair.split(",").map(Number));
    const text = points.map(([px, py], i) =>
      `${x(px)},${round(y(py) + (i >= points.length - 2 ? Number(id) : 0))}`
    );
    const head = `M${text[text.length - 1]}l-6,-3.5v7z`;
    return `<path d="M${text[0]}C${text.slice(1).join(" ")}"/>` +
      `<path d="${head}" fill="${colors.line}"/>`;
  });
  const positions = new Map(
    layout.objects?.map(({ name, pos }) => [name, pos.split(",").map(Number)]),
  );
  const nodes = boxes.map((box, i) => {
    const [cx, cy] = positions.get(`n${i}`)!;
    return renderBox(box, x(cx - box.width / 2), y(cy + box.height / 2), box.node === root);
  });
  const width = Math.max(graphWidth, ...note.map(textWidth)) + 2 * margin;
  const height = graphHeight + 2 * margin + note.length * 20;
  return document(width, height, describeGraph(root), [
    `<g fill="none" stroke="${colors.line}" stroke-width="1.3">`,
    ...edges,
    `</g>`,
    `<g font-family="${mono}" font-size="${fontSize}" text-anchor="middle" fill="${colors.ink}">`,
    ...nodes,
    ...note.map((text) =>
      `<text x="${margin}" y="${round(height - 8)}" text-anchor="start" fill="${colors.line}">${
        escape(text)
      }</text>`
    ),
    `</g>`,
  ]);
}

function renderBox(box: Box, left: number, top: number, isRoot: boolean): string {
  const { rows, symbol, fill, width, height, node } = box;
  if (node === null) {
    return `<text x="${round(left + width / 2)}" y="${
      round(top + height / 2 + 4)
    }" fill="${colors.line}">${rows[0]}</text>`;
  }
  const lead = symbol === "" ? 0 : symbolWidth(symbol) + symbolGap;
  const middle = round(top + height / 2);
  const parts: string[] = [];
  if (symbol !== "") {
    const w = symbolWidth(symbol);
    parts.push(
      `<path d="M${
        round(left + w)
      },${middle}h${symbolGap}" stroke="${colors.line}" stroke-width="1.3"/>`,
      `<rect x="${left}" y="${round(middle - 12)}" width="${
        round(w)
      }" height="24" rx="12" fill="#fff" stroke="${colors.line}"/>`,
      `<text x="${round(left + w / 2)}" y="${round(middle + 4)}" font-weight="bold">${
        escape(symbol)
      }</text>`,
    );
  }
  const stroke = isRoot
    ? `stroke="${colors.positive}" stroke-width="2.5"`
    : `stroke="${colors.line}"`;
  parts.push(
    `<rect x="${round(left + lead)}" y="${top}" width="${
      round(width - lead)
    }" height="${height}" rx="5" fill="${fill}" ${stroke}/>`,
  );
  const center = round(left + lead + (width - lead) / 2);
  rows.forEach((row, i) => {
    const bold = node.label && i === 0 ? ' font-weight="bold"' : "";
    parts.push(
      `<text x="${center}" y="${round(top + 16 + i * lineHeight)}"${bold}>${escape(row)}</text>`,
    );
  });
  return parts.join("");
}

function describeGraph(root: GraphNode): string {
  const name = root.label ? `${root.label} = ` : "";
  return `computation graph of ${name}${formatNumber(root.data)}`;
}
