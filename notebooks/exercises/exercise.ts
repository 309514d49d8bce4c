/**
 * What an exercise of a notebook is made of, and how an answer is tried.
 *
 * @module
 */
import { describe } from "../../engine/arguments.ts";
import { Value } from "../../engine/mod.ts";

/** A question about an answer: what was asked of it, what it gave, what is right. */
export interface Trial {
  /** What was computed, for the reader: `slope(3)`. */
  asked: string;
  /** Computes the same with the reader's answer. */
  got: () => unknown;
  /** What a right answer gives: a number, a text, a truth value, or lists of them. */
  expected: unknown;
  /**
   * A hint for those who got something else here, which may depend on what they
   * got; where there is none, the exercise's own come.
   */
  hint?: string | ((got: unknown) => string | undefined);
  /** How far a number may be off, relative to the greater of 1 and the right one. Default: 1e-9. */
  tolerance?: number;
}

/** An exercise: a question, trials of an answer, and hints. It never holds the answer itself. */
export interface Exercise<Answer> {
  /** What it is about, in a few words. */
  title: string;
  /** What is asked of an answer, the simplest first. */
  trials: (answer: Answer) => Trial[];
  /**
   * Where the cell comes with code that has a bug: what that code gives in its
   * first miss. The first time, it is left to the reader without a hint.
   */
  bug?: string;
  /** The first is given with the first wrong answer, the second with the second, and so on. */
  hints: readonly [string, ...string[]];
  /** A sentence for those who have solved it: why it matters, where it comes back. */
  solved: string;
}

/** Says what an exercise is made of, with the type of its answer. */
export function exercise<Answer>(parts: Exercise<Answer>): Exercise<Answer> {
  return parts;
}

/** Where an answer went wrong. */
export interface Miss {
  /** What was asked. */
  asked: string;
  /** What the answer gave, as text. */
  got: string;
  /** What is right, as text. */
  expected: string;
  /** The hint of the trial, if it has one. */
  hint?: string;
  /** Whether the code did not say what its author meant, whatever that was; the hint then says so. */
  slip?: boolean;
}

/** Thrown by a trial that can ask nothing of what it got, since it is of another kind. */
export class WrongKind extends TypeError {
  /** What came instead. */
  readonly got: unknown;
  /** What is asked for, in words. */
  readonly expected: string;

  /** That `got` is not what is `expected`, with a hint as the message. */
  constructor(got: unknown, expected: string, hint: string) {
    super(hint);
    this.got = got;
    this.expected = expected;
  }
}

/** The place for the reader's own code: {@link check} says "not answered yet" when it gets there. */
export function todo(): never {
  throw new Unanswered("replace todo() by your answer");
}

class Unanswered extends Error {
  override name = "Unanswered";
}

/**
 * Tries an answer.
 *
 * @returns the first miss, `"unanswered"`, or `null` if all is right.
 */
export function tryAnswer<Answer>(
  { trials }: Exercise<Answer>,
  answer: Answer,
): Miss | "unanswered" | null {
  if (answer === undefined || Number.isNaN(answer)) return "unanswered";
  let asked = "your answer";
  try {
    for (const { expected, got, hint, tolerance, ...trial } of trials(answer)) {
      asked = trial.asked;
      const result = plain(got());
      if (!agrees(result, expected, tolerance ?? 1e-9)) {
        const digits = show(result) === show(expected) ? 17 : 7;
        const slip = slipIn(result, expected);
        const own = typeof hint === "function" ? hint(result) : undefined;
        return {
          asked,
          got: show(result, digits),
          expected: show(expected, digits),
          hint: slip ?? own ?? notANumber(result, expected) ??
            (typeof hint === "string" ? hint : undefined) ?? turned(result, expected),
          ...(slip && { slip: true }),
        };
      }
    }
    return null;
  } catch (error) {
    if (error instanceof Unanswered) return "unanswered";
    if (error instanceof WrongKind) {
      const { got, expected, message } = error;
      const hint = slipIn(got, undefined) ?? message;
      return { asked, got: describe(got), expected, hint, slip: true };
    }
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : describe(error);
    return {
      asked,
      got: thrown,
      expected: "no error",
      hint: whyStopped(thrown, answer),
      slip: true,
    };
  }
}

