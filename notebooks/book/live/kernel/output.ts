/**
 * What cells put out on its way to the page, which must not drown in it: a page
 * that is busy does not see a click on Stop.
 *
 * @module
 */
import type { ErrorMessage, KernelMessage, OutputType } from "../messages.ts";

/** So many characters a cell may print, and so many displays show, in a row. */
const most = { characters: 100_000, displays: 1_000 };

/** Text is sent after so many milliseconds, and so is the newest state of a display. */
const pause = 40;

/** Takes what cells put out, and sends it in time. */
export interface Output {
  /** A cell begins; what it shows may be of no interest. */
  begin(cell: number, isQuiet: boolean): void;
  /** Text is printed. */
  write(cell: number, stream: "stdout" | "stderr", text: string): void;
  /** Something is displayed, or another state of what is. */
  show(cell: number, type: OutputType, data: Record<string, unknown>, id?: string): void;
  /** An error is told. */
  fail(error: Omit<ErrorMessage, "type">): void;
  /** Sends what has been waiting. */
  flush(): void;
}

/** Sends outputs by the given function. */
export function sendOutput(post: (message: KernelMessage) => void): Output {
  const room = new Map<number, { characters: number; displays: number }>();
  const quiet = new Set<number>();
  let waiting: KernelMessage[] = [];
  let sent = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const { setTimeout } = globalThis;

  const roomOf = (cell: number) => {
    if (!room.has(cell)) room.set(cell, { ...most });
    return room.get(cell)!;
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    for (const message of waiting) post(message);
    waiting = [];
    sent = performance.now();
  };
  const later = () => {
    // A loop that never ends never lets a timer run.
    if (performance.now() - sent > pause) flush();
    else timer ??= setTimeout(flush, pause);
  };
  const print = (cell: number, name: "stdout" | "stderr", text: string) => {
    const last = waiting.at(-1);
    if (last?.type === "stream" && last.cell === cell && last.name === name) last.text += text;
    else waiting.push({ type: "stream", cell, name, text });
  };
  return {
    begin(cell, isQuiet) {
      room.set(cell, { ...most });
      if (isQuiet) quiet.add(cell);
      else quiet.delete(cell);
    },
    write(cell, stream, text) {
      const left = roomOf(cell);
      if (quiet.has(cell) || left.characters <= 0) return;
      const isLast = text.length >= left.characters;
      const shown = isLast ? `${text.slice(0, left.characters)}\n… the rest is left out\n` : text;
      left.characters -= text.length;
      print(cell, stream, shown);
      if (isLast) flush();
      else later();
    },
    show(cell, type, data, id) {
      if (quiet.has(cell)) return;
      if (type === "update_display_data") {
        const old = waiting.find((one) => "id" in one && one.id === id && one.cell === cell);
        if (old && "data" in old) old.data = data;
        else waiting.push({ type, cell, data, id });
        return later();
      }
      const left = roomOf(cell);
      if (left.displays === 0) print(cell, "stderr", "… the other displays are left out\n");
      if (left.displays-- > 0) waiting.push({ type, cell, data, ...(id !== undefined && { id }) });
      later();
    },
    fail(error) {
      waiting.push({ type: "error", ...error });
      flush();
    },
    flush,
  };
}
