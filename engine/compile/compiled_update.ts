import { type World, worldOf } from "../rules.ts";
import { describe } from "../arguments.ts";
import type { Machine } from "./run/machine.ts";
import type { FloatArray } from "./plan/memory.ts";
import {
  generateUpdate,
  isPure,
  moveByRule,
  type UpdateMemory,
  updateMemory,
  type UpdateRule,
} from "./update.ts";

/**
 * A rule as code in a program's memory. Code is made once, but a rule is a
 * function that may do something else in every step, or for every parameter; so
 * each step asks whether the code still is what the rule says.
 */
export class CompiledUpdate {
  readonly #machine: Machine;
  readonly #count: number;
  readonly #memory: UpdateMemory;
  readonly #update: () => void;
  readonly #state: UpdateRule["state"];
  /** What the code was made of; `null` of a rule that is known to stay the same. */
  readonly #trace: readonly unknown[] | null;
  #steps = 0;

  /**
   * Writes the code of a rule for `count` parameters.
   *
   * @throws {Error} if the rule cannot be code, and why.
   */
  constructor(machine: Machine, rule: UpdateRule, count: number) {
    this.#machine = machine;
    this.#count = count;
    this.#state = rule.state;
    this.#trace = isPure(rule) ? null : trace(rule);
    this.#memory = updateMemory(rule, count, machine.map, (bytes) => machine.room(bytes));
    const code = generateUpdate(rule, count, machine.map, this.#memory, machine.limits);
    this.#update = machine.instantiate(code).update;
  }

  /** Copies what is remembered of each parameter into the memory. */
  putState(): void {
    this.#eachState((own, inMemory) => inMemory.set(own));
  }

  /** Copies what is remembered of each parameter out of the memory. */
  takeState(): void {
    this.#eachState((own, inMemory) => own.set(inMemory));
  }

  /**
   * Moves the parameters in the memory once.
   *
   * @param rule what the rule is now.
   * @param shared what it began the step with.
   * @returns why the code is not what the rule says; nothing has moved then. `null` if it is.
   */
  run(rule: UpdateRule, shared: readonly number[]): string | null {
    const known = this.#trace;
    const problem = known === null ? null : this.#whyOther(rule, shared, known);
    if (problem !== null) return problem;
    if (known === null) {
      this.move(shared);
      return null;
    }
    this.#machine.write(this.#memory.shared, shared);
    // Its owner can see the state between two steps, and change it.
    this.putState();
    // Every parameter is looked at in a few steps: the first, the second, the fourth, ...
    let different = null;
    if (Number.isInteger(Math.log2(++this.#steps))) different = this.#compare(rule, shared);
    else this.#update();
    this.takeState();
    return different;
  }

  /** Moves the parameters by a rule that is known to stay as it was. */
  move(shared: readonly number[]): void {
    this.#machine.write(this.#memory.shared, shared);
    this.#update();
  }

  #whyOther(
    rule: UpdateRule,
    shared: readonly number[],
    known: readonly unknown[],
  ): string | null {
    if (shared.length !== rule.shared) {
      return `its formula announces ${rule.shared} shared numbers and begins with ${shared.length}`;
    }
    const state = this.#state;
    if (rule.state.length !== state.length || rule.state.some((list, k) => list !== state[k])) {
      return "its formula remembers nothing: the state is another in every step";
    }
    try {
      const now = trace(rule);
      const isSame = now.length === known.length && now.every((x, i) => Object.is(x, known[i]));
      return isSame ? null : "its formula is another than before: w.lit is for what stays as it is";
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Runs the code, and the rule on numbers; where they differ, all is as it was before. */
  #compare(rule: UpdateRule, shared: readonly number[]): string | null {
    const machine = this.#machine, count = this.#count;
    const lists = () => [
      machine.parameters,
      ...this.#memory.state.map((at) => machine.view(at, count)),
    ];
    const before = lists().map((list) => list.slice());
    const [data, ...state] = before.map((list) => Float64Array.from(list));
    moveByRule(rule, shared, data, machine.gradients, state);
    this.#update();
    const after = lists();
    for (const [k, wanted] of [data, ...state].entries()) {
      const wrong = after[k].findIndex((got, i) => !isClose(wanted[i], got, before[k], i));
      if (wrong < 0) continue;
      const got = after[k][wrong];
      after.forEach((list, j) => list.set(before[j]));
      return `its formula gives ${wanted[wrong]} in numbers and ${got} as code: ` +
        "it must be the same for all numbers, with w.order for branches";
    }
    return null;
  }

  #eachState(visit: (own: Float64Array, inMemory: FloatArray) => void): void {
    for (const [k, own] of this.#state.entries()) {
      visit(own, this.#machine.view(this.#memory.state[k], own.length));
    }
  }
}

/** Whether a number is what it should be, but for the rounding of its precision. */
function isClose(wanted: number, got: number, before: FloatArray, i: number): boolean {
  const isDouble = before instanceof Float64Array;
  const right = isDouble ? wanted : Math.fround(wanted);
  if (Object.is(right, got)) return true;
  const [relative, least] = isDouble ? [1e-9, 1e-300] : [1e-6, 1e-37];
  return Math.abs(right - got) <= relative * (Math.abs(right) + Math.abs(before[i])) + least;
}

/** A number that a rule cannot look at; its place in the trace. */
class Unseen {
  readonly at: number;
  constructor(at: number) {
    this.at = at;
  }
  [Symbol.toPrimitive](): never {
    throw new TypeError("its formula looks at a number: branches need w.order, sums w.add");
  }
}

/**
 * What a rule does, as a list: the same list is the same code.
 *
 * @throws {TypeError} if it leaves its arithmetic.
 */
function trace(rule: UpdateRule): readonly unknown[] {
  const all: unknown[] = [];
  const note = (what: unknown, ...args: readonly Unseen[]) => {
    all.push(what);
    for (const arg of args) {
      if (!(arg instanceof Unseen)) {
        throw new TypeError(
          `its formula has ${
            describe(arg)
          } where w.${what} needs what its arithmetic gives: w.lit(…)`,
        );
      }
      all.push(arg.at);
    }
    return new Unseen(all.length);
  };
  const given = (count: number) => Array.from({ length: count }, () => note("given"));
  const world: World<Unseen> = {
    ...worldOf<Unseen>(
      (c) => new Unseen(c),
      () => NaN,
      (op) => (x) => note(op, x),
      (op) => (a, b) => note(op, a, b),
    ),
    lit(c) {
      all.push(c);
      return note("lit");
    },
    order: (a, b, less, equal, greater) => note("order", a, b, less(), equal(), greater()),
  };
  const [[p, gradient], state, shared] = [2, rule.state.length, rule.shared].map(given);
  const results = rule.apply(world, p, gradient, state, shared);
  if (!Array.isArray(results) || results.length !== 1 + state.length) {
    throw new TypeError(
      `its formula must return the parameter and then its state, ${1 + state.length} in all, ` +
        `got ${describe(results)}`,
    );
  }
  note("return", ...results);
  return all;
}
