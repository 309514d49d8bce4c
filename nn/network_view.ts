import {
  colors,
  document,
  formatNumber,
  type MimeBundle,
  mono,
  renderPicture,
  round,
  textAt,
  textWidth,
} from "../engine/show/mod.ts";
import { hasBias, type Neuron } from "./neuron.ts";

const columnGap = 100;
/** From one unit of a column to the next. */
const rowGap = 34;
/** The radius of a unit's circle. */
const radius = 11;
const margin = 16;
/** How many units of a column are drawn at most, the mark for the others included. */
const most = 12;

/** How many columns are drawn at most; of more, so many of the first and of the last ones. */
const mostColumns = 13, firstColumns = 6, lastColumns = 6;

/** What is drawn of a layer. */
export interface DrawnLayer {
  readonly neurons: readonly {
    readonly w: readonly { readonly data: number }[];
    readonly b: { readonly data: number; readonly requiresGrad: boolean };
    readonly activation: Neuron["activation"];
  }[];
  /** Whether its input is added to its output. */
  readonly residual?: boolean;
}

/** A circle: a unit by its column and its index in it. */
interface Unit {
  readonly column: number;
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** The bias; null for inputs and where there is none. */
  readonly bias: number | null;
}

/** Where everything of a network's picture is. */
type NetworkPlan = ReturnType<typeof planNetwork>;

/** How what a plan has is drawn. */
export interface NetworkLook {
  /** The colour and the width of a line or a ring. */
  stroke(parameter: number): readonly [color: string, width: number];
  /** The colour of a circle. */
  fill(unit: Unit): string;
  /** Whether lines and circles tell their numbers to the pointer. */
  tells: boolean;
}

/**
 * Places a network: columns of units, inputs on the left; of a long column, and
 * of many columns, the first and the last.
 */
export function planNetwork(layers: readonly DrawnLayer[]) {
  const sizes = [layers[0].neurons[0].w.length, ...layers.map(({ neurons }) => neurons.length)];
  const left = Math.max(0, sizes.length - mostColumns);
  const isLeftOut = (column: number) =>
    left > 0 && column >= firstColumns && column < sizes.length - lastColumns;
  const shownSizes = sizes.filter((_, column) => !isLeftOut(column));
  const height = margin + Math.max(...shownSizes.map((n) => Math.min(n, most))) * rowGap;
  const cut = Math.max(...shownSizes) > most;
  const texts: { text: string; x: number; y: number }[] = [];
  const placeOf = (column: number) =>
    margin + 30 + (column < firstColumns ? column : column - left) * columnGap;
  const columns = sizes.map((n, column) => {
    if (isLeftOut(column)) return [];
    const layer = column === 0 ? null : layers[column - 1];
    const x = placeOf(column);
    const rows = Math.min(n, most);
    const top = margin + (height - margin - (rows - 1) * rowGap) / 2;
    const name = layer?.neurons[0].activation ?? (n === 1 ? "input" : "inputs");
    texts.push({ text: `${n} ${name}`, x, y: height + 16 });
    return Array.from({ length: rows }, (_, row) => ({ row, y: round(top + row * rowGap) }))
      .flatMap(({ row, y }): Unit[] => {
        if (n > most && row === most - 2) {
          texts.push({ text: "⋮", x, y: round(y + 6) });
          return [];
        }
        const index = row === most - 1 ? n - 1 : row;
        const neuron = layer?.neurons[index];
        return [{ column, index, x, y, bias: neuron && hasBias(neuron) ? neuron.b.data : null }];
      });
  });
  const lines = layers.flatMap(({ neurons }, k) =>
    columns[k + 1].flatMap((to) =>
      columns[k].map((from) => ({ from, to, weight: neurons[to.index].w[from.index].data }))
    )
  );
  // The units whose value is also added to the one on their right.
  const skips = layers.flatMap(({ residual }, k) =>
    residual && columns[k + 1].length > 0 ? columns[k] : []
  );
  const hasRings = columns.flat().some(({ bias }) => bias !== null);
  const notes = [`line: weight${hasRings ? ", ring: bias" : ""}; blue > 0, orange < 0`];
  if (skips.length > 0) notes.push("dashed: an input, added to the output");
  if (cut) notes.push(`⋮ at most ${most - 1} units of a column are drawn`);
  if (left > 0) {
    // The first of the columns that are left out has its place for all of them.
    texts.push({ text: "⋯", x: placeOf(firstColumns + left), y: height / 2 });
    notes.push(`⋯ ${shownSizes.length - 1} of ${layers.length} layers are drawn`);
  }
  const width = 2 * (margin + 30) + (sizes.length - left - 1) * columnGap;
  return { units: columns.flat(), lines, skips, texts, notes, width, height: height + 16 };
}

