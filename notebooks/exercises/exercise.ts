/**
 * What an exercise of a notebook is made of, and how an answer is tried.
 *
 * @module
 */
import { describe } from "../../engine/describe.ts";
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
        return {
          asked,
          got: show(result, digits),
          expected: show(expected, digits),
          hint: slip ?? (typeof hint === "function" ? hint(result) : hint),
          ...(slip && { slip: true }),
        };
      }
    }
    return null;
  } catch (error) {
    if (error instanceof Unanswered) return "unanswered";
    const thrown = error instanceof Error ? `${error.name}: ${error.message}` : describe(error);
    const hint = "Your code stopped with this error before it gave anything.";
    return { asked, got: thrown, expected: "no error", hint, slip: true };
  }
}

function agrees(got: unknown, expected: unknown, tolerance: number): boolean {
  if (typeof expected === "number" && typeof got === "number") {
    return Object.is(got, expected) ||
      Math.abs(got - expected) <= tolerance * Math.max(1, Math.abs(expected));
  }
  if (Array.isArray(expected)) {
    return Array.isArray(got) && got.length === expected.length &&
      expected.every((element, i) => agrees(got[i], element, tolerance));
  }
  return got === expected;
}

/** What is wrong with a result whatever the question was. */
function slipIn(got: unknown, expected: unknown): string | undefined {
  if (got === undefined) return "Nothing came back: between `{` and `}` a function needs `return`.";
  if (typeof expected === "number") {
    if (typeof got === "string") return "A number is asked for, not a text.";
    if (got instanceof Value) return "A plain number is asked for: the `data` of this Value.";
  }
  if (Array.isArray(expected) && got instanceof Set) {
    return "A list is asked for: `[...set]` makes one of a set.";
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
