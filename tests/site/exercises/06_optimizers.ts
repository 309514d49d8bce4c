import type { Value } from "../../../engine/mod.ts";
import type { Mistakes } from "./mistakes.ts";

/** Adam, but for what is done with the means before they are used. */
const adam = (
  correct: (mean: number, beta: number, t: number) => number,
  root: (x: number) => number = Math.sqrt,
) =>
(lr: number) =>
(knobs: Value[]) => {
  const [m, s] = [knobs.map(() => 0), knobs.map(() => 0)];
  let t = 0;
  return () => {
    t++;
    for (const [i, p] of knobs.entries()) {
      m[i] = 0.9 * m[i] + (1 - 0.9) * p.grad;
      s[i] = 0.999 * s[i] + (1 - 0.999) * p.grad ** 2;
      p.data -= lr * correct(m[i], 0.9, t) / (root(correct(s[i], 0.999, t)) + 1e-8);
    }
  };
};

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "6.1": [
    (a) => 2 / a, // takes a for the curvature
    (a) => 1 / (2 * a), // the rate that lands on the bottom
    (a, b) => 2 / (2 * a + b), // the slope at 1
    () => 0.05,
    () => 1 / 3, // the one number that the text asks for
  ],
  "6.2": [
    (lr, beta) => (knobs) => () => { // forgets the velocity
      for (const p of knobs) {
        let v = 0;
        v = beta * v + p.grad;
        p.data -= lr * v;
      }
    },
    (lr, beta) => (knobs) => { // a running mean
      const v = knobs.map(() => 0);
      return () => {
        for (const [i, p] of knobs.entries()) {
          v[i] = beta * v[i] + (1 - beta) * p.grad;
          p.data -= lr * v[i];
        }
      };
    },
    (lr, beta) => (knobs) => { // one velocity for all
      let v = 0;
      return () => {
        for (const p of knobs) {
          v = beta * v + p.grad;
          p.data -= lr * v;
        }
      };
    },
    (lr, beta) => (knobs) => { // uphill
      const v = knobs.map(() => 0);
      return () => {
        for (const [i, p] of knobs.entries()) {
          v[i] = beta * v[i] + p.grad;
          p.data += lr * v[i];
        }
      };
    },
  ],
  "6.3": [
    (lr) => (knobs) => { // as it stands in the notebook
      const [m, s] = [knobs.map(() => 0), knobs.map(() => 0)];
      let t = 0;
      return () => {
        for (const [i, p] of knobs.entries()) {
          t++;
          m[i] = 0.9 * m[i] + (1 - 0.9) * p.grad;
          s[i] = 0.999 * s[i] + (1 - 0.999) * p.grad ** 2;
          p.data -= lr * m[i] / (1 - 0.9 ** t) / (Math.sqrt(s[i] / (1 - 0.999 ** t)) + 1e-8);
        }
      };
    },
    adam((mean) => mean), // no correction
    adam((mean, beta) => mean / (1 - beta)), // that of the first step, always
    adam((mean, beta, t) => mean / (1 - beta * t)), // times for to the power of
    adam((mean, beta, t) => mean / (1 - beta ** t), (x) => x), // no root
  ],
  "6.4": [
    (start, step, steps) => start * Math.cos(Math.PI * step / steps), // down to −1
    (start, step, steps) => start * (1 + Math.cos(Math.PI * step / steps)), // from 2
    (start, step, steps) => start * (1 + Math.cos(180 * step / steps)) / 2, // degrees
    (start, step, steps) => start * (1 + Math.cos(2 * Math.PI * step / steps)) / 2, // a whole wave
    (start, step, steps) => start * (1 - step / steps), // a line
    (_start, step, steps) => (1 + Math.cos(Math.PI * step / steps)) / 2, // no start
  ],
};
