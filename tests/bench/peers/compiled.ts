/** This library, compiled: `compiled.ts float64|float32 [fused]`. */
import { compile, SGD } from "../../../mod.ts";
import { lossOf, rowsOf } from "../loss.ts";
import { batchOf } from "../problems.ts";
import { serve } from "./serve.ts";

const [precision, isFused] = Deno.args;

await serve((problem) => {
  const { loss, inputs, parameters } = lossOf(problem);
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
