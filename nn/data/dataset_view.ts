import { Chart, Table } from "../../engine/mod.ts";
import {
  classColors,
  classShapes,
  colors,
  display,
  formatNumber,
  type MimeBundle,
  renderPicture,
  shorten,
  thin,
} from "../../engine/show/mod.ts";
import type { Dataset } from "./dataset.ts";
import { imageGrid } from "./image_grid.ts";

/** The most that is shown; `pixels` are those of all images. */
const most = {
  points: 1000,
  classes: 10,
  images: 40,
  pixels: 250_000,
  rows: 10,
  columns: 8,
} as const;

/** What a notebook shows: images, points in the plane or a table. */
export async function renderDataset(data: Dataset): Promise<MimeBundle> {
  const { imageSize, features } = data;
  if (imageSize !== null) {
    const count = Math.min(most.images, Math.floor(most.pixels / features));
    const labels = data.y.slice(0, count).map((y) => shorten(formatNumber(y), 6));
    const svg = imageGrid(data.x.slice(0, count), labels, imageSize, noted(data, count));
    return renderPicture(svg, String(data));
  }
  return await (features === 2 ? scatterPlot(data) : firstRows(data))[display]();
}

/** The set's text, and how much of it is shown unless all is. */
function noted(data: Dataset, shown: number): string {
  return data.length > shown ? `${data}: the first ${shown}` : String(data);
}

/** Two features as a place, the label as a colour and a shape. */
function scatterPlot(data: Dataset): Chart {
  const short = (x: number) => Number(x.toPrecision(7));
  const all = data.x.map(([x1, x2], i) => ({ x1: short(x1), x2: short(x2), y: data.y[i] }));
  const values = thin(all, most.points);
  const [x, y] = domains(data).map((domain, k) => ({
    field: `x${k + 1}`,
    type: "quantitative",
    scale: { domain: domain.map(short), nice: false, zero: false },
  }));
  return new Chart({
    title: values.length < all.length ? `${data}: ${values.length} of them` : String(data),
    width: 320,
    height: 320,
    data: { values },
    mark: { type: "point", filled: true, size: 36, opacity: .85 },
    encoding: {
      x,
      y,
      ...labelChannels(data.y),
      tooltip: ["x1", "x2", "y"].map((field) => ({ field })),
    },
  }, String(data));
}

/** From where to where the axes go: one unit is as long on both, unless one feature were a line then. */
function domains(data: Dataset): [low: number, high: number][] {
  const ends = [0, 1].map((k) =>
    [Math.min, Math.max].map((f) => data.x.reduce((end, row) => f(end, row[k]), data.x[0][k]))
  );
  const halves = ends.map(([low, high]) => .55 * (high - low));
  const [shorter, longer] = halves.toSorted((a, b) => a - b);
  return ends.map(([low, high], k) => {
    const half = shorter > longer / 5 ? longer : halves[k] || longer || 1;
    return [low / 2 + high / 2 - half, low / 2 + high / 2 + half];
  });
}

/** Few whole labels are classes, each with its colour and shape; others are numbers on a scale. */
function labelChannels(y: readonly number[]): Record<string, unknown> {
  const domain = [...new Set(y)].sort((a, b) => a - b);
  const [first, last] = [domain[0], domain[domain.length - 1]];
  if (domain.length > most.classes || !domain.every(Number.isInteger)) {
    const range = [colors.negative, colors.positive];
    return { color: { field: "y", type: "quantitative", scale: { range } } };
  }
  // A class keeps its colour where another one is missing, as in a part of a set.
  const of = (looks: (count: number) => string[]) =>
    first >= 0 && last < most.classes
      ? domain.map((label) => looks(Math.max(2, last + 1))[label])
      : looks(domain.length);
  const channel = (range: string[]) => ({ field: "y", type: "nominal", scale: { domain, range } });
  return { color: channel(of(classColors)), shape: channel(of(classShapes)) };
}

/** The first rows, each number short, of wide ones the first columns. */
function firstRows(data: Dataset): Table {
  const rows = data.x.slice(0, most.rows).map((row, i) => {
    const shown = row.slice(0, most.columns).map((x, k) => [`x${k + 1}`, formatNumber(x)]);
    const rest = row.length > most.columns ? [["…", "…"]] : [];
    return Object.fromEntries([...shown, ...rest, ["y", formatNumber(data.y[i])]]);
  });
  return new Table(rows, noted(data, most.rows));
}
