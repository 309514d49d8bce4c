import { checkCount, describe } from "../arguments.ts";
import type { Value } from "../value.ts";
import type { Batch } from "./run/batch_order.ts";
import type { Machine } from "./run/machine.ts";
import { CompiledUpdate } from "./compiled_update.ts";
import type { FloatArray } from "./plan/memory.ts";
import { isPure, moveByRule, type UpdateRule } from "./update.ts";

/**
 * What moves parameters against their gradients; the optimizers of the library do.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { compile, Value } from "chainrule";
 * import type { Updater } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, w] = [1, 3].map((data) => new Value(data));
 * const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w] });
 * program.load([[1]]);
 * const bySign: Updater = {
 *   parameters: [w],
 *   update: (data, grad) => data.forEach((_, i) => data[i] -= 0.5 * Math.sign(grad[i])),
 * };
 * program.train(bySign, [undefined, undefined]); // two steps with all examples
 * deepEqual(w.data, 2);
 * ```
 */
export interface Updater {
  /** What is moved. */
  readonly parameters: readonly Value[];
  /** Moves numbers by their gradients once, both in the order of `parameters`. */
  update(data: FloatArray, grad: FloatArray): void;
  /** The formula of `update`, if it is one, so that it can be compiled too. */
  readonly rule?: UpdateRule | null;
}

/**
 * A training of a compiled loss, step by step; made by `program.training`. While
 * it runs, what it trains is in the program's memory only; a parameter that the
 * optimizer does not hold has the number of its Value.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { compile, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, w] = [1, 3].map((data) => new Value(data));
 * const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w] });
 * program.load([[1]]);
 * const training = program.training(new SGD([w], { lr: 0.25 }));
 * deepEqual([training.step(), training.evaluate()], [9, 2.25]);
 * deepEqual(w.data, 3); // the program has the new one
 * training.share();
 * deepEqual(w.data, 1.5);
 * ```
 */
export class Training {
  readonly #machine: Machine;
  readonly #optimizer: Updater;
  readonly #parameters: readonly Value[];
  /** Where the trained parameters are among the program's; `null` if they are the same list. */
  readonly #indices: readonly number[] | null;
  /** The indices of the others, which stay as they are. */
  readonly #others: readonly number[];
  /** The trained parameters and their gradients, where the program has not got them. */
  readonly #data: Float64Array;
  readonly #grad: Float64Array;
  /** The gradients of all parameters in the last step. */
  readonly #gradients: Float64Array;
  /** Whether the last step's gradients are still in the program's memory. */
  #isFresh = false;
  #hasBegun = false;
  /** The update where it runs in the program's memory, once it is code. */
  #compiled: CompiledUpdate | null = null;
  #isAsked = false;
  /** The last rule that was found to be pure, so that not every step has to look it up. */
  #pure: UpdateRule | null = null;
  #whyNoCode: string | null = null;

