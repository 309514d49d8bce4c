import { renderFilm } from "../engine/film.ts";
import type { MimeBundle } from "../engine/jupyter.ts";
import { encodePng } from "../engine/png.ts";
import {
  charWidth,
  colors,
  document,
  escape,
  formatNumber,
  mono,
  round,
  shorten,
} from "../engine/svg.ts";
import { most, places, radius, rowGap } from "./draw_network.ts";
import type { LabeledPoint, RecordedMoment, Recorder } from "./recorder.ts";
import { travel } from "./recorder.js";
import { replay } from "./replay.ts";
import { thin } from "./thin.ts";

const mostFrames = 60;
const mostPoints = 400;
const left = 46;
const side = 240;
const lossTop = 32;
const lossHeight = 96;
const mapTop = 160;
const networkLeft = left + side + 46;
const columnGap = 112;

/** What the page needs to know of a moment. */
interface Frame {
  words: string;
  /** Where the mark on the loss curve is; null for a loss that is no finite number. */
  mark: [x: number, y: number] | null;
  /** The decision boundary as a PNG file in base64; "" without one. */
  map: string;
  /** How lines and rings look, a letter each: keys of {@link lineStyles}. */
  weights: string;
  /** How circles are filled, a letter each: keys of {@link fillStyles}. */
  units: string;
  /** The network's answers to the chosen input. */
  outputs: string[];
}

/** A recorded training as a page of its own, with a slider over its moments. */
export function renderRecorder(recorder: Recorder): MimeBundle {
  const text = recorder.toString();
  const moments = thin(recorder.moments, mostFrames);
  if (moments.length === 0) return { "text/plain": text };
  const loss = lossCurve(recorder.losses);
  const map = boundaryMaps(recorder, moments);
  const network = networkMarks(recorder, moments);
  const frames = moments.map((moment, i): Frame => ({
    words: `step ${moment.step}   loss ${formatNumber(moment.loss)}`,
    mark: loss.place(moment),
    map: map?.images[i] ?? "",
    ...network.frames[i],
  }));
  const notes = [
    recorder.model.toString(),
    "line: weight, ring: bias; blue > 0, orange < 0",
    ...recorder.input
      ? [`fill: the answers to the input (${recorder.input.map(formatNumber).join(", ")})`]
      : [],
    ...network.cut ? [`⋮ at most ${most - 1} units of a column are drawn`] : [],
    ...map ? [map.note] : [],
    ...map && map.drawn < recorder.points.length
      ? [`${map.drawn} of ${recorder.points.length} points are drawn`]
      : [],
    `${moments.length} of ${recorder.losses.length} steps are on the slider`,
  ];
  const bottom = Math.max(map ? mapTop + side + 24 : mapTop, network.bottom) + 8;
  const width = Math.max(
    network.right,
    ...notes.map((note) => networkLeft + note.length * 12 * charWidth),
  );
  // Where the network leaves room under it, the notes fill it.
  const notesTop = Math.max(network.bottom + 26, bottom - 18 * notes.length);
  const still = document(width, notesTop + 18 * notes.length, `a training, step by step`, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    `<text x="${left}" y="16" xml:space="preserve" data-words="">${escape(frames[0].words)}</text>`,
    ...loss.body,
    mark(frames[0].mark),
    ...map?.body ?? [],
    ...network.body,
    ...notes.map((note, i) =>
      `<text x="${networkLeft}" y="${round(notesTop + 18 * i)}">${escape(note)}</text>`
    ),
    `</g>`,
  ]);
  const html = renderFilm({
    name: "recorder",
    description: "a training, step by step",
    count: frames.length,
    unit: "moment",
    pace: 150,
    still,
    alt: `${text}: ${frames[0].words}`,
    reel: { lines: lineStyles, fills: fillStyles, frames },
    start: travel,
    style: `
.view { overflow-x: auto; padding-top: 8px; }
`,
  });
  return { "text/html": html, "image/svg+xml": still, "text/plain": text };
}

// --- colours: 64 shades from orange by way of pale to blue, a letter each

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const notANumber = "!";
const pale = "#f1f1f1";

