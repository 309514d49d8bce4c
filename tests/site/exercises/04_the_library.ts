import { grad, Value } from "../../../engine/mod.ts";
import type { Mistakes } from "./mistakes.ts";

/** f, f′ and f″ at a point. */
function derivatives(f: (x: Value) => Value, at: number): number[] {
  const x = new Value(at);
  const y = f(x);
  const [first] = grad(y, [x]);
  const [second] = grad(first, [x]);
  return [y.data, first.data, second.data];
}

/** Wrong answers that readers are likely to give. */
export const mistakes: Mistakes = {
  "4.1": [
    (x) => x.mul(1 / (1 + Math.exp(-x.data))), // as it stands in the notebook
    (x) => x.sigmoid().mul(x.data), // the other path is cut
    (x) => x.sigmoid(),
    (x) => x.mul(new Value(1 / (1 + Math.exp(-x.data)))),
  ],
  "4.2": [
    (outputs) => outputs.some((x) => Math.abs(x) > 0.99), // once is enough
    (outputs) => outputs.every((x) => x > 0.99), // one end only
    (outputs) => Math.abs(outputs.reduce((a, b) => a + b) / outputs.length) > 0.99, // the mean
    (outputs) => outputs.every((x) => Math.abs(x) < 0.99), // the other way round
  ],
  "4.3": [
    () => [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    () => [[10, 10, -5], [10, 10, -15]], // no last neuron
    () => [[10, 10, -5], [10, 10, -15], [10, 10, 5]], // or
    () => [[10, 10, -5], [10, 10, -15], [-10, 10, 5]], // upside down
  ],
  "4.4": [
    (f, at) => { // looks for a zero of f, not of its slope
      const [value, first] = derivatives(f, at);
      return at - value / first;
    },
    (f, at) => { // away from the floor
      const [, first, second] = derivatives(f, at);
      return at + first / second;
    },
    (f, at) => { // the step alone
      const [, first, second] = derivatives(f, at);
      return -first / second;
    },
    (f, at) => at - derivatives(f, at)[1] / 6, // the pace of the parabola, everywhere
    (f, at) => at - Math.abs(derivatives(f, at)[1]) / derivatives(f, at)[2],
  ],
};
