import {
  busy,
  type CompiledOptions,
  compiledTrainer,
  whyEager,
  whyNever,
} from "./compiled_trainer.ts";
import { eagerTrainer } from "./eager_trainer.ts";
import type { Task, Trainer } from "./trainer.ts";

/** What takes the steps, and what there is to say of it. */
interface Choice {
  readonly trainer: Trainer;
  /** Why it is no compiled program; `null` if it is one. */
  readonly reason: string | null;
  readonly notes: readonly string[];
}

/** How the steps are to be taken, if they can be. */
interface Wishes extends Partial<Omit<CompiledOptions, "batchSize">> {
  compile?: boolean;
}

/** A compiled program where that is possible and not forbidden, else the eager way. */
export function chooseTrainer(task: Task, batchSize: number, wishes: Wishes): Choice {
  const { compile, precision = "float64", fused = false, threads = 1 } = wishes;
  const reason = compile === false ? "compile is false" : compile ? whyNever(task) : whyEager(task);
  const eager = (because: string): Choice => ({
    trainer: eagerTrainer(task),
    reason: because,
    notes: [...busy(1, threads), ...precision === "float64" ? [] : ["in double precision"]],
  });
  if (reason !== null) {
    if (compile) throw new Error(`fit: compile is not possible here: ${reason}`);
    return eager(reason);
  }
  try {
    const options = { precision, fused, threads, batchSize };
    return { trainer: compiledTrainer(task, options), reason, notes: [] };
  } catch (error) {
    if (compile) throw error;
    const problem = error instanceof Error ? error.message : String(error);
    if (threads === 1 && !fused) return eager(problem);
    const plain = chooseTrainer(task, batchSize, { precision });
    const unmet = [...busy(1, threads), ...fused ? ["not fused"] : []];
    const because = unmet.map((note) => `${note} because ${problem}`);
    return { ...plain, notes: [...plain.notes, ...because] };
  }
}
