/**
 * The exercises of the notebooks: what a notebook imports.
 *
 * @module
 */
export { type AnswerTo, check, type ExerciseId, Verdict } from "./check.ts";
export { todo } from "./exercise.ts";
