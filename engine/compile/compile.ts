/**
 * A graph becomes a program. `plan/` sorts its nodes into loops, and says where
 * their numbers lie; `kernels/` writes the loops, forward and backward; for one
 * example alone both have a file `alone.ts`. They stand on `code/`, which turns
 * expressions into instructions and instructions into bytes, and on `functions/`,
 * which has exp, tanh and what else is no instruction. `run/` keeps a program's
 * memory and lets it compute, on several threads too. `listing/` shows a plan as
 * text. A folder imports from those only that it stands on: plan and code,
 * functions, kernels, run; and the files beside this one are what a caller sees.
 *
 * @module
 */
import {
  checkCount,
  checkOptions,
  describe,
  describeNumber,
  inBrief,
  isPlain,
} from "../arguments.ts";
import { sum } from "../list_operations.ts";
import { checkValue, Value } from "../value.ts";
import { generate, generateAlone, paysAlone } from "./kernels/generate.ts";
import { plan } from "./plan/plan.ts";
import { Program } from "./program.ts";
import { canWait } from "./run/crew.ts";

/** The most threads that can share a batch. */
export const maxThreads = 64;

/**
 * Settings of {@link compile}.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { compile, type CompileOptions, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, w] = [1, 0.5].map((data) => new Value(data));
 * const y = w.mul(x);
 * const options: CompileOptions = { inputs: [x], parameters: [w], outputs: [y] };
 * const program = compile(y.sub(1).pow(2), options);
 * program.load([[1], [2], [3]]);
 * program.forward();
 * deepEqual([...program.outputs()], [0.5, 1, 1.5]);
 * ```
 */
export interface CompileOptions {
  /** The leaves that differ from example to example, in the order of an example's numbers. */
  inputs: readonly Value[];
  /** The leaves that are trained. */
  parameters: readonly Value[];
  /**
   * Values whose numbers are wanted for each example, such as a network's answer. They need not be
   * part of the loss: a probability may lie beside it, and no gradient comes from there. Default:
   * none.
   */
  outputs?: readonly Value[];
  /**
   * Numbers of double (`"float64"`, the default) or single precision, which is up
   * to twice as fast. Losses and gradients then differ from those of double
   * precision by some 1e-6 of the parts that they are sums of, and by 6e-5 in the
   * worst of 4,000 random graphs.
   */
  precision?: "float64" | "float32";
  /**
   * Whether a product and the sum that follows may be rounded once instead of
   * twice, where the processor is faster so. In double precision that changes
   * results by 2e-13 at most in 3,000 random graphs, and not the same way on every
   * machine. Default false.
   */
  fused?: boolean;
  /**
   * How many threads share a batch, from 1 to 64. Default 1: more pay only where a step
   * takes several times as long as waking them, some 20 µs: with two, a network of
   * 40,000 parameters trains 1.1 times as fast at batches of 32, and 1.9 times at
   * 512. Workers live until `close()`. A page has one, said once.
   */
  threads?: number;
}

/**
 * Turns the graph of one example's loss into a program for many examples:
 * WebAssembly that computes the losses, their mean and its gradients, two
 * examples at a time (four in single precision). The first batch of a single
 * example takes some milliseconds more where a layer has several neurons: code is
 * made then that computes one example two or four neurons at a time.
 *
 * @param loss the loss of one example, whose inputs may hold any numbers now; plain numbers in it
 * are constants of the program. Several losses, by name, count as their sum, and `program.losses()`
 * tells them apart.
 * @returns a program that awaits its examples.
 * @throws {TypeError} if `options` is not an object or a list in it not an array, `loss` or an
 * output is not a Value, an input or a parameter not a leaf made with `new`, a leaf is listed
 * twice, or `fused` is not a boolean.
 * @throws {RangeError} if there is no loss, `precision` or `threads` is none of the possible ones,
 * or `fused` is not possible here.
 * @throws {Error} if the graph has a leaf made with `new` that is not listed, a detached value or an
 * operation without code, or a thread does not start, for which Deno needs permission to read.
 * @throws {RangeError} for an option of another name.
 * @category Compiling
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
 *
 * @example Two losses, and what it answers
 * ```ts
 * import { compile, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const [x, y, w] = [0, 0, 3].map((data) => new Value(data));
 * const answer = w.mul(x);
 * const losses = { error: answer.sub(y).pow(2), penalty: w.pow(2).mul(0.5) };
 * const outputs = [answer, answer.sigmoid()]; // the second lies beside the losses
 * const program = compile(losses, { inputs: [x, y], parameters: [w], outputs });
 * program.load([[0, 1], [1, 1]]);
 * deepEqual(program.backward(), 7);
 * deepEqual(program.losses(), { error: 2.5, penalty: 4.5 });
 * deepEqual([...program.outputs()].slice(0, 2), [0, 0.5]);
 * deepEqual(w.grad, 5); // 2 of the error, 3 of the penalty
 * ```
 */
