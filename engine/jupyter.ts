/**
 * The names by which Deno's Jupyter kernel and Deno's console ask an object how
 * it wants to be shown, and what they expect back.
 *
 * @module
 */

/** A method of this name returns the {@link MimeBundle} that a notebook shows. */
export const display: unique symbol = Symbol.for("Jupyter.display");

/** A method of this name returns the text for `console.log` and for elements of arrays. */
export const inspect: unique symbol = Symbol.for("Deno.customInspect");

/** The same content in several formats, by media type; a viewer takes the richest it knows. */
export type MimeBundle = Record<string, string | object>;

/** An object that a notebook shows as more than text. */
export interface Displayable {
  /** The content to show. */
  [display](): MimeBundle | Promise<MimeBundle>;
}