/** The middle of each shade, from −1 to 1; none of them is 0. */
const levels = Array.from(letters, (_, i) => (i - 31.5) / 32);
const tints = (strongest: number) =>
  levels.map((t) =>
    mix(pale, t < 0 ? colors.negative : colors.positive, .1 + (strongest - .1) * Math.abs(t))
  );
const categories = ["#2f7fd8", "#e0663a", "#2a9d6f", "#a55fd0", "#c99a1b", "#7d8590"];

const lineStyles: Record<string, [color: string, width: number]> = {
  [notANumber]: [colors.line, 4],
  ...Object.fromEntries(levels.map((t, i) => [
    letters[i],
    [t < 0 ? colors.negative : colors.positive, round(.4 + 3.6 * Math.abs(t))],
  ])),
};
const fillStyles: Record<string, string> = {
  [notANumber]: colors.line,
  ...Object.fromEntries(tints(1).map((tint, i) => [letters[i], tint])),
};

/** The shade of a number between −1 and 1; numbers beyond have the last shade. */
function shade(t: number): number {
  return Math.max(0, Math.min(63, Math.floor(32 + 32 * t)));
}

function letter(x: number, largest: number): string {
  return Number.isNaN(x) ? notANumber : letters[shade(x / largest)];
}

function mix(from: string, to: string, t: number): string {
  const part = (color: string, i: number) => Number.parseInt(color.slice(i, i + 2), 16);
  return "#" + [1, 3, 5].map((i) => {
    const byte = Math.round(part(from, i) + t * (part(to, i) - part(from, i)));
    return byte.toString(16).padStart(2, "0");
  }).join("");
}

/** The largest finite |x|, and not 0. */
function largestOf(numbers: Iterable<number>): number {
  let largest = 1e-12;
  for (const x of numbers) if (Number.isFinite(x)) largest = Math.max(largest, Math.abs(x));
  return largest;
}

// --- the loss curve

/** The curve over all steps, on a logarithmic axis where it spans more than two decades. */
function lossCurve(losses: readonly number[]) {
  const finite = losses.filter(Number.isFinite);
  let [low, high] = finite.reduce(([a, b], x) => [Math.min(a, x), Math.max(b, x)], [
    Infinity,
    -Infinity,
  ]);
  const isLog = low > 0 && high > 100 * low;
  if (!isLog) [low, high] = [Math.min(low, 0), Math.max(high, 0)];
  const scale = isLog ? Math.log : (x: number) => x;
  const span = scale(high) - scale(low) || 1;
  const x = (step: number) => round(left + side * (step / Math.max(1, losses.length - 1)));
  const y = (loss: number) => round(lossTop + lossHeight * (1 - (scale(loss) - scale(low)) / span));
  const place = ({ step, loss }: { step: number; loss: number }): [number, number] | null =>
    Number.isFinite(loss) ? [x(step), y(loss)] : null;
  const points = thin(losses.map((loss, step) => ({ loss, step })), 300).map(place);
  const path = points.flatMap((point, i) =>
    point === null ? [] : [`${i > 0 && points[i - 1] !== null ? "L" : "M"}${point}`]
  );
  const bottom = lossTop + lossHeight;
  const text = (at: number, height: number, words: string, anchor: string) =>
    `<text x="${at}" y="${height}" font-size="10" text-anchor="${anchor}">${words}</text>`;
  const body = [
    `<path d="M${left},${lossTop}v${lossHeight}h${side}" fill="none" stroke="${colors.line}" stroke-opacity="0.5"/>`,
    ...finite.length === 0 ? [] : [
      text(left - 5, lossTop + 8, formatNumber(Number(high.toPrecision(3))), "end"),
      text(left - 5, bottom, formatNumber(Number(low.toPrecision(3))), "end"),
    ],
    text(left, bottom + 13, "0", "middle"),
    text(left + side, bottom + 13, `${losses.length - 1}`, "middle"),
    text(left + side / 2, bottom + 13, isLog ? "step (loss: log scale)" : "step", "middle"),
    `<path d="${path.join("")}" fill="none" stroke="${colors.positive}" stroke-width="1.5"/>`,
  ];
  return { body, place };
}

