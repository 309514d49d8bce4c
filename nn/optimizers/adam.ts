import { checkCount, checkOptions, type Known } from "../../engine/internal.ts";
import type { UpdateRule, World } from "../../engine/extend.ts";
import { numbers, pureRule } from "../../engine/internal.ts";
import type { Value } from "../../engine/mod.ts";
import { checkNumber, checkNumbers } from "../check.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Settings of {@link Adam} and {@link AdamW}.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { Adam, type AdamOptions, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: AdamOptions = { lr: 0.5, betas: [0.8, 0.99], eps: 0 };
 * const x = new Value(3);
 * x.pow(2).backward();
 * new Adam([x], options).step();
 * deepEqual(x.data.toFixed(6), "2.500000"); // the first step is as long as lr
 * ```
 */
export interface AdamOptions {
  /** The learning rate, above 0. Default 0.001. */
  lr?: number;
  /** What the means of the gradients and of their squares keep, in [0, 1). Default [0.9, 0.999]. */
  betas?: readonly [number, number];
  /** What keeps the divisor from 0, from 0. Default 1e-8. */
  eps?: number;
  /** How much parameters are pulled to 0, from 0. Default 0; 0.01 for {@link AdamW}. */
  weightDecay?: number;
}

/** What the options of both take. */
const adamOptions: Known<AdamOptions> = {
  lr: "number",
  betas: "array",
  eps: "number",
  weightDecay: "number",
};

/**
 * Gradient descent with a step size of its own for each parameter: the running
 * mean of the gradients over the root of that of their squares. Weight decay is
 * added to the gradient. Formulas and defaults are those of `torch.optim.Adam`.
 *
 * Kingma and Ba, "Adam: A Method for Stochastic Optimization" (2015).
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { Adam, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3);
 * const optimizer = new Adam([x], { lr: 0.1 });
 * for (let step = 0; step < 500; step++) {
 *   const loss = x.sub(1).pow(2);
 *   optimizer.zeroGrad();
 *   loss.backward();
 *   optimizer.step();
 * }
 * deepEqual(Math.abs(x.data - 1) < 1e-3, true);
 * ```
 */
export class Adam extends Optimizer {
  /** How much the means of the gradients and of their squares keep from step to step. */
  readonly betas: readonly [number, number];
  /** What keeps the divisor from 0. */
  readonly eps: number;
  /** How much parameters are pulled to 0. */
  readonly weightDecay: number;
  readonly #formula: UpdateRule;

  /**
   * An optimizer before its first step.
   *
   * @param parameters at least one Value made with `new`; one that is listed twice is moved once.
   * @throws {TypeError} if `parameters` is not an array of Values made with `new`, or `betas` not
   * an array.
   * @throws {RangeError} if there is no parameter, a number is out of its range, or `betas` are not
   * two.
   * @throws {RangeError} for an option of another name.
   */
  constructor(parameters: readonly Value[], options: AdamOptions = {}) {
    checkCount(new.target.name, arguments, 2);
    checkOptions<AdamOptions>(new.target.name, options, adamOptions);
    const { lr = 1e-3, betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0 } = options;
    super(parameters, lr);
    const { name } = new.target;
    checkNumbers(`${name}: betas`, betas, 2, " from 0 and below 1");
    checkNumber(`${name}: eps`, eps, " from 0");
    checkNumber(`${name}: weightDecay`, weightDecay, " from 0");
    this.betas = [betas[0], betas[1]];
    this.eps = eps;
    this.weightDecay = weightDecay;
    const [beta1, beta2] = betas;
    const list = () => new Float64Array(this.parameters.length);
    const shared = <T>(w: World<T>, lr: T, step: T): T[] => {
      // The means start from 0; dividing by these undoes the pull (section 3 of the paper).
      const [pull1, pull2] = betas.map((beta) => w.sub(w.lit(1), w.pow(w.lit(beta), step)));
      return [w.div(lr, pull1), w.sqrt(pull2), ...this.decay(w, lr)];
    };
    this.#formula = pureRule({
      state: [list(), list()],
      shared: 4,
      begin: () => shared(numbers, this.lr, ++this.steps),
      course: () => ({ lr: this.lr, steps: this.steps, shared }),
      apply(w, p, gradient, [mean, square], [rate, correction, kept, added]) {
        const g = w.add(gradient, w.mul(added, p));
        const m = w.add(w.mul(w.lit(beta1), mean), w.mul(w.lit(1 - beta1), g));
        const v = w.add(w.mul(w.lit(beta2), square), w.mul(w.mul(w.lit(1 - beta2), g), g));
        const size = w.add(w.div(w.sqrt(v), correction), w.lit(eps));
        return [w.sub(w.mul(p, kept), w.div(w.mul(rate, m), size)), m, v];
      },
    });
  }

  /** @ignore */
  protected override get formula(): UpdateRule {
    return this.#formula;
  }

  /** @ignore what a parameter is multiplied by first, and what of it is added to the gradient */
  protected decay<T>(w: World<T>, _lr: T): readonly [kept: T, added: T] {
    return [w.lit(1), w.lit(this.weightDecay)];
  }
}

/**
 * {@link Adam} with a weight decay that does not pass through its means: each
 * step first multiplies the parameters by 1 − lr · weightDecay. Formulas and
 * defaults are those of `torch.optim.AdamW`.
 *
 * Loshchilov and Hutter, "Decoupled Weight Decay Regularization" (2019).
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { AdamW, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const unused = new Value(2);
 * new AdamW([unused], { lr: 0.5, weightDecay: 0.5 }).step();
 * deepEqual(unused.data, 1.5);
 * ```
 */
export class AdamW extends Adam {
  /**
   * An optimizer before its first step.
   *
   * @param parameters at least one Value made with `new`; one that is listed twice is moved once.
   * @throws {TypeError} if `parameters` is not an array of Values made with `new`, or `betas` not
   * an array.
   * @throws {RangeError} if there is no parameter, a number is out of its range, or `betas` are not
   * two.
   * @throws {RangeError} for an option of another name.
   */
  constructor(parameters: readonly Value[], options: AdamOptions = {}) {
    checkCount("AdamW", arguments, 2);
    checkOptions<AdamOptions>("AdamW", options, adamOptions);
    const { weightDecay = 0.01 } = options;
    super(parameters, { ...options, weightDecay });
  }

  /** @ignore */
  protected override decay<T>(w: World<T>, lr: T): readonly [kept: T, added: T] {
    return [w.sub(w.lit(1), w.mul(lr, w.lit(this.weightDecay))), w.lit(0)];
  }
}
