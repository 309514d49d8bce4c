import { display, inspect, type MimeBundle } from "./jupyter.ts";
import {
  type Edge,
  type Graph,
  type GraphNode,
  layOut,
  lead,
  lineHeight,
  type PlacedBox,
} from "./layout.ts";
import {
  colors,
  document,
  escape,
  fontSize,
  formatNumber,
  mono,
  round,
  shorten,
  textWidth,
} from "./svg.ts";

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
    return renderGraph(await layOut(this.#root, this.#limit, content), describeGraph(this.#root));
  }

  /** @ignore */
  [inspect](): string {
    return describeGraph(this.#root);
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

/** Marks that {@link renderGraph} puts on a picture, for what brings it to life. */
export interface Decoration {
  /** Attributes of a node's group. */
  node?(box: PlacedBox, i: number): string;
  /** Attributes of an edge's group. */
  edge?(edge: Edge): string;
  /** What is drawn behind an edge. */
  behind?(edge: Edge): string;
}

/** What the box of a node says: its name, its number, its gradient. */
export function content(node: GraphNode) {
  const named = Boolean(node.label);
  const name = named ? [shorten(node.label!, 24)] : [];
  if (node.requiresGrad === false && !node.op) {
    return { rows: [...name, formatNumber(node.data)], named, fill: colors.constant };
  }
  const rows = [...name, `data ${formatNumber(node.data)}`];
  if (node.grad !== undefined) rows.push(`grad ${formatNumber(node.grad)}`);
  return { rows, named, fill: node.op ? colors.result : colors.input };
}

/** A placed graph as the text of an SVG document. */
export function renderGraph(
  graph: Graph,
  description: string,
  decoration: Decoration = {},
): string {
  const { boxes, edges, total } = graph;
  const drawn = boxes.filter(({ node }) => node !== null).length;
  const note = drawn < total
    ? [`${drawn} of ${total.toLocaleString("en-US")} values: those nearest to the result`]
    : [];
  const width = Math.max(graph.width, ...note.map((text) => textWidth(text) + 12));
  const height = graph.height + note.length * 20;
  return document(width, height, description, [
    `<g fill="none" stroke="${colors.line}" stroke-width="1.3">`,
    ...edges.map((edge) =>
      grouped(
        decoration.edge?.(edge),
        `${
          decoration.behind?.(edge) ?? ""
        }<path d="${edge.path}"/><path d="${edge.head}" fill="${colors.line}"/>`,
      )
    ),
    `</g>`,
    `<g font-family="${mono}" font-size="${fontSize}" text-anchor="middle" fill="${colors.ink}">`,
    ...boxes.map((box, i) => grouped(decoration.node?.(box, i), renderBox(box, i === 0))),
    ...note.map((text) =>
      `<text x="6" y="${round(height - 8)}" text-anchor="start" fill="${colors.line}">${
        escape(text)
      }</text>`
    ),
    `</g>`,
  ]);
}

function grouped(attributes: string | undefined, inner: string): string {
  return attributes === undefined ? inner : `<g ${attributes}>${inner}</g>`;
}

function renderBox(box: PlacedBox, isRoot: boolean): string {
  const { rows, named, symbol, fill, left, top, width, height, node } = box;
  if (node === null) {
    return `<text x="${round(left + width / 2)}" y="${
      round(top + height / 2 + 4)
    }" fill="${colors.line}">${rows[0]}</text>`;
  }
  const { pill, room } = lead(symbol);
  const middle = round(top + height / 2);
  const parts: string[] = [];
  if (symbol !== "") {
    parts.push(
      `<path d="M${round(left + pill)},${middle}h${
        round(room - pill)
      }" stroke="${colors.line}" stroke-width="1.3"/>`,
      `<rect x="${left}" y="${round(middle - 12)}" width="${
        round(pill)
      }" height="24" rx="12" fill="#fff" stroke="${colors.line}"/>`,
      `<text x="${round(left + pill / 2)}" y="${round(middle + 4)}" font-weight="bold">${
        escape(symbol)
      }</text>`,
    );
  }
  const stroke = isRoot
    ? `stroke="${colors.positive}" stroke-width="2.5"`
    : `stroke="${colors.line}"`;
  parts.push(
    `<rect x="${round(left + room)}" y="${top}" width="${
      round(width - room)
    }" height="${height}" rx="5" fill="${fill}" ${stroke}/>`,
  );
  const center = round(left + room + (width - room) / 2);
  rows.forEach((row, i) => {
    const bold = named && i === 0 ? ' font-weight="bold"' : "";
    parts.push(
      `<text x="${center}" y="${round(top + 16 + i * lineHeight)}"${bold}>${escape(row)}</text>`,
    );
  });
  return parts.join("");
}

/** The picture in words, for those who do not see it. */
export function describeGraph(root: GraphNode): string {
  const name = root.label ? `${root.label} = ` : "";
  return `computation graph of ${name}${formatNumber(root.data)}`;
}
