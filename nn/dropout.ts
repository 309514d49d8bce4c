import { type RandomGenerator, Value } from "../engine/mod.ts";

/** What some outputs of a traced model are multiplied by: drawn anew for each example. */
export interface Mask {
  /** One leaf an output, which holds 1: nothing is dropped. */
  readonly leaves: readonly Value[];
  /** A number for one of them. */
  draw(): number;
}

let masks: Mask[] | null = null;

/** What `work` returns where outputs are multiplied by leaves and nothing is drawn, and the leaves. */
export function traceDropout<T>(work: () => T): { result: T; masks: readonly Mask[] } {
  const outer = masks;
  const own: Mask[] = masks = [];
  try {
    return { result: work(), masks: own };
  } finally {
    masks = outer;
  }
}

/**
 * Each of `xs` times 0 with probability `p`, and else times 1 / (1 − p), which
 * leaves the mean of each as it is: Srivastava et al., "Dropout: A simple way to
 * prevent neural networks from overfitting" (JMLR 15, 2014), scaled in training
 * as `torch.nn.Dropout` does.
 *
 * @param p from 0 and below 1.
 */
export function dropout(xs: readonly Value[], p: number, generator: RandomGenerator): Value[] {
  const draw = () => generator.uniform() < p ? 0 : 1 / (1 - p);
  if (masks === null) return xs.map((x) => x.mul(draw()));
  const leaves = xs.map(() => new Value(1));
  masks.push({ leaves, draw });
  return xs.map((x, i) => x.mul(leaves[i]));
}
