import { exercise, type Trial } from "./exercise.ts";
import { asList, hintFor, hintIfClose } from "./slips.ts";

type Curve = (x: number) => number;

/** Hints for usual wrong numbers, by their first three decimals. */
type Hints = Record<string, string>;

const square: Curve = (x) => x ** 2;

/** The exercises of the notebook "The chain rule". */
export const exercises = {
  "1.1": exercise<Curve>({
    title: "a derivative by hand",
    trials: (slope) =>
      [0, 3, -1, 2 / 3].map((x) => {
        const expected = 6 * x - 4;
        const hints = {
          "2.000": "A factor stays in front: three times x² moves three times as far as x².",
          "5.000": "The 3 is there. How far does x² itself move for each unit of a nudge?",
        };
        const atZero = {
          "4.000": "The size is right. Does −4x rise or fall?",
          "5.000": "This is how high the curve is at 0. How steep is it there?",
          "0.000": "At 0 the x² is flat. Which of the other terms still moves?",
          "1.000": "A term without x does not move when x is nudged.",
        };
        return {
          asked: `slope(${Number(x.toPrecision(4))})`,
          got: () => slope(x),
          expected,
          hint: (got: unknown) =>
            hintIfClose(got, expected) ??
              (x === 3 ? hintFor(got, hints) : x === 0 ? hintFor(got, atZero) : undefined),
        };
      }),
    hints: [
      "Each of the three terms moves on its own when x is nudged; one of them does not move at all.",
      "Write out f(x + h) − f(x) term by term, divide by h, and drop what still has an h in it.",
    ],
    solved: "In notebook 2 a program will find such slopes without being told a formula for them.",
  }),

  "1.2": exercise<(f: Curve, x: number, h: number) => number>({
    title: "a step to both sides",
    trials: (slopeBothSides) => {
      const parentheses = "Without parentheses a quotient has only what stands next to its `/`: " +
        "put them around the difference, and around all of the divisor.";
      const oneSide =
        "This is the slope of a line to one side of x. Let x stand in the middle of the two places.";
      const distance = "How far apart are the two places at which you take f? Divide by that.";
      const direction = "Take the height at the right minus the height at the left.";
      const trials: (Trial & { expected: number; hints: Hints })[] = [
        {
          asked: "slopeBothSides(f, 5, 1) for f(x) = 2x + 1",
          got: () => slopeBothSides((x) => 2 * x + 1, 5, 1),
          expected: 2,
          hints: {
            "4.000": distance,
            "1.000": distance,
            "11.000": "A slope is a difference of two heights: one minus the other.",
            "8.500": parentheses,
            "-2.000": direction,
            "-4.000": `${direction} ${distance}`,
          },
        },
        {
          asked: "slopeBothSides(f, 3, 0.1) for f(x) = x²",
          got: () => slopeBothSides(square, 3, 0.1),
          expected: 6,
          hints: {
            "0.060": parentheses,
            "0.600": distance,
            "6.200": "You go 2h to one side. It should be h to the right, and h to the left.",
            "6.100": oneSide,
            "5.900": oneSide,
          },
        },
        {
          asked: "slopeBothSides(f, 1, 0.5) for f(x) = x³",
          got: () => slopeBothSides((x) => x ** 3, 1, 0.5),
          expected: 3.25,
          hints: {
            "3.063":
              "You go h/2 to each side. It should be a full h to the right, and one to the left.",
            "3.000":
              "With so large an h it should be off by a bit. Do you use the h you are given?",
          },
        },
        {
          asked: "slopeBothSides(f, 0, 0.001) for f(x) = sin x",
          got: () => slopeBothSides(Math.sin, 0, 1e-3),
          expected: Math.sin(1e-3) / 1e-3,
          hints: {},
        },
      ];
      return trials.map(({ hints, ...trial }) => ({
        ...trial,
        hint: (got: unknown) =>
          hintIfClose(got, trial.expected)
            ? "This is close. Do you use the h that you are given, and not a smaller one?"
            : hintFor(got, hints),
      }));
    },
    hints: [
      "Two places, one as far to the right of x as the other is to the left.",
      "A slope is the difference of two heights, divided by the distance of their places.",
    ],
    solved: "This is the central difference: its error shrinks with h², where that of one side " +
      "shrinks with h. Notebook 4 checks every gradient by it.",
  }),

  "1.3": exercise<(w: number) => number>({
    title: "the chain rule by hand",
    trials: (slopeOfSquare) => {
      const places: [w: number, Hints][] = [
        [-0.5, {
          "-1.000": "Two rates multiply. One of them is the slope of the line 3w + 1: " +
            "is it in your product?",
          "0.500": "Two rates multiply. The line 3w + 1 has a rate; you took its value.",
          "2.000": "The two rates are there. Along a chain they multiply.",
          "0.250": "This is how high the curve is. How steep is it there?",
          "-1.500": "The slope of u² is not u. Where is its factor?",
          "-2.000": "A factor in front of parentheses multiplies all that is in them.",
          "-9.000": "The 1 has been lost: the inner value is all of 3w + 1.",
          "-15.000": "The term with w is right. Look at the sign of the other one.",
        }],
        [0, { "0.000": "You took the outer derivative at w; it is taken at the inner value." }],
        [2, {}],
        [-1 / 3, {}],
      ];
      return places.map(([w, hints]) => {
        const asked = `slopeOfSquare(${Number(w.toPrecision(4))})`;
        const expected = 18 * w + 6;
        return {
          asked,
          got: () => slopeOfSquare(w),
          expected,
          hint: (got: unknown) => hintIfClose(got, expected) ?? hintFor(got, hints),
        };
      });
    },
    hints: [
      "Call the inner value u. How does u² react to u? How does u react to w? Rates multiply.",
    ],
    solved:
      "You have differentiated the squared error of a neuron with respect to its weight: input 3, " +
      "bias 0, wanted answer −1. Training does nothing else, for all weights at once.",
  }),

  "1.4": exercise<Curve>({
    title: "the other way around",
    trials: (slopeOfSineSquared) => {
      const hints = {
        "1.288": "The outer rate is there. The sine inside has a rate, too.",
        "1.530": "The outer rate is 2u, taken at the inner value u = sin x.",
        "1.071": "The outer rate is 2u, taken at the inner value: u is sin x, not x.",
        "0.585": "This is the square of the slope of the sine. How does u² react to u?",
        "0.493": "The slope of u² is not u. Where is its factor?",
        "0.765": "This is the inner rate alone. How does u² react to u?",
        "0.415": "This is how high the curve is at 0.7. How steep is it there?",
        "1.235": "This belongs to sin(x²). Here the sine is inside and the square outside.",
        "2.053": "The two rates are there. Along a chain they multiply.",
        "0.024": "An angle of 0.7 is in radians here, as `Math.sin` takes it. Do not convert it.",
      };
      return [0.7, 0, 2, -1].map((x) => {
        const expected = 2 * Math.sin(x) * Math.cos(x);
        return {
          asked: `slopeOfSineSquared(${x})`,
          got: () => slopeOfSineSquared(x),
          expected,
          hint: (got: unknown) =>
            hintIfClose(got, expected) ?? (x === 0.7 ? hintFor(got, hints) : undefined),
        };
      });
    },
    hints: [
      "Call the inner value u = sin x. How does u² react to u? How does u react to x?",
      "2u times the slope of the sine, with sin x in the place of u.",
    ],
    solved:
      "Same two functions, other order, other derivative: which one is inside decides where " +
      "the outer rate is taken.",
  }),

  "1.5": exercise<(a: number, b: number, c: number, d: number) => number[]>({
    title: "a walk of your own",
    trials: (gradient) => [
      {
        asked: "gradient(2, 3, 5, 7).length",
        got: () => asList(gradient(2, 3, 5, 7)).length,
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
        hint: (got: unknown) =>
          letter === "c" && got === 10 || letter === "d" && got === 14
            ? `At p = c · d, which operand is the derivative with respect to ${letter}?`
            : hint,
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
