import { checkCount } from "../arguments.ts";
import type { Value } from "../value.ts";
import type { Batch } from "./run/batch_order.ts";
import type { Machine } from "./run/machine.ts";
import type { FloatArray } from "./plan/memory.ts";
import { generateUpdate, type UpdateMemory, updateMemory, type UpdateRule } from "./update.ts";

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
 * it runs, the parameters are in the program's memory only.
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
  /** The trained parameters and their gradients, where the program has not got them. */
  readonly #data: Float64Array;
  readonly #grad: Float64Array;
  /** The gradients of all parameters in the last step. */
  readonly #gradients: Float64Array;
  /** Whether the last step's gradients are still in the program's memory. */
  #isFresh = false;
  #hasBegun = false;
  /** The formula of the update where it runs in the program's memory. */
  readonly #rule: UpdateRule | null;
  #compiled: { memory: UpdateMemory; update: () => void } | null = null;

  /** @ignore */
  constructor(machine: Machine, parameters: readonly Value[], optimizer: Updater) {
    const trained = optimizer.parameters;
    this.#machine = machine;
    this.#optimizer = optimizer;
    this.#parameters = parameters;
    this.#indices = indicesOf(trained, parameters);
    this.#rule = this.#indices === null ? optimizer.rule ?? null : null;
    this.#data = Float64Array.from(trained, (p) => p.data);
    this.#grad = new Float64Array(trained.length);
    this.#gradients = new Float64Array(parameters.length);
  }

  /**
   * One step: forward, backward, update.
   *
   * @param batch the numbers of its examples, from 0; all by default.
   * @returns the mean loss before the update.
   * @throws {TypeError} if the batch is not an array.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   */
  step(batch?: Batch): number {
    checkCount("Training.step", arguments, 1);
    this.#take();
    const loss = this.#machine.compute("step", batch);
    this.#isFresh = true;
    this.#hasBegun = true;
    if (this.#rule !== null) {
      const { memory: { shared }, update } = this.#compiled!;
      this.#machine.write(shared, this.#rule.begin());
      update();
      return loss;
    }
    const { parameters, gradients } = this.#machine;
    if (this.#indices === null) {
      this.#optimizer.update(parameters, gradients);
      return loss;
    }
    this.#indices.forEach((index, k) => this.#grad[k] = gradients[index]);
    this.#optimizer.update(this.#data, this.#grad);
    this.#put();
    return loss;
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

  /** Hands the parameters, and the gradients of the last step, over to their Values. */
  share(): void {
    checkCount("Training.share", arguments, 0);
    if (!this.#hasBegun) return;
    if (this.#machine.user === this) this.leave();
    for (const [i, p] of this.#parameters.entries()) p.grad = this.#gradients[i];
    for (const [k, p] of this.#optimizer.parameters.entries()) p.data = this.#data[k];
  }

  /** @ignore keeps what is in the program's memory, before another takes it over */
  leave(): void {
    this.#keepGradients();
    if (this.#indices === null) this.#data.set(this.#machine.parameters);
    this.#eachState((own, inMemory) => own.set(inMemory));
  }

  /** Makes the program's memory this training's own. */
  #take(): void {
    if (this.#machine.user === this) return;
    this.#machine.use(this);
    if (this.#rule !== null && this.#compiled === null) this.#compileRule(this.#rule);
    this.#put();
  }

  #put(): void {
    const { parameters } = this.#machine;
    if (this.#indices === null) parameters.set(this.#data);
    else this.#indices.forEach((index, k) => parameters[index] = this.#data[k]);
    this.#eachState((own, inMemory) => inMemory.set(own));
  }

  /** The update as code, made before the first step because it moves what follows in memory. */
  #compileRule(rule: UpdateRule): void {
    const machine = this.#machine, count = this.#parameters.length;
    const memory = updateMemory(rule, count, machine.map, (bytes) => machine.room(bytes));
    const code = generateUpdate(rule, count, machine.map, memory, machine.pages);
    const { update } = machine.instantiate(code);
    this.#compiled = { memory, update };
  }

  #eachState(visit: (own: Float64Array, inMemory: FloatArray) => void): void {
    if (this.#compiled === null || this.#rule === null) return;
    for (const [k, own] of this.#rule.state.entries()) {
      visit(own, this.#machine.view(this.#compiled.memory.state[k], own.length));
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
