import { RandomGenerator } from "../../mod.ts";
import { exercise } from "./exercise.ts";
import { asList, hintFor } from "./slips.ts";

type Start = (nin: number, nout: number, random: RandomGenerator) => number[][];

/** The weights that a start gives 4 neurons of 3 inputs. */
const startFour = (start: Start) => start(3, 4, new RandomGenerator(1));

const differentRows = (rows: readonly unknown[]) => new Set(rows.map(String)).size;

function rms(numbers: readonly number[]): number {
  return Math.sqrt(numbers.reduce((sum, x) => sum + x * x, 0) / numbers.length);
}

/** The exercises of the notebook about initialisation. */
export const exercises = {
  "7.1": exercise<(n: number, layers: number) => number>({
    title: "what many layers do",
    trials: (growth) => [
      {
        asked: "growth(3, 1)",
        got: () => growth(3, 1),
        expected: 1,
        hint:
          "One layer of three inputs is the case where nothing grows. The weights have a mean square of their own, and it is less than 1.",
      },
      {
        asked: "growth(12, 1)",
        got: () => growth(12, 1),
        expected: 2,
        hint: "Is yours the mean square of the outputs? The question is about their rms.",
      },
      {
        asked: "growth(12, 3)",
        got: () => growth(12, 3),
        expected: 8,
        hint: "The second layer starts from what the first has made, and the third from that.",
      },
      { asked: "growth(24, 10)", got: () => growth(24, 10), expected: 8 ** 5 },
    ],
    hints: [
      "Begin with one layer: the law gives the mean square of a sum of n products.",
      "Then ask what happens to the result if it goes through the same again.",
    ],
    solved:
      "24 inputs and ten layers: 32,768 times as large. Below, networks of relu show such a power as a straight line.",
  }),
  "7.2": exercise<(nin: number, nout: number) => number>({
    title: "Xavier's bound",
    trials: (bound) => [
      {
        asked: "bound(3, 3)",
        got: () => bound(3, 3),
        expected: 1,
        hint: (got) =>
          hintFor(got, {
            "0.577":
              "This is Xavier's std. Numbers that are spread evenly reach further out than that.",
            "2.236": "The sum of the two numbers needs parentheses below the line of the fraction.",
          }) ??
            "Here the mean square has to be a third. Numbers that are spread evenly reach further out than their std.",
      },
      {
        asked: "bound(12, 12)",
        got: () => bound(12, 12),
        expected: 0.5,
        hint: "Ends that are half as far out make the mean square a quarter, not a half.",
      },
      {
        asked: "bound(1, 5)",
        got: () => bound(1, 5),
        expected: 1,
        hint: "Xavier's rule looks at both sides of the layer: inputs and outputs.",
      },
      {
        asked: "bound(64, 24)",
        got: () => bound(64, 24),
        expected: Math.sqrt(6 / 88),
        hint: "The rule takes the mean of the two numbers, whatever their sizes.",
      },
    ],
    hints: [
      "The mean square between −1 and 1 is a third. What is it if every number is multiplied by a?",
      "Set that mean square equal to the square of Xavier's std, and solve for a.",
    ],
    solved:
      'This is the form in which the formula stands in the paper, and what `init: "xavierUniform"` computes.',
  }),
  "7.3": exercise<(weights: number[], bias: number, examples: number[][]) => boolean>({
    title: "dead or alive",
    trials: (isDead) => [
      {
        asked: "isDead([1, 1], -3, [[1, 1], [1, 0]])",
        got: () => isDead([1, 1], -3, [[1, 1], [1, 0]]),
        expected: true,
        hint: "The sums are −1 and −2: nothing gets through. Is the bias in yours?",
      },
      {
        asked: "isDead([1, 1], -1.5, [[1, 0], [1, 1]])",
        got: () => isDead([1, 1], -1.5, [[1, 0], [1, 1]]),
        expected: false,
        hint: "The second example has the sum 0.5. One example that gets through keeps it alive.",
      },
      {
        asked: "isDead([1], -1, [[1]])",
        got: () => isDead([1], -1, [[1]]),
        expected: true,
        hint: "The sum is exactly 0, and the slope of relu there is 0, too.",
      },
      {
        asked: "isDead([-1, 2], 0.5, [[1, 0], [0, -1]])",
        got: () => isDead([-1, 2], 0.5, [[1, 0], [0, -1]]),
        expected: true,
        hint: "Each input is multiplied by its own weight. The sums are −0.5 and −1.5.",
      },
    ],
    hints: [
      "The weighted sum decides, with the bias in it: is it above 0 for any of the examples?",
      "`examples.every(…)` asks whether something holds for all of them.",
    ],
    solved:
      "Dead for these examples may mean alive for others: it is always a question of the data.",
  }),
  "7.4": exercise<Start>({
    title: "random, and yet alike",
    bug: "1",
    trials: (start) => [
      {
        asked: "the shape of startLayer(3, 4, random)",
        got: () => [asList(startFour(start)).length, asList(startFour(start)[0]).length],
        expected: [4, 3],
        hint: "One list for each neuron, and in it one weight for each of its inputs.",
      },
      {
        asked: "how many different neurons there are in startLayer(3, 4, random)",
        got: () => differentRows(startFour(start)),
        expected: 4,
        hint:
          "The numbers are random, but every neuron has the same ones. How often is the generator asked?",
      },
      {
        asked: "how many different weights the first of them has",
        got: () => differentRows(startFour(start)[0]),
        expected: 3,
        hint: "Now the neurons differ, but each treats all of its inputs alike.",
      },
      {
        asked: "the rms of the weights of startLayer(100, 100, random)",
        got: () => rms(start(100, 100, new RandomGenerator(2)).flatMap((row) => [...row])),
        expected: 0.1,
        tolerance: 0.01,
        hint: "The size was right before. Keep the std.",
      },
    ],
    hints: [
      "Print startLayer(3, 4, new RandomGenerator(1)) and look at it.",
      "How often is the generator asked for a number, and how often should it be?",
    ],
    solved:
      "Random is not enough. What has to be broken is the likeness of neurons of the same layer.",
  }),
};