function mark(place: [number, number] | null): string {
  const [x, y] = place ?? [left, lossTop];
  return `<circle data-mark="" cx="${x}" cy="${y}" r="4.5" fill="${colors.negative}" visibility="${
    place ? "visible" : "hidden"
  }"/>`;
}

// --- the decision boundary

/** The network's answers on a grid, for each moment: a picture of n × n pixels. */
function boundaryMaps({ model, boundary, points }: Recorder, moments: readonly RecordedMoment[]) {
  if (!boundary) return null;
  const { x: [x0, x1], y: [y0, y1], n } = boundary;
  const grid = Array.from({ length: n * n }, (_, i) => [
    x0 + (x1 - x0) * ((i % n) + .5) / n,
    y1 - (y1 - y0) * (Math.floor(i / n) + .5) / n,
  ]);
  const answers = moments.map(({ parameters }) =>
    grid.map((at) => {
      const columns = replay(model, parameters, at);
      return columns[columns.length - 1];
    })
  );
  const { neurons } = model.layers[model.layers.length - 1];
  const [{ activation }] = neurons;
  const middle = activation === "sigmoid" ? .5 : 0;
  const classes = neurons.length > 1;
  const largest = activation === "sigmoid"
    ? .5
    : activation === "tanh"
    ? 1
    : largestOf(answers[answers.length - 1].flat());
  // Paler than the points on it.
  const palette = classes ? categories.map((color) => mix(pale, color, .5)) : tints(.65);
  const pixel = (outputs: readonly number[]) =>
    classes
      ? outputs.indexOf(Math.max(...outputs)) % categories.length
      : shade((outputs[0] - middle) / largest);
  const images = answers.map((cells) => {
    // The last colour is for what is not a number.
    const pixels = cells.map((outputs) =>
      outputs.some(Number.isNaN) ? palette.length : pixel(outputs)
    );
    const png = encodePng(n, [...palette, colors.line], pixels);
    return btoa(Array.from(png, (byte) => String.fromCharCode(byte)).join(""));
  });
  const shown = thin(points, mostPoints);
  const color = pointColors(points, classes, middle);
  const dots = shown.filter(({ x, y }) => x >= x0 && x <= x1 && y >= y0 && y <= y1).map((point) => {
    const cx = round(left + side * (point.x - x0) / (x1 - x0));
    const cy = round(mapTop + side * (y1 - point.y) / (y1 - y0));
    return `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${color(point)}"><title>${
      escape(shorten(String(point.label), 40))
    }</title></circle>`;
  });
  const bottom = mapTop + side;
  const text = (at: number, height: number, x: number, anchor: string) =>
    `<text x="${at}" y="${height}" font-size="10" text-anchor="${anchor}">${
      formatNumber(Number(x.toPrecision(3)))
    }</text>`;
  const body = [
    `<image data-map="" x="${left}" y="${mapTop}" width="${side}" height="${side}" preserveAspectRatio="none" href="data:image/png;base64,${
      images[0]
    }"/>`,
    `<g stroke="#fff" stroke-width="1">`,
    ...dots,
    `</g>`,
    text(left, bottom + 13, x0, "middle"),
    text(left + side, bottom + 13, x1, "middle"),
    text(left - 5, bottom, y0, "end"),
    text(left - 5, mapTop + 8, y1, "end"),
  ];
  const note = classes
    ? "map: which output is the largest"
    : `map: blue where the output is above ${middle}`;
  return { images, body, note, drawn: dots.length };
}

function pointColors(
  points: readonly LabeledPoint[],
  classes: boolean,
  middle: number,
): (point: LabeledPoint) => string {
  const named = [...new Set(points.map(({ label }) => label))];
  const areNumbers = named.every((label) => typeof label === "number");
  const areClasses = named.every((label) => Number.isInteger(label) && Number(label) >= 0);
  return ({ label }) => {
    if (areNumbers && !classes) return Number(label) > middle ? colors.positive : colors.negative;
    const place = areClasses ? Number(label) : named.indexOf(label);
    return categories[place % categories.length];
  };
}

// --- the network

