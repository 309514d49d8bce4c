/**
 * The side of a competitor in the talk with the benchmark, for competitors in
 * TypeScript. It is told a problem in one line of JSON and answers with one
 * line; then come lines `losses N` (the losses of the first N steps) and `run N`
 * (the seconds that N steps take, by the clock on the wall and by that of the
 * processor), each from the initial parameters.
 *
 * @module
 */
import process from "node:process";
import { TextLineStream } from "./text_lines.ts";
import type { Problem } from "../problems.ts";

/** A problem, set up by a competitor. */
export interface Trainer {
  /** What is measured, with its version. */
  readonly version: string;
  /** Goes back to the initial parameters. */
  reset(): void;
  /** Trains for `steps` steps; tells the loss of each to `after`, if given. */
  train(steps: number, after?: (loss: number) => void): void | Promise<void>;
  /** Answers to other commands. */
  readonly commands?: Readonly<Record<string, (argument: string) => unknown>>;
}

/** Answers the benchmark until it has no more questions. */
export async function serve<P = Problem>(
  setUp: (problem: P) => Trainer | Promise<Trainer>,
): Promise<void> {
  const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream())
    .pipeThrough(new TextLineStream());
  let trainer: Trainer | null = null;
  for await (const line of lines) {
    if (trainer === null) {
      try {
        trainer = await setUp(JSON.parse(line));
        say({ version: trainer.version });
      } catch (error) {
        return say({ missing: error instanceof Error ? error.message : String(error) });
      }
    } else {
      const [command, argument] = line.split(" ");
      say(await answer(trainer, command, argument));
    }
  }
}

async function answer(trainer: Trainer, command: string, argument: string): Promise<unknown> {
  if (trainer.commands?.[command]) return trainer.commands[command](argument);
  trainer.reset();
  if (command === "losses") {
    const losses: number[] = [];
    await trainer.train(Number(argument), (loss) => losses.push(loss));
    return losses;
  }
  const start = performance.now(), { user, system } = process.cpuUsage();
  await trainer.train(Number(argument));
  const wall = performance.now() - start, used = process.cpuUsage();
  return { wall: 1e-3 * wall, cpu: 1e-6 * (used.user - user + used.system - system) };
}

function say(x: unknown): void {
  console.log(JSON.stringify(x));
}
