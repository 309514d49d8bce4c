import { Value } from "../../engine/mod.ts";
import { applyRule, type FloatArray, type UpdateRule } from "../../engine/extend.ts";
import { checkCount, checkGradients, describe } from "../../engine/internal.ts";
import { counted, Shown } from "../../engine/show/mod.ts";
import { checkEach, checkNumber } from "../check.ts";

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
  #lr: number;

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
    const data = Float64Array.from(parameters, (p) => p.data);
    this.update(data, Float64Array.from(parameters, (p) => p.grad));
    for (let i = 0; i < data.length; i++) parameters[i].data = data[i];
  }

  /**
   * Moves numbers once, each by its gradient; `step()` calls it with those of
   * the parameters. An optimizer of one's own overrides it or, for its steps to
   * be compiled too, `formula`: see `UpdateRule` in `chainrule/extend`.
   *
   * @param data what is moved in place, in the order of `parameters`.
   * @param grad the gradients, in the same order; they stay as they are.
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
