import { checkCount, checkOptions, describe, inBrief } from "../arguments.ts";
import { isNumberArray, type NumberArray } from "../list_operations.ts";
import { display, type MimeBundle, Shown } from "../show/jupyter.ts";
import { counted } from "../show/text.ts";
import type { Generated } from "./kernels/generate.ts";
import type { Batch } from "./run/batch_order.ts";
import { Machine, type WriteAlone } from "./run/machine.ts";
import { type Source, type Standalone, standalone } from "./standalone.ts";
import { Training, type Updater } from "./training.ts";

/**
 * Settings of {@link Program.standalone}.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { Adam, compile, type StandaloneOptions, Value } from "chainrule";
 * import { match } from "node:assert/strict";
 *
 * const [x, w] = [1, 3].map((data) => new Value(data));
 * const program = compile(w.mul(x).pow(2), { inputs: [x], parameters: [w] });
 * const options: StandaloneOptions = { name: "small", optimizer: new Adam([w]) };
 * match(program.standalone(options).types, /step\(rows/);
 * ```
 */
export interface StandaloneOptions {
  /** What the files are called, without their endings. Default `"model"`. */
  name?: string;
  /** What the program trains with, from where its training stands: SGD, Adam or AdamW. Default: it does not. */
  optimizer?: Updater;
}

/**
 * A compiled loss; see {@link compile}. A notebook shows it as text to read: the
 * loops that it runs, with a letter for each kind of node.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { compile, SGD, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, y, w] = [0, 0, 0].map((data) => new Value(data));
 * const program = compile(w.mul(x).sub(y).pow(2), { inputs: [x, y], parameters: [w] });
 * program.load([[1, 2], [2, 4]]);
 * const losses = program.train(new SGD([w], { lr: 0.1 }), new Array(30).fill([0, 1]));
 * deepEqual([losses[0], losses.length, w.data.toFixed(6)], [10, 30, "2.000000"]);
 * ```
 */
export class Program extends Shown {
  readonly #source: Source;
  readonly #machine: Machine;
  /** The generated WebAssembly module; its length does not grow with the width of a layer. */
  readonly bytes: Uint8Array<ArrayBuffer>;

  /** @ignore */
  constructor(
    source: Source,
    codes: readonly Generated[],
    writeAlone: WriteAlone | null,
  ) {
    super();
    this.#source = source;
    this.#machine = new Machine(source.plan, codes, writeAlone);
    this.bytes = codes[0].bytes;
  }

  /**
   * Ends the threads of a program that has several, which can compute nothing
   * after that; one without threads is not changed. Threads that were not ended
   * take up memory, and end with the process.
   */
  close(): void {
    checkCount("Program.close", arguments, 0);
    this.#machine.close();
  }

