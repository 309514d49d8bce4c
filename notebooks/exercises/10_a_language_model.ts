import { exercise } from "./exercise.ts";

type Model = (seen: string) => number[];

const characters = [..."abcdefghijklmnopqrstuvwxyz."];

/** Probabilities for some characters, and 0 for the others. */
const chances = (given: Record<string, number>) =>
  characters.map((character) => given[character] ?? 0);

const blind: Model = () => characters.map(() => 1 / 27);

/** It knows how `ab` goes, but for the end, where it wavers. */
const certain: Model = (seen) => {
  if (seen === "") return chances({ a: 1 });
  return seen === "a" ? chances({ b: 1 }) : chances({ ".": 0.25, c: 0.75 });
};

/** A coin for each character: it may be an `a`, and it may be the end. */
const coin: Model = (seen) => seen === "" ? chances({ a: 0.5, b: 0.5 }) : chances({ ".": 1 });

/** The weights that a row of scores gives. */
function softmax(scores: number[]): number[] {
  const powers = scores.map(Math.exp);
  const total = powers.reduce((a, b) => a + b);
  return powers.map((power) => power / total);
}

/** Scores of three positions; what lies ahead is `ahead`. */
const scores = (ahead: number) => [[0, ahead, ahead], [0, Math.log(3), ahead], [1, 1, 1]];

