import type { Mistakes } from "./mistakes.ts";

const softmaxOf = (scores: number[]) => {
  const powers = scores.map((z) => Math.exp(z));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
};

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "8.1": [
    (rows, labels) => rows.reduce((sum, row, i) => sum + Math.log(row[labels[i]]), 0) / rows.length,
    (rows, labels) => -rows.reduce((sum, row, i) => sum + Math.log(row[labels[i]]), 0),
    (rows, labels) =>
      -rows.reduce((sum, row, i) => sum + Math.log2(row[labels[i]]), 0) / rows.length,
    (rows, labels) =>
      -Math.log(rows.reduce((sum, row, i) => sum + row[labels[i]], 0) / rows.length),
    (rows) => -rows.flat().reduce((sum, p) => sum + p * Math.log(p), 0) / rows.length,
  ],
  "8.2": [
    softmaxOf,
    (scores) => softmaxOf(scores.map((z) => Math.min(z, 700))),
    (scores) => softmaxOf(scores.map((z) => z / Math.max(...scores))),
    (scores) => softmaxOf(scores.map((z) => z - Math.max(0, ...scores))),
    (scores) => softmaxOf(scores.map((z) => z - scores.reduce((a, b) => a + b) / scores.length)),
  ],
  "8.3": [
    (matrix) => matrix.reduce((sum, row, i) => sum + row[i], 0) / matrix.length,
    (matrix) =>
      matrix.reduce((sum, row, i) => sum + row[i] / row.reduce((a, b) => a + b), 0) / matrix.length,
    (matrix) => (matrix[0][0] + matrix[1][1]) / matrix.flat().reduce((a, b) => a + b),
    (matrix) => matrix.reduce((sum, row, i) => sum + row[i], 0),
  ],
  "8.4": [
    (data, augment) => augment(data).split(0.2, 2),
    (data, augment) => {
      const { train, test } = data.split(0.2, 2);
      return { train: augment(train), test: augment(test) };
    },
    (data) => data.split(0.2, 2),
    (data, augment) => ({ train: augment(data), test: data.split(0.2, 2).test }),
  ],
};
