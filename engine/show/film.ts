import { film } from "./film_page.js";
import { imageElement, scriptNote } from "./picture.ts";
import { escape, inScript } from "./text.ts";

/** A film: pictures that differ little, of which a page shows one at a time. */
export interface Film {
  /** The kind, which names the element's class: `steps` for `chainrule-steps`. */
  name: string;
  /** The film in a few words. */
  description: string;
  /** The number of frames. */
  count: number;
  /** What a frame is called: `step`. */
  unit: string;
  /** How long a frame stays when it plays, in milliseconds. */
  pace: number;
  /** The picture of the first frame, an SVG document, and its description. */
  still: string;
  alt: string;
  /** HTML between the buttons and the picture. */
  words?: readonly string[];
  /** What the page needs to know of the frames, as JSON. */
  reel: unknown;
  /** The function that runs in the page; see `start` in `film.js`. */
  // deno-lint-ignore ban-types -- only its text is used
  start: Function;
  /** More rules, written for any element in the film's own. */
  style: string;
}

/**
 * A film as HTML that needs nothing else: the picture of the first frame, which
 * any viewer shows, and a script that adds a slider, buttons and arrow keys.
 */
export function renderFilm(options: Film): string {
  const { name, description, count, unit, still, alt, words = [], reel, start, pace } = options;
  const bar = [
    `<div class="bar">`,
    button("first", "|◀", `first ${unit}`),
    button("back", "◀ back", `one ${unit} back, left arrow`),
    button("play", "play", "play or pause"),
    button("next", "next ▶", `one ${unit} on, right arrow`),
    `<input type="range" min="0" max="${count - 1}" value="0" aria-label="${unit}">`,
    `<output>1 / ${count}</output>`,
    `</div>`,
  ].join("");
  return [
    `<div class="chainrule-${name}" tabindex="0" role="group" aria-label="${escape(description)}">`,
    `<style>${style(name, options.style)}</style>`,
    scriptNote("to make it move"),
    ...words,
    `<div class="view">${imageElement(still, alt)}</div>`,
    `<script type="application/json">${inScript(reel)}</script>`,
    `<script>(${film})(document.currentScript, ${start}, ${pace}, ${inScript(bar)})</script>`,
    `</div>`,
  ].join("\n");
}

function button(action: string, text: string, title: string): string {
  return `<button type="button" data-action="${action}" title="${title}">${text}</button>`;
}

function style(name: string, more: string): string {
  const rules = `
{ font-size: 14px; outline-offset: 4px; width: 100%; }
.bar { display: flex; gap: 6px; align-items: center; flex-wrap: wrap; }
button { font: inherit; padding: 2px 9px; cursor: pointer; }
input { flex: 1 1 90px; max-width: 420px; }
${more.trim()}
`;
  return rules.replace(/^(?=\S)/gm, `.chainrule-${name} `);
}
