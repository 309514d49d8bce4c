/**
 * Graphs that pictures are tried on.
 *
 * @module
 */
import { math, MLP, RandomGenerator, sum, Value } from "../../mod.ts";

/** (a b + c) f, with names. */
export function example(): { L: Value; leaves: Value[] } {
  const leaves = [2, -3, 10, -2].map((data, i) => new Value(data, { label: "abcf"[i] }));
  const [a, b, c, f] = leaves;
  const L = math`(${a} * ${b} + ${c}) * ${f}`;
  L.label = "L";
  return { L, leaves };
}

/** Inputs for {@link loss}. */
export const xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];

/** The loss of a network of 41 parameters. */
export function loss(examples = xs): Value {
  const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
  const y = sum(examples.map((x) => model.forward(x).sub(1).pow(2)));
  y.label = "loss";
  y.backward();
  return y;
}
