import { Dataset } from "../../mod.ts";
import { exercise } from "./exercise.ts";
import { hintFor, withField } from "./slips.ts";

type Softmax = (scores: number[]) => number[];
type Augment = (data: Dataset) => Dataset;
type Prepare = (data: Dataset, augment: Augment) => { train: Dataset; test: Dataset };

/** Twenty images of one pixel, whose whole part says which image it is. */
const twenty = new Dataset(Array.from({ length: 20 }, (_, i) => [i]), Array(20).fill(0));

/** Each image in five places: the tenths say where. */
const inFivePlaces: Augment = ({ x, y }) => {
  const places = [0, 0.1, 0.2, 0.3, 0.4];
  return new Dataset(
    x.flatMap(([i]) => places.map((p) => [i + p])),
    y.flatMap((k) => Array(5).fill(k)),
  );
};

/** How many of the test images were learned from, in this or another place. */
function known({ train, test }: ReturnType<Prepare>): number {
  const learned = new Set(train.x.map(([i]) => Math.floor(i)));
  return test.x.filter(([i]) => learned.has(Math.floor(i))).length;
}

/** How many images are not in the place that they came in. */
function copies({ x }: Dataset): number {
  return x.filter(([i]) => !Number.isInteger(i)).length;
}

/** The exercises of the notebook about digits. */
export const exercises = {
  "8.1": exercise<(probabilities: number[][], labels: number[]) => number>({
    title: "cross-entropy by hand",
    trials: (meanSurprise) => [
      {
        asked: "meanSurprise([[0, 1]], [1])",
        got: () => meanSurprise([[0, 1]], [1]),
        expected: 0,
        hint: () =>
          "The label was given the whole probability: nothing to be surprised at. The other probabilities are not asked for.",
      },
      {
        asked: "meanSurprise([[0.25, 0.75]], [0])",
        got: () => meanSurprise([[0.25, 0.75]], [0]),
        expected: Math.log(4),
        hint: (got) =>
          hintFor(got, {
            "-1.386": "The logarithm of a probability is 0 or less, and a surprise is 0 or more.",
            "2.000": "This is the logarithm to base 2. The natural one is asked for.",
            "0.602": "This is the logarithm to base 10. The natural one is asked for.",
            "0.288":
              "This is the surprise at the other class. What counts is the label's probability.",
            "0.750": "The surprise is a logarithm.",
          }) ??
            "A surprise is 0 or more. It looks at the label's probability only, and its logarithm is the natural one.",
      },
      {
        asked: "meanSurprise([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]], [0, 1])",
        got: () => meanSurprise([[0.5, 0.3, 0.2], [0.1, 0.1, 0.8]], [0, 1]),
        expected: (Math.log(2) + Math.log(10)) / 2,
        hint: (got) =>
          hintFor(got, {
            "2.996": "This is the sum of the two surprises. The loss is their mean.",
            "1.204": "This is the surprise at a mean probability. Take the mean of the surprises.",
            NaN: "Each image has its own label: the list of labels is asked by the image's number.",
          }) ??
            "Two images have two surprises, and the loss is their mean: neither their sum, nor the surprise at a mean probability.",
      },
    ],
    hints: [
      "For each image, look up the probability that was given to its label.",
      "Take the surprise of each, then the mean over the images.",
    ],
    solved:
      "The second image was given a tenth, and it makes most of the loss. The losses below are such means.",
  }),
  "8.2": exercise<Softmax>({
    title: "a softmax that does not overflow",
    trials: (softmax) => {
      const powers = [1, 2, 3].map(Math.exp);
      const shares = powers.map((power) => power / (powers[0] + powers[1] + powers[2]));
      return [
        {
          asked: "softmax([1, 2, 3])",
          got: () => softmax([1, 2, 3]),
          expected: shares,
          hint: (got) =>
            Math.abs([got].flat().reduce((a: number, b) => a + Number(b), 0) - 1) > 1e-9
              ? "Probabilities add up to 1. What are the powers to be divided by?"
              : "Moderate scores must give what they gave before. Adding the same to all scores changes nothing; dividing them does.",
        },
        {
          asked: "softmax([1001, 1002, 1003])",
          got: () => softmax([1001, 1002, 1003]),
          expected: shares,
          hint:
            "e to the 1003 is more than the machine can write. The differences are those of 1, 2, 3, and only they count; a limit for the scores would make them equal.",
        },
        {
          asked: "softmax([1000, 0, -1000])",
          got: () => softmax([1000, 0, -1000]),
          expected: [1, 0, 0],
          hint: "One power is still too large. Which score must not be above 0 any more?",
        },
        {
          asked: "softmax([-1001, -1002, -1003])",
          got: () => softmax([-1001, -1002, -1003]),
          expected: [...shares].reverse(),
          hint:
            "Now all powers are 0, and so is their sum. One of them should be 1, whatever comes.",
        },
      ];
    },
    hints: [
      "Only differences count: the same number may be taken off every score.",
      "Which number makes sure that no power is above 1, and one of them is 1?",
    ],
    solved: "The next lines say the same, and what it means for the loss.",
  }),
  "8.3": exercise<(matrix: number[][]) => number>({
    title: "the accuracy in a confusion matrix",
    trials: (accuracyOf) => [
      {
        asked: "accuracyOf([[3, 1], [1, 3]])",
        got: () => accuracyOf([[3, 1], [1, 3]]),
        expected: 0.75,
        hint: (got) =>
          hintFor(got, {
            "6.000": "This is how many are right. What share of all is that?",
            "3.000": "Divide by the number of all images, not by that of the classes.",
            "0.250": "These are the wrong ones. Where is what was said what it is?",
            "75.000": "A share is a number from 0 to 1, not in percent.",
          }) ??
            "Rows are what it is, columns what was said. Where do they agree, and how many are there in all?",
      },
      {
        asked: "accuracyOf([[90, 0], [10, 0]])",
        got: () => accuracyOf([[90, 0], [10, 0]]),
        expected: 0.9,
        hint:
          "The classes are not equally frequent. The accuracy counts images, so a class of 90 weighs more than one of 10.",
      },
      {
        asked: "accuracyOf([[5, 0, 0], [0, 5, 0], [5, 0, 5]])",
        got: () => accuracyOf([[5, 0, 0], [0, 5, 0], [5, 0, 5]]),
        expected: 0.75,
        hint: "Three classes now. Is any number in your code still that of two?",
      },
    ],
    hints: [
      "Count the right ones, count all.",
      "The right ones stand where the number of the row is the number of the column.",
    ],
    solved:
      "The second matrix belongs to a reader who says 0 to everything: 90% right, and blind to the other class. The rows show it, the accuracy does not.",
  }),
  "8.4": exercise<Prepare>({
    title: "a test that is too easy",
    bug: "20",
    trials: (prepare) => [
      {
        asked: "of the test images, how many were learned from in another place",
        got: () =>
          known(
            withField(
              prepare(twenty, inFivePlaces),
              "train",
              "{ train, test }",
              "Give back both sets by their names, as in `{ train: …, test: … }`.",
            ),
          ),
        expected: 0,
        hint:
          "The test holds copies of images that are in the training set, too. In which order do copying and cutting happen?",
      },
      {
        asked: "how many of the test images are copies",
        got: () => copies(prepare(twenty, inFivePlaces).test),
        expected: 0,
        hint: "The test asks about images as they come. It needs no copies.",
      },
      {
        asked: "the number of images to learn from, for each that is not in the test",
        got: () => {
          const { train, test } = prepare(twenty, inFivePlaces);
          return train.length / (twenty.length - test.length);
        },
        expected: 5,
        hint: "What is learned from should be there in all five places.",
      },
    ],
    hints: [
      "Follow one image and its four copies: where do they end up?",
      "Which step comes first?",
    ],
    solved:
      "Where the training leaks into the test, its number may be too good, and nothing in it tells. The next section finds a leak of the same kind in this notebook.",
  }),
};
