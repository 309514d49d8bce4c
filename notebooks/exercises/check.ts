/**
 * Checks what a reader has filled in: `check("1.1", slope)` at the end of a
 * cell says whether it is right and, if not, where it went wrong, with a hint.
 *
 * @module
 */
import { checkCount } from "../../engine/arguments.ts";
import { escape } from "../../engine/show/text.ts";
import { display, inspect, type MimeBundle } from "../../engine/show/jupyter.ts";
import { type Exercise, tryAnswer } from "./exercise.ts";
import { exercises } from "./exercises.ts";

/** The number of an exercise: that of its notebook, a point, its place there. */
export type ExerciseId = keyof typeof exercises;

/** What the answer to an exercise is: a function, a class, a number. */
export type AnswerTo<Id extends ExerciseId> = (typeof exercises)[Id] extends Exercise<infer Answer>
  ? Answer
  : never;

/** What is said about an answer; a notebook shows it in colour. */
export class Verdict {
  /** Whether there was an answer, and whether it is right. */
  readonly state: "unanswered" | "wrong" | "right";
  /** What is said, the headline first. */
  readonly lines: readonly string[];

  /** A verdict that says the given lines. */
  constructor(state: Verdict["state"], lines: readonly string[]) {
    this.state = state;
    this.lines = lines;
  }

  /** The verdict as text. */
  toString(): string {
    return this.lines.join("\n");
  }

  [inspect](): string {
    return this.toString();
  }

  [display](): MimeBundle {
    const color = { unanswered: "#7d8590", wrong: "#e0663a", right: "#2da44e" }[this.state];
    const [headline, ...others] = this.lines.map(withCode);
    const html = `<div style="border-left:4px solid ${color};padding:.2em 0 .2em .8em">` +
      `<strong>${headline}</strong>${others.map((line) => `<br>${line}`).join("")}</div>`;
    return { "text/html": html, "text/plain": this.toString() };
  }
}

/** Parts in backticks are shown as code. */
function withCode(line: string): string {
  return line.split("`").map((part, i) =>
    i % 2 === 0
      ? escape(part)
      : `<code style="white-space:pre-wrap;overflow-wrap:anywhere">${escape(part)}</code>`
  ).join("");
}

const wrongAnswers = new Map<ExerciseId, number>();

/**
 * Says whether the answer to an exercise is right. Each wrong answer gets the
 * next hint; but code that came with a bug, as it came, gets none the first time.
 *
 * @param id the number of the exercise, such as `"1.1"`.
 * @param answer what the exercise asks for.
 * @throws {RangeError} if there is no exercise of that number.
 */
export function check<Id extends ExerciseId>(id: Id, answer: AnswerTo<Id>): Verdict {
  checkCount("check", arguments, 2);
  if (!Object.hasOwn(exercises, id)) {
    const known = Object.keys(exercises).join(", ");
    throw new RangeError(`check: id must be one of ${known}, got "${id}"`);
  }
  const exercise = exercises[id] as Exercise<unknown>;
  const name = `Exercise ${id}, ${exercise.title}`;
  const miss = tryAnswer(exercise, answer);
  if (miss === null) return new Verdict("right", [`✓ ${name}: right`, exercise.solved]);
  if (miss === "unanswered") {
    return new Verdict("unanswered", [
      `○ ${name}: not answered yet`,
      "Put your own code in the place of `todo()`, then run the cell.",
    ]);
  }
  const headline = `✗ ${name}: not yet`;
  const found = `\`${miss.asked}\` gives \`${miss.got}\`, expected: \`${miss.expected}\``;
  const wrong = wrongAnswers.get(id);
  if (wrong === undefined && miss.got === exercise.bug) {
    wrongAnswers.set(id, 0);
    const task = "There is a bug in the code: find it, fix it, and run the cell again.";
    return new Verdict("wrong", [headline, found, task]);
  }
  const tries = wrong ?? 0;
  if (!miss.slip) wrongAnswers.set(id, tries + 1);
  const hint = miss.hint ?? exercise.hints[Math.min(tries, exercise.hints.length - 1)];
  return new Verdict("wrong", [headline, found, `Hint: ${hint}`]);
}
