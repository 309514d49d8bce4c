/** How a network of scalars is trained that knows numbers only one by one. */
import { batchOf, type Problem } from "../problems.ts";
import type { Trainer } from "./serve.ts";

/** A number of a scalar autograd. */
export interface Scalar<S> {
  data: number;
  grad: number;
  add(x: S): S;
  mul(x: S): S;
  pow(exponent: number): S;
  tanh(): S;
  relu(): S;
  backward(): void;
}

/** A problem for an engine, of which `parameter` and `constant` make the leaves. */
export function scalarTrainer<S extends Scalar<S>>(
  problem: Problem,
  version: string,
  parameter: (data: number) => S,
  constant: (data: number) => S,
): Trainer {
  const parameters = problem.parameters.map(parameter);

  function forward(row: readonly number[]): S {
    const { sizes, activation, outputActivation } = problem;
    let x = row.map(constant);
    let at = 0;
    for (let layer = 1; layer < sizes.length; layer++) {
      const kind = layer === sizes.length - 1 ? outputActivation : activation;
      const out: S[] = [];
      for (let j = 0; j < sizes[layer]; j++) {
        let sum = x[0].mul(parameters[at++]);
        for (let i = 1; i < x.length; i++) sum = sum.add(x[i].mul(parameters[at++]));
        sum = sum.add(parameters[at++]);
        out.push(kind === "tanh" ? sum.tanh() : kind === "relu" ? sum.relu() : sum);
      }
      x = out;
    }
    return x[0];
  }

  function lossOf([start, end]: [number, number]): S {
    const { x, y, loss, penalty } = problem;
    let total = constant(0);
    for (let i = start; i < end; i++) {
      const f = forward(x[i]);
      total = total.add(
        loss === "squares"
          ? f.add(constant(-y[i])).pow(2)
          : f.mul(constant(-y[i])).add(constant(1)).relu(),
      );
    }
    if (loss === "squares") return total;
    let squares = constant(0);
    for (const p of parameters) squares = squares.add(p.mul(p));
    return total.mul(constant(1 / (end - start))).add(squares.mul(constant(penalty)));
  }

  return {
    version,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      for (let step = 0; step < steps; step++) {
        const loss = lossOf(batchOf(problem, step));
        for (const p of parameters) p.grad = 0;
        loss.backward();
        for (const p of parameters) p.data -= problem.lr * p.grad;
        after?.(loss.data);
      }
    },
  };
}
