/** A named part of a computation, such as a layer; parts can lie in one another. */
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
 * @returns what `part` returns.
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
