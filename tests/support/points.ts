/**
 * Points in two classes, and networks for them.
 *
 * @module
 */
import { Dataset, MLP, RandomGenerator, type Value } from "../../mod.ts";

/** Points around two centres, with the classes 0 and 1. */
export function points(n: number, seed = 1): Dataset {
  const generator = new RandomGenerator(seed);
  const y = Array.from({ length: n }, (_, i) => i % 2);
  const near = (centre: number) => centre + generator.uniform(-1, 1);
  return new Dataset(y.map((label) => [near(2 * label - 1), near(label)]), y);
}

/** A network of two inputs and four tanh units. */
export function network<const N extends number>(nout: N, seed = 1): MLP<readonly [4, N]> {
  const generator = new RandomGenerator(seed);
  return new MLP(2, [4, nout], { outputActivation: "linear", generator });
}

/** The same points with the labels −1 and 1. */
export const signed = ({ x, y }: Dataset) => ({ x, y: y.map((label) => 2 * label - 1) });

/** The numbers of Values. */
export const dataOf = (values: readonly Value[]) => values.map(({ data }) => data);
