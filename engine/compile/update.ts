import { checkCount, describe } from "../arguments.ts";
import { numbers as plain, type World } from "../rules.ts";
import { Emitter, type Expr, Lanes, type Surroundings } from "./code/lanes.ts";
import { type Address, Code, lanesOf } from "./code/code.ts";
import { assemble, type MemoryLimits } from "./code/wasm.ts";
import { laneWorld } from "./code/lane_arithmetic.ts";
import { align, type FloatArray, type MemoryMap } from "./plan/memory.ts";

/**
 * How an optimizer moves a parameter, as a formula over an abstract arithmetic:
 * with numbers it is run, with vectors it becomes code. It must be the same for
 * all parameters and in all steps: what changes stands in `state` and in the
 * shared numbers, a branch is `w.order`, and sums and products are `w.add` and
 * `w.mul`. Where a training finds it otherwise, or with functions that have no
 * code here (all but `+ − · ÷`, roots, absolute values, whole powers up to 3
 * and those between), it runs the formula on numbers, and says so in `eagerUpdateBecause`.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { Optimizer, Value } from "chainrule";
 * import type { UpdateRule } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Descent extends Optimizer {
 *   protected override get formula(): UpdateRule {
 *     return {
 *       state: [],
 *       shared: 1,
 *       begin: () => [this.lr],
 *       apply: (w, p, gradient, _state, [lr]) => [w.sub(p, w.mul(lr, gradient))],
 *     };
 *   }
 * }
 * const x = new Value(3);
 * x.pow(2).backward();
 * new Descent([x], 0.25).step();
 * deepEqual(x.data, 1.5);
 * ```
 */
export interface UpdateRule {
  /** What is remembered of each parameter from step to step. */
  readonly state: readonly Float64Array[];
  /** How many numbers of a step are the same for all parameters. */
  readonly shared: number;
  /** Begins a step, and says those numbers. */
  begin(): readonly number[];
  /** How the shared numbers follow from the learning rate and the steps, if they do. */
  course?(): Course;
  /** A parameter after the step, and then what is remembered of it. */
  apply<T>(
    w: World<T>,
    p: T,
    gradient: T,
    state: readonly T[],
    shared: readonly T[],
  ): readonly T[];
}

/**
 * Where a training stands, and how what is the same for all parameters goes on
 * from there: by a formula of the learning rate and of how many steps there were,
 * so that a program that is taken elsewhere can train.
 *
 * @category Compiling
 *
 * @example
 * ```ts
 * import { Adam, Value } from "chainrule";
 * import type { Course } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const adam = new Adam([new Value(1)], { lr: 0.5 });
 * adam.step();
 * const course: Course | undefined = adam.rule?.course?.();
 * deepEqual([course?.lr, course?.steps], [0.5, 1]);
 * ```
 */
export interface Course {
  /** The learning rate as it is now. */
  readonly lr: number;
  /** How many steps there were. */
  readonly steps: number;
  /** What `begin` of the rule says at the beginning of a step, which are counted from 1. */
  shared<T>(w: World<T>, lr: T, step: T): readonly T[];
}

/**
 * One step of a rule on numbers.
 *
 * @param rule what is remembered in its `state` changes, too.
 * @param data n numbers, which are moved in place.
 * @param grad their n gradients, which stay as they are.
 * @throws {TypeError} if `rule` is none, or `data` or `grad` no list of numbers.
 * @category Compiling
 *
 * @example
 * ```ts
 * import { applyRule, type UpdateRule } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * // Momentum of 1: what is remembered is the sum of all gradients.
 * const rule: UpdateRule = {
 *   state: [Float64Array.of(0)],
 *   shared: 0,
 *   begin: () => [],
 *   apply: (w, p, gradient, [v]) => [w.sub(p, w.add(v, gradient)), w.add(v, gradient)],
 * };
 * const data = Float64Array.of(10);
 * for (const gradient of [1, 2]) applyRule(rule, data, Float64Array.of(gradient));
 * deepEqual([...data, ...rule.state[0]], [6, 3]); // 10 − 1 − (1 + 2)
 * ```
 */
export function applyRule(rule: UpdateRule, data: FloatArray, grad: FloatArray): void {
  checkCount("applyRule", arguments, 3);
  if (typeof rule?.begin !== "function" || typeof rule.apply !== "function") {
    throw new TypeError(`applyRule: rule must have begin() and apply(), got ${describe(rule)}`);
  }
  checkGradients("applyRule", data, grad);
  moveByRule(rule, rule.begin(), data, grad);
}

