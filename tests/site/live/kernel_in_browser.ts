/**
 * The kernel of a page without its page: runs cells in a browser and tells what
 * they put out, as a notebook would store it.
 *
 * @module
 */
import type { Page } from "playwright-core";
import type { Output } from "../../../notebooks/jupyter/compare.ts";
import type { KernelMessage } from "../../../notebooks/book/live/messages.ts";

/** What came of a cell. */
export interface Ran {
  outputs: Output[];
  /** How long it took, in milliseconds. */
  time: number;
}

/**
 * Runs cells in a new kernel, one after the other.
 *
 * @param folder the address of the live files.
 * @param sources the cells; or the notebook whose prepared cells are run.
 */
export async function runCells(
  page: Page,
  folder: string,
  sources: readonly string[],
  notebook?: string,
): Promise<Ran[]> {
  const results: KernelMessage[][] = await page.evaluate(inPage, { folder, sources, notebook });
  return results.map((messages) => {
    const done = messages.find(({ type }) => type === "done");
    return { outputs: outputsOf(messages), time: done?.type === "done" ? done.milliseconds : NaN };
  });
}

/** Runs in the page. */
async function inPage(
  { folder, sources, notebook }: { folder: string; sources: readonly string[]; notebook?: string },
): Promise<KernelMessage[][]> {
  const prepared = notebook && await (await fetch(`${folder}cells/${notebook}.json`)).json();
  const worker = new Worker(`${folder}kernel.js`, { type: "module" });
  const results: KernelMessage[][] = [];
  for (const [i, source] of sources.entries()) {
    const messages: KernelMessage[] = [];
    results.push(messages);
    await new Promise<void>((resolve, reject) => {
      worker.onerror = (event) => reject(new Error(`the kernel failed: ${event.message}`));
      worker.onmessage = ({ data }) => {
        messages.push(data);
        if (data.type === "done") resolve();
      };
      worker.postMessage({ cell: i + 1, source, isQuiet: false, prepared: prepared?.[i] });
    });
    // For what comes late.
    if (/setTimeout|setInterval/.test(source)) await new Promise((done) => setTimeout(done, 150));
  }
  worker.terminate();
  return results;
}

/** Outputs as a notebook's file has them; the newest state of a display counts. */
function outputsOf(messages: readonly KernelMessage[]): Output[] {
  const outputs: (Output & { id?: string })[] = [];
  for (const message of messages) {
    const last = outputs.at(-1);
    if (message.type === "stream") {
      if (last?.output_type === "stream" && last.name === message.name) last.text += message.text;
      else outputs.push({ output_type: "stream", name: message.name, text: message.text });
    } else if (message.type === "error") {
      outputs.push({ output_type: "error", ename: message.name, evalue: message.message });
    } else if (message.type === "update_display_data") {
      const shown = outputs.findLast(({ id }) => id === message.id);
      if (shown) shown.data = message.data;
    } else if (message.type !== "done") {
      outputs.push({ output_type: message.type, data: message.data, id: message.id });
    }
  }
  return outputs;
}
