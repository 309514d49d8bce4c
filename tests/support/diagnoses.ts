/**
 * Small models, and what a diagnosis says of them.
 *
 * @module
 */
import { diagnose, type Diagnosis, MLP, Module, RandomGenerator, sum, Value } from "../../mod.ts";

/** A model of nothing but the given parameters. */
export class Parameters extends Module {
  constructor(readonly list: Value[]) {
    super();
  }
  parameters(): Value[] {
    return this.list;
  }
}

/** Options with a generator of that seed. */
export const seeded = (seed = 1) => ({ generator: new RandomGenerator(seed) });

/** A Value with a label. */
export const value = (data: number, label = "") => new Value(data, { label });

/** The sentences of a diagnosis. */
export const texts = ({ findings }: Diagnosis) => findings.map(({ text }) => text);

/** What kinds of findings it has. */
export const kinds = ({ findings }: Diagnosis) => findings.map(({ kind }) => kind);

/** What is found for a function of one parameter w0 after a backward pass. */
export function found(w: number, f: (w: Value) => Value): string[] {
  const w0 = value(w, "w0");
  const loss = f(w0);
  loss.backward();
  return texts(diagnose(loss, new Parameters([w0])));
}

/** Three examples, and what a model is to answer to them. */
export const xs = [[2, 3], [-1, .5], [.3, -2]];
export const ys = [1, -1, .5];

/** A small network with its loss, before the backward pass. */
export function example(seed = 1) {
  const model = new MLP(2, [3, 1], seeded(seed));
  const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
  return { model, loss };
}
