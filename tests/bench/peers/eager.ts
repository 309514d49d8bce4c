/** This library as a reader uses it: a new graph in every step. */
import { add, crossEntropy, mul, sum, type Value } from "../../../mod.ts";
import { batchOf, makeModel, type Problem } from "../problems.ts";
import { serve } from "./serve.ts";

await serve((problem) => {
  const model = makeModel(problem);
  const parameters = model.parameters();
  return {
    version: `Deno ${Deno.version.deno}`,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      for (let step = 0; step < steps; step++) {
        const loss = lossOf(problem, batchOf(problem, step), model.forward.bind(model), parameters);
        for (const p of parameters) p.grad = 0;
        loss.backward();
        for (const p of parameters) p.data -= problem.lr * p.grad;
        after?.(loss.data);
      }
    },
  };
});

function lossOf(
  problem: Problem,
  [start, end]: [number, number],
  forward: (x: readonly number[]) => Value | Value[],
  parameters: readonly Value[],
): Value {
  const { loss, penalty } = problem;
  const x = problem.x.slice(start, end), y = problem.y.slice(start, end);
  if (loss === "crossEntropy") return crossEntropy(x.map((row) => forward(row) as Value[]), y);
  const answers = x.map((row) => forward(row) as Value);
  if (loss === "squares") return sum(answers.map((f, i) => f.sub(y[i]).pow(2)));
  const margins = sum(answers.map((f, i) => f.mul(-y[i]).add(1).relu())).div(y.length);
  return add(margins, mul(penalty, sum(parameters.map((p) => p.mul(p)))));
}
