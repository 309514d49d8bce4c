import {
  colors,
  document,
  formatNumber,
  frameSlider,
  imageElement,
  type MimeBundle,
  mono,
  renderFilm,
  textAt,
  textWidth,
  thin,
} from "../../engine/show/mod.ts";
import type { Recorder } from "./recorder.ts";
import { chartWidth, recordedLoss, recordedMap } from "./recorder_charts.ts";
import { recordedNetwork } from "./recorder_network.ts";
import { travel } from "./recorder_page.js";
import { fills, strokes } from "./recorder_shades.ts";

const mostFrames = 60;
/** Where the words of a moment begin, above the plots, and where the network does. */
const left = 72;
const networkTop = 8;

/** A recorded training as a page of its own, with a slider over its moments. */
export async function renderRecorder(recorder: Recorder): Promise<MimeBundle> {
  const text = recorder.toString();
  const moments = thin(recorder.moments, mostFrames);
  if (moments.length === 0) return { "text/plain": text };
  const loss = await recordedLoss(recorder, moments);
  const map = await recordedMap(recorder, moments);
  const network = recordedNetwork(recorder, moments, map?.inputs);
  const said = (x: readonly number[]) =>
    `fill: the answers to the input (${
      x.map((x) => formatNumber(Number(x.toPrecision(4)))).join(", ")
    })`;
  const choices = map ? network.inputs.map((x) => ({ at: map.place(x), words: said(x) })) : [];
  const frames = moments.map((moment, i) => ({
    words: `step ${moment.step}   loss ${formatNumber(moment.loss)}`,
    mark: loss.marks[i],
    ...map?.frames[i],
    ...network.frames[i],
  }));
  const notes = [
    recorder.model.toString(),
    ...network.notes,
    ...network.inputs.slice(0, 1).map(said),
    ...choices.length > 1 ? ["target: that input; click an example to choose it"] : [],
    ...map?.notes ?? [],
    `${moments.length} of ${recorder.losses.length} steps are on the slider`,
  ];
  const bottom = (map ?? loss).bottom;
  const notesLeft = chartWidth + 16;
  const width = Math.max(
    // Beside the last column there is room for numbers.
    chartWidth + network.width + 30,
    ...notes.map((note) => notesLeft + textWidth(note)),
  );
  // Where the network leaves room under it, the notes fill it.
  const notesTop = Math.max(networkTop + network.height + 26, bottom + 8 - 18 * notes.length);
  const still = document(width, notesTop + 18 * notes.length, `a training, step by step`, [
    `<g font-family="${mono}" font-size="12" fill="${colors.line}">`,
    textAt(left, 16, frames[0].words, `xml:space="preserve" data-words=""`),
    ...loss.body,
    ...map?.body ?? [],
    ...map && choices.length > 1 ? target(map.box, choices[0].at) : [],
    `<g transform="translate(${chartWidth},${networkTop})">`,
    ...network.body,
    `</g>`,
    ...notes.map((note, i) =>
      textAt(notesLeft, notesTop + 18 * i, note, note.startsWith("fill:") ? `data-input=""` : "")
    ),
    `</g>`,
  ]);
  const html = renderFilm({
    name: "recorder",
    description: "a training, step by step",
    sliders: [frameSlider("moment", frames.length)],
    pace: 150,
    still: imageElement(still, `${text}: ${frames[0].words}`),
    use: "to make it move",
    reel: { strokes, fills, frames, choices },
    start: travel,
    style: `
.view { overflow-x: auto; padding-top: 8px; }
`,
  });
  return { "text/html": html, "image/svg+xml": still, "text/plain": text };
}

/** What shows the chosen input on the map, and what takes the clicks there. */
function target(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  [cx, cy]: readonly number[],
): string[] {
  return [
    `<path data-target="" transform="translate(${cx},${cy})" d="M-13 0H-6M6 0H13M0-13V-6M0 6V13" ` +
    `stroke="${colors.ink}" stroke-width="2"/>`,
    `<rect data-choose="" x="${x}" y="${y}" width="${width}" height="${height}" ` +
    `fill="transparent" cursor="pointer"/>`,
  ];
}
