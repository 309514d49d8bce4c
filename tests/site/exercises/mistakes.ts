import type { AnswerTo, ExerciseId } from "../../../notebooks/exercises/mod.ts";

/** Wrong answers to exercises, each a slip that readers make. */
export type Mistakes = { [Id in ExerciseId]?: AnswerTo<Id>[] };
