/**
 * What a training shows of itself while it runs, and what is left of it when it is stopped.
 *
 * @module
 */
import { checkCount } from "../../engine/internal.ts";
import type { MimeBundle } from "../../engine/show/mod.ts";
import { checkModel, type Model } from "../model.ts";
import { type Monitor, monitor } from "../watch/monitor.ts";
import {
  type Broadcast,
  inPlace,
  type MonitorOutput,
  outputWhere,
  type Terminal,
  terminalOutput,
} from "../watch/monitor_output.ts";
import { describeProgress, type MonitorProgress } from "../watch/monitor_view.ts";
import type { FitHistory } from "./fit_history.ts";

/**
 * A training of more steps shows its progress. It is a number of steps and not of seconds, so that
 * what a notebook stores does not depend on the machine.
 */
export const mostUnwatched = 2000;

/** What watches a training that nobody asked to watch; null if it is a short one. */
export function progress(steps: number, output?: MonitorOutput): Monitor | null {
  if (steps <= mostUnwatched) return null;
  return monitor(steps, { output: output ?? outputWhere(barOutput, lineOutput) });
}

/** A bar under the cell, of which nothing is left in the end. */
export function barOutput(broadcast: Broadcast): MonitorOutput {
  const show = inPlace(broadcast, "progress");
  return (progress, moment) => show(moment, moment === "last" ? nothing : bar(progress));
}

// HTML takes no room where it is empty; a text would be a line.
const nothing: MimeBundle = { "text/html": "", "text/plain": "" };

function bar(progress: MonitorProgress): MimeBundle {
  const [words, done] = [describeProgress(progress), progress.losses.length];
  const element = `<progress max="${progress.steps}" value="${done}" aria-label="training">`;
  return { "text/html": `${element}</progress> ${words}`, "text/plain": words };
}

/** A line in a terminal that is cleared in the end; nothing where nobody watches. */
export function lineOutput(terminal: Terminal): MonitorOutput {
  const draw = terminalOutput(terminal);
  return (progress, moment) => {
    if (!terminal.isTerminal()) return;
    if (moment === "last") terminal.writeSync(new TextEncoder().encode("\r\x1b[K"));
    else draw(progress, moment);
  };
}

const histories = new WeakMap<object, () => FitHistory>();

/** Keeps how to get at the history of a training that has begun. */
export function rememberHistory(model: object, history: () => FitHistory): void {
  histories.set(model, history);
}

/**
 * The history of the last training of a model, so far: what {@link fit} returns, and what is left
 * of it after the Stop button, when it returns nothing.
 *
 * @param model the model that was trained.
 * @throws {TypeError} if `model` is no model.
 * @throws {RangeError} if `fit` has not trained it.
 * @category Training
 *
 * @example
 * ```ts
 * import { Adam, fit, historyOf, makeMoons, MLP, mseLoss } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const model = new MLP(2, [4, 1]);
 * const optimizer = new Adam(model.parameters());
 * fit(model, makeMoons({ samples: 20 }), { loss: mseLoss, optimizer, epochs: 3 });
 * deepEqual(historyOf(model).epochs.length, 3);
 * ```
 */
export function historyOf(model: Model): FitHistory {
  checkCount("historyOf", arguments, 1);
  checkModel("historyOf", model);
  const history = histories.get(model);
  if (history === undefined) {
    throw new RangeError(`historyOf: model must have been trained by fit, got ${model}`);
  }
  return history();
}
