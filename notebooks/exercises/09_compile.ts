import { compile, Value } from "../../mod.ts";
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

/** What an answer gives for a number, traced with another one, that lies inside. */
function traced(boxed: (z: Value) => Value, at: number): number {
  const z = new Value(0.25, { label: "z" });
  const result = boxed(z).mul(1); // an output is the result of an operation
  const program = compile(result, { inputs: [z], parameters: [], outputs: [result] });
  program.load([[at]]);
  program.forward();
  return program.outputs()[0];
}

const frozen = (at: number) => (got: unknown) =>
  got === at
    ? "The program lets it through as it is. Was the question asked in JavaScript, while it was traced? The graph must hold the choice: `max` and `min` are operations."
    : undefined;

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
  "9.2": exercise<(rows: number[][], w: number) => [loss: number, dw: number]>({
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
      "Compare with the listing of the program, line by line; more than one of them is wrong.",
      "One is about what arrives at L, the other about what becomes of dw in the next round.",
    ],
    solved:
      "Both are old acquaintances: a mean hands back one nth, and what is used several times adds up its slopes.",
  }),
  "9.3": exercise<(z: Value) => Value>({
    title: "a box that stays open",
    trials: (boxed) => [
      { asked: "boxed(0.5), compiled", got: () => traced(boxed, 0.5), expected: 0.5 },
      { asked: "boxed(5), compiled", got: () => traced(boxed, 5), expected: 1, hint: frozen(5) },
      {
        asked: "boxed(-3), compiled",
        got: () => traced(boxed, -3),
        expected: -1,
        hint: frozen(-3),
      },
      {
        asked: "boxed(-0.75), compiled",
        got: () => traced(boxed, -0.75),
        expected: -0.75,
        hint: "What is between −1 and 1 stays, on both sides of 0.",
      },
    ],
    hints: [
      "`z.max(…)` and `z.min(…)` give the larger and the smaller of two, and the graph can see them.",
      "The smaller of z and 1 is never above 1. What keeps it from falling below −1?",
    ],
    solved:
      "The library has it under the name of clamp. Its slope is 1 inside the box and 0 outside.",
  }),
  "9.4": exercise<(compiling: number, eager: number, compiled: number) => number>({
    title: "when it pays",
    trials: (pays) => [
      {
        asked: "pays(100, 11, 1)",
        got: () => pays(100, 11, 1),
        expected: 10,
        hint: "Each step saves 11 − 1, so ten steps save what compiling has cost.",
      },
      {
        asked: "pays(92, 11, 1)",
        got: () => pays(92, 11, 1),
        expected: 10,
        hint:
          "Nine steps are not enough, and there is no step and a bit: the question is after how many whole ones.",
      },
      {
        asked: "pays(5, 1, 2)",
        got: () => pays(5, 1, 2),
        expected: Infinity,
        hint: "A program that is slower than the graph never pays.",
      },
      {
        asked: "pays(5, 1, 1)",
        got: () => pays(5, 1, 1),
        expected: Infinity,
        hint: "Nothing is saved, so what compiling has cost never comes back.",
      },
    ],
    hints: [
      "What does one step save? How many of these savings make up for compiling?",
      "`Math.ceil` rounds up. Ask first whether a step saves anything at all.",
    ],
    solved:
      "The same question decides for every compiler, and for every tool that takes time to set up.",
  }),
  "9.5": exercise<(plan: Plan, wanted: string[]) => string[]>({
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
  "9.6": exercise<(plan: Plan, wanted: string[]) => number>({
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
};
