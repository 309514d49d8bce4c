import { exercise } from "./exercise.ts";
import { asList } from "./slips.ts";

/** A line of a program: the name that it gives its result, and the names that it reads. */
type Line = [name: string, ...reads: string[]];
type Plan = Line[];

// Made anew for each trial, since an answer may change the lists that it gets.
const training = (): Plan => [
  ["a", "w", "x"],
  ["b", "a", "y"],
  ["L", "b"],
  ["db", "b"],
  ["da", "db"],
  ["dw", "da", "x"],
];
const answering = (): Plan => training().slice(0, 3);

/** Four bends in a row, and the way back: the slope of each needs its result. */
const bends = (): Plan => [
  ["a", "x"],
  ["b", "a"],
  ["c", "b"],
  ["d", "c"],
  ["dc", "d"],
  ["db", "dc", "c"],
  ["da", "db", "b"],
  ["dx", "da", "a"],
];

/** The exercises of the notebook about compiling. */
export const exercises = {
  "9.1": exercise<(a: string, b: string) => string>({
    title: "work out what is known",
    trials: (product) => [
      {
        asked: 'product("w", "x")',
        got: () => product("w", "x"),
        expected: "w * x",
        hint: product("w", "x") === "w*x"
          ? "Only the blanks around the star are missing."
          : "Of two names nothing is known yet: the product has to be computed later.",
      },
      {
        asked: 'product("2", "0.25")',
        got: () => product("2", "0.25"),
        expected: "0.5",
        hint:
          "Both are known already, so the compiler can multiply and write down the result, as a text.",
      },
      ...[["db", "1"], ["1", "db"]].map(([a, b]) => ({
        asked: `product("${a}", "${b}")`,
        got: () => product(a, b),
        expected: "db",
        hint: "A factor of 1 changes nothing, on whichever side it stands.",
      })),
      {
        asked: 'product("10", "x")',
        got: () => product("10", "x"),
        expected: "10 * x",
        hint: "A text that begins with 1 is not the number 1.",
      },
      {
        asked: 'product("0", "x")',
        got: () => product("0", "x"),
        expected: "0 * x",
        hint:
          "x is not known yet, and it may become infinite or no number at all. Then this product is no 0, and a program must say so.",
      },
    ],
    hints: [
      "Look at each of the two texts first: is it a number or a name?",
      "There are three cases: both are numbers, one of them is 1, and all the rest.",
    ],
    solved:
      "This is constant folding. The library's compiler does it, and it keeps a product with 0 for the same reason: see `engine/compile/code/lane_arithmetic.ts`.",
  }),
  "9.2": exercise<(plan: Plan, wanted: string[]) => string[]>({
    title: "lines that nobody needs",
    trials: (needed) => [
      {
        asked: 'needed(lines, ["L", "dw"])',
        got: () => [...asList(needed(training(), ["L", "dw"]))],
        expected: ["a", "b", "L", "db", "da", "dw"],
        hint: (got) => {
          const names = [got].flat();
          if (names.includes("x")) {
            return "`x` is read, but no line makes it: only lines are asked for.";
          }
          return names.length === 6
            ? "All six are there. The order stays that of the program."
            : "All six are needed here. What is asked for is needed even if no line reads it; and the order stays that of the program.";
        },
      },
      {
        asked: 'needed(lines, ["L"])',
        got: () => [...needed(training(), ["L"])],
        expected: ["a", "b", "L"],
        hint:
          "`db` is read, but only by `da`, which is not needed itself. Who must be asked first?",
      },
      {
        asked: 'needed(lines, ["dw"])',
        got: () => [...needed(training(), ["dw"])],
        expected: ["a", "b", "db", "da", "dw"],
        hint: "Follow it back from `dw`: which of the lines lead there?",
      },
    ],
    hints: [
      "Keep a set of names that are needed; at first it holds what is wanted.",
      "A line is decided by those behind it. So in which direction do you walk?",
    ],
    solved:
      "It is the walk of backward(), from the result to what it is made of. And look at the last case: the slope does not need the loss.",
  }),
  "9.3": exercise<(plan: Plan, wanted: string[]) => number>({
    title: "how many slots",
    trials: (slots) => [
      {
        asked: 'slots(lines.slice(0, 3), ["L"])',
        got: () => slots(answering(), ["L"]),
        expected: 1,
        hint:
          "`b` is the only one to read `a`, so it may take the slot of `a` itself. `w`, `x` and `y` are handed in and need none.",
      },
      {
        asked: 'slots(lines, ["L", "dw"])',
        got: () => slots(training(), ["L", "dw"]),
        expected: 2,
        hint:
          "Count, after each line, the results so far that are still read by a later line or wanted at the end; the greatest count is asked for.",
      },
      {
        asked: "slots(the four bends below, their answer only)",
        got: () => slots(bends().slice(0, 4), ["d"]),
        expected: 1,
        hint: "On the way forward each result is read once, by the next line, and then it is free.",
      },
      {
        asked: "slots(the four bends and the way back)",
        got: () => slots(bends(), ["dx"]),
        expected: 4,
        hint:
          "A result is free after its last reader, and on the way back there may be another one.",
      },
    ],
    hints: [
      "A result needs its slot from its own line up to the last line that reads it.",
      "Stand behind each line in turn, and count the results that somebody will still want.",
    ],
    solved:
      "One slot for the answer, one for every bend to train: on the way back the results are wanted again. That is why training takes more memory than answering.",
  }),
  "9.4": exercise<(rows: number[][], w: number) => [loss: number, dw: number]>({
    title: "a loop over the examples",
    bug: "[10.5, -27]",
    trials: (batchStep) => [
      {
        asked: "batchStep([[3, 2]], 0.5)",
        got: () => batchStep([[3, 2]], 0.5),
        expected: [0.25, -3],
        hint: (got) =>
          `${got}` === "0.25,-1.5"
            ? "The slope of b² is not b. With a single example nothing was wrong."
            : "With a single example nothing was wrong. Keep what it gave.",
      },
      {
        asked: "batchStep([[3, 2], [3, 2]], 0.5)",
        got: () => batchStep([[3, 2], [3, 2]], 0.5),
        expected: [0.25, -3],
        hint:
          "The same example twice has the same mean, and the same slope. What does each of the two send back if the loss is a mean, and do both arrive?",
      },
      {
        asked: "batchStep([[1, 2], [2, 4], [3, 6]], 0.5)",
        got: () => batchStep([[1, 2], [2, 4], [3, 6]], 0.5),
        expected: [10.5, -14],
        hint: "All three examples pull at the same w. Do all of them arrive in dw?",
      },
    ],
    hints: [
      "There are two bugs. Compare with the listing of the program, line by line.",
      "One is about what arrives at L, the other about what becomes of dw in the next round.",
    ],
    solved:
      "Both are old acquaintances: a mean hands back one nth, and what is used several times adds up its slopes.",
  }),
};
