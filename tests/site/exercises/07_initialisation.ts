import { RandomGenerator } from "../../../mod.ts";
import type { Mistakes } from "./mistakes.ts";

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "7.1": [
    (n, layers) => Math.sqrt(n) ** layers,
    (n, layers) => (n / 3) ** layers,
    (n, layers) => layers * Math.sqrt(n / 3),
    (n) => Math.sqrt(n / 3),
  ],
  "7.2": [
    (nin, nout) => Math.sqrt(2 / (nin + nout)),
    (nin, nout) => 6 / (nin + nout),
    (nin) => Math.sqrt(3 / nin),
    (nin, nout) => Math.sqrt(3 / (nin + nout)),
    (nin, nout) => Math.sqrt(3 / Math.sqrt(nin * nout)),
  ],
  "7.3": [
    (weights, _bias, examples) =>
      examples.every((x) => x.reduce((sum, value, i) => sum + value * weights[i], 0) <= 0),
    (weights, bias, examples) =>
      examples.some((x) => x.reduce((sum, value, i) => sum + value * weights[i], bias) <= 0),
    (weights, bias, examples) =>
      examples.every((x) => x.reduce((sum, value, i) => sum + value * weights[i], bias) < 0),
    (weights, bias, examples) =>
      !examples.every((x) => x.reduce((sum, value, i) => sum + value * weights[i], bias) <= 0),
    (weights, bias) => weights.every((w) => w <= 0) && bias <= 0,
  ],
  "7.4": [
    (nin, nout, random) =>
      Array(nout).fill(
        Array.from({ length: nin }, () => random.normal(0, 1 / Math.sqrt(nin))),
      ),
    (nin, nout) => {
      const row = () => {
        const random = new RandomGenerator(1); // begins anew for every neuron
        return Array.from({ length: nin }, () => random.normal(0, 1 / Math.sqrt(nin)));
      };
      return Array.from({ length: nout }, row);
    },
    (nin, nout, random) =>
      Array.from(
        { length: nout },
        () => Array(nin).fill(random.normal(0, 1 / Math.sqrt(nin))),
      ),
    (nin, nout, random) =>
      Array.from({ length: nout }, () => Array.from({ length: nin }, () => random.normal())),
  ],
};
