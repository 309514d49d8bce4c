import { escape } from "../show/text.ts";
import { colors } from "../show/colors.ts";
import { lineHeight } from "../graph/layout.ts";
import { layOutSteps, marks, renderStep } from "./steps_picture.ts";
import type { Steps } from "./steps.ts";
import { document, fontSize, mono, round, textAt, textWidth } from "../show/svg.ts";

const margin = 10;

/**
 * All steps in one SVG document, one visible at a time: style rules alone make
 * it play, so it does wherever an image is shown. Who asked for less motion
 * sees the last step, and programs that know no animations show the first.
 *
 * @param seconds how long a step stays.
 */
export async function renderMovie(steps: Steps, seconds: number): Promise<string> {
  const { graph, frames } = await layOutSteps(steps);
  const texts = frames.map(({ title, lines }) => [title, ...lines]);
  const widest = Math.max(...texts.flat().map(textWidth)) + 2 * margin;
  const panel = Math.max(...texts.map(({ length }) => length)) * lineHeight + 2 * margin;
  const width = Math.max(graph.width, widest);
  const top = panel + margin;
  const left = round((width - graph.width) / 2);
  const last = frames.length - 1;
  return document(width, top + graph.height, "backpropagation, step by step", [
    `<style>`,
    `.step { visibility: hidden; animation: show ${seconds * frames.length}s step-end infinite; }`,
    `.first { visibility: visible; }`,
    `@keyframes show { 0% { visibility: visible; } ${
      round(100 / frames.length)
    }%, 100% { visibility: hidden; } }`,
    `@media (prefers-reduced-motion: reduce) {`,
    `.step { animation: none; visibility: hidden; }`,
    `.last { visibility: visible; }`,
    `}`,
    escape(marks),
    `</style>`,
    `<rect width="${Math.ceil(width)}" height="${panel}" rx="6" fill="${colors.constant}"/>`,
    ...frames.flatMap((frame, k) => [
      `<g class="step${k === 0 ? " first" : ""}${k === last ? " last" : ""}" ` +
      `style="animation-delay:${k * seconds}s">`,
      `<g font-family="${mono}" font-size="${fontSize}" fill="${colors.ink}">`,
      ...texts[k].map((text, i) =>
        textAt(margin, margin + 12 + i * lineHeight, text, i === 0 ? `font-weight="bold"` : "")
      ),
      `</g>`,
      `<g transform="translate(${left},${top})">`,
      renderStep(graph, frame, "classes"),
      `</g>`,
      `</g>`,
    ]),
  ]);
}
