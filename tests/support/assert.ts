/**
 * The assertions of the tests: `@std/assert` where it can be loaded, and the
 * same calls over `node:assert/strict` where JSR is out of reach. A static
 * import, even of a type, would fail the whole run there.
 *
 * @module
 */
import node from "node:assert/strict";

// deno-lint-ignore no-explicit-any -- a constructor's parameters do not matter here
type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

interface Assertions {
  assert(condition: unknown, message?: string): asserts condition;
  assertEquals<T>(actual: T, expected: T, message?: string): void;
  assertNotEquals<T>(actual: T, expected: T, message?: string): void;
  assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T;
  assertAlmostEquals(actual: number, expected: number, tolerance?: number, message?: string): void;
  assertMatch(actual: string, expected: RegExp, message?: string): void;
  assertStringIncludes(actual: string, expected: string, message?: string): void;
  assertThrows<E extends Error>(fn: () => unknown, Class: ErrorClass<E>, includes?: string): E;
  assertRejects<E extends Error>(
    fn: () => PromiseLike<unknown>,
    Class: ErrorClass<E>,
    includes?: string,
  ): Promise<E>;
}

const overNode: Assertions = {
  assert: (condition, message) => node.ok(condition, message),
  assertEquals: (actual, expected, message) => node.deepEqual(actual, expected, message),
  assertNotEquals: (actual, expected, message) => node.notDeepEqual(actual, expected, message),
  assertStrictEquals: (actual, expected, message) => node.equal(actual, expected, message),
  assertAlmostEquals(actual, expected, tolerance = 1e-7 * Math.abs(expected), message) {
    if (Object.is(actual, expected) || Math.abs(actual - expected) <= tolerance) return;
    node.fail(message ?? `expected ${expected} within ${tolerance}, got ${actual}`);
  },
  assertMatch: (actual, expected, message) => node.match(actual, expected, message),
  assertStringIncludes: (actual, expected, message) =>
    node.ok(actual.includes(expected), message ?? `${actual}\ndoes not include\n${expected}`),
  assertThrows(fn, Class, includes) {
    try {
      fn();
    } catch (error) {
      return checked(error, Class, includes);
    }
    node.fail(`expected a ${Class.name}, but nothing was thrown`);
  },
  async assertRejects(fn, Class, includes) {
    try {
      await fn();
    } catch (error) {
      return checked(error, Class, includes);
    }
    node.fail(`expected a ${Class.name}, but nothing was thrown`);
  },
};

function checked<E extends Error>(error: unknown, Class: ErrorClass<E>, includes = ""): E {
  node.ok(error instanceof Class, `expected a ${Class.name}, got ${error}`);
  node.ok(error.message.includes(includes), `${error.message}\ndoes not include\n${includes}`);
  return error;
}

async function load(): Promise<Assertions> {
  // A name that the type checker and the module graph cannot follow.
  const specifier = ["@std", "assert"].join("/");
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("@std/assert took more than 3 s")), 3000);
  });
  try {
    return await Promise.race([import(specifier) as Promise<Assertions>, tooLate]);
  } catch {
    return overNode;
  } finally {
    clearTimeout(timer);
  }
}

const loaded = await load();

// Assertion functions must be declared with their types at each name.
/** Fails unless the condition is truthy. */
export const assert: Assertions["assert"] = loaded.assert;
/** Fails unless both are structurally equal. */
export const assertEquals: Assertions["assertEquals"] = loaded.assertEquals;
/** Fails if both are structurally equal. */
export const assertNotEquals: Assertions["assertNotEquals"] = loaded.assertNotEquals;
/** Fails unless both are the same, as by `Object.is`. */
export const assertStrictEquals: Assertions["assertStrictEquals"] = loaded.assertStrictEquals;
/** Fails unless the numbers differ by at most the tolerance. */
export const assertAlmostEquals: Assertions["assertAlmostEquals"] = loaded.assertAlmostEquals;
/** Fails unless the text matches. */
export const assertMatch: Assertions["assertMatch"] = loaded.assertMatch;
/** Fails unless the text contains the other. */
export const assertStringIncludes: Assertions["assertStringIncludes"] = loaded.assertStringIncludes;
/** Fails unless `fn` throws an error of the class, whose message contains the text; returns it. */
export const assertThrows: Assertions["assertThrows"] = loaded.assertThrows;
/** Fails unless `fn` rejects with an error of the class; resolves to it. */
export const assertRejects: Assertions["assertRejects"] = loaded.assertRejects;
