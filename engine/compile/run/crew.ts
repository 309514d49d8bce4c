/** What a module is asked to compute: losses with their gradients, or without. */
export type Task = "step" | "evaluate";

/** What one thread computes it of: a part of a batch, by bytes in memory. */
export type Job = readonly [
  lanes: number,
  order: number,
  seeds: number,
  data: number,
  out: number,
];

/** What a worker is told when it starts. */
export interface Start {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly memory: WebAssembly.Memory;
  /** The job that is asked for, the last one done, which function, and its five arguments. */
  readonly control: Int32Array<SharedArrayBuffer>;
}

/** Places in a worker's control. */
export const asked = 0, done = 1, command = 2, argumentsAt = 3;

/** The number of a job that ends the worker. */
export const quit = -1;

/** So often a thread looks for news before it goes to sleep, which costs more than a short wait. */
const patience = 2000;

/** After so many milliseconds without an answer, something is wrong. */
const limit = 30_000;

/** Waits until `control[at]` is no longer `value`. */
export function awaitChange(
  control: Int32Array<SharedArrayBuffer>,
  at: number,
  value: number,
): boolean {
  for (let i = 0; i < patience; i++) if (Atomics.load(control, at) !== value) return true;
  return Atomics.wait(control, at, value, limit) !== "timed-out";
}

/** Whether this thread can start others and wait for them; the one of a browser's page cannot. */
export function canWait(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0);
    return typeof Worker === "function" || nodeWorker() !== undefined;
  } catch {
    return false;
  }
}

/** A worker, as far as it is used here. */
interface Helper {
  postMessage(message: Start): void;
  terminate(): unknown;
  /** Lets the process end while the worker waits; Node's kind has it. */
  unref?(): void;
  on?(event: "error", listener: () => void): void;
}

/** A worker of Node's kind, which Deno and Bun have too, does not keep a process alive. */
function startWorker(): Helper {
  const url = new URL("./worker.ts", import.meta.url);
  const Node = nodeWorker();
  // Deno's of that kind takes files only.
  if (Node !== undefined && url.protocol === "file:") return new Node(url);
  return new Worker(url.href, { type: "module" });
}

function nodeWorker() {
  return globalThis.process?.getBuiltinModule?.("node:worker_threads")?.Worker;
}

/** Workers that compute parts of a batch on the same memory. */
export class Crew {
  readonly #workers: readonly {
    worker: Helper;
    control: Int32Array<SharedArrayBuffer>;
  }[];
  #isClosed = false;

  /**
   * Starts one worker for each module; they all see the memory.
   *
   * @throws {Error} if a worker may not read its code, or does not start.
   */
  constructor(modules: readonly Uint8Array<ArrayBuffer>[], memory: WebAssembly.Memory) {
    checkReadable(new URL(".", import.meta.url));
    this.#workers = modules.map((bytes) => {
      const worker = startWorker();
      const control = new Int32Array(new SharedArrayBuffer(4 * (argumentsAt + 5)));
      // The first job is to be ready.
      control[asked] = 1;
      worker.postMessage({ bytes, memory, control } satisfies Start);
      return { worker, control };
    });
    if (this.#workers.every(({ control }) => awaitChange(control, done, 0))) {
      for (const { worker } of this.#workers) worker.unref?.();
      return;
    }
    for (const { worker } of this.#workers) {
      // Its own error would end the whole program.
      if (worker instanceof EventTarget) {
        worker.addEventListener("error", (event) => event.preventDefault());
      }
      worker.on?.("error", () => {});
      worker.terminate();
    }
    throw new Error("compile: a thread did not start");
  }

  /** Throws if the workers were ended. */
  check(): void {
    if (this.#isClosed) throw new Error("Program: it was closed, and its threads have ended");
  }

  /**
   * Lets each worker run one job, while `meanwhile` runs here; returns when all are done.
   *
   * @throws {Error} if the workers were ended, or one does not answer.
   */
  run(task: Task, jobs: readonly Job[], meanwhile: () => void): void {
    this.check();
    const busy = this.#workers.slice(0, jobs.length);
    busy.forEach(({ control }, i) => {
      control[command] = task === "step" ? 1 : 0;
      control.set(jobs[i], argumentsAt);
      Atomics.add(control, asked, 1);
      Atomics.notify(control, asked);
    });
    meanwhile();
    for (const { control } of busy) {
      const wanted = Atomics.load(control, asked);
      if (!awaitChange(control, done, wanted - 1)) {
        throw new Error("Program: a worker does not answer");
      }
    }
  }

  /** Ends the workers. */
  close(): void {
    this.#isClosed = true;
    for (const { control } of this.#workers) {
      Atomics.store(control, asked, quit);
      Atomics.notify(control, asked);
    }
  }
}

/**
 * Throws unless what lies in a folder may be read. A worker that may not would
 * end the whole program, and only after everybody has waited for it.
 */
function checkReadable(folder: URL): void {
  if (!("Deno" in globalThis) || folder.protocol !== "file:") return;
  const { state } = Deno.permissions.querySync({ name: "read", path: folder });
  if (state === "granted") return;
  const path = decodeURIComponent(folder.pathname);
  throw new Error(`compile: threads need permission to read ${path} (--allow-read), got ${state}`);
}
