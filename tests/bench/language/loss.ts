/**
 * The loss of the language model, as this library compiles it.
 *
 * @module
 */
import { Value } from "../../../mod.ts";
import { makeWeights, signs, trace } from "../../support/language_model.ts";
import type { LanguageProblem } from "./problem.ts";

/** The loss of the longest name, the weights as they are at first, and the numbers of all names. */
export function lossOf({ names, positions, parameters: start }: LanguageProblem) {
  const w = makeWeights<Value>((data) => new Value(data));
  const parameters = Object.values(w).flat(2);
  const { loss, inputs, rowOf } = trace(w, positions - 1);
  parameters.forEach((p, i) => p.data = start[i]);
  const rows = names.map((name) => rowOf(name.slice(1, -1).map((k) => signs[k]).join("")));
  return { loss, inputs, parameters, rows };
}
