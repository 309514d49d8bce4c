/** A scalar autograd of closures in TypeScript. */
import { Closure } from "./closure.ts";
import { scalarTrainer } from "./scalar_training.ts";
import { serve } from "./serve.ts";

await serve((problem) => {
  const leaf = (data: number) => new Closure(data);
  return scalarTrainer(problem, `Deno ${Deno.version.deno}`, leaf, leaf);
});
