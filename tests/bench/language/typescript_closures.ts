/** A scalar autograd of closures in TypeScript, one number at a time. */
import { Closure } from "../peers/closure.ts";
import { serve } from "../peers/serve.ts";
import type { LanguageProblem } from "./problem.ts";

const [width, headSize, minusOne] = [16, 4, new Closure(-1)];

function dot(a: readonly Closure[], b: readonly Closure[]): Closure {
  let total = a[0].mul(b[0]);
  for (let i = 1; i < a.length; i++) total = total.add(a[i].mul(b[i]));
  return total;
}

const total = (xs: readonly Closure[]) => xs.reduce((sum, x) => sum.add(x));
const linear = (w: readonly Closure[][], x: readonly Closure[]) => w.map((row) => dot(row, x));
const plus = (a: readonly Closure[], b: readonly Closure[]) => a.map((x, i) => x.add(b[i]));

function norm(x: readonly Closure[]): Closure[] {
  const scale = dot(x, x).mul(new Closure(1 / width)).add(new Closure(1e-5)).pow(-.5);
  return x.map((one) => one.mul(scale));
}

function softmax(scores: readonly Closure[]): Closure[] {
  const top = new Closure(-Math.max(...scores.map(({ data }) => data)));
  const powers = scores.map((score) => score.add(top).exp());
  const share = total(powers).pow(-1);
  return powers.map((power) => power.mul(share));
}

await serve((problem: LanguageProblem) => {
  const { batch, lr, betas: [beta1, beta2], eps, names } = problem;
  const parameters = problem.parameters.map((data) => new Closure(data));
  let at = 0;
  const matrix = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => parameters.slice(at, at += columns));
  const [signs, positions, scores] = [matrix(27, 16), matrix(16, 16), matrix(27, 16)];
  const [wq, wk, wv, heads] = [0, 0, 0, 0].map(() => matrix(16, 16));
  const [wide, narrow] = [matrix(64, 16), matrix(16, 64)];

  function lossOf(name: readonly number[]): Closure {
    const keys: Closure[][] = [], values: Closure[][] = [], losses: Closure[] = [];
    for (let t = 0; t < name.length - 1; t++) {
      let x = norm(plus(signs[name[t]], positions[t]));
      const read = norm(x);
      const query = linear(wq, read);
      keys.push(linear(wk, read));
      values.push(linear(wv, read));
      const heard: Closure[] = [];
      for (let from = 0; from < width; from += headSize) {
        const part = (x: readonly Closure[]) => x.slice(from, from + headSize);
        const half = new Closure(.5);
        const weights = softmax(keys.map((key) => dot(part(query), part(key)).mul(half)));
        for (let i = from; i < from + headSize; i++) {
          heard.push(dot(weights, values.map((value) => value[i])));
        }
      }
      x = plus(x, linear(heads, heard));
      x = plus(x, linear(narrow, linear(wide, norm(x)).map((z) => z.relu())));
      losses.push(softmax(linear(scores, x))[name[t + 1]].log().mul(minusOne));
    }
    return total(losses).mul(new Closure(1 / losses.length));
  }

  return {
    version: `Deno ${Deno.version.deno}`,
    reset: () => parameters.forEach((p, i) => p.data = problem.parameters[i]),
    train(steps, after) {
      const m = new Float64Array(parameters.length), v = new Float64Array(parameters.length);
      for (let step = 0; step < steps; step++) {
        const start = step * batch % names.length;
        const loss = total(names.slice(start, start + batch).map(lossOf))
          .mul(new Closure(1 / batch));
        for (const p of parameters) p.grad = 0;
        loss.backward();
        const [rate, root] = [lr / (1 - beta1 ** (step + 1)), Math.sqrt(1 - beta2 ** (step + 1))];
        parameters.forEach((p, i) => {
          m[i] = beta1 * m[i] + (1 - beta1) * p.grad;
          v[i] = beta2 * v[i] + (1 - beta2) * p.grad ** 2;
          p.data -= rate * m[i] / (Math.sqrt(v[i]) / root + eps);
        });
        after?.(loss.data);
      }
    },
  };
});
