import { frameSlider, renderFilm } from "../show/film.ts";
import type { MimeBundle } from "../show/jupyter.ts";
import { orText } from "../show/packages.ts";
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
  const html = renderFilm({
    name: "steps",
    description: "backpropagation, step by step",
    sliders: [frameSlider("step", frames.length)],
    pace: 2500,
    still: imageElement(still, first.title),
    use: "to make it move",
    words: [
      `<div class="say" aria-live="polite"><b>${escape(first.title)}</b>`,
      ...first.lines.map((line) => `<div>${escape(line)}</div>`),
      `</div>`,
    ],
    reel: frames,
    start: play,
    style,
  });
  return { "text/html": html, "image/svg+xml": still };
}

const style = `
.say { min-height: 5.2em; padding: 8px 0; line-height: 1.45; }
.view { overflow-x: auto; }
${marks}
.changed { font-weight: bold; }
`;
