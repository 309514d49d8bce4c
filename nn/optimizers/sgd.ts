import { checkCount, checkOptions } from "../../engine/internal.ts";
import type { UpdateRule, World } from "../../engine/extend.ts";
import { numbers, pureRule } from "../../engine/internal.ts";
import type { Value } from "../../engine/mod.ts";
import { checkBoolean, checkNumber } from "../check.ts";
import { Optimizer } from "./optimizer.ts";

/**
 * Settings of {@link SGD}.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { SGD, type SGDOptions, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const options: SGDOptions = { lr: 1, momentum: 0.5 };
 * const x = new Value(0);
 * const optimizer = new SGD([x], options);
 * x.grad = 1;
 * optimizer.step();
 * optimizer.step();
 * deepEqual(x.data, -2.5); // the second step is 0.5 · 1 + 1
 * ```
 */
export interface SGDOptions {
  /** The learning rate, above 0. Default 0.001. */
  lr?: number;
  /** How much of its velocity a parameter keeps from step to step, from 0. Default 0. */
  momentum?: number;
  /** How much of the gradient the velocity leaves out, after the first step. Default 0. */
  dampening?: number;
  /** Whether the gradient counts once more, as if taken one step ahead. Default false. */
  nesterov?: boolean;
  /** The multiple of a parameter that is added to its gradient, from 0. Default 0. */
  weightDecay?: number;
}

/**
 * Gradient descent, with momentum on request: `p.data -= lr * p.grad`, or with
 * momentum v ← momentum · v + (1 − dampening) · p.grad and `p.data -= lr * v`.
 * Formulas and defaults are those of `torch.optim.SGD`.
 *
 * Sutskever, Martens, Dahl and Hinton, "On the importance of initialization and
 * momentum in deep learning" (2013).
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3);
 * const optimizer = new SGD([x], { lr: 0.1, momentum: 0.5 });
 * for (let step = 0; step < 100; step++) {
 *   const loss = x.sub(1).pow(2);
 *   optimizer.zeroGrad();
 *   loss.backward();
 *   optimizer.step();
 * }
 * deepEqual(Math.abs(x.data - 1) < 1e-9, true);
 * ```
 */
export class SGD extends Optimizer {
  /** How much of its velocity a parameter keeps from step to step. */
  readonly momentum: number;
  /** How much of the gradient the velocity leaves out, after the first step. */
  readonly dampening: number;
  /** Whether the gradient counts once more, as if taken one step ahead. */
  readonly nesterov: boolean;
  /** The multiple of a parameter that is added to its gradient. */
  readonly weightDecay: number;
  readonly #formula: UpdateRule;

  /**
   * An optimizer at rest.
   *
   * @param parameters at least one Value made with `new`; one that is listed twice is moved once.
   * @throws {TypeError} if `parameters` is not an array of Values made with `new`, or `nesterov`
   * not a boolean.
   * @throws {RangeError} if there is no parameter, a number is out of its range, or `nesterov`
   * comes without momentum or with dampening.
   * @throws {RangeError} for an option of another name.
   */
  constructor(parameters: readonly Value[], options: SGDOptions = {}) {
    checkCount(new.target.name, arguments, 2);
    checkOptions<SGDOptions>(new.target.name, options, {
      lr: "number",
      momentum: "number",
      dampening: "number",
      nesterov: "boolean",
      weightDecay: "number",
    });
    const { lr = 1e-3, momentum = 0, dampening = 0, nesterov = false, weightDecay = 0 } = options;
    super(parameters, lr);
    checkNumber("SGD: momentum", momentum, " from 0");
    checkNumber("SGD: dampening", dampening);
    checkNumber("SGD: weightDecay", weightDecay, " from 0");
    checkBoolean("SGD: nesterov", nesterov);
    if (nesterov && (momentum === 0 || dampening !== 0)) {
      throw new RangeError(
        "SGD: nesterov must come with momentum above 0 and dampening 0, " +
          `got momentum ${momentum} and dampening ${dampening}`,
      );
    }
    this.momentum = momentum;
    this.dampening = dampening;
    this.nesterov = nesterov;
    this.weightDecay = weightDecay;
    const shared = <T>(w: World<T>, lr: T, step: T): T[] => {
      if (momentum === 0) return [lr];
      const first = w.lit(1);
      // The first velocity is the gradient itself.
      const later = () => w.lit(1 - dampening);
      return [lr, w.order(step, first, later, () => first, later)];
    };
    this.#formula = pureRule({
      state: momentum === 0 ? [] : [new Float64Array(this.parameters.length)],
      shared: momentum === 0 ? 1 : 2,
      begin: () => shared(numbers, this.lr, ++this.steps),
      course: () => ({ lr: this.lr, steps: this.steps, shared }),
      apply(w, p, gradient, [v], [lr, gain]) {
        const g = weightDecay === 0 ? gradient : w.add(gradient, w.mul(w.lit(weightDecay), p));
        if (momentum === 0) return [w.sub(p, w.mul(lr, g))];
        const kept = (x: typeof p) => w.mul(w.lit(momentum), x);
        const velocity = w.add(kept(v), w.mul(gain, g));
        const step = nesterov ? w.add(g, kept(velocity)) : velocity;
        return [w.sub(p, w.mul(lr, step)), velocity];
      },
    });
  }

  /** @ignore */
  protected override get formula(): UpdateRule {
    return this.#formula;
  }
}
