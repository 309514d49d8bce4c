/**
 * Which time is measured.
 *
 * @module
 */
import process from "node:process";

/**
 * Time as it passes, or what the processor spent on a process and all of its
 * threads, which other work on the machine disturbs less.
 */
export type Clock = "wall" | "cpu";

/** How many milliseconds it takes. */
export function timed(clock: Clock, work: () => unknown): number {
  const now = () => {
    if (clock === "wall") return performance.now();
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e3;
  };
  const start = now();
  work();
  return now() - start;
}
