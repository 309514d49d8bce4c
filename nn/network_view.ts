import {
  charWidth,
  colors,
  document,
  escape,
  formatNumber,
  mono,
  round,
} from "../engine/show/mod.ts";
import { hasBias, type Neuron } from "./neuron.ts";

const columnGap = 130;
/** From one unit of a column to the next. */
export const rowGap = 34;
/** The radius of a unit's circle. */
export const radius = 11;
const margin = 16;
/** How many units of a column are drawn at most, the mark for the others included. */
export const most = 12;

/** A place in a column: a unit by its index, or the mark for those left out. */
export interface Place {
  index: number | null;
  x: number;
  y: number;
}

/** What is drawn of a layer. */
interface DrawnLayer {
  readonly neurons: readonly Neuron[];
  /** Whether its input is added to its output. */
  readonly residual?: boolean;
}

/**
 * A network as columns of circles, inputs on the left. A line is a weight and a
 * ring a bias: blue above zero, orange below, wider where larger. A dashed arc
 * is an input that a residual layer adds to its output.
 */
export function drawNetwork(layers: readonly DrawnLayer[], caption: string): string {
  const nin = layers[0].neurons[0].w.length;
  const sizes = [nin, ...layers.map(({ neurons }) => neurons.length)];
  const height = Math.max(...sizes.map((n) => Math.min(n, most))) * rowGap;
  const columns = sizes.map((n, k) => places(n, margin + 30 + k * columnGap, height));
  const largest = Math.max(
    ...layers.flatMap(({ neurons }) => neurons).flatMap((neuron) => neuron.parameters())
      .map(({ data }) => Math.abs(data)).filter(Number.isFinite),
    1e-12,
  );
  const stroke = (x: number) => {
    const share = Number.isFinite(x) ? Math.abs(x) / largest : 1;
    const color = Number.isNaN(x) ? colors.line : x < 0 ? colors.negative : colors.positive;
    return `stroke="${color}" stroke-width="${round(0.4 + 3.6 * share)}"`;
  };

  const lines = layers.flatMap(({ neurons }, k) =>
    columns[k + 1].flatMap((to) =>
      columns[k].flatMap((from) => {
        if (to.index === null || from.index === null) return [];
        const weight = neurons[to.index].w[from.index].data;
        return `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" ${stroke(weight)}>` +
          `<title>${formatNumber(weight)}</title></line>`;
      })
    )
  );
  // The columns around a residual layer are alike, so their units stand at the same heights.
  const arcs = layers.flatMap(({ residual }, k) =>
    residual
      ? columns[k].filter(({ index }) => index !== null).map(({ x, y }) =>
        `<path d="M${x} ${y}q${columnGap / 2} -28 ${columnGap} 0"/>`
      )
      : []
  );
  const circles = columns.flatMap((column, k) =>
    column.map(({ index, x, y }) => {
      if (index === null) return "";
      const neuron = k === 0 ? null : layers[k - 1].neurons[index];
      const bias = neuron && hasBias(neuron) ? neuron.b.data : null;
      const ring = bias === null ? `stroke="${colors.line}"` : stroke(bias);
      const fill = neuron === null ? colors.input : colors.result;
      const title = neuron === null
        ? `input ${index}`
        : bias === null
        ? "no bias"
        : `bias ${formatNumber(bias)}`;
      return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${ring}>` +
        `<title>${title}</title></circle>`;
    })
  );
  const marks = columns.flatMap((column) =>
    column.filter(({ index }) => index === null).map(({ x, y }) =>
      `<text x="${x}" y="${round(y + 6)}" font-size="18" font-weight="bold">⋮</text>`
    )
  );
  const names = sizes.map((n, k) => {
    const name = k === 0 ? (n === 1 ? "input" : "inputs") : layers[k - 1].neurons[0].activation;
    return `<text x="${columns[k][0].x}" y="${round(height + margin + 16)}">${n} ${name}</text>`;
  });
  const notes = [caption, "line: weight, ring: bias; blue > 0, orange < 0"];
  if (arcs.length > 0) notes.push("dashed: an input, added to the output");
  if (Math.max(...sizes) > most) notes.push(`⋮ at most ${most - 1} units of a column are drawn`);
  const width = Math.max(
    2 * (margin + 30) + layers.length * columnGap,
    Math.max(...notes.map((note) => note.length)) * 12 * charWidth + 2 * margin,
  );
  return document(width, height + margin + 34 + 18 * notes.length, caption, [
    `<g stroke-linecap="round" stroke-opacity="0.85">`,
    ...lines,
    `</g>`,
    ...arcs.length > 0
      ? [
        `<g fill="none" stroke="${colors.line}" stroke-width="1.3" stroke-dasharray="4 3">`,
        ...arcs,
        `</g>`,
      ]
      : [],
    ...circles.filter((circle) => circle !== ""),
    `<g font-family="${mono}" font-size="12" fill="${colors.line}" text-anchor="middle">`,
    ...marks,
    ...names,
    ...notes.map((note, i) =>
      `<text x="${margin}" y="${round(height + margin + 40 + 18 * i)}" text-anchor="start">${
        escape(note)
      }</text>`
    ),
    `</g>`,
  ]);
}

/** Where the units of a column stand; of more than {@link most}, the first ones and the last. */
export function places(n: number, x: number, height: number): Place[] {
  const indices = n <= most
    ? Array.from({ length: n }, (_, i) => i)
    : [...Array.from({ length: most - 2 }, (_, i) => i), null, n - 1];
  const top = margin + (height - (indices.length - 1) * rowGap) / 2;
  return indices.map((index, i) => ({ index, x, y: round(top + i * rowGap) }));
}
