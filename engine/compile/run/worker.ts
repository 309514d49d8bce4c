/**
 * What a worker of a crew does: computes the jobs that its control asks for.
 *
 * @module
 */
import { argumentsAt, asked, awaitChange, command, done, quit, type Start } from "./crew.ts";
import type { Exports } from "./machine.ts";

/** Where messages arrive: what of a worker's global scope, or of Node's port to it, is used here. */
interface Inbox {
  onmessage: (event: MessageEvent<Start>) => void;
  close(): void;
}

const port = "postMessage" in globalThis
  ? globalThis
  : globalThis.process.getBuiltinModule("node:worker_threads").parentPort;
const scope = port as unknown as Inbox;

scope.onmessage = ({ data: { bytes, memory, control } }) => {
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  const exports = instance.exports as unknown as Exports;
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
    const [lanes, order, seeds, data, out] = control.subarray(argumentsAt);
    exports[control[command] === 1 ? "step" : "evaluate"](lanes, order, seeds, data, out);
    finish(job);
  }
  scope.close();
};