/** The network's picture, and how its marks look at each moment. */
function networkMarks({ model, input }: Recorder, moments: readonly RecordedMoment[]) {
  const sizes = [model.layers[0].nin, ...model.layers.map(({ nout }) => nout)];
  const height = Math.max(...sizes.map((n) => Math.min(n, most))) * rowGap;
  const columns = sizes.map((n, k) => places(n, networkLeft + radius + k * columnGap, height));
  const shown = columns.map((column) =>
    column.flatMap(({ index, x, y }) => index === null ? [] : [{ index, x, y: y + 8 }])
  );
  const largestWeight = largestOf(moments.flatMap(({ parameters }) => parameters));
  const answers = moments.map(({ parameters }) => input && replay(model, parameters, input));
  const largestAnswers = sizes.map((_, k) => {
    const layer = k === 0 ? null : model.layers[k - 1];
    const activation = layer?.neurons[0].activation;
    if (!layer?.residual && (activation === "tanh" || activation === "sigmoid")) return 1;
    return largestOf(answers.flatMap((answer) => answer?.[k] ?? []));
  });

  // Where the parameters of a layer's neurons start in the list of all of them.
  const starts = model.layers.map((_, k) =>
    model.layers.slice(0, k).reduce((n, { nin, nout }) => n + nout * (nin + 1), 0)
  );
  const lines = model.layers.flatMap(({ nin }, k) =>
    shown[k + 1].flatMap((to) =>
      shown[k].map((from) => ({
        from,
        to,
        parameter: starts[k] + to.index * (nin + 1) + from.index,
      }))
    )
  );
  const rings = model.layers.flatMap(({ nin }, k) =>
    shown[k + 1].map((unit) => ({ ...unit, parameter: starts[k] + unit.index * (nin + 1) + nin }))
  );
  const drawn = [...lines, ...rings].map(({ parameter }) => parameter);
  const outputs = shown[shown.length - 1];
  const frames = moments.map(({ parameters }, i) => {
    const answer = answers[i];
    return {
      weights: drawn.map((at) => letter(parameters[at], largestWeight)).join(""),
      units: answer === null
        ? ""
        : shown.flatMap((column, k) =>
          column.map(({ index }) => letter(answer[k][index], largestAnswers[k]))
        ).join(""),
      outputs: answer === null
        ? []
        : outputs.map(({ index }) =>
          formatNumber(Number(answer[answer.length - 1][index].toPrecision(3)))
        ),
    };
  });

  const [first] = frames;
  const stroke = (i: number) => {
    const [color, width] = lineStyles[first.weights[i]];
    return `data-weight="" stroke="${color}" stroke-width="${width}"`;
  };
  const units = shown.flatMap((column, k) => column.map((unit) => ({ ...unit, k })));
  const inputs = shown[0].length;
  const body = [
    `<g stroke-linecap="round" stroke-opacity="0.85">`,
    ...lines.map(({ from, to }, i) =>
      `<line x1="${from.x}" y1="${from.y}" x2="${to.x}" y2="${to.y}" ${stroke(i)}/>`
    ),
    `</g>`,
    ...units.map(({ x, y, k }, i) => {
      const ring = k === 0 ? `stroke="${colors.line}"` : stroke(lines.length + i - inputs);
      const fill = input
        ? `data-unit="" fill="${fillStyles[first.units[i]]}"`
        : `fill="${k === 0 ? colors.input : colors.result}"`;
      return `<circle cx="${x}" cy="${y}" r="${radius}" ${fill} ${ring}/>`;
    }),
    ...columns.flatMap((column) =>
      column.filter(({ index }) => index === null).map(({ x, y }) =>
        `<text x="${x}" y="${
          round(y + 14)
        }" font-size="18" font-weight="bold" text-anchor="middle">⋮</text>`
      )
    ),
    ...outputs.flatMap(({ x, y }, i) =>
      input ? [`<text data-output="" x="${x + 18}" y="${y + 4}">${first.outputs[i]}</text>`] : []
    ),
    ...sizes.map((n, k) => {
      const name = k === 0
        ? (n === 1 ? "input" : "inputs")
        : model.layers[k - 1].neurons[0].activation;
      return `<text x="${columns[k][0].x}" y="${
        height + 40
      }" text-anchor="middle">${n} ${name}</text>`;
    }),
  ];
  const right = columns[columns.length - 1][0].x + 80;
  return { body, frames, right, bottom: height + 40, cut: Math.max(...sizes) > most };
}
