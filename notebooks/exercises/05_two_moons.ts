import { exercise, type Trial } from "./exercise.ts";
import { hintFor } from "./slips.ts";

type OfScores = (scores: number[], labels: number[]) => number;

/** Trials of a function of scores and labels. */
const ask =
  (name: string, answer: OfScores) =>
  (scores: number[], labels: number[], expected: number, hint?: Trial["hint"]) => ({
    asked: `${name}([${scores.join(", ")}], [${labels.join(", ")}])`,
    got: () => answer(scores, labels),
    expected,
    hint,
  });

/** The exercises of the notebook about two moons. */
export const exercises = {
  "5.1": exercise<OfScores>({
    title: "the hinge by hand",
    trials: (hinge) => {
      const trial = ask("hingeByHand", hinge);
      return [
        trial(
          [2],
          [1],
          0,
          "This point has room to spare. Nobody is paid for having more than enough.",
        ),
        trial([0.3], [1], 0.7, "The answer is right, but the point lacks some of its margin of 1."),
        trial(
          [-2],
          [1],
          3,
          "The answer is wrong, and what is missing is all the way from −2 to 1.",
        ),
        trial([-2], [-1], 0, "A negative score is right when the label is negative, too."),
        trial([1], [-1], 2, (got) =>
          hintFor(got, {
            "0.000": "Where is the label? It belongs to the margin: y · s.",
            "-2.000": "A margin is a product: y · s, not the difference of the two.",
          }) ?? "What counts is the margin, and the label is a part of it."),
        trial([2, 0.3, -2], [1, 1, 1], 3.7 / 3, (got) =>
          hintFor(got, {
            "3.700": "This is the sum. The average over the three points is asked for.",
          })),
        trial([0.5, -0.5, -3, 4], [-1, -1, -1, -1], (1.5 + 0.5 + 5) / 4),
      ];
    },
    hints: ["First the margin of each point, then what it pays, then the average."],
    solved:
      "The same as the library's hingeLoss. Its slope in a score is −label or 0, and that is " +
      "all that backpropagation needs to begin with.",
  }),

  "5.2": exercise<OfScores>({
    title: "too strict a judge",
    bug: "0.5",
    trials: (share) => {
      const trial = ask("shareRight", share);
      return [
        trial([3, -2], [1, -1], 1, (got) =>
          hintFor(got, {
            "0.000": "An answer need not be the label itself: its sign says what it means.",
            "0.500": "A negative answer is right, too, where the label is negative.",
            "2.000": "This is how many are right. What share of all is that?",
            "100.000": "A share is a number from 0 to 1, not in percent.",
          }) ?? "Both signs are as they should be, and the share is out of 1."),
        trial([3, -2, 5, 1], [-1, 1, 1, 1], 0.5, "Two of the four signs are as they should be."),
        trial(
          [2, 0.3, -0.1, -4],
          [1, 1, -1, -1],
          1,
          "What makes an answer right, and what does the hinge ask for on top of it?",
        ),
        trial([0.2, 0.2, -0.2], [1, -1, 1], 1 / 3, "One answer is right: that of the first point."),
      ];
    },
    hints: ["Say in words when the network's answer to a point counts as right."],
    solved:
      "Loss and accuracy ask different questions: a point may be right and still pay. So the " +
      "loss can move while the accuracy stands still, and the other way round.",
  }),

  "5.3": exercise<(validationLosses: number[]) => number>({
    title: "when to stop",
    trials: (bestEpoch) =>
      [
        {
          losses: [0.9, 0.5, 0.4, 0.6, 0.8],
          expected: 3,
          hint: (got: unknown) =>
            hintFor(got, {
              "0.400": "This is the lowest loss. After which epoch was it reached?",
              "2.000": "Places in a list count from 0, epochs from 1.",
              "5.000": "This is the last epoch. After which one did the new points do best?",
            }) ??
              "The epoch is asked for, counted from 1: the one after which the new points did best.",
        },
        {
          losses: [0.9, 0.6, 0.7, 0.3, 0.5],
          expected: 4,
          hint: "A loss may rise for a moment and fall again. The first rise need not be the turn.",
        },
        {
          losses: [0.5, 0.4, 0.3],
          expected: 3,
          hint: "Here nothing turned: the training could have gone on.",
        },
        {
          losses: [0.2, 0.3, 0.3],
          expected: 1,
          hint: "Here it went downhill from the start, and after the first epoch nothing was won.",
        },
      ].map(({ losses, expected, hint }) => ({
        asked: `bestEpoch([${losses.join(", ")}])`,
        got: () => bestEpoch(losses),
        expected,
        hint,
      })),
    hints: ["Look for the place of the lowest loss, not for the loss itself."],
    solved:
      "In practice one keeps a copy of the parameters at the best epoch so far, and goes back " +
      "to it. The points that chose the epoch are then no longer new: keep others for the verdict.",
  }),

  "5.4": exercise<(outputs: number[], p: number, dice: number[]) => number[]>({
    title: "dropout by hand",
    trials: (dropout) =>
      [
        {
          arguments: [[3], 0.2, [0.1]] as const,
          expected: [0],
          hint: "The roll is below p, so the output becomes 0. It stays in its place in the list.",
        },
        {
          arguments: [[3, 4], 0.2, [0.1, 0.9]] as const,
          expected: [0, 5],
          hint: (got: unknown) =>
            hintFor([got].flat()[1], {
              "0.000": "Only where the roll is below p does an output become 0.",
              "4.000": "The one that remains is not made louder yet.",
              "3.200": "This is quieter, and louder is asked for: divide by 1 − p.",
              "20.000": "This is divided by p. What remains is the share 1 − p.",
            }) ?? "What remains is divided by 1 − p, which is 0.8 here.",
        },
        {
          arguments: [[1, -2, 5], 0.5, [0.5, 0.7, 0.2]] as const,
          expected: [2, -4, 0],
          hint: "A roll of exactly p is not below p, and p is another one here.",
        },
        {
          arguments: [[1, -2], 0, [0, 0.5]] as const,
          expected: [1, -2],
          hint: "With p = 0 nothing is dropped.",
        },
      ].map(({ arguments: [outputs, p, dice], expected, hint }) => ({
        asked: `dropout([${outputs.join(", ")}], ${p}, [${dice.join(", ")}])`,
        got: () => dropout([...outputs], p, [...dice]),
        expected,
        hint,
      })),
    hints: ["One output at a time, with its own roll: `outputs.map((output, i) => …)`."],
    solved:
      "On average each output is what it was: 1 − p of the times it is 1 / (1 − p) times as " +
      "large. So the trained network can speak with all its neurons, and nothing needs adjusting.",
  }),
};
