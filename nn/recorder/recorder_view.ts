import {
  charWidth,
  colors,
  document,
  escape,
  formatNumber,
  type MimeBundle,
  mono,
  renderFilm,
  round,
  thin,
} from "../../engine/show/mod.ts";
import type { Recorder } from "./recorder.ts";
import { travel } from "./recorder_page.js";
import { left, mapTop, networkLeft, side } from "./recorder_layout.ts";
import { lossCurve, mark } from "./recorder_loss.ts";
import { boundaryMaps } from "./recorder_map.ts";
import { recordedNetwork } from "./recorder_network.ts";
import { fills, strokes } from "./recorder_shades.ts";

const mostFrames = 60;

/** What the page needs to know of a moment. */
interface Frame {
  words: string;
  /** Where the mark on the loss curve is; null for a loss that is no finite number. */
  mark: [x: number, y: number] | null;
  /** The decision boundary as a PNG file in base64; "" without one. */
  map: string;
  /** How lines and rings look, a letter each: keys of {@link strokes}. */
  strokes: string;
  /** How circles are filled, a letter each: keys of {@link fills}. */
  fills: string;
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
  const network = recordedNetwork(recorder, moments);
  const frames = moments.map((moment, i): Frame => ({
    words: `step ${moment.step}   loss ${formatNumber(moment.loss)}`,
    mark: loss.place(moment),
    map: map?.images[i] ?? "",
    ...network.frames[i],
  }));
  const notes = [
    recorder.model.toString(),
    ...network.notes,
    ...recorder.input
      ? [`fill: the answers to the input (${recorder.input.map(formatNumber).join(", ")})`]
      : [],
    ...map ? [map.note] : [],
    ...map && map.drawn < recorder.points.length
      ? [`${map.drawn} of ${recorder.points.length} points are drawn`]
      : [],
    `${moments.length} of ${recorder.losses.length} steps are on the slider`,
  ];
  const bottom = Math.max(map ? mapTop + side + 24 : mapTop, network.height) + 8;
  const width = Math.max(
    networkLeft + network.width + 20,
    ...notes.map((note) => networkLeft + note.length * 12 * charWidth),
  );
  // Where the network leaves room under it, the notes fill it.
  const notesTop = Math.max(network.height + 26, bottom - 18 * notes.length);
  const still = document(width, notesTop + 18 * notes.length, `a training, step by step`, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    `<text x="${left}" y="16" xml:space="preserve" data-words="">${escape(frames[0].words)}</text>`,
    ...loss.body,
    mark(frames[0].mark),
    ...map?.body ?? [],
    `<g transform="translate(${networkLeft - 30},8)">`,
    ...network.body,
    `</g>`,
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
    reel: { strokes, fills, frames },
    start: travel,
    style: `
.view { overflow-x: auto; padding-top: 8px; }
`,
  });
  return { "text/html": html, "image/svg+xml": still, "text/plain": text };
}
