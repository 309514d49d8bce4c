import {
  colors,
  document,
  escape,
  formatNumber,
  frameSlider,
  imageElement,
  legibleWidth,
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
/** Where the words of a moment begin, above the plots. */
const left = 72;
/** The room beside the last column of a network, for the numbers of the outputs. */
const numberRoom = 30;
const lineHeight = 18;

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
  const charts = part(chartWidth, (map ?? loss).bottom, `${text}: ${frames[0].words}`, [
    textAt(left, 16, frames[0].words, `xml:space="preserve" data-words=""`),
    ...loss.body,
    ...map?.body ?? [],
    ...map && choices.length > 1 ? target(map.box, choices[0].at) : [],
  ]);
  const units = part(
    network.width + numberRoom,
    network.height + 4,
    recorder.model.toString(),
    network.body,
  );
  const html = renderFilm({
    name: "recorder",
    description: "a training, step by step",
    sliders: [frameSlider("moment", frames.length)],
    pace: 150,
    // On a small screen the network goes below the charts.
    still: [
      `<div class="part" style="flex:0 1 ${charts.width}px">`,
      imageElement(charts.svg, charts.name),
      `</div><div style="flex:1 1 ${legibleWidth(units.svg)}px;min-width:0">`,
      `<div class="part">${imageElement(units.svg, units.name)}</div>`,
      `<ul>${notes.map(listed).join("")}</ul></div>`,
    ].join(""),
    use: "to make it move",
    reel: { strokes, fills, frames, choices },
    start: travel,
    style: `
.view { display: flex; flex-wrap: wrap; margin-top: 8px; }
.view { background: ${colors.paper}; border-radius: 6px; color: ${colors.line}; }
ul { font-size: 13px; line-height: 1.4; list-style: none; margin: 8px 0; padding: 0 16px; }
li { padding: 1px 0; }
`,
  });
  return { "text/html": html, "image/svg+xml": still(charts, units, notes), "text/plain": text };
}

/** A part of the picture, a document of its own. */
interface Part {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

function part(width: number, height: number, name: string, body: readonly string[]): Part {
  const font = `<g font-family="${mono}" font-size="12" fill="${colors.line}">`;
  return { svg: document(width, height, name, [font, ...body, `</g>`]), width, height, name };
}

/** One picture: the network beside the charts, and below it the notes. */
function still(charts: Part, units: Part, notes: readonly string[]): string {
  const left = charts.width;
  // Where the network leaves room under it, the notes fill it.
  const top = Math.max(units.height + 26, charts.height - lineHeight * notes.length);
  const { svg } = part(
    left + Math.max(units.width, ...notes.map((note) => textWidth(note) + 32)),
    Math.max(charts.height, top + lineHeight * notes.length),
    "a training, step by step",
    [
      charts.svg,
      units.svg.replace("<svg ", `<svg x="${left}" `),
      ...notes.map((note, i) => textAt(left + 16, top + lineHeight * i, note)),
    ],
  );
  return svg;
}

function listed(note: string): string {
  const input = note.startsWith("fill:") ? ` data-input=""` : "";
  return `<li${input}>${escape(note)}</li>`;
}

/** What shows the chosen input on the map, and what takes the clicks there. */
function target(
  { x, y, width, height }: { x: number; y: number; width: number; height: number },
  [cx, cy]: readonly number[],
): string[] {
  return [
    `<path data-target="" transform="translate(${cx},${cy})" d="M-16 0H-9M9 0H16M0-16V-9M0 9V16" ` +
    `stroke="${colors.ink}" stroke-width="2"/>`,
    `<rect data-choose="" x="${x}" y="${y}" width="${width}" height="${height}" ` +
    `fill="transparent" cursor="pointer"/>`,
  ];
}
