import { Value } from "../../engine/mod.ts";
import { applyRule, type FloatArray, type UpdateRule } from "../../engine/extend.ts";
import { checkCount, checkGradients, describe } from "../../engine/internal.ts";
import { counted, Shown } from "../../engine/show/mod.ts";
import {
  checkArray,
  checkEach,
  checkLength,
  checkNumber,
  checkNumbers,
  checkObject,
  checkWhole,
} from "../check.ts";

/**
 * What an {@link Optimizer} remembers from step to step.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { type OptimizerState, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(3);
 * const optimizer = new SGD([x], { lr: 0.5, momentum: 0.9 });
 * x.grad = 2;
 * optimizer.step();
 * const state: OptimizerState = optimizer.stateDict();
 * deepEqual(state, { optimizer: "SGD", lr: 0.5, steps: 1, state: [[2]] }); // the velocity of x
 * ```
 */
export interface OptimizerState {
  /** The name of its class. */
  readonly optimizer: string;
  /** The learning rate. */
  readonly lr: number;
  /** How many steps it has taken. */
  readonly steps: number;
  /** Lists of one number a parameter, such as velocities or running means. */
  readonly state: readonly (readonly number[])[];
}

/**
 * What moves parameters against their gradients; see {@link SGD}, {@link Adam}
 * and {@link AdamW}. A parameter that the loss does not depend on has the
 * gradient 0 and takes part in every step; PyTorch may skip it.
 *
 * @category Optimizers
 *
 * @example
 * ```ts
 * import { Optimizer, Value } from "chainrule";
 * import type { FloatArray } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * class SignDescent extends Optimizer {
 *   override update(data: FloatArray, grad: FloatArray): void {
 *     for (let i = 0; i < data.length; i++) data[i] -= this.lr * Math.sign(grad[i]);
 *   }
 * }
 * const x = new Value(3);
 * x.pow(2).backward();
 * new SignDescent([x], 0.5).step();
 * deepEqual(x.data, 2.5);
 * ```
 */
export abstract class Optimizer extends Shown {
  /** What is trained, each once. */
  readonly parameters: readonly Value[];
  /** @ignore how many steps have begun; counted by the `begin` of a formula that depends on it */
  protected steps = 0;
  #lr: number;
  // Made once, because a typed array takes microseconds, and most models here are small.
  readonly #data: Float64Array;
  readonly #grad: Float64Array;

  /**
   * What all optimizers share.
   *
   * @param parameters at least one Value made with `new`; one that is listed twice is moved once.
   * @param lr the learning rate, above 0.
   * @throws {TypeError} if `parameters` is not an array of Values made with `new`.
   * @throws {RangeError} if it is empty or `lr` is not such a number.
   */
  constructor(parameters: readonly Value[], lr: number) {
    checkCount(new.target.name, arguments, 2);
    const { name } = new.target;
    checkEach(`${name}: parameters`, parameters, checkParameter);
    checkNumber(`${name}: lr`, lr, " above 0");
    super();
    this.parameters = [...new Set(parameters)];
    this.#lr = lr;
    this.#data = new Float64Array(this.parameters.length);
    this.#grad = new Float64Array(this.parameters.length);
  }

  /**
   * The learning rate. It may be changed between steps, and may then be 0, where
   * a schedule ends.
   *
   * @throws {RangeError} if it is set to anything but a finite number from 0.
   */
  get lr(): number {
    return this.#lr;
  }
  set lr(lr: number) {
    checkNumber(`${this.constructor.name}: lr`, lr, " from 0");
    this.#lr = lr;
  }

