/**
 * Compiles the competitor in C, for which a problem's sizes are constants.
 *
 * @module
 */
import { join } from "node:path";
import type { Problem } from "./problems.ts";

/** The command of the program, or in words what is missing. */
export async function buildC(
  source: string,
  problem: Problem,
  precision: "float64" | "float32",
  flags: readonly string[],
): Promise<readonly [string] | { missing: string }> {
  const folder = await Deno.makeTempDir({ prefix: "chainrule_bench_" });
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  const output = join(folder, problem.name);
  const args = [...flags, ...definitions(problem, precision), "-o", output, source, "-lm"];
  try {
    const { success, stderr } = await new Deno.Command("gcc", { args }).output();
    if (success) return [output];
    return { missing: `gcc failed: ${new TextDecoder().decode(stderr).trim().split("\n")[0]}` };
  } catch {
    return { missing: "the command gcc" };
  }
}

/** The numbers that the program reads: x, y, parameters. */
export function numbersOf({ x, y, parameters }: Problem): string {
  return [...x.flat(), ...y, ...parameters].join(" ");
}

function definitions(problem: Problem, precision: string): string[] {
  const [NIN, H1, ...rest] = problem.sizes;
  const loss = { squares: "SQUARES", margin: "MARGIN", crossEntropy: "CROSS_ENTROPY" };
  const values = {
    REAL: precision === "float64" ? "double" : "float",
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
  return Object.entries(values).map(([name, value]) => `-D${name}=${value}`);
}
