/**
 * How long compiling a problem's loss takes.
 *
 * @module
 */
import { type Competitor, Peer } from "./peer.ts";
import type { Problem } from "./problems.ts";
import { median } from "./statistics.ts";

/** Medians, in milliseconds. */
export interface CompileTime {
  readonly problem: string;
  /** The first compilation of a process, as a reader meets it. */
  readonly first: number;
  /** A later one. */
  readonly later: number;
}

/** Measures `rounds` fresh processes, and as many compilations in the last of them. */
export async function compileTime(
  problem: Problem,
  compiled: Competitor,
  rounds: number,
): Promise<CompileTime> {
  const first: number[] = [], later: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const peer = await Peer.start(compiled, problem);
    first.push(await peer.number("firstCompile"));
    for (let k = 0; round === rounds - 1 && k < rounds; k++) {
      later.push(await peer.number("compile"));
    }
    await peer.stop();
  }
  return { problem: problem.name, first: median(first), later: median(later) };
}
