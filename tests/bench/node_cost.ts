/**
 * What a node of a graph costs, from graphs of a thousand nodes to a million.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import { graphOf } from "./competitors.ts";
import { takeTurns } from "./measure.ts";
import { Peer } from "./peer.ts";
import { makeProblem } from "./problems.ts";
import { median } from "./statistics.ts";

/** A graph's size and what it costs. */
export interface NodeCost {
  readonly nodes: number;
  /** Building and backward, a node. */
  readonly nanoseconds: number;
  /** On the heap, a node. */
  readonly bytes: number;
}

const sizes = [1e3, 1e4, 1e5, 1e6];

/** Measures the graphs in turns, each in a process of its own. */
export async function nodeCosts(rounds: number, clock: Clock): Promise<NodeCost[]> {
  const peers: Peer[] = [];
  try {
    for (const size of sizes) peers.push(await Peer.start(graphOf(size), makeProblem("W1")));
    const bytes: number[] = [];
    for (const peer of peers) bytes.push(await peer.number("bytes"));
    const times = await takeTurns(peers, rounds, clock);
    return sizes.map((nodes, i) => ({
      nodes,
      nanoseconds: 1e9 * median(times[i]) / nodes,
      bytes: bytes[i],
    }));
  } finally {
    await Promise.all(peers.map((peer) => peer.stop()));
  }
}