/** The exercises of the notebook about a language model. */
export const exercises = {
  "10.1": exercise<(model: Model, words: string[]) => number>({
    title: "the loss of a model",
    trials: (modelLoss) => [
      {
        asked: 'modelLoss(a model that gives 1/27 to every character, ["emma"])',
        got: () => modelLoss(blind, ["emma"]),
        expected: Math.log(27),
        hint: (got) =>
          got === Math.log2(27)
            ? "The logarithm is the natural one."
            : typeof got === "number" && Math.abs(got - 5 * Math.log(27)) < 1e-9
            ? "That is the sum of the five surprises. The loss is their mean."
            : "Whatever comes next, it was given 1/27. So every surprise is the same, and so is their mean.",
      },
      {
        asked: 'modelLoss(a model that is sure of "a", then of "b", but not of the end, ["ab"])',
        got: () => modelLoss(certain, ["ab"]),
        expected: Math.log(4) / 3,
        hint:
          "The dot is asked for, too: after the last letter comes a question whose answer is the end.",
      },
      {
        asked: 'modelLoss(a model that tosses a coin for the first letter, ["a"])',
        got: () => modelLoss(coin, ["a"]),
        expected: Math.log(2) / 2,
        hint:
          "The first question has seen nothing: the model is asked for what comes after an empty text.",
      },
      {
        asked: 'modelLoss(the model that is sure of "ab", ["ab", "abc"])',
        got: () =>
          modelLoss(
            (seen) => seen === "abc" ? chances({ ".": 1 }) : certain(seen),
            ["ab", "abc"],
          ),
        expected: (Math.log(4) - Math.log(0.75)) / 7,
        hint:
          "The two names ask seven questions together, and each counts the same. A mean of the names' means would give the questions of a short name more weight.",
      },
    ],
    hints: [
      "Go through the characters of each word, the dot behind it included, and ask the model at each.",
      "`word.slice(0, i)` is what was seen before the character in place i; its place in the alphabet says which probability is meant.",
    ],
    solved:
      "ln 27 = 3.2958 is where everything begins that knows nothing yet, and the number to compare with.",
  }),
  "10.2": exercise<(q: number[], keys: number[][], values: number[][]) => number[]>({
    title: "attention by hand",
    trials: (attend) => [
      {
        asked: "attend([1], [[5], [5]], [[2], [4]])",
        got: () => attend([1], [[5], [5]], [[2], [4]]),
        expected: [3],
        hint:
          "Both keys fit equally well, so both values get half of the weight. Weights add up to 1.",
      },
      {
        asked: "attend([1], [[0], [Math.log(3)]], [[0, 8], [4, 0]])",
        got: () => attend([1], [[0], [Math.log(3)]], [[0, 8], [4, 0]]),
        expected: [3, 2],
        hint:
          "The scores are 0 and ln 3, so the powers are 1 and 3. What shares of their sum are that? The values are mixed number by number.",
      },
      {
        asked: "attend([1, 1, 1, 1], [[0, 0, 0, 0], [1, 1, 0, 0]], [[0], [1]])",
        got: () => attend([1, 1, 1, 1], [[0, 0, 0, 0], [1, 1, 0, 0]], [[0], [1]]),
        expected: [softmax([0, 1])[1]],
        hint:
          "The query has four numbers here. A score is the dot product divided by the root of how many there are.",
      },
    ],
    hints: [
      "First the two scores, then the two weights, then the mixture.",
      "A score is the dot product of query and key over the root of their length; the weights are the softmax of the scores.",
    ],
    solved:
      "That is one head of one position. The model below does it for four heads at every position, and nothing else is in it that looks at another position.",
  }),
  "10.3": exercise<(scores: number[][]) => number[][]>({
    title: "the mask",
    bug: "[0.3333333, 0.25, 1]",
    trials: (causalWeights) => [
      {
        asked:
          "what each row of causalWeights([[0, 0, 0], [0, ln 3, ln 12], [1, 1, 1]]) adds up to",
        got: () =>
          [[0, 0, 0], [0, Math.log(3), Math.log(12)], [1, 1, 1]].map((_, t, all) =>
            causalWeights(all.map((row) => [...row]))[t].reduce((a, b) => a + b, 0)
          ),
        expected: [1, 1, 1],
        hint:
          "The weights of a position are shares: they add up to 1. What lies ahead takes a part of the sum here, although it gets none in the end.",
      },
      {
        asked: "causalWeights([[0, 9, 9], [0, ln 3, 9], [1, 1, 1]])",
        got: () => causalWeights(scores(9)),
        expected: [[1, 0, 0], [0.25, 0.75, 0], [1 / 3, 1 / 3, 1 / 3]],
        hint:
          "Each row is the softmax of what the position may see, itself included, and 0 for the rest. Is every row as long as before?",
      },
      {
        asked: "the same, where what lies ahead fits so well that e to its score is infinite",
        got: () => causalWeights(scores(1000)),
        expected: [[1, 0, 0], [0.25, 0.75, 0], [1 / 3, 1 / 3, 1 / 3]],
        hint:
          "What lies ahead must not come in at all, not even to be multiplied by 0: infinity times 0 is no number.",
      },
    ],
    hints: [
      "Look at the first row: a position that sees only itself. How much weight must it give to itself?",
      "Whom does the total count?",
    ],
    solved:
      "With the bug nothing fails and the loss falls, but how much a position hears depends on what lies ahead: the answer leaks into the question. Libraries set the scores ahead to −∞ before the softmax, since e to the −∞ is 0.",
  }),
  "10.4": exercise<(scores: number[], temperature: number) => number[]>({
    title: "temperature",
    trials: (probabilities) => [
      {
        asked: "probabilities([0, ln 3], 1)",
        got: () => probabilities([0, Math.log(3)], 1),
        expected: [0.25, 0.75],
        hint: "At a temperature of 1 it is the softmax and nothing else.",
      },
      {
        asked: "probabilities([0, ln 3], 0.5)",
        got: () => probabilities([0, Math.log(3)], 0.5),
        expected: [0.1, 0.9],
        hint:
          "Colder means surer. The scores are divided by the temperature, before they become powers.",
      },
      {
        asked: "probabilities([0, ln 9], 2)",
        got: () => probabilities([0, Math.log(9)], 2),
        expected: [0.25, 0.75],
        hint: "Hotter means more equal: the scores are divided, whatever the temperature is.",
      },
      {
        asked: "probabilities([30, 20], 0.01)",
        got: () => probabilities([30, 20], 0.01),
        expected: [1, 0],
        hint:
          "30 divided by 0.01 is 3,000, and e to that is more than the machine can write. Only differences count.",
      },
    ],
    hints: [
      "Divide each score by the temperature, then take the softmax.",
      "The softmax of notebook 8 that takes the largest score off first does the rest.",
    ],
    solved: "Half the temperature squares the ratio of two probabilities: 3 to 1 becomes 9 to 1.",
  }),
  "10.5": exercise<(probabilities: number[], k: number) => number[]>({
    title: "only the best few",
    trials: (topK) => [
      {
        asked: "topK([0.5, 0.2, 0.3], 2)",
        got: () => topK([0.5, 0.2, 0.3], 2),
        expected: [0.625, 0, 0.375],
        hint: (got) => {
          const sum = Array.isArray(got) ? got.reduce((a, b) => a + b, 0) : 1;
          if (Math.abs(sum - 0.8) < 1e-9) {
            return "What is left adds up to 0.8. Divide each by that sum.";
          }
          return "The characters stay in their order, 27 of them in, 27 out: those that are cut get a 0.";
        },
      },
      {
        asked: "topK([0.1, 0.6, 0.3], 1)",
        got: () => topK([0.1, 0.6, 0.3], 1),
        expected: [0, 1, 0],
        hint:
          "With k = 1 only the likeliest character is left, wherever it stands, and it gets everything.",
      },
      {
        asked: "topK([0.25, 0.25, 0.25, 0.25], 2)",
        got: () => topK([0.25, 0.25, 0.25, 0.25], 2),
        expected: [0.5, 0.5, 0, 0],
        hint: "Four characters tie for two places. The earlier ones stay, and k of them, not more.",
      },
      {
        asked: "topK([0.4, 0.6], 5)",
        got: () => topK([0.4, 0.6], 5),
        expected: [0.4, 0.6],
        hint: "There are fewer than k characters, so nothing is cut.",
      },
      {
        asked: "the probabilities that were given to topK, afterwards",
        got: () => {
          const given = [0.5, 0.2, 0.3];
          topK(given, 2);
          return given;
        },
        expected: [0.5, 0.2, 0.3],
        hint: "`sort` changes the list that it sorts. Sort a copy, or a list of places.",
      },
    ],
    hints: [
      "First find which places are among the best k, then go through all places in their order.",
      "Sort the places 0, 1, 2, … by their probabilities, the largest first; the first k of them stay.",
    ],
    solved:
      "Most programs that write with a language model use both knobs: they cut first, and warm what is left.",
  }),
};
