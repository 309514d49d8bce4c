/**
 * The names that cells declare, as properties of the global object; but one that
 * the language or the browser has, such as `Map`, as a property of an object that
 * only cells see, since the library goes on to need its own.
 *
 * @module
 */
import { type Kind, localPrefix } from "./cell.ts";

const kinds = new Map<string, Kind>();
/** The names that have been declared and have no value yet. */
const waiting = new Set<string>();

const native = new Set(namesOf(globalThis));
const hidden: Record<string, unknown> = Object.create(null);
const ownerOf = (name: string) => native.has(name) ? hidden : globalThis;

/** The names of an object and its prototypes; not those of texts, such as a worker's `name`. */
function* namesOf(object: object): Iterable<string> {
  for (let at: object | null = object; at; at = Object.getPrototypeOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) {
      if (typeof Reflect.get(at, name, object) !== "string") yield name;
    }
  }
}

/** Runs a script in the scope of all cells; the last value is that of the script. */
export function evaluate(script: string): unknown {
  // Indirect, so that it sees the global scope and no other.
  const indirect = eval;
  if (Object.keys(hidden).length === 0) return indirect(script);
  return indirect(`(function (hidden) { with (hidden) { return ${script}\n} })`)(hidden);
}

/**
 * Makes names ready for a cell that declares them: until they have got values,
 * reading them is an error.
 *
 * @throws {SyntaxError} if one was declared in a way that does not allow for it; nothing is changed.
 */
export function declare(names: readonly (readonly [name: string, kind: Kind])[]): void {
  for (const [name, kind] of names) {
    if ((kinds.get(name) ?? kind) !== kind) {
      throw new SyntaxError(`Identifier '${name}' has already been declared`);
    }
  }
  for (const [name, kind] of names) {
    const isNew = !kinds.has(name);
    kinds.set(name, kind);
    if (kind === "var") {
      if (isNew) define(name, undefined);
    } else {
      waiting.add(name);
      const get = () => {
        throw new ReferenceError(`${name} is not defined`);
      };
      Object.defineProperty(ownerOf(name), name, {
        get,
        set: (value) => define(name, value),
        configurable: true,
        enumerable: true,
      });
    }
  }
}

function define(name: string, value: unknown): void {
  waiting.delete(name);
  const writable = true, configurable = true, enumerable = true;
  Object.defineProperty(ownerOf(name), name, { value, writable, configurable, enumerable });
}

/** Makes constants of names that have their values. */
export function fix(...names: string[]): void {
  for (const name of names) Object.defineProperty(ownerOf(name), name, { writable: false });
}

/** Ends a cell: what it has declared and not reached cannot be assigned to. */
export function endCell(): void {
  for (const name of waiting) {
    const set = () => {
      throw new ReferenceError(`Cannot access '${name}' before initialization`);
    };
    Object.defineProperty(ownerOf(name), name, { set });
  }
  waiting.clear();
}

const renamed = new WeakSet<object>();

/** Gives a function the name that it was written with, also where its source is asked for. */
export function named<F extends object>(f: F, name: string): F {
  renamed.add(f);
  return Object.defineProperty(f, "name", { value: name, configurable: true });
}

const { toString } = Function.prototype;
Function.prototype.toString = function () {
  const text = Reflect.apply(toString, this, []);
  return renamed.has(this) ? text.replace(localPrefix, "") : text;
};
