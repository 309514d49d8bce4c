import type { Mistakes } from "./mistakes.ts";

const characters = [..."abcdefghijklmnopqrstuvwxyz."];
const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length;
const dot = (a: number[], b: number[]) => a.reduce((total, x, i) => total + x * b[i], 0);

function softmax(scores: number[]): number[] {
  const powers = scores.map((score) => Math.exp(score));
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

/** The surprises of a word's questions; `text` says which characters are asked for. */
const surprises = (model: (seen: string) => number[], word: string, text = word + ".") =>
  [...text].map((next, i) => -Math.log(model(word.slice(0, i))[characters.indexOf(next)]));

const mix = (weights: number[], values: number[][]) =>
  values[0].map((_, i) => dot(weights, values.map((value) => value[i])));

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "10.1": [
    (model, words) => words.flatMap((word) => surprises(model, word)).reduce((a, b) => a + b, 0),
    (model, words) => mean(words.map((word) => mean(surprises(model, word)))),
    (model, words) => mean(words.flatMap((word) => surprises(model, word, word))),
    (model, words) => mean(words.flatMap((word) => surprises(model, word))) / Math.LN2,
    (model, words) =>
      mean(
        words.flatMap((word) =>
          [...word].slice(1).map((next, i) =>
            -Math.log(model(word.slice(0, i + 1))[characters.indexOf(next)])
          )
        ),
      ),
    () => 1 / 27,
  ],
  "10.2": [
    (q, keys, values) => mix(keys.map((key) => dot(q, key)), values),
    (q, keys, values) => mix(softmax(keys.map((key) => dot(q, key))), values),
    (q, keys, values) => mix(softmax(keys.map((key) => dot(q, key) / q.length)), values),
    (q, keys, values) => values[dot(q, keys[0]) > dot(q, keys[1]) ? 0 : 1],
    (q, keys, values) => {
      const [a, b] = keys.map((key) => Math.exp(dot(q, key) / Math.sqrt(q.length)));
      return values[0].map((v, i) => a * v + b * values[1][i]);
    },
  ],
  "10.3": [
    (scores) =>
      scores.map((row, t) => {
        const powers = row.map((score) => Math.exp(score));
        const total = powers.reduce((a, b) => a + b);
        return powers.map((power, s) => s <= t ? power / total : 0);
      }),
    (scores) => scores.map((row, t) => softmax(row.map((score, s) => s < t ? score : -1e9))),
    (scores) => scores.map((row, t) => softmax(row.slice(0, t + 1))),
    (scores) => scores.map((row, t) => softmax(row.map((score, s) => s <= t ? score : 0))),
    (scores) =>
      scores.map((row, t) => {
        const powers = row.map((score, s) => Math.exp(score) * Number(s <= t));
        const total = powers.reduce((a, b) => a + b);
        return powers.map((power) => power / total);
      }),
  ],
  "10.4": [
    (scores) => softmax(scores),
    (scores, temperature) => softmax(scores.map((z) => z * temperature)),
    (scores, temperature) => softmax(scores).map((p) => p / temperature),
    (scores, temperature) => softmax(scores.map((z) => z / temperature)),
  ],
  "10.5": [
    (probabilities, k) => probabilities.slice(0, k),
    (probabilities, k) => [...probabilities].sort((a, b) => b - a).slice(0, k),
    (probabilities, k) => {
      const least = [...probabilities].sort((a, b) => b - a)[k - 1];
      return probabilities.map((p) => p >= least ? p : 0);
    },
    (probabilities, k) => {
      const least = [...probabilities].sort((a, b) => b - a)[k - 1] ?? 0;
      const kept = probabilities.map((p) => p >= least ? p : 0);
      const total = kept.reduce((a, b) => a + b);
      return kept.map((p) => p / total);
    },
    (probabilities, k) => {
      const best = probabilities.sort((a, b) => b - a).slice(0, k);
      const total = best.reduce((a, b) => a + b);
      return probabilities.map((p, i) => i < k ? p / total : 0);
    },
    (probabilities, k) => softmax(probabilities).map((p, i) => i < k ? p : 0),
  ],
};
