import { asName, escape, formatNumber } from "../show/text.ts";
import { checkCount, checkOptions, describe } from "../arguments.ts";
import { colors } from "../show/colors.ts";
import { display, inspect, type MimeBundle } from "../show/jupyter.ts";
import { orText } from "../show/packages.ts";
import { renderPicture } from "../show/picture.ts";
import {
  type Content,
  type Edge,
  type Graph,
  type GraphNode,
  layOut,
  lead,
  lineHeight,
  pillHeight,
  type PlacedBox,
} from "./layout.ts";
import { localSlope, type Op, rules } from "../rules.ts";
import { document, escapedAt, fontSize, mono, round, textAt, textWidth } from "../show/svg.ts";

/**
 * Settings of {@link draw}.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { draw, Value } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const y = new Value(1).add(1).add(1);
 * match(await draw(y, { limit: 2 }).svg(), /2 of 5 values/);
 * ```
 */
export interface DrawOptions {
  /** The largest number of nodes to draw; beyond it the picture is cut and says so. Default 40. */
  limit?: number;
}

/**
 * A computation graph that a notebook shows as a picture.
 *
 * @category Seeing it work
 *
 * @example
 * ```ts
 * import { display, draw, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const drawing = draw(new Value(2, { label: "a" }).mul(4));
 * const { "text/plain": text, "image/svg+xml": picture } = await drawing[display]();
 * deepEqual(text, "computation graph of 8");
 * deepEqual(picture, await drawing.svg());
 * ```
 */
export class Drawing {
  readonly #root: GraphNode;
  readonly #limit: number;
  readonly #content: (node: GraphNode) => Content;

  /** @ignore */
  constructor(root: GraphNode, limit: number, contentOf: (node: GraphNode) => Content = content) {
    this.#root = root;
    this.#limit = limit;
    this.#content = contentOf;
  }

