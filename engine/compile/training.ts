import type { Value } from "../value.ts";
import type { Batch, Machine } from "./machine.ts";

/** What moves parameters against their gradients; the optimizers of the library do. */
export interface Updater {
  /** What is moved. */
  readonly parameters: readonly Value[];
  /** Moves numbers by their gradients once, both in the order of `parameters`. */
  update(data: Float64Array, grad: Float64Array): void;
}

/** A training of a compiled loss, step by step; made by `program.training`. */
export class Training {
  readonly #machine: Machine;
  readonly #optimizer: Updater;
  readonly #data: Float64Array;
  readonly #grad: Float64Array;
  readonly #parameters: readonly Value[];
  /** The gradients of all parameters, where some are not trained. */
  readonly #gradients: Float64Array;
  /** Where the trained parameters are among the program's; `null` if they are the same list. */
  readonly #places: readonly number[] | null;

  /** @ignore */
  constructor(machine: Machine, parameters: readonly Value[], optimizer: Updater) {
    const trained = optimizer.parameters;
    this.#machine = machine;
    this.#optimizer = optimizer;
    this.#places = placesOf(trained, parameters);
    this.#data = Float64Array.from(trained, (p) => p.data);
    this.#grad = new Float64Array(trained.length);
    this.#parameters = parameters;
    this.#gradients = this.#places === null ? this.#grad : new Float64Array(parameters.length);
  }

  /**
   * One step: forward, backward, update.
   *
   * @returns the mean loss before the update.
   */
  step(batch?: Batch): number {
    const loss = this.#machine.step(batch);
    const { gradients, parameters } = this.#machine;
    this.#gradients.set(gradients);
    if (this.#places === null) {
      this.#optimizer.update(this.#data, this.#grad);
      parameters.set(this.#data);
      return loss;
    }
    for (const [k, place] of this.#places.entries()) this.#grad[k] = gradients[place];
    this.#optimizer.update(this.#data, this.#grad);
    for (const [k, place] of this.#places.entries()) parameters[place] = this.#data[k];
    return loss;
  }

  /** The mean loss of a batch with the parameters as they are now. */
  evaluate(batch?: Batch): number {
    return this.#machine.evaluate(batch);
  }

  /** The outputs of the last batch: n rows, one after the other; good until the next step. */
  get outputs(): Float64Array | Float32Array {
    return this.#machine.outputs;
  }

  /** Hands the parameters, and the gradients of the last step, over to their Values. */
  share(): void {
    for (const [i, p] of this.#parameters.entries()) p.grad = this.#gradients[i];
    for (const [k, p] of this.#optimizer.parameters.entries()) p.data = this.#data[k];
  }
}

function placesOf(trained: readonly Value[], parameters: readonly Value[]) {
  if (trained.length === parameters.length && trained.every((p, i) => p === parameters[i])) {
    return null;
  }
  const places = new Map(parameters.map((p, i) => [p, i]));
  return trained.map((p, i) => {
    const place = places.get(p);
    if (place !== undefined) return place;
    throw new RangeError(
      `Program.training: optimizer.parameters[${i}] must be a parameter of the program, got ${p}`,
    );
  });
}
