import type { RandomGenerator, Value } from "../engine/mod.ts";

let calls = 0;

/** How often outputs have been dropped, by whatever model. */
export function dropoutCalls(): number {
  return calls;
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
  calls++;
  return xs.map((x) => x.mul(generator.uniform() < p ? 0 : 1 / (1 - p)));
}
