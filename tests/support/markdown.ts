/**
 * What tests read of a text in Markdown.
 *
 * @module
 */

import { anchorOf } from "../../notebooks/book/links.ts";

/** A heading. */
export interface Heading {
  title: string;
  /** What the book, like GitHub, makes of it for links. */
  anchor: string;
}

/** The headings in a Markdown text, with the anchors that the book gives them. */
export function headingsIn(markdown: string): Heading[] {
  return [...markdown.replace(/^```[^]*?^```/gm, "").matchAll(/^#+ (.+)$/gm)]
    .map(([, title]) => ({ title, anchor: anchorOf(title) }));
}

/** The links in a Markdown text, as path and anchor. */
export function linksIn(markdown: string): { path: string; anchor: string }[] {
  return [...markdown.matchAll(/\]\(([^()#\s]*)#?([^()\s]*)\)/g)]
    .map(([, path, anchor]) => ({ path, anchor }));
}
