import type { TrainStep } from "../../../notebooks/exercises/03_a_neural_network.ts";
import type { AnswerTo } from "../../../notebooks/exercises/mod.ts";
import type { Mistakes } from "./mistakes.ts";

type FitLine = AnswerTo<"3.3">;

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

/** A line fitted by a slope of one point's square. */
function fit(slope: (w: number, x: number, y: number) => number, direction = -1): FitLine {
  return (xs, ys, rate, steps) => {
    let w = 0;
    for (let i = 0; i < steps; i++) {
      const sum = xs.reduce((sum, x, k) => sum + slope(w, x, ys[k]), 0);
      w += direction * rate * sum;
    }
    return w;
  };
}

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
    fit((w, x, y) => w * x - y),
    fit((w, x, y) => 2 * (w * x - y)),
    fit((w, x, y) => (w * x - y) * x),
    fit((w, x, y) => 2 * (w * x - y) * x, 1),
    (xs, ys, rate, steps) => {
      let w = 0;
      for (let i = 0; i < steps; i++) {
        for (const [k, x] of xs.entries()) w -= rate * 2 * (w * x - ys[k]) * x;
      }
      return w;
    },
    (xs, ys, rate, steps) => {
      const slopes = fit((w, x, y) => 2 * (w * x - y) * x);
      return slopes(xs, ys, rate / xs.length, steps);
    },
    (xs, ys, rate) => fit((w, x, y) => 2 * (w * x - y) * x)(xs, ys, rate, 1),
  ],
  "3.4": [
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
