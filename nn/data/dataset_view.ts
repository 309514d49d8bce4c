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
import { areRows } from "../check.ts";
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
export async function renderDataset(data: Dataset<unknown>): Promise<MimeBundle> {
  const { imageSize, features } = data;
  const labels = areRows(data.y) ? null : data.y.filter((y) => typeof y === "number");
  if (imageSize !== null) {
    const count = Math.min(most.images, Math.floor(most.pixels / features));
    const images = data.x.slice(0, count);
    const words = images.map((_, i) => labels ? shorten(formatNumber(labels[i]), 6) : "");
    const svg = imageGrid(images, words, imageSize, noted(data, count));
    return renderPicture(svg, String(data));
  }
  const picture = features === 2 && labels ? scatterPlot(data, labels) : firstRows(data);
  return await picture[display]();
}

/** The set's text, and how much of it is shown unless all is. */
function noted(data: Dataset<unknown>, shown: number): string {
  return data.length > shown ? `${data}: the first ${shown}` : String(data);
}

/** Two features as a place, the label as a colour and a shape. */
function scatterPlot(data: Dataset<unknown>, labels: readonly number[]): Chart {
  const brief = (x: number) => Number(x.toPrecision(7));
  const all = data.x.map(([x1, x2], i) => ({ x1: brief(x1), x2: brief(x2), y: labels[i] }));
  const values = thin(all, most.points);
  const [x, y] = domains(data).map((domain, k) => ({
    field: `x${k + 1}`,
    type: "quantitative",
    scale: { domain: domain.map(brief), nice: false, zero: false },
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
      ...labelChannels(labels),
      tooltip: ["x1", "x2", "y"].map((field) => ({ field })),
    },
  }, String(data));
}

/** From where to where the axes go: one unit is as long on both, unless one feature were a line then. */
function domains(data: Dataset<unknown>): [low: number, high: number][] {
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
function firstRows(data: Dataset<unknown>): Table {
  const cells = (name: string, rest: string, row: readonly unknown[]) => {
    const shown = row.slice(0, most.columns).map((x, k) => [`${name}${k + 1}`, short(x)] as const);
    return row.length > most.columns ? [...shown, [rest, "…"] as const] : shown;
  };
  const rows = data.x.slice(0, most.rows).map((row, i) => {
    const label: unknown = data.y[i];
    const labels = Array.isArray(label) ? cells("y", "y…", label) : [["y", short(label)]];
    return Object.fromEntries([...cells("x", "…", row), ...labels]);
  });
  return new Table(rows, noted(data, most.rows));
}

function short(x: unknown): string {
  return typeof x === "number" ? formatNumber(x) : "";
}
