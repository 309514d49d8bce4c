/** This library as a reader uses it: a new graph for every name. */
import { Adam, sum, Value } from "../../../mod.ts";
import { lossOf, makeWeights, signs } from "../../support/language_model.ts";
import { serve } from "../peers/serve.ts";
import type { LanguageProblem } from "./problem.ts";

await serve((problem: LanguageProblem) => {
  const w = makeWeights<Value>((data) => new Value(data));
  const parameters = Object.values(w).flat(2);
  const words = problem.names.map((name) => name.slice(1, -1).map((k) => signs[k]).join(""));
  const { batch, lr, betas, eps } = problem;
  return {
    version: `Deno ${Deno.version.deno}`,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      const optimizer = new Adam(parameters, { lr, betas, eps });
      for (let step = 0; step < steps; step++) {
        const start = step * batch % words.length;
        const losses = words.slice(start, start + batch).map((word) => lossOf(w, word));
        const loss = sum(losses).div(batch);
        optimizer.zeroGrad();
        loss.backward();
        optimizer.step();
        after?.(loss.data);
      }
    },
  };
});
