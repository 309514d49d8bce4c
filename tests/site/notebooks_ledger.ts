/**
 * What each cell of the Python notebook printed, by its number, and what its
 * counterpart here must therefore print.
 *
 * @module
 */
import { assert, assertEquals } from "../support/assert.ts";

/** What is asked of a source cell's counterpart. */
export interface LedgerEntry {
  /** What the source cell printed; nothing for a cell without output. */
  source: string;
  /** Checks the text of the counterpart's outputs against it. Default: the same numbers in order. */
  check?: (text: string, source: string) => void;
}

/** All numbers in a text, in order. */
export function numbersIn(text: string): number[] {
  return (text.match(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/g) ?? []).map(Number);
}

/** The same numbers, however far the source's digits go, in the same order. */
export function sameNumbers(text: string, source: string): void {
  assertEquals(numbersIn(text), numbersIn(source));
}

function sameNumbersInAnyOrder(text: string, source: string): void {
  const sorted = (t: string) => numbersIn(t).sort((a, b) => a - b);
  assertEquals(sorted(text), sorted(source));
}

/** As many values between −1 and 1, which is what a tanh of random weights can promise. */
function asManyInRange(text: string, source: string): void {
  const pattern = /Value\(data[=:](-?[\d.e-]+)\)/g;
  const values = [...text.matchAll(pattern)].map(([, number]) => Number(number));
  assertEquals(values.length, [...source.matchAll(pattern)].length);
  for (const value of values) assert(Math.abs(value) <= 1, `${value} is not between -1 and 1`);
}

/** Each gradient stands beside PyTorch's, and all are those that the source printed. */
function besidePyTorch(text: string, source: string): void {
  const printed = source.split("\n");
  const rows = [...text.matchAll(/^([abcf]) +(-?\d+) +(-?\d+)$/gm)];
  assertEquals(rows.map(([, name, ours]) => `${name} : ${ours}.0`), printed.slice(2, 6));
  assertEquals(rows.map(([, name, , torch]) => `${name}: tensor(${torch}.)`), printed.slice(6));
  sameNumbers(text.split("\n")[0], printed.slice(0, 2).join("\n"));
}

/** Ten steps, falling at each, from and to about the source's losses. */
function fallingLoss(text: string, source: string): void {
  const losses = (t: string) => t.trim().split("\n").map((line) => Number(line.split(": ")[1]));
  const [ours, theirs] = [losses(text), losses(source)];
  assertEquals(text.trim().split("\n").map((line) => line.split(": ")[0]), [..."0123456789"]);
  for (let i = 1; i < 10; i++) {
    assert(ours[i] < ours[i - 1], `the loss rises at step ${i}: ${ours[i - 1]} to ${ours[i]}`);
  }
  for (const i of [0, 9]) {
    assert(
      Math.abs(ours[i] - theirs[i]) < 0.001,
      `loss ${ours[i]} at step ${i} is not about the source's ${theirs[i]}`,
    );
  }
}

/** Source cell → what it printed. The source's own record has no cells 26, 27 and 28. */
export const ledger: Readonly<Record<number, LedgerEntry>> = {
  1: { source: "" },
  2: { source: "" },
  3: {
    source: "c is Value(data=6.0)\n{Value(data=4.0), Value(data=2.0)}",
    check: sameNumbersInAnyOrder, // the source prints a set
  },
  4: { source: "" },
  5: { source: "(Value(data=2.0), Value(data=4.0), Value(data=6.0), 0.0, 0.0, 0.0)" },
  6: { source: "(Value(data=2.0), Value(data=4.0), Value(data=6.0), 1.0, 1.0, 1)" },
  7: { source: "(1.0, 1)" },
  8: { source: "" },
  9: { source: "(2.0, 1)" },
  10: { source: "" },
  11: {
    source: "[Value(data=1.0),\n Value(data=2.0),\n Value(data=2.0),\n Value(data=3.0),\n" +
      " Value(data=5.0),\n Value(data=4.0),\n Value(data=20.0)]",
  },
  12: { source: "" },
  13: { source: "8.0\n4.0\n4.0\n4.0\n4.0\n5.0\n1.0" },
  14: { source: "" },
  15: {
    source: "0.0\n1.0\na : 6.0\nb : -4.0\nc : -2.0\nf : 4.0\n" +
      "a: tensor(6.)\nb: tensor(-4.)\nc: tensor(-2.)\nf: tensor(4.)",
    check: besidePyTorch,
  },
  16: { source: "" },
  17: { source: "" },
  18: { source: "" },
  19: { source: "Value(data:0.9999960680963254)", check: asManyInRange },
  20: { source: "" },
  21: {
    source: "[Value(data:-0.9978931896651686),\n Value(data:0.9995903451151995),\n" +
      " Value(data:-0.9990237619573146),\n Value(data:-0.9990817034271469),\n" +
      " Value(data:-0.9996555273127059)]",
    check: asManyInRange,
  },
  22: { source: "20" },
  23: { source: "" },
  24: { source: "Value(data:0.3548070700404524)", check: asManyInRange },
  25: { source: "" },
  29: {
    source: "0: 0.026851401448691387\n1: 0.025256724932848744\n2: 0.023832177002269205\n" +
      "3: 0.022552429414843644\n4: 0.021396890219210117\n5: 0.020348653782859497\n" +
      "6: 0.019393716910118118\n7: 0.01852038585466734\n8: 0.01771882230435686\n" +
      "9: 0.016980691906418995",
    check: fallingLoss,
  },
};

/** The headings of the source, in their order. */
export const sections: readonly string[] = [
  "Neural Networks as math expressions",
  "From Derivatives to Computation Graphs",
  "Derivatives",
  "Computational Graphs",
  "Computational implementation",
  "Automating backpropagation",
  "Adding more operations / functions",
  "Building a Neural Network",
];

/** How many pictures each notebook shows; one fewer fails. */
export const pictures: Readonly<Record<string, number>> = {
  "01_the_chain_rule.ipynb": 10,
  "02_backpropagation.ipynb": 10,
  "03_a_neural_network.ipynb": 8,
  "04_the_library.ipynb": 12,
  "05_two_moons.ipynb": 15,
  "06_optimizers.ipynb": 9,
  "07_initialisation.ipynb": 13,
  "08_digits.ipynb": 12,
  "09_compile.ipynb": 5,
  "10_a_language_model.ipynb": 15,
  "solutions.ipynb": 0,
};