export function compile(
  loss: Value | Readonly<Record<string, Value>>,
  options: CompileOptions,
): Program {
  checkCount("compile", arguments, 2);
  checkLoss(loss);
  const { inputs, parameters, outputs, precision, fused, threads } = checked(options);
  const [total, losses] = loss instanceof Value ? [loss, {}] : [sum(Object.values(loss)), loss];
  const made = plan(total, inputs, parameters, outputs, losses);
  // Where the loss is the same for all examples, there is nothing to share.
  const count = made.root.area === "scalar" ? 1 : availableThreads(threads);
  const type = precision === "float64" ? "f64" : "f32";
  const settings = { type, isFused: fused, threads: count } as const;
  const codes = Array.from({ length: count }, (_, thread) => generate(made, settings, thread));
  const writeAlone = paysAlone(made)
    ? (tables: number) => generateAlone(made, settings, tables)
    : null;
  return new Program({ plan: made, outputs, type, isFused: fused }, codes, writeAlone);
}

/** A module of one function, which is `f64x2.relaxed_madd`. */
const fusing = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7b, 0x7b, 0x7b, 0x01, 0x7b],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x0a, 0x0d, 0x01, 0x0b, 0x00, 0x20, 0x00, 0x20, 0x01, 0x20, 0x02, 0xfd, 0x87, 0x02, 0x0b],
);

/** Whether products and sums can be rounded together here; asked before a program is written. */
function canFuse(): boolean {
  try {
    return WebAssembly.validate(fusing) && new WebAssembly.Module(fusing) !== null;
  } catch {
    return false;
  }
}

let hasSaidOne = false;

/** So many threads where they can be waited for, as in most pages they cannot; there one, said once. */
function availableThreads(threads: number): number {
  if (threads === 1 || canWait()) return threads;
  if (!hasSaidOne) {
    console.warn(
      "compile: one thread computes, since here no thread can wait for others, as in a page",
    );
  }
  hasSaidOne = true;
  return 1;
}

/** The options with their defaults. */
function checked(options: CompileOptions): Required<CompileOptions> {
  checkOptions<CompileOptions>("compile", options, {
    inputs: "array",
    parameters: "array",
    outputs: "array",
    precision: "string",
    fused: "boolean",
    threads: "number",
  });
  const { inputs, parameters, outputs = [], precision = "float64" } = options;
  const { fused = false, threads = 1 } = options;
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
  if (fused && !canFuse()) {
    throw new RangeError(
      "compile: fused must be false where WebAssembly has no relaxed SIMD, as in Safari, got true",
    );
  }
  if (!(Number.isInteger(threads) && threads >= 1 && threads <= maxThreads)) {
    throw new RangeError(
      `compile: threads must be a whole number from 1 to ${maxThreads}, got ${
        describeNumber(threads)
      }`,
    );
  }
  return { inputs, parameters, outputs, precision, fused, threads };
}

function checkLoss(loss: unknown): asserts loss is Value | Readonly<Record<string, Value>> {
  if (!isPlain(loss)) return checkValue("compile: loss", loss);
  const losses = Object.entries(loss);
  if (losses.length === 0) {
    throw new RangeError("compile: loss must have at least one Value, got an empty object");
  }
  for (const [name, part] of losses) checkValue(`compile: loss.${inBrief(name)}`, part);
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
