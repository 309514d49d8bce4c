/**
 * What the benchmark lets everybody compute who takes part in training the language
 * model of notebook 10, as plain numbers that are handed over as JSON.
 *
 * @module
 */
import { makeWeights, numbersOf, trainingNames } from "../../support/language_model.ts";

/** A language model to train by Adam; one step is one batch of names. */
export interface LanguageProblem {
  readonly name: string;
  /** A description for people. */
  readonly about: string;
  /** Names a step; step k takes the k-th batch, and after the last the first again. */
  readonly batch: number;
  readonly lr: number;
  readonly betas: readonly [number, number];
  readonly eps: number;
  /** Each as the numbers of its signs from 0 to 26, with 26, the dot, at both ends. */
  readonly names: readonly (readonly number[])[];
  /** Of how many positions the longest name is. */
  readonly positions: number;
  /** Nine matrices row by row, as `makeWeights` has them. */
  readonly parameters: readonly number[];
}

/** The names of the problems. */
export const languageProblemNames = ["G1", "G32"] as const;

/** A problem by its name. */
export async function makeLanguageProblem(
  name: typeof languageProblemNames[number],
): Promise<LanguageProblem> {
  const batch = Number(name.slice(1));
  const names = (await trainingNames()).slice(0, 640).map(numbersOf);
  return {
    name,
    about: `a language model of 4,192 parameters, ${batch === 1 ? "one name" : `${batch} names`} ` +
      "a step",
    batch,
    lr: .01,
    betas: [.85, .99],
    eps: 1e-8,
    names,
    positions: Math.max(...names.map(({ length }) => length - 1)),
    parameters: Object.values(makeWeights((data) => data)).flat(2),
  };
}

/** The numbers that the program in C reads: of each name how many positions and its signs. */
export function numbersOfNames({ names, parameters }: LanguageProblem): string {
  return [...names.flatMap((signs) => [signs.length - 1, ...signs]), ...parameters].join(" ");
}
