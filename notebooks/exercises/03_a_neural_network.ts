import { Value } from "../../engine/mod.ts";
import { exercise } from "./exercise.ts";
import { asList, hintFor, hintIfClose } from "./slips.ts";

/**
 * What a step of training is made from: the parameters, the loss as it is now, the rate. Written as
 * a method's type, whose parameters may also be narrower: a reader's own are Values.
 */
export type TrainStep = {
  step(
    parameters: { data: number; grad: number }[],
    loss: () => { data: number; backward(): void },
    rate: number,
  ): void;
}["step"];

/** The weight of a line after some steps downhill. */
type FitLine = (xs: number[], ys: number[], rate: number, steps: number) => number;

/** The weights after each of some steps on (w · 2 − 6)² + (v + 1)², from 0 and 0. */
function walk(step: TrainStep, steps: number): number[][] {
  const w = new Value(0), v = new Value(0);
  return Array.from({ length: steps }, () => {
    step([w, v], () => w.mul(2).sub(6).pow(2).add(v.add(1).pow(2)), 0.05);
    return [w.data, v.data];
  });
}

/** The exercises of the notebook about a neural network. */
export const exercises = {
  "3.1": exercise<(w: number[], b: number, x: number[]) => number[]>({
    title: "a neuron by hand",
    trials: (neuronGradient) => {
      const flat = "neuronGradient([0.5, -1], 0, [2, 1])"; // tanh(0), where the slope of tanh is 1
      const slope = 1 - Math.tanh(-0.5) ** 2;
      const usual: Record<string, string> = {
        "1,2": "First the weights, in their order; the bias comes last.",
        "0,0": "The output is 0 here. But how steep is the tanh where its value is 0?",
      };
      return [
        {
          asked: `${flat}.length`,
          got: () => asList(neuronGradient([0.5, -1], 0, [2, 1])).length,
          expected: 3,
          hint: "A number for each weight, and one more at the end, for the bias, all in one list.",
        },
        {
          asked: `for the weights: ${flat}`,
          got: () => Array.from(neuronGradient([0.5, -1], 0, [2, 1])).slice(0, 2),
          expected: [2, 1],
          hint: (got) =>
            hintIfClose(got, [2, 1]) ??
              usual[[got].flat().map((x) => Math.round(1e3 * Number(x)) / 1e3).join()] ??
              "In the product w · x the local derivative for one operand is the other one.",
        },
        {
          asked: `for the bias: ${flat}`,
          got: () => neuronGradient([0.5, -1], 0, [2, 1])[2],
          expected: 1,
          hint: (got) =>
            hintIfClose(got, 1) ??
              "The bias meets no input. It is added, and a sum hands on what it gets.",
        },
        {
          asked: "neuronGradient([1, 0.5], -0.5, [1, -2])",
          got: () => neuronGradient([1, 0.5], -0.5, [1, -2]),
          expected: [slope, -2 * slope, slope],
          hint: (got) =>
            hintIfClose(got, [slope, -2 * slope, slope]) ??
              hintFor([got].flat()[0], {
                "1.462": "The slope of the tanh is 1 − out². Is there a square in yours?",
                "1.000":
                  "At this place the tanh is not as steep as 1. Is its slope in your product, " +
                  "and is the bias in the sum that it is taken of?",
              }) ??
              "Before the weights come to their turn, the gradient passes the tanh: its local " +
                "derivative is in the table of this notebook, and it depends on the output.",
        },
        {
          asked: "neuronGradient([100], 50, [3])",
          got: () => neuronGradient([100], 50, [3]),
          expected: [0, 0],
          hint: "Far out the tanh is flat, and nothing arrives behind it.",
        },
      ];
    },
    hints: ["Compute the output first. Then walk back: the tanh, the sum, the products."],
    solved:
      "Each of these numbers has the slope of the tanh in it. Where that is next to zero the " +
      "neuron no longer learns; notebook 7 is about starting elsewhere.",
  }),

  "3.2": exercise<(nin: number, nouts: number[]) => number>({
    title: "counting knobs",
    trials: (countKnobs) => [
      {
        asked: "countKnobs(1, [1])",
        got: () => countKnobs(1, [1]),
        expected: 2,
        hint: (got) => hintFor(got, { "1.000": "Each neuron has something besides its weights." }),
      },
      {
        asked: "countKnobs(3, [5])",
        got: () => countKnobs(3, [5]),
        expected: 20,
        hint: "Every neuron of a layer has weights of its own, and a bias of its own.",
      },
      {
        asked: "countKnobs(3, [4, 4, 1])",
        got: () => countKnobs(3, [4, 4, 1]),
        expected: 41,
        hint: "Only the first layer looks at the network's inputs. What does the next one look at?",
      },
      { asked: "countKnobs(64, [32, 10])", got: () => countKnobs(64, [32, 10]), expected: 2410 },
    ],
    hints: ["Layer by layer: how many neurons, and how many parameters has each of them?"],
    solved: "The last one is the network that reads digits in notebook 8. Most of its knobs " +
      "sit in the first layer.",
  }),

  "3.3": exercise<FitLine>({
    title: "a line by hand",
    trials: (fitLine) => [
      {
        asked: "fitLine([1], [3], 0.1, 1)",
        got: () => fitLine([1], [3], 0.1, 1),
        expected: 0.6,
        hint: (got) =>
          hintFor(got, {
            "-0.600": "This step goes uphill. Which way does the gradient point?",
            "0.300": "The slope of u² is 2u. Where is the 2?",
            "6.000": "The step is as long as the gradient. What is the rate for?",
            "5.760": "The weight is asked for, not the loss.",
            "9.000": "The weight is asked for, not the loss.",
            "0.000":
              "One step was to be taken. Does the loop run, and does the weight change in it?",
          }),
      },
      {
        asked: "fitLine([2], [6], 0.05, 1)",
        got: () => fitLine([2], [6], 0.05, 1),
        expected: 1.2,
        hint: (got) =>
          hintFor(got, { "0.600": "The inner value is w · x − y. How does it react to w?" }),
      },
      {
        asked: "fitLine([1, 2], [2, 4], 0.05, 1)",
        got: () => fitLine([1, 2], [2, 4], 0.05, 1),
        expected: 1,
        hint: (got) =>
          hintFor(got, {
            "0.500": "The loss is a sum, not a mean: do not divide by the number of points.",
            "0.920":
              "The weight has moved between the two points. Add up the slopes of all, then step.",
            "0.800": "Only the last point counts here. Add up the slopes of all of them.",
            "0.200": "Only the first point counts here. Add up the slopes of all of them.",
          }),
      },
      {
        asked: "fitLine([1, 2], [2, 4], 0.05, 2)",
        got: () => fitLine([1, 2], [2, 4], 0.05, 2),
        expected: 1.5,
        hint: (got) =>
          hintFor(got, {
            "1.000": "The second step ends where the first one did. Does each begin at 0 again?",
            "2.000": "The second step is as long as the first. Is the slope taken anew?",
            "2.500": "The slopes of the first step are still in the second: begin the sum at 0.",
          }),
      },
      {
        asked: "fitLine([-2, -1, 1, 2], [-3.2, -1.3, 1.7, 2.8], 0.02, 60)",
        got: () => fitLine([-2, -1, 1, 2], [-3.2, -1.3, 1.7, 2.8], 0.02, 60),
        expected: 1.5,
      },
    ],
    hints: [
      "One point pays (w · x − y)². By the chain rule: how does that react to w?",
      "In each step, add up 2 · (w · x − y) · x over the points; then move w against the sum.",
    ],
    solved: "That is linear regression. For a network only the slopes are harder to find, and " +
      "backward() finds them.",
  }),

  "3.4": exercise<TrainStep>({
    title: "a ball that will not come to rest",
    bug: "[3.12, -0.29]",
    trials: (step) => [
      {
        asked: "the two parameters after one call of trainingStep",
        got: () => walk(step, 1)[0],
        expected: [1.2, -0.1],
        hint: (got) =>
          hintFor([got].flat()[0], {
            "-1.200": "This step goes uphill. Which way does the gradient point?",
            "24.000": "The step is as long as the gradient. What is the rate for?",
          }) ??
            "The first step must still move against the gradient. Are the gradients there when " +
              "the update needs them?",
      },
      {
        asked: "the two parameters after two calls",
        got: () => walk(step, 2)[1],
        expected: [1.92, -0.19],
        hint: (got) =>
          hintFor([got].flat()[0], {
            "0.720": "A step begins where the last one has ended: `-=`, not `=`.",
            "1.200":
              "The second step ends where the first one did. Does each call begin at 0 again?",
          }),
      },
      {
        asked: "the two parameters after 50 calls",
        got: () => walk(step, 50)[49].map((x) => Math.round(1e3 * x) / 1e3),
        expected: [3, -0.995],
      },
    ],
    hints: [
      "The first step is right. What is different when the second begins? Look at the parameters.",
      "A parameter is a leaf, and leaves keep something from one backward() to the next.",
    ],
    solved: "The old gradients pushed on like a heavy ball that nothing brakes. Pushed on and " +
      "braked they become a method: momentum, in notebook 6.",
  }),
};
