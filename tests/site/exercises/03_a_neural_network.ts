import type { TrainStep } from "../../../notebooks/exercises/03_a_neural_network.ts";
import type { Mistakes } from "./mistakes.ts";

function output(w: number[], b: number, x: number[]): number {
  return Math.tanh(w.reduce((sum, wi, i) => sum + wi * x[i], b));
}

/** A step of training that does the given things in order. */
function step(...parts: ((p: { data: number; grad: number }, rate: number) => void)[]): TrainStep {
  return (parameters, loss, rate) => {
    const now = loss();
    const [before, after] = parts;
    for (const p of parameters) before(p, rate);
    now.backward();
    for (const p of parameters) after(p, rate);
  };
}

const nothing = () => {};

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "3.1": [
    (_w, _b, x) => [...x, 1],
    (w, b, x) => w.map((wi) => (1 - output(w, b, x) ** 2) * wi).concat(1 - output(w, b, x) ** 2),
    (w, b, x) => x.map((xi) => (1 - output(w, b, x) ** 2) * xi),
    (w, b, x) => [...x, 1].map((xi) => output(w, b, x) * xi),
    (w, b, x) => [...x, b].map((xi) => (1 - output(w, b, x) ** 2) * xi),
    (w, b, x) => {
      const z = w.reduce((sum, wi, i) => sum + wi * x[i], b);
      return [...x, 1].map((xi) => (1 - z ** 2) * xi);
    },
    (w, b, x) => [...x, 1].map((xi) => (1 - output(w, b, x)) * xi),
  ],
  "3.2": [
    (nin, nouts) => nouts.reduce((sum, nout) => sum + nin * nout, 0),
    (nin, nouts) => nouts.reduce((sum, nout) => sum + (nin + 1) * nout, 0),
    (nin, nouts) => nouts.reduce((sum, nout, i) => sum + [nin, ...nouts][i] * nout, 0),
    (nin, nouts) => nouts.reduce((sum, nout, i) => sum + [nin, ...nouts][i] * nout + 1, 0),
    (nin, nouts) => nouts.reduce((sum, nout) => sum + nout, nin),
  ],
  "3.3": [
    step(nothing, (p, rate) => p.data -= rate * p.grad),
    step(nothing, (p, rate) => {
      p.grad = 0;
      p.data -= rate * p.grad;
    }),
    step((p) => p.grad = 0, (p, rate) => p.data += rate * p.grad),
    (parameters, loss, rate) => {
      parameters[0].grad = 0;
      loss().backward();
      for (const p of parameters) p.data -= rate * p.grad;
    },
    step((p) => p.grad = 0, (p) => p.data -= p.grad),
    step((p) => p.grad /= 2, (p, rate) => p.data -= rate * p.grad),
  ],
};
