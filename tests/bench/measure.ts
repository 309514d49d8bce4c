/**
 * Lets competitors take turns, so that a slow moment of the machine does not fall
 * on one of them.
 *
 * @module
 */
import type { Clock } from "./clock.ts";
import { type Competitor, MissingError, Peer } from "./peer.ts";
import { distance, median, spread, stepsFor } from "./statistics.ts";

/** What became of a competitor. */
export interface Result {
  readonly problem: string;
  readonly name: string;
  readonly precision: "float64" | "float32";
  readonly version?: string;
  /** The median of the rounds, in microseconds a step. */
  readonly microseconds?: number;
  /** The microseconds a step of each round. */
  readonly rounds?: readonly number[];
  /** The fastest round, which a busy machine disturbs least. */
  readonly fastest?: number;
  /** How far the middle half of the rounds reaches, as a fraction of the median. */
  readonly spread?: number;
  /** What is missing, in words. */
  readonly missing?: string;
  /** What is wrong with it, in words. */
  readonly wrong?: string;
}

/** Steps after which losses are compared. */
const checkedSteps = 10;
/** How far losses may be apart, relatively. */
const tolerance = { float64: 1e-9, float32: 1e-4 };
/** How long a competitor runs in a round. */
const turnSeconds = .1;
/** How long it has run before, so that what is compiled while it runs has been. */
const warmSeconds = 1;

/**
 * Measures all competitors on a problem. The first one is ours: who does not
 * compute its losses is not timed.
 */
export async function measure<P extends { readonly name: string }>(
  problem: P,
  competitors: readonly Competitor<P>[],
  rounds: number,
  clock: Clock,
): Promise<Result[]> {
  let expected: readonly number[] | null = null;
  const results: Result[] = [];
  const running: { peer: Peer; result: Result }[] = [];
  try {
    for (const competitor of competitors) {
      const { name, precision } = competitor;
      let result: Result = { problem: problem.name, name, precision };
      let peer: Peer | null = null;
      try {
        peer = await Peer.start(competitor, problem);
        result = { ...result, version: peer.version };
        const losses = await peer.losses(checkedSteps + 1);
        const wrong = whatIsWrong(expected ??= losses, losses, tolerance[precision]);
        if (wrong === null) running.push({ peer, result });
        else {
          results.push({ ...result, wrong });
          await peer.stop();
        }
      } catch (error) {
        const { message } = error as Error;
        const why = error instanceof MissingError ? { missing: message } : { wrong: message };
        results.push({ ...result, ...why });
        await peer?.stop();
      }
    }
    const times = await takeTurns(running.map(({ peer }) => peer), rounds, clock);
    const timed = running.map(({ result }, i) => ({
      ...result,
      microseconds: 1e6 * median(times[i]),
      rounds: times[i].map((seconds) => 1e6 * seconds),
      fastest: 1e6 * Math.min(...times[i]),
      spread: spread(times[i]),
    }));
    return [...timed, ...results];
  } finally {
    await Promise.all(running.map(({ peer }) => peer.stop()));
  }
}

/** The seconds a step of each round, for each peer. */
export async function takeTurns(
  peers: readonly Peer[],
  rounds: number,
  clock: Clock,
): Promise<number[][]> {
  const steps: number[] = [];
  for (const peer of peers) steps.push(await stepsOf(peer, clock));
  const times: number[][] = peers.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, peer] of peers.entries()) {
      times[i].push(await peer.run(steps[i], clock) / steps[i]);
    }
  }
  return times;
}

/** Warms a peer up and finds out how many steps are a turn, which its first ones do not tell. */
async function stepsOf(peer: Peer, clock: Clock): Promise<number> {
  let [steps, warm] = [1, 0];
  while (true) {
    const seconds = await peer.run(steps, clock);
    warm += seconds;
    const turn = stepsFor(turnSeconds, seconds / steps);
    if (seconds >= turnSeconds / 2 && warm >= warmSeconds) return turn;
    steps = Math.min(100 * steps, turn);
  }
}

/** In words, or null for nothing. */
export function whatIsWrong(
  expected: readonly number[],
  losses: readonly number[],
  tolerance: number,
): string | null {
  const far = distance(expected, losses);
  if (far <= tolerance) return null;
  return `after ${losses.length - 1} steps its loss is ${losses.at(-1)}, not ${expected.at(-1)}; ` +
    `they may differ by ${tolerance} of themselves, and differ by ${far.toPrecision(2)}`;
}
