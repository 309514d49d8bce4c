import { exercise } from "./exercise.ts";

type Curve = (x: number) => number;

const square: Curve = (x) => x ** 2;

/** The exercises of the notebook "The chain rule". */
export const exercises = {
  "1.1": exercise<Curve>({
    title: "a derivative by hand",
    trials: (slope) =>
      [0, 3, -1, 2 / 3].map((x) => ({
        asked: `slope(${Number(x.toPrecision(4))})`,
        got: () => slope(x),
        expected: 6 * x - 4,
        ...(x === 3 &&
          { hint: "A factor stays in front: three times x² moves three times as far." }),
      })),
    hints: [
      "Each of the three terms moves on its own when x is nudged; one of them does not move at all.",
      "Write out f(x + h) − f(x) term by term, divide by h, and drop what still has an h in it.",
    ],
    solved: "In notebook 2 a program will find such slopes without being told a formula for them.",
  }),

  "1.2": exercise<(f: Curve, x: number, h: number) => number>({
    title: "a step to both sides",
    trials: (slope) => [
      {
        asked: "slope of 2x + 1 at 5, with h = 1",
        got: () => slope((x) => 2 * x + 1, 5, 1),
        expected: 2,
        hint: "How far apart are the two places at which you take f? Divide by that.",
      },
      {
        asked: "slope of x² at 3, with h = 0.1",
        got: () => slope(square, 3, 0.1),
        expected: 6,
        hint:
          "This is the slope of a line to one side of x. Let x stand in the middle of the two places.",
      },
      {
        asked: "slope of x³ at 1, with h = 0.5",
        got: () => slope((x) => x ** 3, 1, 0.5),
        expected: 3.25,
        hint: "With so large an h it should be off by a bit. Do you use the h that you are given?",
      },
      {
        asked: "slope of sin x at 0, with h = 0.001",
        got: () => slope(Math.sin, 0, 1e-3),
        expected: Math.sin(1e-3) / 1e-3,
      },
    ],
    hints: ["Two places, one as far to the right of x as the other is to the left."],
    solved: "This is the central difference: its error shrinks with h², where that of one side " +
      "shrinks with h. Notebook 4 checks every gradient by it.",
  }),

  "1.3": exercise<(w: number) => number>({
    title: "the chain rule by hand",
    trials: (slope) => [
      {
        asked: "slope(-0.5)",
        got: () => slope(-0.5),
        expected: -3,
        hint:
          "Two rates multiply. One of them is the slope of the line 3w + 1: is it in your product?",
      },
      {
        asked: "slope(0)",
        got: () => slope(0),
        expected: 6,
        hint: "You took the outer derivative at w; it is taken at the inner value.",
      },
      ...[2, -1 / 3].map((w) => ({
        asked: `slope(${Number(w.toPrecision(4))})`,
        got: () => slope(w),
        expected: 18 * w + 6,
      })),
    ],
    hints: [
      "Call the inner value u. How does u² react to u? How does u react to w? Rates multiply.",
    ],
    solved:
      "You have differentiated the squared error of a neuron by its weight: with input 3 and " +
      "bias 0, the wanted answer being −1. Training does nothing else, for all weights at once.",
  }),

  "1.4": exercise<(a: number, b: number, c: number, d: number) => number[]>({
    title: "a walk of your own",
    trials: (gradient) => [
      {
        asked: "gradient(2, 3, 5, 7).length",
        got: () => gradient(2, 3, 5, 7).length,
        expected: 4,
        hint: "One derivative for each letter, in the order a, b, c, d.",
      },
      ...[
        { letter: "a", expected: 38, hint: "The other operand of the last product is all of s." },
        { letter: "b", expected: 2, hint: "A sum hands on what it gets. What does s get?" },
        { letter: "c", expected: 14, hint: "Two products lie on the way from c to L, and a sum." },
        { letter: "d", expected: 10, hint: "Two products lie on the way from d to L, and a sum." },
      ].map(({ letter, expected, hint }, i) => ({
        asked: `∂L/∂${letter} at a = 2, b = 3, c = 5, d = 7`,
        got: () => gradient(2, 3, 5, 7)[i],
        expected,
        hint,
      })),
      {
        asked: "gradient(1, 1, 0, -2)",
        got: () => gradient(1, 1, 0, -2),
        expected: [1, 1, -2, 0],
        hint: "Give formulas in a, b, c and d, so that it is right at every place.",
      },
    ],
    hints: ["Walk from L to the left, and multiply by one local derivative at each step."],
    solved:
      "Nothing in these steps needed a clever idea, so a program can take them. You write it " +
      "in notebook 2.",
  }),
};