function agrees(got: unknown, expected: unknown, tolerance: number): boolean {
  if (typeof expected === "number" && typeof got === "number") {
    // Every number is within a share of infinity, and none is near it.
    return Object.is(got, expected) || Number.isFinite(expected) &&
        Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(expected)) {
    return Array.isArray(got) && got.length === expected.length &&
      expected.every((element, i) => agrees(got[i], element, tolerance));
  }
  return got === expected;
}

/** What an error tells of the answer. */
function whyStopped(thrown: string, answer: unknown): string {
  if (typeof answer !== "function") {
    return "Hand over the function or class itself, by its name and without parentheses behind it.";
  }
  if (/is not a constructor/.test(thrown)) return "A class is asked for, and this is none.";
  if (/Class constructor/.test(thrown)) return "A function is asked for, and this is a class.";
  const [, missing] = thrown.match(/(\S+) is not a function/) ?? [];
  if (missing !== undefined) {
    return `There is no \`${missing}\` that could be called. Is it written so, and is it where it is looked for?`;
  }
  if (/got an array of 1$/.test(thrown)) {
    return "There is a list with one element where that element should be: take it by `[0]`.";
  }
  return "Your code stopped with this error before it gave anything.";
}

/** What is wrong with a number that is none. */
function notANumber(got: unknown, expected: unknown): string | undefined {
  if (typeof expected !== "number" || !Number.isNaN(got)) return undefined;
  return "NaN comes of arithmetic with something that is no number: a list, or `undefined`, which " +
    "is what lies beyond the end of a list and what `.data` of a list is.";
}

/** What is wrong with a number that is right up to its sign. */
function turned(got: unknown, expected: unknown): string | undefined {
  if (typeof got !== "number" || typeof expected !== "number" || expected === 0) return undefined;
  return agrees(-got, expected, 1e-9) ? "The size is right, and the sign is not." : undefined;
}

/** What is wrong with a result whatever the question was. */
function slipIn(got: unknown, expected: unknown): string | undefined {
  if (got === undefined) return "Nothing came back: between `{` and `}` a function needs `return`.";
  if (typeof got === "function") return "A function came back: call it, with `(…)` behind it.";
  if (got instanceof Promise) return "A promise came back: leave out `async`.";
  if (typeof expected === "number") {
    if (typeof got === "string") return "A number is asked for, not a text.";
    if (got instanceof Value) return "A plain number is asked for: the `data` of this Value.";
    if (Array.isArray(got)) {
      const one = got.length === 1 ? ": its element is `[0]`" : "";
      return `A number is asked for, not a list${one}.`;
    }
  }
  if (!Array.isArray(expected)) return undefined;
  if (got instanceof Set) return "A list is asked for: `[...set]` makes one of a set.";
  if (!Array.isArray(got)) return "A list is asked for, in `[…]`.";
  if (expected.some(Array.isArray)) return undefined;
  if (got.some(Array.isArray)) {
    return "There are lists in the list, and a flat one is asked for: `...inner` spreads a list.";
  }
  if (got.some((element) => element instanceof Value)) {
    return "Plain numbers are asked for: the `data` of these Values.";
  }
}

/** Lists of any kind as arrays: what counts is what is in them. */
function plain(x: unknown): unknown {
  if (Array.isArray(x)) return x.map(plain);
  return ArrayBuffer.isView(x) && !(x instanceof DataView) ? Array.from(x as Float64Array) : x;
}

function show(x: unknown, digits = 7): string {
  if (Array.isArray(x)) return `[${x.map((element) => show(element, digits)).join(", ")}]`;
  if (typeof x === "number" && Number.isFinite(x)) return String(Number(x.toPrecision(digits)));
  if (typeof x === "string") return `"${x}"`;
  if (typeof x === "object" && x !== null) return Deno.inspect(x);
  return typeof x === "function" ? describe(x) : String(x);
}
