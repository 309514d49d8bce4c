import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { says: "its derivatives up to the third", shows: /^tanh and its first three derivatives$/m },
  {
    says: "For $x^4$ at 2 they should be",
    shows: /^\[ Value\(data=32\), Value\(data=48\), Value\(data=48\) \]$/m,
  },
  { says: "An error of `2.7e-12`", shows: /^x0 +0\.5 .* 2\.7e-12$/m },
  { says: "not quite three millionths of a millionth", shows: /^x0 +0\.5 .* 2\.7e-12$/m },
  {
    says: "Anything up to one millionth passes",
    shows: /all 3 derivatives agree within 0\.000001/,
  },
  {
    says: "tries 49 sizes, from a tenth down",
    shows: /^gradcheckCurve: 49 steps from 0\.1 to 1e-13/m,
  },
  { says: "A wrong gradient does not get through", shows: /^x0 +3 +3\.0+ +6\.0+ .* <- differs$/m },
  {
    says: "`gradcheck` is not content with its slope",
    shows: /^✗ Exercise 4\.2, .*\n`the slope of swish at 0\.5` gives `0\.6/m,
  },
  { says: "The loss of its four examples", runs: /const ys = \[1, -1, -1, 1\];/ },
  { says: "a graph of 178 Values", shows: /^All is well\. .*all 178 numbers /m },
  { says: "117 of them results of operations", shows: /27 operations/ },
  { says: "The last ten losses", shows: /^0: 0\.0265\d+\n(.*\n){8}9: 0\.0165\d+$/m },
  { says: "only 19 of its 41 parameters grew", shows: /^19 of 41 parameters grew$/m },
  { says: "twenty times too large", runs: /p\.data \*= 20;/ },
  {
    says: "Each finding is a sentence",
    shows:
      /^- 2 of 4 tanh units of layers\[0\] are saturated .*\n- 4 of 4 .*\n- The gradient .* 2 times /m,
  },
  { says: "beyond ±0.99", shows: /the output is beyond ±0\.99 in every use/ },
  { says: "which is (0, 0) at first", shows: /input \(0, 0\)/ },
  {
    says: "At step 20 it is three, at step 24 all four, and none of them is lost again.",
    shows: /^ *20( +-?\d\.\d\d){4} +3\n *24( .*) 4\n *28 .* 4\n *32 .* 4$/m,
  },
  {
    says: "The last one to come round is (1, 1).",
    shows: /^ *20 +-0\.\d\d +0\.\d\d +0\.\d\d +0\.01 +3$/m,
  },
  {
    says: "there only two are right, fewer than at the start, and all answers lie within 0.1 of 0",
    shows: /^ *0( +\S+){4} +3\n *4 .*\n *8( +-?0\.0\d){4} +2$/m,
  },
  { says: "over 17 dimensions", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  { says: "one setting of all 17 knobs", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  { says: "The network has 17 parameters", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  {
    says: "with a dot at every fourth step",
    runs: /new Recorder\(xor, \{ data: corners, every: 4 \}\)/,
  },
  { says: "The loop stopped after 120 steps", runs: /step < 120; step\+\+/ },
  {
    says: "Four hundred more steps",
    shows: /^after 120 steps: 0\.0344\nafter 520 steps: 0\.0038$/m,
  },
  { says: "Here are twenty others", runs: /const runs = Array\.from\(\{ length: 20 \}/ },
  {
    says: "after 40 steps even the worst has a loss below 0.02",
    shows: /^best 0\.0047, worst 0\.018$/m,
  },
  { says: "Fifteen fall at every step", shows: /^15 of 20 fall at every step$/m },
  {
    says: "One lingers on a plateau for more than twenty steps before it finds the way down",
    shows: /^1 of 20 is still above 1 after 20 steps$/m,
  },
  {
    says: "That one and four others rise for a moment",
    shows: /^15 of 20 fall .*\n.*\nit falls at every step: false$/m,
  },
  { says: "since 0.1 is a bold learning rate", runs: /\}\),\s+40,\s+0\.1,?\s*\)/ },
];

export const given: readonly Given[] = [
  "Where a gradient is 0, twice 0 is 0",
  "It is 1 in the middle and almost 0 outside",
  "where the slope will be 0",
  "derivatives larger than 1",
  "the machine's sixteen digits",
  "with a tenth of the nudge you get a hundredth of the error",
  "the second of the four parts",
  "Its local derivative is next to 0",
  "the answer is 1 if exactly one of the two inputs is 1, and otherwise, here, −1",
  "A famous book of 1969",
  "blue above 0 and orange below, with the four corners",
  "get all four corners right",
  "the answers at the four corners",
  "twenty other starts",
  "an input that is used twice",
  "The power binds tighter than the sign",
  "smooth everywhere",
  /Find three numbers for each neuron, .* all four corners: .* \(1, 1\)\. All three neurons/,
  "almost exactly −1 or 1",
  "on the same four examples",
  "try 0.02",
  "`relu`, which is 0 below zero",
  "The heart of the engine is three files",
  "from four examples",
  "trains a network on a hundred",
  /(?:2008|2011|2017|2018)\b/,
];
