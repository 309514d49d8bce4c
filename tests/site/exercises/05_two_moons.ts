import type { Mistakes } from "./mistakes.ts";

const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0);
const mean = (xs: number[]) => sum(xs) / xs.length;

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "5.1": [
    (s, y) => mean(s.map((score, i) => 1 - y[i] * score)), // pays back
    (s, y) => mean(s.map((score, i) => Math.max(0, -y[i] * score))), // no room to spare
    (s) => mean(s.map((score) => Math.max(0, 1 - score))), // no label
    (s, y) => sum(s.map((score, i) => Math.max(0, 1 - y[i] * score))), // no average
    (s, y) => mean(s.map((score, i) => Math.max(0, y[i] - score))),
    (s, y) => mean(s.map((score, i) => Math.max(0, 1 - y[i] * score) ** 2)),
  ],
  "5.2": [
    (s, y) => s.filter((score, i) => score * y[i] >= 1).length / s.length, // as in the notebook
    (s, y) => s.filter((score, i) => score * y[i] > 0).length, // a number, not a share
    (s, y) => s.filter((score, i) => score === y[i]).length / s.length,
    (s) => s.filter((score) => score > 0).length / s.length, // no label
  ],
  "5.3": [
    (losses) => losses.indexOf(Math.min(...losses)), // counted from 0
    (losses) => Math.min(...losses), // the loss itself
    (losses) => losses.length, // the last
    (losses) => { // the first rise
      const rise = losses.findIndex((loss, i) => i > 0 && loss > losses[i - 1]);
      return rise < 0 ? losses.length : rise;
    },
  ],
  "5.4": [
    (outputs, p, dice) => outputs.map((x, i) => dice[i] < p ? 0 : x), // not made louder
    (outputs, p, dice) => outputs.map((x, i) => dice[i] < p ? 0 : x * (1 - p)), // quieter
    (outputs, p, dice) => outputs.map((x, i) => dice[i] < p ? 0 : x / p),
    (outputs, p, dice) => outputs.map((x, i) => dice[i] > p ? 0 : x / (1 - p)), // the others
    (outputs, p, dice) => outputs.filter((_, i) => dice[i] >= p).map((x) => x / (1 - p)), // cut out
    (outputs, p, dice) => outputs.map((x, i) => dice[i] <= p ? 0 : x / (1 - p)),
  ],
};
