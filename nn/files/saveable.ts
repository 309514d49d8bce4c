import { describe } from "../../engine/internal.ts";
import { checkNumber, checkObject } from "../check.ts";
import { Module } from "../module.ts";
import { readTensors } from "./parameters.ts";
import { nested, readState } from "./state_dict.ts";

/**
 * What remembers something, and can go on from it: optimizers, schedules and generators do, and so
 * may an object of your own.
 *
 * @category Files
 *
 * @example
 * ```ts
 * import { fromJSON, type Stateful, toJSON } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Diary implements Stateful {
 *   days: number[] = [];
 *   stateDict() {
 *     return { days: this.days };
 *   }
 *   loadStateDict(state: { days: number[] }) {
 *     this.days = state.days;
 *   }
 * }
 * const diary = new Diary();
 * diary.days.push(3, 5);
 * deepEqual(fromJSON(toJSON(diary), new Diary()).days, [3, 5]);
 * ```
 */
export interface Stateful {
  /** What it remembers: an object of numbers, texts, booleans, lists and such objects. */
  stateDict(): object;
  /** Goes on from such an object, or throws before it has changed anything. */
  loadStateDict(state: object): void;
}

/**
 * What {@link save} and {@link toJSON} keep: a module, something with a `stateDict()`, or an object
 * of such, which are kept together.
 *
 * @category Files
 *
 * @example A training that goes on another day
 * ```ts
 * import { Adam, fit, fromJSON, makeMoons, MLP, mseLoss, RandomGenerator, toJSON } from "chainrule";
 * import type { Saveable } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const make = () => {
 *   const model = new MLP(2, [8, 1], { generator: new RandomGenerator(1) });
 *   const optimizer = new Adam(model.parameters(), { lr: 0.01 });
 *   return { model, optimizer, generator: new RandomGenerator(2) };
 * };
 * const train = ({ model, ...rest }: ReturnType<typeof make>, epochs: number) =>
 *   fit(model, makeMoons(), { loss: mseLoss, batchSize: 16, epochs, ...rest });
 *
 * const atOnce = make();
 * train(atOnce, 20);
 *
 * const first = make();
 * train(first, 10);
 * const kept: Saveable = first;
 * const second = fromJSON(toJSON(kept), make());
 * train(second, 10);
 * deepEqual(second.model.parameters().map(String), atOnce.model.parameters().map(String));
 * ```
 */
export type Saveable = Module | Stateful | { readonly [name: string]: Module | Stateful };

/** Throws unless something can be kept. */
export function checkSaveable(name: string, thing: unknown): asserts thing is Saveable {
  if (thing instanceof Module || isStateful(thing)) return;
  const parts = isPlain(thing) ? Object.entries(thing) : [];
  const stranger = parts.find(([, part]) => !(part instanceof Module || isStateful(part)));
  if (parts.length > 0 && stranger === undefined) return;
  const [where, got] = stranger === undefined
    ? [name, thing]
    : [`${name}.${stranger[0]}`, stranger[1]];
  throw new TypeError(
    `${where} must be a Module, an optimizer or what else has a stateDict()` +
      `${stranger === undefined ? ", or an object of such" : ""}, got ${describe(got)}`,
  );
}

/** Whether something has the methods of {@link Stateful}. */
export function isStateful(thing: unknown): thing is Stateful {
  const { stateDict, loadStateDict }: Record<string, unknown> = Object(thing);
  return typeof stateDict === "function" && typeof loadStateDict === "function";
}

function isPlain(thing: unknown): thing is object {
  if (typeof thing !== "object" || thing === null) return false;
  const prototype: unknown = Object.getPrototypeOf(thing);
  return prototype === Object.prototype || prototype === null;
}

/** What something remembers, as plain data; numbers are finite. */
export function stateOf(name: string, thing: Saveable): Record<string, unknown> {
  if (thing instanceof Module) {
    const tensors = readTensors(name, thing);
    return Object.fromEntries(tensors.map((t) => [t.name, nested(t.numbers, t.shape)]));
  }
  if (isStateful(thing)) return { ...thing.stateDict() };
  return Object.fromEntries(
    Object.entries(thing).map(([part, inner]) => [part, stateOf(`${name}: ${part}`, inner)]),
  );
}

/** Lets something go on from what it remembered; if anything is wrong, nothing is changed. */
export function restore(name: string, thing: Saveable, state: unknown): void {
  checkObject(`${name}: state`, state);
  if (thing instanceof Module) return readState(name, thing, state);
  if (isStateful(thing)) return thing.loadStateDict(state);
  const parts = Object.entries(thing);
  const unknown = Object.keys(state).find((part) => !Object.hasOwn(thing, part));
  if (unknown !== undefined) {
    throw new RangeError(`${name}: there is no place for ${describe(unknown)}`);
  }
  const missing = parts.find(([part]) => !Object.hasOwn(state, part));
  if (missing !== undefined) throw new RangeError(`${name}: ${missing[0]} is missing`);
  const before = parts.map(([part, inner]) => stateOf(`${name}: ${part}`, inner));
  let done = 0;
  try {
    for (const [part, inner] of parts) {
      restore(`${name}: ${part}`, inner, state[part]);
      done++;
    }
  } catch (error) {
    parts.slice(0, done).forEach(([part, inner], i) => restore(part, inner, before[i]));
    throw error;
  }
}

/** Plain data as JSON. `JSON.stringify` would write −0 as 0, and NaN as null. */
export function plainText(name: string, x: unknown): string {
  if (typeof x === "number") {
    checkNumber(name, x);
    return Object.is(x, -0) ? "-0" : String(x);
  }
  if (Array.isArray(x)) return `[${x.map((xi, i) => plainText(`${name}[${i}]`, xi)).join(", ")}]`;
  if (typeof x === "string" || typeof x === "boolean" || x === null) return JSON.stringify(x);
  checkObject(name, x);
  const members = Object.entries(x).map(([key, inner]) =>
    `${JSON.stringify(key)}: ${plainText(`${name}.${key}`, inner)}`
  );
  return `{${members.length === 0 ? "" : ` ${members.join(", ")} `}}`;
}
