import type { MimeBundle } from "./jupyter.ts";
import { base64, escape } from "./text.ts";

/** A picture, an SVG document, as an element of a page that may not hold it in itself. */
export function imageElement(svg: string, alt: string): string {
  return `<img alt="${escape(alt)}" style="max-width:100%" src="data:image/svg+xml;base64,${
    base64(svg)
  }">`;
}

/**
 * What a notebook shows of a picture, an SVG document.
 *
 * JupyterLab shows the SVG of a notebook that somebody else has run as nothing but its text, since
 * an SVG may hold scripts. An image holds none, and so it is shown to everybody.
 *
 * @param svg the picture.
 * @param text what stands for it where there are no pictures.
 */
export function renderPicture(svg: string, text: string): MimeBundle {
  return { "text/html": imageElement(svg, text), "image/svg+xml": svg, "text/plain": text };
}

/**
 * What stands where a script will put the controls of a display. It stays where the script does not
 * run, as in a notebook that somebody else has run.
 *
 * @param use what the controls are for, after "run this cell".
 */
export function scriptNote(use: string): string {
  return `<p class="still">A still picture: run this cell ${escape(use)}.</p>`;
}
