/**
 * Code that is run as soon as it is written.
 *
 * @module
 */
import { Code, type LaneType } from "../../engine/compile/code/code.ts";
import { Emitter, type Expr, Lanes } from "../../engine/compile/code/lanes.ts";
import { laneWorld } from "../../engine/compile/code/lane_arithmetic.ts";
import { assemble } from "../../engine/compile/code/wasm.ts";
import { KernelCode, type Setting } from "../../engine/compile/kernels/kernel_code.ts";
import { memoryMap } from "../../engine/compile/plan/memory.ts";
import { plan } from "../../engine/compile/plan/plan.ts";
import { instantiate } from "../../engine/compile/run/instance.ts";
import { sum, Value } from "../../mod.ts";
import { assert } from "./assert.ts";

/** For code that calls no function. */
export const noFunction = () => {
  throw new Error("nothing here calls a function");
};

/** Evaluates expressions of two vectors in memory; returns the results and the code. */
export function evaluate(
  type: LaneType,
  x: readonly number[],
  y: readonly number[],
  make: (b: Lanes, x: Expr, y: Expr) => Expr[],
) {
  const b = new Lanes();
  const roots = make(b, b.load({ offset: 0 }), b.load({ offset: 16 }));
  const code = new Code({ parameters: [], results: [] }, type);
  const emitter = new Emitter(code, { functionOf: noFunction }, roots);
  roots.forEach((root, i) => {
    code.i32(0);
    emitter.push(root);
    code.storeVector(32 + 16 * i);
  });
  const bytes = assemble({ functions: [code], exports: { f: code } });
  assert(WebAssembly.validate(bytes));
  const memory = new WebAssembly.Memory({ initial: 1 });
  const { f } = instantiate(bytes, memory);
  const numbers = type === "f64"
    ? new Float64Array(memory.buffer)
    : new Float32Array(memory.buffer);
  numbers.set([...x, ...y]);
  f();
  const n = x.length;
  return { results: roots.map((_, i) => [...numbers.slice((2 + i) * n, (3 + i) * n)]), code };
}

/** What kernels are written in: a program with so many inputs and parameters, which are its rows and scalars. */
export function settingOf(type: LaneType, rows: number, scalars: number): Setting {
  const leaves = (n: number) => Array.from({ length: n }, () => new Value(1));
  const inputs = leaves(rows), parameters = leaves(scalars);
  const loss = sum([...inputs, ...parameters]);
  const lanes = new Lanes();
  return {
    lanes,
    world: laneWorld(lanes),
    memory: memoryMap(plan(loss, inputs, parameters), type),
    functionOf: noFunction,
    tableAt: noFunction,
    isFused: false,
    callees: [],
  };
}

/** Writes a function (end) and runs it for a whole block; the numbers of the memory are set before. */
export function runKernel(
  setting: Setting,
  write: (code: KernelCode) => void,
  prepare: (numbers: Float64Array | Float32Array) => void = () => {},
): Float64Array | Float32Array {
  const code = new KernelCode(setting, 1);
  write(code);
  const bytes = assemble({ functions: [code], exports: { f: code } });
  assert(WebAssembly.validate(bytes));
  const memory = new WebAssembly.Memory({ initial: 2 });
  const numbers = setting.memory.type === "f64"
    ? new Float64Array(memory.buffer)
    : new Float32Array(memory.buffer);
  prepare(numbers);
  instantiate(bytes, memory).f(setting.memory.rowBytes);
  return numbers;
}
