/** This library, compiled: `compiled.ts float64|float32 [fused]`. */
import { compile, dot, logSumExp, SGD, sub, sum, Value } from "../../../mod.ts";
import { batchOf, makeModel, type Problem } from "../problems.ts";
import { serve } from "./serve.ts";

const [precision, isFused] = Deno.args;

await serve((problem) => {
  const { loss, inputs, parameters } = graphOf(problem);
  const options = {
    inputs,
    parameters,
    precision: precision as "float64" | "float32",
    fused: isFused === "fused",
  };
  const start = performance.now();
  const program = compile(loss, options);
  const firstCompile = performance.now() - start;
  program.load(rowsOf(problem));
  const optimizer = new SGD(parameters, { lr: problem.lr });
  const all = problem.y.map((_, i) => i);
  const batches = all.length === problem.batch ? [undefined] : Array.from(
    { length: all.length / problem.batch },
    (_, k) => all.slice(...batchOf(problem, k)),
  );
  return {
    version: `Deno ${Deno.version.deno}, ${program.bytes.length} bytes of WebAssembly`,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      // Not by a function of the step: a call for each takes a tenth of the shortest one.
      const order = new Array<typeof batches[number]>(steps).fill(batches[0]);
      if (batches.length > 1) {
        for (let k = 0; k < steps; k++) order[k] = batches[k % batches.length];
      }
      const losses = program.train(optimizer, order);
      if (after) losses.forEach(after);
    },
    commands: {
      compile: () => {
        const start = performance.now();
        compile(loss, options);
        return performance.now() - start;
      },
      firstCompile: () => firstCompile,
    },
  };
});

/** The loss of one example, such that the mean over a batch is the problem's loss. */
function graphOf(problem: Problem) {
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

function rowsOf({ x, y, loss, sizes }: Problem): number[][] {
  const target = (label: number) =>
    loss === "crossEntropy"
      ? Array.from({ length: sizes.at(-1)! }, (_, k) => Number(k === label))
      : [label];
  return x.map((row, i) => [...row, ...target(y[i])]);
}
