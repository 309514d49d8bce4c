import { film } from "./film_page.js";
import { pack } from "./pack.ts";
import { scriptNote } from "./picture.ts";
import { escape, inScript } from "./text.ts";

/** A film: pictures that differ little, of which a page shows one at a time. */
export interface Film {
  /** The kind, which names the element's class: `steps` for `chainrule-steps`. */
  name: string;
  /** The film in a few words. */
  description: string;
  /** What chooses the picture; the pictures are those of all combinations. */
  sliders: readonly FilmSlider[];
  /**
   * How long a frame stays when it plays, in milliseconds. With it, the film has one slider, and
   * buttons beside it; without it, the names of the sliders stand beside them.
   */
  pace?: number;
  /** What stands there until a script runs, as HTML: the picture of the start. */
  still: string;
  /** What running the cell is for: `to make it move`. */
  use: string;
  /** HTML between the sliders and the picture. */
  words?: readonly string[];
  /** What the page needs to know of the frames, as JSON. */
  reel: unknown;
  /** Pieces of HTML that have much in common, for the page to ask for by their places. */
  texts?: readonly string[];
  /** The function that runs in the page; see `start` in `film_page.js`. */
  // deno-lint-ignore ban-types -- only its text is used
  start: Function;
  /** More rules, written for any element in the film's own. */
  style: string;
}

/** One of the sliders of a film. */
export interface FilmSlider {
  /** What it is called: `step`. */
  label: string;
  /** Each stop in words. */
  stops: readonly string[];
  /** The stop at which it stands first. Default 0. */
  start?: number;
  /** Whether the stops are words, to be chosen from a list and not moved over. Default false. */
  isChoice?: boolean;
}

/** A slider over frames that are counted. */
export function frameSlider(label: string, count: number): FilmSlider {
  return { label, stops: Array.from({ length: count }, (_, k) => `${k + 1} / ${count}`) };
}

/**
 * A film as HTML that needs nothing else: the picture of the start, which any
 * viewer shows, and a script that adds sliders, buttons and keys.
 */
export function renderFilm(options: Film): string {
  const { name, description, sliders, pace = 0, still, use, start } = options;
  const { words = [], reel, texts = [] } = options;
  const buttons = pace > 0 ? playerBar(sliders[0]) : sliders.map(labelledSlider).join("");
  const controls = {
    bar: `<div class="bar">${buttons}</div>`,
    stops: sliders.map(({ stops }) => stops),
    pace,
    texts: pack(texts),
  };
  const focus = pace > 0 ? ` tabindex="0"` : "";
  return [
    `<div class="chainrule-${name}"${focus} role="group" aria-label="${escape(description)}">`,
    `<style>${style(name, options.style)}</style>`,
    scriptNote(use),
    ...words,
    `<div class="view">${still}</div>`,
    `<script type="application/json">${inScript(reel)}</script>`,
    `<script>(${film})(document.currentScript, ${start}, ${inScript(controls)})</script>`,
    `</div>`,
  ].join("\n");
}

function playerBar(slider: FilmSlider): string {
  const { label } = slider;
  return [
    button("first", "|◀", `first ${label}`),
    button("back", "◀ back", `one ${label} back, left arrow`),
    button("play", "play", "play or pause"),
    button("next", "next ▶", `one ${label} on, right arrow`),
    rangeInput(slider, ` aria-label="${escape(label)}"`),
    `<output></output>`,
  ].join("");
}

/** The words of the stop are the slider's own to a screen reader, and need not be said twice. */
function labelledSlider(slider: FilmSlider): string {
  if (slider.isChoice) return labelledList(slider);
  const longest = Math.max(...slider.stops.map((text) => text.length));
  return `<label><span>${escape(slider.label)}</span>${rangeInput(slider)}</label>` +
    `<output aria-live="off" style="min-width:${longest}ch"></output>`;
}

/** Its output, which says what the list says already, is there for the script alone. */
function labelledList({ label, stops, start = 0 }: FilmSlider): string {
  const options = stops.map((text, k) =>
    `<option value="${k}"${k === start ? " selected" : ""}>${escape(text)}</option>`
  );
  const name = escape(label);
  // A label's words would else have those of the list among them.
  return `<label><span>${name}</span><select aria-label="${name}">${
    options.join("")
  }</select></label>` +
    `<output hidden></output>`;
}

function rangeInput({ stops, start = 0 }: FilmSlider, attributes = ""): string {
  return `<input type="range" min="0" max="${stops.length - 1}" value="${start}"${attributes}>`;
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
:is(.view, .part) { overflow: auto hidden; }
:is(.view, .part) > :is(svg, img) { display: block; height: auto; }
${more.trim()}
`;
  return rules.replace(/^(?=[^\s@}])/gm, `.chainrule-${name} `);
}