  /** Closes the program at the end of the block that says `using program = compile(…)`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Hands over the examples that the following calls compute with.
   *
   * @param examples n ≥ 1 rows with a number for each input, in their order.
   * @throws {RangeError} if there is none, or one has another length.
   * @throws {TypeError} if an element is not a number.
   */
  load(examples: readonly (readonly number[] | NumberArray)[]): void {
    checkCount("Program.load", arguments, 1);
    checkExamples(examples, this.#source.plan.inputs.length);
    this.#machine.load(examples);
  }

  /**
   * The mean loss of the loaded examples.
   *
   * @param batch the numbers of some of them, from 0; all by default.
   * @throws {TypeError} if the batch is not an array.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   */
  forward(batch?: readonly number[]): number {
    checkCount("Program.forward", arguments, 1);
    this.#pull();
    return this.#machine.compute("evaluate", batch);
  }

  /**
   * The mean loss of the loaded examples; adds its gradient to `grad` of every
   * parameter, as `backward()` of the same loss does.
   *
   * @param batch the numbers of some of them, from 0; all by default.
   * @throws {TypeError} if the batch is not an array.
   * @throws {RangeError} if it is empty or names an example that is not there.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   *
   * @example The gradient of each example
   * ```ts
   * import { compile, Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const [x, y, w] = [1, 2, 0.5].map((data) => new Value(data));
   * const program = compile(w.mul(x).sub(y).pow(2), { inputs: [x, y], parameters: [w] });
   * const examples = [[1, 2], [2, 4], [3, 6]];
   * program.load(examples);
   * const gradients = examples.map((_, i) => {
   *   w.grad = 0;
   *   program.backward([i]);
   *   return w.grad;
   * });
   * deepEqual(gradients, [-3, -12, -27]);
   * w.grad = 0;
   * program.backward();
   * deepEqual(w.grad, -14); // their mean
   * ```
   */
  backward(batch?: readonly number[]): number {
    checkCount("Program.backward", arguments, 1);
    this.#pull();
    const loss = this.#machine.compute("step", batch);
    const { gradients } = this.#machine;
    this.#source.plan.parameters.forEach((p, i) => p.grad += gradients[i]);
    return loss;
  }

  /**
   * The outputs that were asked for, of the examples of the last call.
   *
   * @returns n rows of one number an output, one after the other; empty without outputs or a call.
   */
  outputs(): Float64Array {
    checkCount("Program.outputs", arguments, 0);
    return Float64Array.from(this.#machine.outputs);
  }

  /**
   * The means of the losses that were given by name, over the examples of the
   * last call.
   *
   * @returns the numbers by their names; none if the loss had no names, or without a call.
   */
  losses(): Record<string, number> {
    checkCount("Program.losses", arguments, 0);
    const { losses } = this.#machine;
    return Object.fromEntries(losses.map((mean, k) => [this.#source.plan.losses[k], mean]));
  }

  /**
   * Begins a training, in which the parameters stay in the program's memory
   * from step to step.
   *
   * @param optimizer what moves the parameters, which must be the program's, all or some.
   * @throws {TypeError} if it is no optimizer.
   * @throws {RangeError} if one of its parameters is not the program's.
   */
  training(optimizer: Updater): Training {
    checkCount("Program.training", arguments, 1);
    checkUpdater("Program.training", optimizer);
    this.#pull();
    return new Training(this.#machine, this.#source.plan.parameters, optimizer);
  }

  /**
   * Trains: for each batch the loss, its gradients and one update. The Values of
   * the parameters and their gradients are those of the last batch afterwards.
   *
   * @param optimizer what moves the parameters, which must be the program's, all or some.
   * @param batches for each step the numbers of its examples, from 0; `undefined` for all.
   * @returns the mean loss of each batch, before its update.
   * @throws {TypeError} if `optimizer` is none, or a batch is not an array.
   * @throws {RangeError} if a parameter or an example is not there, or a batch is empty.
   * @throws {Error} if no examples were loaded, or the program's threads have ended.
   */
  train(optimizer: Updater, batches: Iterable<Batch>): number[] {
    checkCount("Program.train", arguments, 2);
    checkUpdater("Program.train", optimizer);
    if (typeof batches !== "object" || typeof batches?.[Symbol.iterator] !== "function") {
      throw new TypeError(`Program.train: batches must be a list, got ${describe(batches)}`);
    }
    const training = this.training(optimizer);
    const losses: number[] = [];
    try {
      // Not by `push`, which takes three times as long.
      for (const batch of batches) losses[losses.length] = training.step(batch);
    } finally {
      training.share();
    }
    return losses;
  }

  /**
   * The program as files that run without this library, in Node, Deno, Bun and
   * browsers; `save(program, "model.js")` writes them. Inputs that no output
   * depends on, such as labels at the end of a row, are left out when it predicts.
   *
   * @returns a module of WebAssembly with the parameters as they are now, one of JavaScript that
   * runs it, and the types of that.
   * @throws {TypeError} if the name is not a text, or the optimizer is none.
   * @throws {RangeError} if there are neither outputs nor an optimizer, the name cannot be a file's,
   * or the optimizer's parameters are not the program's in the same order.
   * @throws {RangeError} for an option of another name.
   * @throws {Error} if the optimizer's steps cannot be written down.
   *
   * @example
   * ```ts
   * import { compile, SGD, Value } from "chainrule";
   * import { deepEqual } from "node:assert/strict";
   *
   * const [x, y, w] = [0, 0, 3].map((data) => new Value(data));
   * const answer = w.mul(x);
   * const options = { inputs: [x, y], parameters: [w], outputs: [answer] };
   * const program = compile(answer.sub(y).pow(2), options);
   * const { js, wasm } = program.standalone({ optimizer: new SGD([w], { lr: 0.1 }) });
   * // Elsewhere: import { load } from "./model.js"
   * const { load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
   * const model = await load(wasm);
   * deepEqual(model.predict([[1], [2]]), [[3], [6]]);
   * deepEqual(model.step([[1, 1]]), 4); // the loss, and then w − 0.1 · 2 (w − 1)
   * deepEqual(model.predict([[1]]), [[2.6]]);
   * ```
   */
  standalone(options: StandaloneOptions = {}): Standalone {
    checkCount("Program.standalone", arguments, 1);
    checkOptions<StandaloneOptions>("Program.standalone", options, {
      name: "string",
      optimizer: "Optimizer",
    });
    const { name = "model", optimizer } = options;
    if (typeof name !== "string") {
      throw new TypeError(`Program.standalone: name must be a string, got ${describe(name)}`);
    }
    if (!/^[^\p{C}\p{Zl}\p{Zp}/\\]+$/u.test(name)) {
      throw new RangeError(
        `Program.standalone: name must be that of a file, got "${inBrief(name)}"`,
      );
    }
    if (optimizer !== undefined) checkUpdater("Program.standalone", optimizer);
    else if (this.#source.outputs.length === 0) {
      throw new RangeError(
        "Program.standalone: the program must have outputs to predict, or an optimizer to train " +
          "with, got neither",
      );
    }
    // What a training has in the program's memory goes to the optimizer.
    this.#machine.use(null);
    return standalone(this.#source, name, optimizer);
  }

  /** `Program(3 inputs, 41 parameters): 3214 bytes of WebAssembly` */
  override toString(): string {
    const { inputs, parameters } = this.#source.plan;
    const parts = [counted(inputs.length, "input"), counted(parameters.length, "parameter")];
    return `Program(${parts.join(", ")}): ${this.bytes.length} bytes of WebAssembly`;
  }

  /** @ignore the loops of the program, as text */
  async [display](): Promise<MimeBundle> {
    const { renderListing } = await import("./listing/listing_view.ts");
    return renderListing(this.#source.plan, this.toString());
  }

  /** Takes over what the parameters are now. */
  #pull(): void {
    this.#machine.use(null);
    const { parameters } = this.#source.plan;
    const numbers = this.#machine.parameters;
    for (let i = 0; i < parameters.length; i++) numbers[i] = parameters[i].data;
  }
}

function checkUpdater(name: string, optimizer: unknown): asserts optimizer is Updater {
  const { parameters, update }: Record<string, unknown> = Object(optimizer);
  if (Array.isArray(parameters) && typeof update === "function") return;
  throw new TypeError(
    `${name}: optimizer must have parameters and update(), got ${describe(optimizer)}`,
  );
}

function checkExamples(
  examples: readonly (readonly number[] | NumberArray)[],
  width: number,
): void {
  if (!Array.isArray(examples)) {
    throw new TypeError(`Program.load: examples must be an array, got ${describe(examples)}`);
  }
  if (examples.length === 0) {
    throw new RangeError("Program.load: examples must have at least one row, got an empty array");
  }
  for (const [i, row] of examples.entries()) {
    const isTyped = isNumberArray(row);
    if (!isTyped && !Array.isArray(row)) {
      throw new TypeError(`Program.load: examples[${i}] must be an array, got ${describe(row)}`);
    }
    if (row.length !== width) {
      throw new RangeError(
        `Program.load: examples[${i}] must have ${width} numbers, one an input, got ${row.length}`,
      );
    }
    if (isTyped) continue;
    // Faster than a method of the list, which makes an object of each number.
    for (let k = 0; k < width; k++) {
      if (typeof row[k] === "number") continue;
      throw new TypeError(
        `Program.load: examples[${i}][${k}] must be a number, got ${describe(row[k])}`,
      );
    }
  }
}
