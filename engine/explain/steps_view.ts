import { frameSlider, renderFilm } from "../show/film.ts";
import type { MimeBundle } from "../show/jupyter.ts";
import { loadMathMl, orText } from "../show/packages.ts";
import { imageElement } from "../show/picture.ts";
import { play } from "./steps_page.js";
import { layOutSteps, marks, renderStep } from "./steps_picture.ts";
import type { Steps } from "./steps.ts";
import { escape } from "../show/text.ts";

/**
 * Steps as a page of its own: the picture of the first step, which any viewer
 * shows, and the script that plays the others.
 */
export async function renderSteps(steps: Steps): Promise<MimeBundle> {
  return await orText(steps.toString(), () => drawFilm(steps));
}

async function drawFilm(steps: Steps): Promise<MimeBundle> {
  const { graph, frames } = await layOutSteps(steps);
  const still = renderStep(graph, frames[0], "positions");
  const [first] = frames;
  const { data } = frames[frames.length - 1];
  const mathMl = await loadMathMl();
  const html = renderFilm({
    name: "steps",
    description: "backpropagation, step by step",
    sliders: [frameSlider("step", frames.length)],
    pace: 2500,
    still: imageElement(still, first.title),
    use: "to make it move",
    words: [
      `<div class="say" aria-live="polite">${say(first.title, first.lines.map(escape))}</div>`,
    ],
    reel: {
      data,
      since: data.map((_, i) => frames.findIndex((frame) => frame.data[i] !== null)),
      frames: frames.map(({ node, edges, grad }) => ({ node, edges, grad })),
    },
    texts: frames.map(({ title, latex }) => say(title, latex.map(mathMl))),
    start: play,
    style,
  });
  return { "text/html": html, "image/svg+xml": still };
}

function say(title: string, lines: readonly string[]): string {
  return `<b>${escape(title)}</b>${lines.map((line) => `<div>${line}</div>`).join("")}`;
}

const style = `
.say { min-height: 7em; padding: 8px 0; line-height: 1.45; }
.say div { padding: 2px 0; overflow: auto hidden; }
${marks}
.changed { font-weight: bold; }
`;
