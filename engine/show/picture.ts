import type { MimeBundle } from "./jupyter.ts";
import { base64, escape } from "./text.ts";

/** The size of the smallest text that is easy to read, in pixels. */
const legible = 10;

/** How narrow a picture, an SVG document, may get before its text is too small, in pixels. */
export function legibleWidth(svg: string): number {
  const sizes = Array.from(svg.matchAll(/ font-size="([\d.]+)/g), ([, size]) => Number(size));
  return Math.ceil(pictureWidth(svg) * Math.min(1, legible / Math.min(...sizes)));
}

/** How wide a picture, an SVG document, is in itself, in pixels. */
export function pictureWidth(svg: string): number {
  const [, width = 0] = svg.match(/^<svg[^>]*? width="([\d.]+)"/) ?? [];
  return Number(width);
}

/** A width between that of the column and the narrowest that will do, which then has to be scrolled. */
export function widthStyle(narrowest: number): string {
  return `max-width:100%;min-width:${narrowest}px`;
}

/** A picture, an SVG document, as an element of a page that may not hold it in itself. */
export function imageElement(svg: string, alt: string): string {
  const address = `data:image/svg+xml;base64,${base64(svg)}`;
  return `<img alt="${escape(alt)}" style="${widthStyle(legibleWidth(svg))}" src="${address}">`;
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
