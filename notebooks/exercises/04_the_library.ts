import { Value } from "../../engine/mod.ts";
import { exercise } from "./exercise.ts";
import { asList, hintFor, withField } from "./slips.ts";

type Curve = (x: Value) => Value;

function slopeAt(f: Curve, at: number): number {
  const x = new Value(at);
  f(x).backward();
  return x.grad;
}

const parabola: Curve = (x) => x.pow(2).mul(3).sub(x.mul(4)).add(5);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** The answer of a network of two hidden tanh neurons and one more; two weights and a bias each. */
function answer(neurons: number[][], x: number, y: number): number {
  const tanh = ([p, q, bias]: number[], a: number, b: number) => Math.tanh(p * a + q * b + bias);
  const [first, second, last] = neurons;
  return tanh(last, tanh(first, x, y), tanh(second, x, y));
}

/** The exercises of the notebook about the library. */
export const exercises = {
  "4.1": exercise<Curve>({
    title: "right value, wrong slope",
    bug: "0.6224593",
    trials: (swish) => [
      {
        asked: "swish(0.5).data",
        got: () =>
          withField(
            swish(new Value(0.5)),
            "data",
            "a Value",
            "A Value is asked for: a plain number has no graph that a gradient could walk.",
          ).data,
        expected: 0.5 * sigmoid(0.5),
        hint: (got) =>
          hintFor(got, {
            "0.622": "This is the sigmoid of x. Swish is x times that.",
            "0.189": "In the sigmoid stands e to the power of −x.",
          }) ?? "The value was right: x times the sigmoid of x.",
      },
      ...[0.5, -2].map((at) => ({
        asked: `the slope of swish at ${at}`,
        got: () => slopeAt(swish, at),
        expected: sigmoid(at) + at * sigmoid(at) * (1 - sigmoid(at)),
      })),
    ],
    hints: [
      "There are two paths from x to the result. Which of them does the graph not know?",
      "What is made of `x.data` knows nothing of x: a plain number is a constant (grey in the picture), a new Value an input of its own (orange). No gradient gets from there to x.",
    ],
    solved:
      "What leaves the graph is a constant to it. No error says so, and the value is right; " +
      "only a gradient check notices.",
  }),

  "4.2": exercise<(outputs: number[]) => boolean>({
    title: "the doctor's first rule",
    trials: (isStuck) =>
      [
        {
          outputs: [0.999, 0.997, 0.995],
          expected: true,
          hint: "All three are beyond 0.99.",
        },
        {
          outputs: [0.999, 0.2, 0.998],
          expected: false,
          hint: "One of the three is not saturated: there the neuron still learns something.",
        },
        {
          outputs: [-0.999, -0.996],
          expected: true,
          hint: "A tanh is saturated at both ends: close to −1, too.",
        },
        {
          outputs: [0.999, -0.999],
          expected: true,
          hint:
            "It jumps from one end to the other, and both ends are flat. The mean says nothing.",
        },
        { outputs: [0.5, -0.5], expected: false, hint: "Here both are far from the ends." },
      ].map(({ outputs, expected, hint }) => ({
        asked: `isStuck([${outputs.join(", ")}])`,
        got: () => isStuck([...outputs]),
        expected,
        hint: (got: unknown) =>
          typeof got === "boolean" ? hint : "A truth value is asked for: `true` or `false`.",
      })),
    hints: ["Ask the same question about each output, and look at `every`."],
    solved:
      "This is the rule by which diagnose() finds saturated neurons. Where the output is at an " +
      "end, the slope 1 − output² is almost 0.",
  }),

  "4.3": exercise<() => number[][]>({
    title: "exclusive or by hand",
    trials: (numbers) => [
      {
        asked: "how many numbers each neuron has",
        got: () => asList(numbers()).map((neuron) => asList(neuron).length),
        expected: [3, 3, 3],
        hint: "Three lists, one for each neuron, and in each of them two weights and a bias.",
      },
      ...[[0, 0, -1], [1, 0, 1], [0, 1, 1], [1, 1, -1]].map(([x, y, expected]) => ({
        asked: `the sign of the answer at (${x}, ${y})`,
        got: () => Math.sign(answer(numbers(), x, y)),
        expected,
      })),
    ],
    hints: [
      "A neuron draws one line across the plane, two draw two. Which corners lie between the lines?",
      "Let one hidden neuron say whether at least one input is 1, and the other whether both are.",
      "The last neuron should be above 0 only where the first says 1 and the second says −1.",
    ],
    solved: "One line was not enough, two are. This is what hidden layers are for.",
  }),

  "4.4": exercise<(f: Curve, at: number) => number>({
    title: "one step of Newton's method",
    trials: (newtonStep) => [
      {
        asked: "newtonStep(x => 3x² − 4x + 5, 2)",
        got: () => newtonStep(parabola, 2),
        expected: 2 / 3,
        hint: (got) =>
          hintFor(got, {
            "0.875": "This looks for a place where f itself is 0. We want the slope to be 0.",
            "3.333": "The right distance, but uphill: at 2 the slope is positive.",
            "-1.333": "That is how far to go. Where does it lead?",
            "-6.000": "A slope is no distance: divide it by the pace at which it changes.",
            NaN: "`grad` returns a list, with an element for each x: take it by `[0]`.",
          }) ??
            "Here the slope is 8, and it grows by 6 for each unit to the right. How far away, " +
              "and in which direction, is it 0? (A number is asked for, not a Value.)",
      },
      {
        asked: "newtonStep(x => 3x² − 4x + 5, −1)",
        got: () => newtonStep(parabola, -1),
        expected: 2 / 3,
        hint: "On this side of the floor the slope is negative. The same formula covers it.",
      },
      {
        asked: "newtonStep(x => x⁴, 2)",
        got: () => newtonStep((x) => x.pow(4), 2),
        expected: 4 / 3,
        hint:
          "The pace at which the slope changes is another one at every point; ask `grad` for it.",
      },
      {
        asked: "newtonStep(x => exp(x) − 2x, 0)",
        got: () => newtonStep((x) => x.exp().sub(x.mul(2)), 0),
        expected: 1,
      },
    ],
    hints: [
      "Call `grad` twice: once on f(x), and once on what that returned.",
      "The value of f itself does not matter: we look for a place where the slope is 0.",
    ],
    solved: "On a parabola one step is enough. In notebook 6 the second derivative returns: it " +
      "limits how large a learning rate may be.",
  }),
};
