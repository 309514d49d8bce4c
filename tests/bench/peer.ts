/**
 * A competitor as the benchmark sees it: a process of its own that answers each
 * line with a line of JSON, so that none disturbs another.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import type { Problem } from "./problems.ts";
import { TextLineStream } from "./peers/text_lines.ts";

/** How a competitor is started, for one kind of problem. */
export interface Competitor<P = Problem> {
  /** What the report calls it. */
  readonly name: string;
  readonly precision: "float64" | "float32";
  /** The problems that it takes part in. */
  readonly problems: readonly string[];
  /** The command, or in words what is missing for it. */
  command(problem: P): Promise<readonly [string, ...string[]] | { missing: string }>;
  /** What it is told about the problem. Default: its JSON. */
  text?(problem: P): string;
}

/** Something that keeps a competitor from taking part, in words. */
export class MissingError extends Error {}

/** How long a competitor may think about an answer, in milliseconds. */
const patience = 180_000;

/** A competitor that was told its problem. */
export class Peer {
  #process: Deno.ChildProcess;
  #lines: ReadableStreamDefaultReader<string>;
  #input: WritableStreamDefaultWriter<Uint8Array>;
  /** What it says of itself. */
  version = "";

  private constructor([command, ...args]: readonly [string, ...string[]]) {
    try {
      this.#process = new Deno.Command(command, {
        args,
        stdin: "piped",
        stdout: "piped",
        stderr: "piped",
        env: { NO_COLOR: "1" },
      }).spawn();
    } catch {
      throw new MissingError(`the command ${command}`);
    }
    this.#lines = this.#process.stdout.pipeThrough(new TextDecoderStream())
      .pipeThrough(new TextLineStream()).getReader();
    this.#input = this.#process.stdin.getWriter();
  }

  /**
   * Starts a competitor and tells it the problem.
   *
   * @throws {MissingError} if it cannot take part.
   */
  static async start<P>(competitor: Competitor<P>, problem: P): Promise<Peer> {
    const command = await competitor.command(problem);
    if ("missing" in command) throw new MissingError(command.missing);
    const peer = new Peer(command);
    const text = competitor.text?.(problem) ?? JSON.stringify(problem);
    try {
      const hello = await peer.#ask(text) as { version: string } | { missing: string };
      if ("missing" in hello) throw new MissingError(hello.missing);
      peer.version = hello.version;
      return peer;
    } catch (error) {
      await peer.stop();
      throw error;
    }
  }

  /** The losses of the first steps, each before its update. */
  async losses(steps: number): Promise<number[]> {
    return await this.#ask(`losses ${steps}`) as number[];
  }

  /** How many seconds so many steps take, by a clock. */
  async run(steps: number, clock: Clock): Promise<number> {
    const seconds = await this.#ask(`run ${steps}`) as Record<Clock, number>;
    return seconds[clock];
  }

  /** The number that another command gives. */
  async number(command: string): Promise<number> {
    return await this.#ask(`${command} 0`) as number;
  }

  /** Ends the process. */
  async stop(): Promise<void> {
    await this.#input.close().catch(() => {});
    await this.#lines.cancel().catch(() => {});
    try {
      this.#process.kill();
    } catch {
      // It has ended by itself.
    }
    await Promise.all([this.#process.stderr.cancel().catch(() => {}), this.#process.status]);
  }

  async #ask(line: string): Promise<unknown> {
    await this.#input.write(new TextEncoder().encode(line + "\n")).catch(() => {});
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(
      () => timeout.reject(new Error(`no answer in ${patience / 1000} s`)),
      patience,
    );
    try {
      const { value, done } = await Promise.race([this.#lines.read(), timeout.promise]);
      if (done) throw new Error(`it ended: ${await this.#lastWords()}`);
      return JSON.parse(value!);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Of what it wrote as errors the first line that speaks of one, or the last. */
  async #lastWords(): Promise<string> {
    const text = await new Response(this.#process.stderr).text();
    const lines = text.trim().split("\n");
    return lines.find((line) => /^\w*error\b/i.test(line)) ?? (lines.at(-1) || "without a word");
  }
}
