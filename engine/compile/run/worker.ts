/**
 * What a worker of a crew does: computes the jobs that its control asks for.
 *
 * @module
 */
import { argumentsAt, asked, awaitChange, command, done, quit } from "./crew.ts";
import type { Start, Task } from "./crew.ts";
import { instantiate } from "./instance.ts";

addEventListener("message", (event) => {
  if (!(event instanceof MessageEvent)) return;
  const { bytes, memory, control }: Start = event.data;
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
  close();
});