  /** Moves every parameter once, by the gradient that it holds; call it after `backward()`. */
  step(): void {
    checkCount(`${this.constructor.name}.step`, arguments, 0);
    const { parameters } = this;
    const [data, grad] = [this.#data, this.#grad];
    for (let i = 0; i < data.length; i++) {
      data[i] = parameters[i].data;
      grad[i] = parameters[i].grad;
    }
    this.update(data, grad);
    for (let i = 0; i < data.length; i++) parameters[i].data = data[i];
  }

  /**
   * Moves numbers once, each by its gradient; `step()` calls it with those of
   * the parameters. An optimizer of one's own overrides it or, for its steps to
   * be compiled too, `formula`: see `UpdateRule` in `chainrule/extend`.
   *
   * @param data what is moved in place, in the order of `parameters`.
   * @param grad the gradients, in the same order; they stay as they are until the next step, which
   * fills both lists anew.
   * @throws {TypeError} if the class has neither.
   */
  update(data: FloatArray, grad: FloatArray): void {
    checkCount(`${this.constructor.name}.update`, arguments, 2);
    checkGradients(`${this.constructor.name}.update`, data, grad);
    const { formula } = this;
    if (formula === null) {
      throw new TypeError(`${this.constructor.name} must have update() or a formula`);
    }
    applyRule(formula, data, grad);
  }

  /** How one parameter moves, written as a formula; `null` where `update` says it. */
  protected get formula(): UpdateRule | null {
    return null;
  }

  /** The rule by which a program can do what `update` does: the formula, if that is all; else `null`. */
  get rule(): UpdateRule | null {
    return this.update === Optimizer.prototype.update ? this.formula : null;
  }

  /** Sets the gradient of every parameter to 0; call it before each `backward()`. */
  zeroGrad(): void {
    checkCount(`${this.constructor.name}.zeroGrad`, arguments, 0);
    for (const p of this.parameters) p.grad = 0;
  }

  /**
   * What the optimizer remembers, as plain numbers, so that a training can go on another day.
   * Settings other than the learning rate are not among it, and stay what the optimizer was made
   * with. One of your own that remembers anything beside the `state` of its formula adds it here.
   *
   * @example
   * ```ts
   * import { Adam, Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const descend = (x: Value, optimizer: Adam, steps: number) => {
   *   for (let step = 0; step < steps; step++) {
   *     optimizer.zeroGrad();
   *     x.pow(2).backward();
   *     optimizer.step();
   *   }
   * };
   * const x = new Value(3);
   * const optimizer = new Adam([x], { lr: 0.1 });
   * descend(x, optimizer, 10);
   *
   * const y = new Value(x.data);
   * const other = new Adam([y], { lr: 0.1 });
   * other.loadStateDict(JSON.parse(JSON.stringify(optimizer.stateDict())));
   * descend(x, optimizer, 10);
   * descend(y, other, 10);
   * deepEqual(y.data, x.data);
   * ```
   */
  stateDict(): OptimizerState {
    const { constructor: { name }, lr, steps, formula } = this;
    checkCount(`${name}.stateDict`, arguments, 0);
    return { optimizer: name, lr, steps, state: formula?.state.map((list) => [...list]) ?? [] };
  }

  /**
   * Goes on from where another optimizer was, which had as many parameters.
   *
   * @param state what its `stateDict()` returned.
   * @throws {TypeError} if something in `state` is of the wrong kind.
   * @throws {RangeError} if it is of another class, or of another number of parameters, or a number
   * is not finite. Nothing is changed then.
   */
  loadStateDict(state: OptimizerState): void {
    const { constructor: { name }, parameters } = this;
    checkCount(`${name}.loadStateDict`, arguments, 1);
    const where = `${name}.loadStateDict: state`;
    checkObject(where, state);
    if (state.optimizer !== name) {
      throw new RangeError(
        `${where}.optimizer must be "${name}", got ${describe(state.optimizer)}`,
      );
    }
    checkNumber(`${where}.lr`, state.lr, " from 0");
    checkWhole(`${where}.steps`, state.steps, 0);
    checkArray(`${where}.state`, state.state);
    const own = this.formula?.state ?? [];
    checkLength(`${where}.state`, state.state, own.length, `, as the ${name} has them`);
    state.state.forEach((list, k) => {
      checkNumbers(`${where}.state[${k}]`, list, parameters.length);
    });
    own.forEach((list, k) => list.set(state.state[k]));
    this.steps = state.steps;
    this.#lr = state.lr;
  }

  /** `SGD(lr=0.05): 41 parameters` */
  override toString(): string {
    const { constructor: { name }, lr, parameters } = this;
    return `${name}(lr=${lr}): ${counted(parameters.length, "parameter")}`;
  }
}

function checkParameter(name: string, p: unknown): asserts p is Value {
  if (p instanceof Value && p.op === null && p.requiresGrad) return;
  const made = p instanceof Value && (p.op === null ? "a constant" : `the result of ${p.op}`);
  throw new TypeError(`${name} must be a Value made with new, got ${made || describe(p)}`);
}