/**
 * Draws a network. A line is a weight and a ring a bias: blue above zero,
 * orange below, wider where larger. A dashed arc is an input that a residual
 * layer adds to its output.
 */
export function renderPlan(plan: NetworkPlan, { stroke, fill, tells }: NetworkLook): string[] {
  const element = (start: string, parameter: number | null, words: string) => {
    const [color, width] = parameter === null ? [colors.line, 1] : stroke(parameter);
    const title = tells ? `<title>${words}</title>` : "";
    const [name] = start.split(" ");
    return `<${start} stroke="${color}" stroke-width="${width}">${title}</${name}>`;
  };
  return [
    `<g class="lines" stroke-linecap="round" stroke-opacity="0.85">`,
    ...plan.lines.map(({ from, to, weight }) =>
      element(
        `line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}"`,
        weight,
        formatNumber(weight),
      )
    ),
    `</g>`,
    // The columns around a residual layer are alike, so their units stand at the same heights.
    ...plan.skips.map(({ x, y }) =>
      `<path d="M${x} ${y}q${columnGap / 2} -28 ${columnGap} 0" fill="none" ` +
      `stroke="${colors.line}" stroke-width="1.3" stroke-dasharray="4 3"/>`
    ),
    `<g class="units">`,
    ...plan.units.map((unit) => {
      const { column, index, x, y, bias } = unit;
      const biasWords = bias === null ? "no bias" : `bias ${formatNumber(bias)}`;
      const words = column === 0 ? `input ${index}` : biasWords;
      return element(`circle cx="${x}" cy="${y}" r="${radius}" fill="${fill(unit)}"`, bias, words);
    }),
    `</g>`,
    `<g text-anchor="middle">`,
    ...plan.texts.map(({ text, x, y }) => {
      const bold = text === "⋮" || text === "⋯" ? `font-size="18" font-weight="bold"` : "";
      return textAt(x, y, text, bold);
    }),
    `</g>`,
  ];
}

/** The largest finite |x|, and not 0. */
export function largestOf(numbers: Iterable<number>): number {
  let largest = 1e-12;
  for (const x of numbers) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  return largest;
}

/** The colour and the width of a line or ring, `share` from −1 to 1 or not a number. */
export function strokeOf(share: number): [color: string, width: number] {
  if (Number.isNaN(share)) return [colors.line, 4];
  const color = share < 0 ? colors.negative : colors.positive;
  return [color, round(.4 + 3.6 * Math.min(1, Math.abs(share)))];
}

/** A network as columns of circles, with a caption. */
export function renderNetwork(layers: readonly DrawnLayer[], caption: string): MimeBundle {
  const plan = planNetwork(layers);
  const parameters = layers.flatMap(({ neurons }) => neurons.flatMap(({ w, b }) => [...w, b]));
  const largest = largestOf(parameters.map(({ data }) => data));
  const notes = [caption, ...plan.notes];
  const width = Math.max(plan.width, ...notes.map((note) => textWidth(note) + 2 * margin));
  const svg = document(width, plan.height + 18 + 18 * notes.length, caption, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    ...renderPlan(plan, {
      stroke: (x) => strokeOf(x / largest),
      fill: ({ column }) => column === 0 ? colors.input : colors.result,
      tells: true,
    }),
    ...notes.map((note, i) => textAt(margin, plan.height + 24 + 18 * i, note)),
    `</g>`,
  ]);
  return renderPicture(svg, caption);
}
