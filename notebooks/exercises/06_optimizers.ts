import { Value } from "../../engine/mod.ts";
import { Adam, type Optimizer, SGD } from "../../nn/mod.ts";
import { exercise, WrongKind } from "./exercise.ts";
import { hintFor } from "./slips.ts";

type Rule = (knobs: Value[]) => () => void;

/** What moves the knobs by a step, which a rule has to return. */
function moveOf(rule: Rule, knobs: Value[]): () => void {
  const move = rule(knobs);
  if (typeof move === "function") return move;
  throw new WrongKind(
    move ?? null,
    "a function that takes a step",
    "For the knobs, a function is to come back that takes one step whenever it is called.",
  );
}

/** Where knobs that start at 0 are after each step, if each feels the same slope at all times. */
function push(rule: Rule, slopes: number[], steps: number): number[][] {
  const knobs = slopes.map(() => new Value(0));
  const move = moveOf(rule, knobs);
  return Array.from({ length: steps }, () => {
    for (const [i, p] of knobs.entries()) p.grad = slopes[i];
    move();
    return knobs.map(({ data }) => data);
  });
}

/** Where x and y end in the valley x² + 20y², from (−4, 1). */
function roll(rule: Rule, steps: number): number[] {
  const knobs = [new Value(-4), new Value(1)];
  const move = moveOf(rule, knobs);
  for (let step = 0; step < steps; step++) {
    for (const [i, p] of knobs.entries()) p.grad = [2, 40][i] * p.data;
    move();
  }
  return knobs.map(({ data }) => data);
}

const using = (create: (knobs: Value[]) => Optimizer): Rule => (knobs) => {
  const optimizer = create(knobs);
  return () => optimizer.step();
};

/** What is asked about a rate that follows the cosine, and hints for usual wrong numbers. */
interface CosineTrial {
  numbers: [start: number, step: number, steps: number];
  expected: number;
  hint: Record<string, string>;
}