/** The same after the rule began its step and gave the shared numbers; `state` is what changes. */
export function moveByRule(
  rule: UpdateRule,
  shared: readonly number[],
  data: FloatArray,
  grad: FloatArray,
  state: UpdateRule["state"] = rule.state,
): void {
  for (let i = 0; i < data.length; i++) {
    const before = state.map((s) => s[i]);
    const after = rule.apply(plain, data[i], grad[i], before, shared);
    data[i] = after[0];
    for (let k = 1; k < after.length; k++) state[k - 1][i] = after[k];
  }
}

const pure = new WeakSet<UpdateRule>();

/** Marks a rule whose `apply` knows nothing but its arguments, and so needs no check. */
export function pureRule(rule: UpdateRule): UpdateRule {
  pure.add(rule);
  return rule;
}

/** Whether a rule is marked so. */
export function isPure(rule: UpdateRule): boolean {
  return pure.has(rule);
}

/** Throws unless `data` and `grad` are lists of the same length. */
export function checkGradients(name: string, data: FloatArray, grad: FloatArray): void {
  checkList(`${name}: data`, data);
  checkList(`${name}: grad`, grad);
  if (data.length === grad.length) return;
  throw new RangeError(
    `${name}: grad must be as long as data, got ${grad.length} and ${data.length}`,
  );
}

function checkList(name: string, list: unknown): void {
  if (Array.isArray(list) || ArrayBuffer.isView(list)) return;
  throw new TypeError(`${name} must be an array of numbers, got ${describe(list)}`);
}

/** Where a rule keeps its numbers in memory: those of a step, and lists of what is remembered. */
export interface UpdateMemory {
  readonly shared: number;
  readonly state: readonly number[];
}

/** Lays out the numbers of a rule, in memory that `room` gives. */
export function updateMemory(
  { state, shared }: UpdateRule,
  count: number,
  { scalarBytes }: MemoryMap,
  room: (bytes: number) => number,
): UpdateMemory {
  const start = align(shared * scalarBytes), size = align(count * scalarBytes);
  const at = room(start + state.length * size);
  return { shared: at, state: state.map((_, k) => at + start + k * size) };
}

/** The module of a rule: its `update()` is {@link updateCode}. */
export function generateUpdate(
  rule: UpdateRule,
  count: number,
  memory: MemoryMap,
  own: UpdateMemory,
  limits: MemoryLimits,
): Uint8Array<ArrayBuffer> {
  const code = updateCode(rule, count, memory, own);
  return assemble({
    functions: [code],
    exports: { update: code },
    memory: limits,
  });
}

/** So many vectors are moved in one turn of a loop: the loop itself takes as long as one of them. */
const vectorsOfTurn = 4;

/** A function that moves the parameters in a program's memory once. */
export function updateCode(
  rule: UpdateRule,
  count: number,
  memory: MemoryMap,
  own: UpdateMemory,
): Code {
  const { type, scalarBytes, values, adjoints } = memory;
  const code = new Code({ parameters: [], results: [] }, type);
  const around: Surroundings = {
    functionOf: (name) => {
      throw new Error(`compile: an update has no function ${name}`);
    },
  };
  const kept = Array.from({ length: rule.shared }, (_, k) => {
    const local = code.local("v128");
    code.i32(0).loadSplat(own.shared + k * scalarBytes).set(local);
    return local;
  });
  const bases = [values.scalar, ...own.state];
  const one = (at: (base: number) => Address, isVector: boolean) => {
    const b = new Lanes();
    const read = (base: number): Expr => isVector ? b.load(at(base)) : b.splat(at(base));
    const [p, ...state] = bases.map(read);
    const gradient = read(adjoints.scalar);
    const shared = kept.map((local) => b.local(local));
    const results = rule.apply(laneWorld(b), p, gradient, state, shared);
    const emitter = new Emitter(code, around, results);
    const locals = results.map((result) => {
      const local = code.local("v128");
      emitter.push(result);
      code.set(local);
      return local;
    });
    locals.forEach((local, k) => {
      const address = at(bases[k]);
      code.base(address).get(local);
      if (isVector) code.storeVector(address.offset);
      else code.storeLane(address.offset);
      code.release("v128", local);
    });
  };
  const turn = vectorsOfTurn * lanesOf[type], inTurns = count - count % turn;
  if (inTurns > 0) {
    code.loop(0, inTurns * scalarBytes, 16 * vectorsOfTurn, (local) => {
      for (let v = 0; v < vectorsOfTurn; v++) {
        one((base) => ({ offset: base + 16 * v, local }), true);
      }
    });
  }
  for (let i = inTurns; i < count;) {
    const isVector = i + lanesOf[type] <= count;
    one((base) => ({ offset: base + i * scalarBytes }), isVector);
    i += isVector ? lanesOf[type] : 1;
  }
  return code;
}
