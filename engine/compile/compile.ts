import { describe, Value } from "../value.ts";
import { generate } from "./generate.ts";
import { plan } from "./plan.ts";
import { Program } from "./program.ts";

const maxThreads = 64;

/** Settings of {@link compile}. */
export interface CompileOptions {
  /** The leaves that differ from example to example, in the order of an example's numbers. */
  inputs: readonly Value[];
  /** The leaves that are trained. */
  parameters: readonly Value[];
  /** Nodes whose numbers are wanted for each example, such as a network's answer. Default: none. */
  outputs?: readonly Value[];
  /** Numbers of double (`"float64"`, the default) or single precision. */
  precision?: "float64" | "float32";
  /**
   * Whether a product and the sum that follows may be rounded once instead of
   * twice, where the processor is faster so. Default false.
   */
  fused?: boolean;
  /**
   * How many threads share a batch, from 1. Default 1: more pay only where a step
   * takes several times as long as waking them, some 20 µs. Workers live until
   * `close()`.
   */
  threads?: number;
}

/**
 * Turns the graph of one example's loss into a program for many examples:
 * WebAssembly that computes the losses, their mean and its gradients, two
 * examples at a time (four in single precision).
 *
 * @throws {TypeError} if an argument is not what it must be.
 * @throws {Error} if the graph has a leaf made with `new` that is not listed, or
 * an operation without code.
 *
 * @example
 * ```ts
 * import { compile, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, y, w] = [1, 2, 0.5].map((data) => new Value(data));
 * const loss = w.mul(x).sub(y).pow(2);
 * const program = compile(loss, { inputs: [x, y], parameters: [w] });
 * program.load([[1, 2], [2, 4], [3, 6]]);
 * deepEqual(program.backward(), 10.5);
 * deepEqual(w.grad, -14);
 * ```
 */
export function compile(loss: Value, options: CompileOptions): Program {
  if (!(loss instanceof Value)) {
    throw new TypeError(`compile: loss must be a Value, got ${describe(loss)}`);
  }
  const { inputs, parameters, outputs = [], precision = "float64", fused = false } = options;
  const { threads = 1 } = options;
  checkLeaves("inputs", inputs);
  checkLeaves("parameters", parameters);
  const trained = new Set(parameters);
  const both = inputs.findIndex((value) => trained.has(value));
  if (both >= 0) {
    throw new TypeError(
      `compile: inputs[${both}] must not be among the parameters too, got ${inputs[both]}`,
    );
  }
  checkOutputs(outputs);
  if (precision !== "float64" && precision !== "float32") {
    throw new RangeError(
      `compile: precision must be float64 or float32, got ${describe(precision)}`,
    );
  }
  if (typeof fused !== "boolean") {
    throw new TypeError(`compile: fused must be a boolean, got ${describe(fused)}`);
  }
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= maxThreads)) {
    const got = typeof threads === "number" ? threads : describe(threads);
    throw new RangeError(
      `compile: threads must be a whole number from 1 to ${maxThreads}, got ${got}`,
    );
  }
  const made = plan(loss, inputs, parameters, outputs);
  // Where the loss is the same for all examples, there is nothing to share.
  const count = made.root.area === "scalar" ? 1 : threads;
  const type = precision === "float64" ? "f64" : "f32";
  const codes = Array.from(
    { length: count },
    (_, thread) => generate(made, { type, isFused: fused, threads: count }, thread),
  );
  return new Program(made, codes);
}

function checkLeaves(name: string, leaves: readonly Value[]): void {
  if (!Array.isArray(leaves)) {
    throw new TypeError(`compile: ${name} must be an array, got ${describe(leaves)}`);
  }
  const seen = new Set<Value>();
  for (const [i, leaf] of leaves.entries()) {
    if (!(leaf instanceof Value) || leaf.op !== null || !leaf.requiresGrad) {
      throw new TypeError(
        `compile: ${name}[${i}] must be a leaf made with new, got ${whatItIs(leaf)}`,
      );
    }
    if (seen.has(leaf)) {
      throw new TypeError(`compile: ${name}[${i}] must be listed once, got ${leaf} again`);
    }
    seen.add(leaf);
  }
}

function whatItIs(x: unknown): string {
  if (!(x instanceof Value)) return describe(x);
  return x.op === null ? `the constant ${x}` : `the result of ${x.op}`;
}

function checkOutputs(outputs: readonly Value[]): void {
  if (!Array.isArray(outputs)) {
    throw new TypeError(`compile: outputs must be an array, got ${describe(outputs)}`);
  }
  for (const [i, output] of outputs.entries()) {
    if (output instanceof Value) continue;
    throw new TypeError(`compile: outputs[${i}] must be a Value, got ${describe(output)}`);
  }
}
