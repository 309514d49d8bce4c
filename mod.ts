/**
 * Neural networks as math expressions.
 *
 * A {@link Value} remembers how it was computed, so `backward()` can follow the
 * chain rule from a result to everything it depends on. Neurons, layers and
 * networks are made of Values. In a Jupyter notebook on the Deno kernel each of
 * them shows itself as a picture.
 *
 * @example
 * ```ts
 * import { MLP, RandomGenerator, sum } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const xs = [[2, 3, -1], [3, -1, 0.5], [0.5, 1, 1], [1, 1, -1]];
 * const ys = [1, -1, -1, 1];
 * const model = new MLP(3, [4, 4, 1], { generator: new RandomGenerator(42) });
 *
 * const losses: number[] = [];
 * for (let step = 0; step < 50; step++) {
 *   const loss = sum(xs.map((x, i) => model.forward(x).sub(ys[i]).pow(2)));
 *   model.zeroGrad();
 *   loss.backward();
 *   for (const p of model.parameters()) p.data -= 0.05 * p.grad;
 *   losses.push(loss.data);
 * }
 * deepEqual(losses[49] < losses[0] / 10, true);
 * ```
 *
 * @module
 */
export * from "./engine/mod.ts";
export * from "./nn/mod.ts";
