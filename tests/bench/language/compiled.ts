/** This library, compiled once for the longest name: `compiled.ts float64|float32 [fused]`. */
import { Adam, compile } from "../../../mod.ts";
import { serve } from "../peers/serve.ts";
import { lossOf } from "./loss.ts";
import type { LanguageProblem } from "./problem.ts";

const [precision, isFused] = Deno.args;

await serve((problem: LanguageProblem) => {
  const { batch, lr, betas, eps, names } = problem;
  const { loss, inputs, parameters, rows } = lossOf(problem);
  const program = compile(loss, {
    inputs,
    parameters,
    precision: precision as "float64" | "float32",
    fused: isFused === "fused",
  });
  program.load(rows);
  const batches = Array.from(
    { length: names.length / batch },
    (_, k) => Array.from({ length: batch }, (_, i) => k * batch + i),
  );
  return {
    version: `Deno ${Deno.version.deno}, ${program.bytes.length} bytes of WebAssembly`,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      const order = Array.from({ length: steps }, (_, k) => batches[k % batches.length]);
      const losses = program.train(new Adam(parameters, { lr, betas, eps }), order);
      if (after) losses.forEach(after);
    },
  };
});
