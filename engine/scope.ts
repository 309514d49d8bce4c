import { checkCount, describe } from "./arguments.ts";

/**
 * A named part of a computation, such as a layer; parts can lie in one another.
 *
 * @category Values
 *
 * @example
 * ```ts
 * import { type Scope, scope, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const y = scope("layer", () => scope("neuron", () => new Value(2).mul(3)));
 * const inner: Scope | null = y.scope;
 * deepEqual([inner?.name, inner?.parent?.name, inner?.parent?.parent], ["neuron", "layer", null]);
 * ```
 */
export interface Scope {
  /** What the part is called. */
  readonly name: string;
  /** The part that it lies in. */
  readonly parent: Scope | null;
}

/** The part that is being made; `null` outside of all. */
export let current: Scope | null = null;

/**
 * Runs `part` and marks the nodes that it makes as one part of the computation,
 * which pictures of large graphs fold into a single box.
 *
 * @param name what the part is called; alike ones are numbered in pictures.
 * @param part is called once; what it throws is passed on.
 * @returns what `part` returns.
 * @throws {TypeError} if `name` is not a string or `part` not a function.
 * @category Values
 *
 * @example
 * ```ts
 * import { scope, Value } from "chainrule";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(2);
 * const y = scope("square", () => x.mul(x));
 * deepEqual(y.scope?.name, "square");
 * ```
 */
export function scope<T>(name: string, part: () => T): T {
  checkCount("scope", arguments, 2);
  if (typeof name !== "string") {
    throw new TypeError(`scope: name must be a string, got ${describe(name)}`);
  }
  if (typeof part !== "function") {
    throw new TypeError(`scope: part must be a function, got ${describe(part)}`);
  }
  const outer = current;
  current = { name, parent: outer };
  try {
    return part();
  } finally {
    current = outer;
  }
}

/** As `scope` for each element of a list, with names by place; one function for all is faster. */
export function scopes<X, T>(
  elements: readonly X[],
  name: (i: number) => string,
  part: (x: X) => T,
): T[] {
  const outer = current;
  const results: T[] = [];
  try {
    for (let i = 0; i < elements.length; i++) {
      current = { name: name(i), parent: outer };
      results.push(part(elements[i]));
    }
    return results;
  } finally {
    current = outer;
  }
}