/** The exercises of the notebook about optimizers. */
export const exercises = {
  "6.1": exercise<(a: number, b: number) => number>({
    title: "the largest rate of a parabola",
    trials: (largestRate) =>
      [[0.8, 7], [3, -4], [20, 0], [0.5, 2]].map(([a, b]) => ({
        asked: `largestRate(${a}, ${b})`,
        got: () => largestRate(a, b),
        expected: 1 / a,
        hint: a === 0.8
          ? (got) =>
            hintFor(got, {
              "-4.375": "That is where the bottom is. The question is how far a step may go.",
              "2.500":
                "The curvature is not a itself: take the slope of a·x² + b·x, and then its slope.",
              "0.400": "The other way up: the larger the curvature, the smaller the rate must be.",
              "1.600": "This is the curvature. Which rate belongs to it?",
              "0.625": "This rate lands on the bottom in one step. A larger one jumps across and " +
                "still comes closer.",
              "0.233": "b moves the parabola sideways. Does it change how fast the slope changes?",
              "0.050": "That was the limit in our valley. Here it depends on a.",
              "0.333": "That would do for the parabola of exercise 1.1. Here it depends on a.",
            })
          : undefined,
      })),
    hints: [
      "The curvature is the slope of the slope: write down the slope of a·x² + b·x, and then the slope of that.",
      "At the limit the knob jumps from one side of the bottom to the other and back for ever. A rate that lands on the bottom itself is not the largest one.",
      "Moving the parabola sideways changes where the bottom is. Does it change how fast the slope changes?",
    ],
    solved:
      "For the parabola of exercise 1.1 it is a third. Half of the limit lands at the bottom in " +
      "one step: it is the Newton step of exercise 4.4. A network has a curvature for every direction, and the largest sets the limit for all.",
  }),

  "6.2": exercise<(lr: number, beta: number) => Rule>({
    title: "momentum",
    trials: (momentum) => [
      {
        asked: "x after a step with the slope 1, lr 0.1 and beta 0.5, from 0",
        got: () => push(momentum(0.1, 0.5), [1], 1).flat()[0],
        expected: -0.1,
        hint: (got) =>
          hintFor(got, {
            "0.100": "The slope points uphill, and we walk against it.",
            "-0.050": "The velocity keeps a share of itself; the slope is added to it as a whole.",
          }) ?? "The velocity starts at 0, so the first step is that of plain gradient descent.",
      },
      {
        asked: "x after each of three steps with the slope 1, lr 0.1 and beta 0.5, from 0",
        got: () => push(momentum(0.1, 0.5), [1], 3).flat(),
        expected: [-0.1, -0.25, -0.425],
        hint:
          "The velocity should outlive the step, and lose the same share of itself each time. " +
          "What is made inside of the returned function is made anew at every step.",
      },
      {
        asked: "[x, y] after two steps with the slopes 1 and −3, lr 0.1 and beta 0.5, from [0, 0]",
        got: () => push(momentum(0.1, 0.5), [1, -3], 2)[1],
        expected: [-0.25, 0.75],
        hint: "With one knob all is well. Does each knob have a velocity of its own?",
      },
      {
        asked: "[x, y] after 20 steps in the valley, lr 0.0075 and beta 0.9, from [−4, 1]",
        got: () => roll(momentum(0.0075, 0.9), 20),
        expected: roll(using((knobs) => new SGD(knobs, { lr: 0.0075, momentum: 0.9 })), 20),
      },
    ],
    hints: ["Two lines for each knob: first its velocity, by the left formula, then its place."],
    solved: "The same path as that of the library's SGD, which comes next.",
  }),

  "6.3": exercise<(lr: number) => Rule>({
    title: "Adam's first steps",
    bug: "[-0.1, -0.07441368]",
    trials: (adam) => [
      {
        asked: "x after each of three steps with the slope 3 and lr 0.1, from 0",
        got: () => push(adam(0.1), [3], 3).flat(),
        expected: [-0.1, -0.2, -0.3],
        tolerance: 1e-7,
        hint: (got) =>
          hintFor([got].flat()[0], {
            "0.100": "The slope points uphill, and we walk against it.",
            "-0.300": "This is as long as the slope itself says. What divides the step in Adam?",
            NaN: "In the first step t is 1: with 0 both corrections divide 0 by 0.",
            "-0.316": "The first step is too long. The means start at 0; what makes up for it?",
            "-0.033":
              "s is a mean of squares: the step is divided by what has the size of a slope.",
            "-0.100":
              "The first step is right, the next are not. The share that a mean has reached " +
              "after t steps grows from step to step: look at the two formulas for it.",
          }) ?? "When the slope stays the same, the corrected means are the slope and its square " +
              "from the first step on, and every step is as long as the rate says.",
      },
      {
        asked: "[x, y] after one step with the slopes 3 and 3 and lr 0.1, from [0, 0]",
        got: () => push(adam(0.1), [3, 3], 1)[0],
        expected: [-0.1, -0.1],
        tolerance: 1e-7,
        hint: "Two knobs with the same slopes should move alike, and one knob alone moves " +
          "rightly. What has changed between the turn of the first knob and that of the second?",
      },
      {
        asked: "[x, y] after 50 steps in the valley with lr 0.1, from [−4, 1]",
        got: () => roll(adam(0.1), 50),
        expected: roll(using((knobs) => new Adam(knobs, { lr: 0.1 })), 50),
        // The small number that keeps from dividing by 0 stands in several places in the literature.
        tolerance: 1e-6,
        hint: "The shares that the means keep, 0.9 and 0.999, matter here: compare both formulas.",
      },
    ],
    hints: ["Compare each line with the three formulas above."],
    solved: "A slip that no error message finds: the loss still falls. The correction fades as t " +
      "grows, so only the first steps go astray, and the more knobs there are, the fewer of them.",
  }),

  "6.4": exercise<(start: number, step: number, steps: number) => number>({
    title: "half a wave",
    trials: (cosineRate) => {
      const asked: CosineTrial[] = [
        {
          numbers: [1, 0, 100],
          expected: 1,
          hint: {
            "2.000": "The cosine plus 1 goes from 2 down to 0. What is asked for goes from 1 to 0.",
            "0.000": "At step 0 nothing has been lowered yet. Is it the sine?",
          },
        },
        {
          numbers: [1, 100, 100],
          expected: 0,
          hint: {
            "-1.000": "The cosine itself goes down to −1. Add 1 and halve it.",
            "0.201":
              "These are degrees: `Math.cos` counts in radians, where half a turn is `Math.PI`.",
            "1.000": "This is a whole wave. Half of one ends at the bottom.",
            "0.500": "This is a quarter of a wave: the bottom of the cosine is at π.",
          },
        },
        {
          numbers: [1, 50, 100],
          expected: 0.5,
          hint: {
            "0.276":
              "These are degrees: `Math.cos` counts in radians, where half a turn is `Math.PI`.",
          },
        },
        {
          numbers: [0.04, 75, 300],
          expected: 0.04 * (1 + Math.SQRT1_2) / 2,
          hint: {
            "0.030": "This is a straight line. The cosine leaves its top more slowly.",
            "0.854": "This would do for a start of 1.",
          },
        },
      ];
      return asked.map(({ numbers, expected, hint }) => ({
        asked: `cosineRate(${numbers.join(", ")})`,
        got: () => cosineRate(...numbers),
        expected,
        hint: (got) => hintFor(got, hint),
      }));
    },
    hints: [
      "Where on its wave does the cosine stand at the start, and where at the end?",
      "From 0 to π the cosine goes from 1 to −1. Make that go from 1 to 0 first, then scale it.",
    ],
    solved: "It stays high for a while, falls fastest in the middle, and lands softly. The same " +
      "curve lowers the rate in the training of many large networks.",
  }),
};
