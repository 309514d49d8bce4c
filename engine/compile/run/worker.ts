/**
 * What a worker of a crew does: computes the jobs that its control asks for.
 *
 * @module
 */
import { argumentsAt, asked, awaitChange, command, done, quit } from "./crew.ts";
import type { Start, Task } from "./crew.ts";
import { instantiate } from "./instance.ts";

/** Where messages arrive: what of a worker's global scope, or of Node's port to it, is used here. */
interface Inbox {
  onmessage: (event: MessageEvent<Start>) => void;
  close(): void;
}

// Bun has both, and gives a message of a thread that waits to Node's alone.
const isGlobal = "postMessage" in globalThis && !("Bun" in globalThis);
const port = isGlobal
  ? globalThis
  : globalThis.process.getBuiltinModule("node:worker_threads").parentPort;
const scope = port as unknown as Inbox;

scope.onmessage = ({ data: { bytes, memory, control } }) => {
  const run = instantiate(bytes, memory);
  const finish = (job: number) => {
    Atomics.store(control, done, job);
    Atomics.notify(control, done);
  };
  let job = 1;
  finish(job);
  while (true) {
    while (!awaitChange(control, asked, job));
    job = Atomics.load(control, asked);
    if (job === quit) break;
    const task: Task = control[command] === 1 ? "step" : "evaluate";
    run[task](...control.subarray(argumentsAt));
    finish(job);
  }
  scope.close();
};