  /** @ignore */
  constructor(machine: Machine, parameters: readonly Value[], optimizer: Updater) {
    const trained = optimizer.parameters;
    this.#machine = machine;
    this.#optimizer = optimizer;
    this.#parameters = parameters;
    this.#indices = indicesOf(trained, parameters);
    const indices = new Set(this.#indices);
    this.#others = this.#indices ? [...parameters.keys()].filter((i) => !indices.has(i)) : [];
    this.#data = Float64Array.from(trained, (p) => p.data);
    this.#grad = new Float64Array(trained.length);
    this.#gradients = new Float64Array(parameters.length);
  }

  /**
   * One step: forward, backward, update. A loss of NaN moves nothing.
   *
   * @param batch the numbers of its examples, from 0; all by default.
   * @param adjust changes the gradients before the update, such as to clip them: a list for the
   * program's parameters, in their order. Default: nothing.
   * @returns the mean loss before the update.
   * @throws {TypeError} if the batch is not an array, or `adjust` not a function.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   */
  step(batch?: Batch, adjust?: (gradients: FloatArray) => void): number {
    checkCount("Training.step", arguments, 2);
    if (adjust !== undefined && typeof adjust !== "function") {
      throw new TypeError(`Training.step: adjust must be a function, got ${describe(adjust)}`);
    }
    this.#take();
    const loss = this.#machine.compute("step", batch);
    this.#isFresh = true;
    this.#hasBegun = true;
    // Not a number has no direction: the parameters stay, to tell where it comes from.
    if (Number.isNaN(loss)) return loss;
    adjust?.(this.#machine.gradients);
    this.#update();
    return loss;
  }

  #update(): void {
    const rule = this.#optimizer.rule ?? null;
    // Of the library's rules that are code every step but the first ends here.
    if (rule !== null && rule === this.#pure && this.#compiled !== null) {
      this.#compiled.move(rule.begin());
    } else {
      this.#updateBy(rule);
    }
  }

  #updateBy(rule: UpdateRule | null): void {
    const { parameters, gradients } = this.#machine;
    if (rule === null && this.#compiled !== null) {
      this.#compiled.takeState();
      this.#compiled = null;
      this.#whyNoCode = "its formula is gone";
    }
    // What is not known to look at its arguments alone finds the Values as after `backward()`.
    if (rule !== null && rule !== this.#pure && isPure(rule)) this.#pure = rule;
    if (rule === null || rule !== this.#pure) this.#show(parameters, gradients);
    if (this.#compiled !== null && rule !== null) {
      const shared = rule.begin();
      const problem = this.#compiled.run(rule, shared);
      if (problem === null) return;
      this.#compiled = null;
      this.#whyNoCode = problem;
      moveByRule(rule, shared, parameters, gradients);
      return;
    }
    if (this.#indices === null) {
      this.#optimizer.update(parameters, gradients);
    } else {
      this.#indices.forEach((index, k) => this.#grad[k] = gradients[index]);
      this.#optimizer.update(this.#data, this.#grad);
      this.#put();
    }
  }

  /** Lets the Values have what the memory has. */
  #show(data: FloatArray, gradients: FloatArray): void {
    for (const [i, p] of this.#parameters.entries()) p.grad = gradients[i];
    for (const [k, p] of this.#optimizer.parameters.entries()) {
      p.data = this.#indices === null ? data[k] : this.#data[k];
    }
  }

  /**
   * The mean loss of a batch with the parameters as they are now.
   *
   * @param batch the numbers of its examples, from 0; all by default.
   * @throws {TypeError} if the batch is not an array.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   */
  evaluate(batch?: Batch): number {
    checkCount("Training.evaluate", arguments, 1);
    this.#take();
    this.#keepGradients();
    return this.#machine.compute("evaluate", batch);
  }

  /** The outputs of the last batch: n rows of one number an output; good until the next step. */
  get outputs(): FloatArray {
    return this.#machine.outputs;
  }

  /**
   * The numbers of all loaded examples, one row after the other; who changes them between two steps
   * changes what the program computes with. Good until the next step.
   */
  get examples(): FloatArray {
    return this.#machine.examples;
  }

  /**
   * Why the optimizer's formula runs on numbers, and not as code: what is wrong
   * with it. `null` if nothing is, or before the first step.
   */
  get eagerUpdateBecause(): string | null {
    return this.#whyNoCode;
  }

  /** How many of the program's threads have had a part of a batch, at most; 1 without others. */
  get threads(): number {
    return this.#machine.busiest;
  }

  /** Hands the parameters, and the gradients of the last step, over to their Values. */
  share(): void {
    checkCount("Training.share", arguments, 0);
    if (!this.#hasBegun) return;
    if (this.#machine.user === this) this.leave();
    for (const [i, p] of this.#parameters.entries()) p.grad = this.#gradients[i];
    for (const [k, p] of this.#optimizer.parameters.entries()) p.data = this.#data[k];
  }

  /**
   * Takes over what the Values of the parameters are now, and what the optimizer remembers; for
   * who changed them after `share()`, without which the program's own are lost.
   */
  pull(): void {
    checkCount("Training.pull", arguments, 0);
    for (const [k, p] of this.#optimizer.parameters.entries()) this.#data[k] = p.data;
    if (this.#machine.user === this) this.#put();
  }

  /** @ignore keeps what is in the program's memory, before another takes it over */
  leave(): void {
    this.#keepGradients();
    if (this.#indices === null) this.#data.set(this.#machine.parameters);
    this.#compiled?.takeState();
  }

  /** Makes the program's memory this training's own. */
  #take(): void {
    if (this.#machine.user !== this) this.#enter();
    if (this.#others.length === 0) return;
    const { parameters } = this.#machine;
    for (const i of this.#others) parameters[i] = this.#parameters[i].data;
  }

  #enter(): void {
    this.#machine.use(this);
    if (!this.#isAsked) this.#compileRule();
    this.#put();
  }

  #put(): void {
    const { parameters } = this.#machine;
    if (this.#indices === null) parameters.set(this.#data);
    else this.#indices.forEach((index, k) => parameters[index] = this.#data[k]);
    this.#compiled?.putState();
  }

  /** The update as code, made before the first step because it moves what follows in memory. */
  #compileRule(): void {
    this.#isAsked = true;
    const rule = this.#indices === null ? this.#optimizer.rule ?? null : null;
    if (rule === null) return;
    try {
      this.#compiled = new CompiledUpdate(this.#machine, rule, this.#parameters.length);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this.#whyNoCode = message.replace(/^compile: an update has/, "there is");
    }
  }

  #keepGradients(): void {
    if (this.#isFresh) this.#gradients.set(this.#machine.gradients);
    this.#isFresh = false;
  }
}

function indicesOf(trained: readonly Value[], parameters: readonly Value[]) {
  if (trained.length === parameters.length && trained.every((p, i) => p === parameters[i])) {
    return null;
  }
  const indices = new Map(parameters.map((p, i) => [p, i]));
  return trained.map((p, i) => {
    const index = indices.get(p);
    if (index !== undefined) return index;
    throw new RangeError(
      `Program.training: optimizer.parameters[${i}] must be a parameter of the program, got ${p}`,
    );
  });
}