  /** @ignore The drawing with room for any number, so that nothing moves when one changes. */
  steady(): Drawing {
    return new Drawing(this.#root, this.#limit, (node) => roomy(content(node)));
  }

  /** The picture, as the text of an SVG document. */
  async svg(): Promise<string> {
    checkCount("Drawing.svg", arguments, 0);
    const graph = await layOut([this.#root], this.#limit, this.#content);
    return renderGraph(graph, describeGraph(this.#root), flow(graph));
  }

  /** @ignore */
  [inspect](): string {
    return describeGraph(this.#root);
  }

  /** @ignore */
  async [display](): Promise<MimeBundle> {
    const text = describeGraph(this.#root);
    return await orText(text, async () => renderPicture(await this.svg(), text));
  }
}

/**
 * Draws the computation that led to `root`, from left to right: inputs orange,
 * results blue, constants grey, and in front of each result its operation. Of
 * two operands the first arrives above the second. The small number at a line
 * is the local derivative, and the line is wider the more gradient flows there.
 *
 * @param root a Value, or a node of your own class with the same few fields.
 * @throws {RangeError} if the limit is not a whole number from 1.
 * @throws {RangeError} for an option of another name.
 * @throws {TypeError} if `root` has not the fields of a node.
 * @category Seeing it work
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
  checkCount("draw", arguments, 2);
  checkOptions<DrawOptions>("draw", options, { limit: "number" });
  checkNode("draw: root", root);
  const { limit = 40 } = options;
  if (!Number.isInteger(limit) || limit < 1) {
    throw new RangeError(`draw: limit must be a whole number from 1, got ${limit}`);
  }
  return new Drawing(root, limit);
}

/** Throws unless something has what is drawn of a node; its operands are looked at when it is. */
function checkNode(name: string, node: unknown): asserts node is GraphNode {
  const { data, operands }: Record<string, unknown> = Object(node);
  if (typeof data === "number" && Array.isArray(operands)) return;
  throw new TypeError(
    `${name} must be a Value or have data, a number, and operands, a list; got ${describe(node)}`,
  );
}

/** Marks that {@link renderGraph} puts on a picture, for what brings it to life. */
export interface Decoration {
  /** Attributes of a node's group. */
  node?(box: PlacedBox, i: number): string;
  /** Attributes of an edge's group. */
  edge?(edge: Edge): string;
  /** What is drawn behind an edge. */
  behind?(edge: Edge): string;
  /** What is written at an edge. */
  text?(edge: Edge): string;
  /** Attributes of the group of what is written there. */
  mark?(edge: Edge): string;
  /** What stands in the picture for a number or a name. Default: itself. */
  write?(text: string): string;
}

/** The derivative of an edge's result by its operand; null where there is none to speak of. */
function slopeAt(graph: Graph, { from, to, operand }: Edge): number | null {
  const [source, result] = [graph.boxes[from].node, graph.boxes[to].node];
  if (!result || !source || source.requiresGrad === false || !isOp(result.op)) return null;
  return localSlope(result.op, result, operand);
}

function isOp(op: string | null | undefined): op is Op {
  return typeof op === "string" && Object.hasOwn(rules, op);
}

/** Local derivatives at the operations, and the gradient that flows along an edge as its width. */
export function flow(graph: Graph, write: (width: number) => string = String): Decoration {
  const slopes = new Map(graph.edges.map((edge) => [edge, slopeAt(graph, edge)]));
  const through = (edge: Edge) =>
    Math.abs((slopes.get(edge) ?? 0) * (graph.boxes[edge.to].node?.grad ?? 0));
  const largest = graph.edges.map(through).filter(Number.isFinite).reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  return {
    edge: (edge) => {
      const share = largest === 0 ? 0 : Math.min(1, through(edge) / largest) || 0;
      return share === 0 ? "" : `stroke-width="${write(round(1.3 + 2.7 * share))}"`;
    },
    text: (edge) => {
      const slope = slopes.get(edge);
      return slope === null || slope === undefined
        ? ""
        : formatNumber(Number(slope.toPrecision(3)));
    },
  };
}

/** The same with room for any number. */
export function roomy(content: Content): Content {
  return { ...content, columns: content.rows.length === 1 ? 8 : 16 };
}

/** What the box of a node says: its name, its number, its gradient. */
export function content(node: GraphNode): Content {
  const named = Boolean(node.label);
  const name = named ? [asName(node.label!)] : [];
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
  const { width, height, body } = drawGraph(graph, decoration);
  return document(width, height, description, body);
}

/** What a picture of a placed graph consists of; everything is written in the order of the body. */
export function drawGraph(graph: Graph, decoration: Decoration) {
  const { boxes, edges, total } = graph;
  const write = (text: string) => (decoration.write ?? String)(escape(text));
  const drawn = boxes.filter(({ node }) => node !== null).length;
  const note = drawn < total
    ? [`${drawn} of ${total.toLocaleString("en-US")} values: those nearest to the result`]
    : [];
  const width = Math.max(graph.width, ...note.map((text) => textWidth(text) + 12));
  const height = graph.height + note.length * 20;
  const body = [
    `<g fill="none" stroke="${colors.line}" stroke-width="1.3">`,
    ...edges.map((edge) =>
      grouped(
        decoration.edge?.(edge) || undefined,
        `${
          decoration.behind?.(edge) ?? ""
        }<path d="${edge.path}"/><path d="${edge.head}" fill="${colors.line}"/>`,
      )
    ),
    `</g>`,
    `<g font-family="${mono}" font-size="${fontSize}" text-anchor="middle" fill="${colors.ink}">`,
    ...edges.map((edge) => {
      const text = edgeText(graph, edge, decoration.text?.(edge) ?? "", write);
      return text && grouped(decoration.mark?.(edge) || undefined, text);
    }),
    ...boxes.map((box, i) => grouped(decoration.node?.(box, i), renderBox(box, i === 0, write))),
    ...note.map((text) =>
      escapedAt(6, height - 8, write(text), `text-anchor="start" fill="${colors.line}"`)
    ),
    `</g>`,
  ];
  return { width, height, body };
}

/**
 * The text at an edge: above the operation for its first operand, below it for
 * its second. Of a list, where each operand leaves, if it goes to one place only.
 */
function edgeText(
  { boxes, edges }: Graph,
  edge: Edge,
  text: string,
  write: (text: string) => string,
): string {
  if (text === "") return "";
  const { from, to, operand, start, tip } = edge;
  const { node, symbol } = boxes[to];
  const writeAt = (x: number, y: number, anchor: string) =>
    escapedAt(x, y, write(text), `font-size="11" text-anchor="${anchor}" fill="${colors.line}"`);
  const count = node?.operands.length ?? 0;
  if (count <= 2) {
    const middle = count === 2 ? tip[1] + (operand === 0 ? 5 : -5) : tip[1];
    return writeAt(tip[0] + lead(symbol).pill / 2, middle + (operand === 0 ? -16 : 23), "middle");
  }
  const alone = edges.every((other) => other === edge || other.from !== from);
  return alone ? writeAt(start[0] + 3, start[1] - 4, "start") : "";
}

function grouped(attributes: string | undefined, inner: string): string {
  return attributes === undefined ? inner : `<g ${attributes}>${inner}</g>`;
}

function renderBox(box: PlacedBox, isRoot: boolean, write: (text: string) => string): string {
  const { rows, named, symbol, fill, left, top, width, height, node } = box;
  if (node === null) {
    const [x, y] = [left + width / 2, top + height / 2 + 4];
    return escapedAt(x, y, write(rows[0]), `fill="${colors.line}"`);
  }
  const { pill, room } = lead(symbol);
  const middle = round(top + height / 2);
  const parts: string[] = [];
  if (symbol !== "") {
    parts.push(
      `<path d="M${round(left + pill)},${middle}h${
        round(room - pill)
      }" stroke="${colors.line}" stroke-width="1.3"/>`,
      `<rect x="${left}" y="${round(middle - pillHeight / 2)}" width="${
        round(pill)
      }" height="${pillHeight}" rx="${
        pillHeight / 2
      }" fill="${colors.paper}" stroke="${colors.line}"/>`,
      textAt(left + pill / 2, middle + 4, symbol, `font-weight="bold"`),
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
  const center = left + room + (width - room) / 2;
  rows.forEach((row, i) => {
    const bold = named && i === 0 ? `font-weight="bold"` : "";
    parts.push(escapedAt(center, top + 16 + i * lineHeight, write(row), bold));
  });
  return parts.join("");
}

/** The picture in words, for those who do not see it. */
export function describeGraph(root: GraphNode): string {
  const name = root.label ? `${asName(root.label)} = ` : "";
  return `computation graph of ${name}${formatNumber(root.data)}`;
}
