/**
 * The names by which Deno's Jupyter kernel, and the consoles of Deno, Node and Bun, ask an object
 * how it wants to be shown, and what they expect back.
 *
 * @module
 */

/**
 * A method of this name returns the {@link MimeBundle} that a notebook shows.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { display, type MimeBundle } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Progress {
 *   constructor(readonly share: number) {}
 *   [display](): MimeBundle {
 *     return { "text/html": `<progress value="${this.share}"></progress>` };
 *   }
 * }
 * deepEqual(new Progress(0.5)[display](), { "text/html": '<progress value="0.5"></progress>' });
 * ```
 */
export const display: unique symbol = Symbol.for("Jupyter.display");

/**
 * A method of this name returns the text for `console.log` and for elements of arrays.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { inspect } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Temperature {
 *   constructor(readonly degrees: number) {}
 *   [inspect](): string {
 *     return `${this.degrees} °C`;
 *   }
 * }
 * deepEqual(Deno.inspect([new Temperature(21)]), "[ 21 °C ]");
 * ```
 */
export const inspect: unique symbol = Symbol.for("nodejs.util.inspect.custom");

/**
 * The same content in several formats, by media type; a viewer takes the richest it knows.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { display, type MimeBundle, Table } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const bundle: MimeBundle = new Table([{ epoch: 1, loss: 0.5 }])[display]();
 * deepEqual(Object.keys(bundle), ["text/html", "text/plain"]);
 * ```
 */
export type MimeBundle = Record<string, string | object>;

/**
 * An object that a notebook shows as more than text.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { display, formula, Value } from "chainrule";
 * import type { Displayable } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const asText = async (shown: Displayable) => (await shown[display]())["text/plain"];
 * const x = new Value(3, { label: "x" });
 * deepEqual(await asText(formula(x.pow(2))), "x^{2}");
 * ```
 */
export interface Displayable {
  /** The content to show. */
  [display](): MimeBundle | Promise<MimeBundle>;
}

/**
 * Something that a line of the console shows as its text, also in a list.
 *
 * @category Charts and displays
 *
 * @example
 * ```ts
 * import { Shown } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 * import { inspect } from "node:util";
 *
 * class Temperature extends Shown {
 *   override toString(): string {
 *     return "21 °C";
 *   }
 * }
 * deepEqual(inspect([new Temperature()]), "[ 21 °C ]");
 * ```
 */
export abstract class Shown {
  /** @ignore */
  [inspect](): string {
    return this.toString();
  }
}
