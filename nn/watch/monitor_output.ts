/**
 * Where a monitor draws: in a notebook, in a terminal, or in a log.
 *
 * @module
 */
import { fitsWindow, type MimeBundle, renderPicture } from "../../engine/show/mod.ts";
import {
  describeProgress,
  drawMonitor,
  type MonitorProgress,
  renderMonitor,
} from "./monitor_view.ts";

/**
 * When a picture is drawn: `first` begins a new one, `next` and `last` replace it.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor, type MonitorMoment } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const moments: MonitorMoment[] = [];
 * const live = monitor(5, { every: 0, output: (_, moment) => void moments.push(moment) });
 * for (const _ of live) {
 *   live.push(1);
 *   break; // the picture of the end comes all the same
 * }
 * deepEqual(moments, ["first", "next", "last"]);
 * ```
 */
export type MonitorMoment = "first" | "next" | "last";

/**
 * Shows how far a training has come; it must not wait for anything.
 *
 * @category Watching training
 *
 * @example
 * ```ts
 * import { monitor, type MonitorOutput } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const lines: string[] = [];
 * const log: MonitorOutput = ({ losses, steps }, moment) => {
 *   if (moment === "last") lines.push(`${losses.length} of ${steps}: ${losses.at(-1)}`);
 * };
 * const live = monitor(2, { output: log });
 * for (const step of live) live.push(1 - step / 2);
 * deepEqual(lines, ["2 of 2: 0.5"]);
 * ```
 */
export type MonitorOutput = (progress: MonitorProgress, moment: MonitorMoment) => void;

/**
 * Sends a message to all viewers of the notebook, as `Deno.jupyter.broadcast`
 * does, which promises to on Deno 2.8 and returns nothing on Deno 2.9.
 */
export type Broadcast = (
  type: "display_data" | "update_display_data",
  content: { data: MimeBundle; metadata: Record<never, never>; transient: { display_id: string } },
) => Promise<unknown> | void;

let pictures = 0;

/**
 * One picture under the cell, replaced in place. While the loop runs it is an
 * SVG, because a page draws Vega-Lite later than it is sent, and half as often.
 * The last one is the chart too, and stays in the saved notebook.
 */
export function notebookOutput(broadcast: Broadcast): MonitorOutput {
  const show = inPlace(broadcast, "monitor");
  return (progress, moment) => {
    const picture = renderPicture(drawMonitor(progress), describeProgress(progress));
    show(
      moment,
      moment === "last"
        ? {
          "application/vnd.vegalite.v5+json": fitsWindow(renderMonitor(progress).spec),
          "image/svg+xml": picture["image/svg+xml"],
          "text/plain": picture["text/plain"],
        }
        : picture,
    );
  };
}

/** What shows something under the cell, and from then on something else in its place. */
export function inPlace(
  broadcast: Broadcast,
  name: string,
): (moment: MonitorMoment, data: MimeBundle) => void {
  let id = "";
  return (moment, data) => {
    // Counted, not drawn at random, so that a notebook is the same each time.
    if (moment === "first") id = `chainrule-${name}-${++pictures}`;
    const sent = broadcast(moment === "first" ? "display_data" : "update_display_data", {
      data,
      metadata: {},
      transient: { display_id: id },
    });
    // The loop cannot wait; a picture that does not arrive must not end the training.
    sent?.catch(() => {});
  };
}

/** The part of `Deno.stderr` that a terminal's output needs. */
export interface Terminal {
  /** Whether somebody watches, so that a line can be written over. */
  isTerminal(): boolean;
  /** Writes bytes. */
  writeSync(bytes: Uint8Array): number;
}

/** One line, written over in place; where it is kept in a file, the last one only. */
export function terminalOutput(terminal: Terminal): MonitorOutput {
  const encoder = new TextEncoder();
  const write = (text: string) => {
    try {
      terminal.writeSync(encoder.encode(text));
    } catch {
      // A full disk or a closed pipe must not end the training; there may be room for the next line.
    }
  };
  return (progress, moment) => {
    const { losses, steps } = progress;
    const filled = Math.floor(Math.min(1, losses.length / steps) * 24);
    const line = `[${"#".repeat(filled).padEnd(24, ".")}] ${describeProgress(progress)}`;
    const end = moment === "last" ? "\n" : "";
    if (terminal.isTerminal()) write(`\r${line}\x1b[K${end}`);
    else if (moment === "last") write(line + end);
  };
}

/** The notebook if there is one, else the terminal; in a page of somebody else nothing. */
export function defaultOutput(): MonitorOutput {
  return outputWhere(notebookOutput, terminalOutput);
}

/** What a notebook or else a terminal is given to draw on. */
export function outputWhere(
  inNotebook: (broadcast: Broadcast) => MonitorOutput,
  inTerminal: (terminal: Terminal) => MonitorOutput,
): MonitorOutput {
  if (typeof Deno === "undefined") {
    const terminal = processTerminal();
    return terminal === undefined ? () => {} : inTerminal(terminal);
  }
  try {
    const { jupyter } = Deno; // throws outside a notebook
    return inNotebook((type, content) => jupyter.broadcast(type, content));
  } catch {
    return inTerminal(Deno.stderr);
  }
}

/** What Node and Bun have for `Deno.stderr`; nothing in a page. */
export function processTerminal(): Terminal | undefined {
  const process = globalThis.process;
  const fs = process?.getBuiltinModule?.("node:fs");
  if (fs === undefined) return undefined;
  return {
    isTerminal: () => process.stderr.isTTY === true,
    // At once: a loop would keep what a stream writes later, and a closed pipe would end the program.
    writeSync: (bytes) => fs.writeSync(2, bytes),
  };
}
