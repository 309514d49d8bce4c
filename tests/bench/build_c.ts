/**
 * Compiles a competitor in C, for which a problem's sizes are constants.
 *
 * @module
 */
import { join } from "node:path";
import type { LanguageProblem } from "./language/problem.ts";
import type { Problem } from "./problems.ts";

/** In the project's own folder, because a kernel that ends cannot clear a temporary one away. */
const folder = join(import.meta.dirname!, "..", "..", ".output", "bench");

/**
 * Builds a program, which takes the place of the one that was built of the same before.
 *
 * @returns its command, or in words what is missing.
 */
export async function buildC(
  source: string,
  name: string,
  definitions: Readonly<Record<string, string | number>>,
  flags: readonly string[],
): Promise<readonly [string] | { missing: string }> {
  const defined = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  const what = new TextEncoder().encode([source, ...flags, ...defined].join("\n"));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", what)).toHex();
  const output = join(folder, `${name}-${digest.slice(0, 16)}`);
  // Somebody may be running the one that is there.
  const fresh = `${output}-${crypto.randomUUID()}`;
  await Deno.mkdir(folder, { recursive: true });
  const args = [...flags, ...defined, "-o", fresh, source, "-lm"];
  try {
    const { success, stderr } = await new Deno.Command("gcc", { args }).output();
    if (!success) {
      return { missing: `gcc failed: ${new TextDecoder().decode(stderr).trim().split("\n")[0]}` };
    }
  } catch {
    return { missing: "the command gcc" };
  }
  await Deno.rename(fresh, output);
  return [output];
}

/** The numbers that the program reads: x, y, parameters. */
export function numbersOf({ x, y, parameters }: Problem): string {
  return [...x.flat(), ...y, ...parameters].join(" ");
}

/** The constants of a network. */
export function definitionsOf(problem: Problem, precision: string) {
  const [NIN, H1, ...rest] = problem.sizes;
  const loss = { squares: "SQUARES", margin: "MARGIN", crossEntropy: "CROSS_ENTROPY" };
  return {
    REAL: typeOf(precision),
    N: problem.y.length,
    BATCH: problem.batch,
    NIN,
    H1,
    H2: rest.length === 2 ? rest[0] : 0,
    NOUT: rest.at(-1)!,
    [problem.activation.toUpperCase()]: 1,
    [loss[problem.loss]]: 1,
    LR: problem.lr,
    PENALTY: problem.penalty,
  };
}

/** The constants of a language model. */
export function definitionsOfNames(problem: LanguageProblem, precision: string) {
  const { names, batch, positions, lr, betas: [beta1, beta2], eps } = problem;
  return {
    REAL: typeOf(precision),
    N: names.length,
    BATCH: batch,
    POSITIONS: positions,
    LR: lr,
    BETA1: beta1,
    BETA2: beta2,
    EPS: eps,
  };
}

function typeOf(precision: string): string {
  return precision === "float64" ? "double" : "float";
}
