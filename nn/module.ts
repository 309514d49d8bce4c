import { checkCount } from "../engine/internal.ts";
import { Value } from "../engine/mod.ts";
import { checkBoolean } from "./check.ts";

/** Whether to train, and when that was said: what was said last counts. */
interface Word {
  readonly training: boolean;
  readonly time: number;
}

/** A module of which a method is running, within that of another. */
interface Running {
  readonly word: Word;
  readonly outer: Running | null;
}

let time = 0;
let running: Running | null = null;
let isResetAhead = false;

/**
 * What `work` returns while a module, with all that it consists of, is in
 * training mode, or not; then all is as it was.
 */
export let inMode: <T>(module: Module, training: boolean, work: () => T) => T;

/**
 * Something with parameters: what an optimizer needs to know of a model.
 *
 * A module is in training mode at first. Only what is random in a training
 * heeds the mode: the dropout of an {@link MLP}, or a module of one's own that
 * asks for `training`.
 *
 * @category Networks
 *
 * @example
 * ```ts
 * import { Module, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * class Line extends Module {
 *   slope = new Value(2);
 *   forward(x: number): Value {
 *     return this.slope.mul(x);
 *   }
 *   parameters(): Value[] {
 *     return [this.slope];
 *   }
 * }
 * const line = new Line();
 * line.forward(3).backward();
 * deepEqual(line.slope.grad, 3);
 * line.zeroGrad();
 * deepEqual(line.slope.grad, 0);
 * ```
 */
export abstract class Module {
  #own: Word = { training: true, time: 0 };
  /** What `train()` or `eval()` said last, which holds for the modules inside as well. */
  #word: Word | null = null;

  /** All parameters, always in the same order. */
  abstract parameters(): Value[];

  /**
   * Whether the module is being trained, and so drops outputs if it has dropout.
   *
   * @throws {TypeError} if it is set to what is not a boolean.
   */
  get training(): boolean {
    let last = this.#own;
    for (let at = running; at !== null; at = at.outer) {
      if (at.word.time > last.time) last = at.word;
    }
    return last.training;
  }
  set training(training: boolean) {
    checkBoolean("training", training);
    this.#own = { training, time: ++time };
  }

  /**
   * Turns training mode on, or with `false` off, here and in the modules inside:
   * in those that are fields of this one, or stand there in lists, objects, Maps
   * and Sets, and in whatever modules its methods call, such as those in
   * `#private` fields. A later call on one of these counts for it.
   *
   * @throws {TypeError} if `mode` is not a boolean.
   */
  train(mode = true): this {
    checkCount("Module.train", arguments, 1);
    checkBoolean("train: mode", mode);
    const word = { training: mode, time: ++time };
    for (const part of partsOf(this)) {
      part.#own = part.#word = word;
      Module.#watch(part);
    }
    return this;
  }

  /** Turns training mode off, so that `forward` answers the same to the same input. */
  eval(): this {
    checkCount("Module.eval", arguments, 0);
    return this.train(false);
  }

  /** Sets the gradient of every parameter to 0; call it before each `backward()`. */
  zeroGrad(): void {
    checkCount("Module.zeroGrad", arguments, 0);
    for (const p of this.parameters()) p.grad = 0;
  }

  /** Classes whose methods tell that they run, and the functions that do so. */
  static readonly #watched = new WeakSet<object>([Module.prototype]);

  /**
   * Nobody outside can see a `#private` field, but it can be seen which modules
   * are called while a method of another runs. So methods are made to tell that
   * they run: those of classes, and functions in fields, such as
   * `forward = (x) => …`.
   */
  static #watch(module: Module): void {
    const watched = Module.#watched;
    for (let at: object = module; at !== Module.prototype; at = Object.getPrototypeOf(at)) {
      if (watched.has(at)) continue;
      if (at !== module) watched.add(at);
      for (const [name, property] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
        const { value, writable } = property;
        if (typeof value !== "function" || !writable || watched.has(value)) continue;
        // A class cannot be called, and so is not a method: also not the constructor.
        if (Object.hasOwn(value, "prototype")) continue;
        const method = Module.#telling(value, at === module ? module : null);
        watched.add(method);
        Object.defineProperty(at, name, { value: method });
      }
    }
  }

  /** A function that does what `method` does, in the mode of the module that it is called on. */
  static #telling(method: (...x: unknown[]) => unknown, owner: Module | null) {
    const told = function (this: unknown, ...x: unknown[]): unknown {
      const module = owner ?? this;
      const word = module instanceof Module ? module.#word : null;
      return word === null ? method.apply(this, x) : within(word, () => method.apply(this, x));
    };
    return Object.defineProperty(told, "name", { value: method.name });
  }

  static {
    inMode = (module, training, work) => {
      const parts = partsOf(module).map((part) => ({ part, own: part.#own, word: part.#word }));
      module.train(training);
      try {
        return work();
      } finally {
        for (const { part, own, word } of parts) {
          part.#own = own;
          part.#word = word;
        }
      }
    };
  }
}

/** What `work` returns while the word holds for all modules to which nothing was said later. */
function within<T>(word: Word, work: () => T): T {
  if (!isResetAhead) {
    // Stopping a cell of a notebook skips `finally`, and nothing runs when the next one begins.
    isResetAhead = true;
    queueMicrotask(() => {
      isResetAhead = false;
      running = null;
    });
  }
  const outer = running;
  running = { word, outer };
  try {
    return work();
  } finally {
    running = outer;
  }
}

/** The module and those that are found in its fields, lists and objects in them included. */
export function partsOf(module: Module): Module[] {
  const seen = new Set<unknown>([module]);
  for (const thing of seen) {
    for (const inner of contentOf(thing)) {
      if (typeof inner === "object" && !(inner instanceof Value)) seen.add(inner);
    }
  }
  return [...seen].filter((thing) => thing instanceof Module);
}

function contentOf(thing: unknown): Iterable<unknown> {
  if (Array.isArray(thing) || thing instanceof Set) return thing;
  if (thing instanceof Map) return [...thing.keys(), ...thing.values()];
  if (typeof thing !== "object" || thing === null) return [];
  const prototype = Object.getPrototypeOf(thing);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain || thing instanceof Module ? Object.values(thing) : [];
}
