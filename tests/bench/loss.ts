/**
 * The losses of the problems, as this library compiles them.
 *
 * @module
 */
import { dot, logSumExp, sub, sum, Value } from "../../mod.ts";
import { makeModel, type Problem } from "./problems.ts";

/** The loss of one example, such that the mean over a batch is the problem's loss. */
export function lossOf(problem: Problem) {
  const model = makeModel(problem);
  const parameters = model.parameters();
  const width = problem.sizes.at(-1)!;
  const x = Array.from({ length: problem.sizes[0] }, () => new Value(.5));
  const y = Array.from({ length: width }, () => new Value(.5));
  const inputs = [...x, ...y];
  const out = model.forward(x);
  if (problem.loss === "crossEntropy") {
    const right = dot(y, out as Value[]);
    return {
      loss: logSumExp((out as Value[]).map((logit) => sub(logit, right))),
      inputs,
      parameters,
    };
  }
  const f = out as Value;
  if (problem.loss === "squares") {
    return { loss: f.sub(y[0]).pow(2).mul(problem.batch), inputs, parameters };
  }
  const penalty = sum(parameters.map((p) => p.mul(p))).mul(problem.penalty);
  return { loss: f.mul(y[0]).neg().add(1).relu().add(penalty), inputs, parameters };
}

/** The numbers of all examples, as that graph takes them. */
export function rowsOf({ x, y, loss, sizes }: Problem): number[][] {
  const target = (label: number) =>
    loss === "crossEntropy"
      ? Array.from({ length: sizes.at(-1)! }, (_, k) => Number(k === label))
      : [label];
  return x.map((row, i) => [...row, ...target(y[i])]);
}
