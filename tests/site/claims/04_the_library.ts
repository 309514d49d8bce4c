import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { says: "the same four examples and learning rate", runs: /const ys = \[1, -1, -1, 1\];/ },
  { says: "We train it for forty steps", runs: /for \(let step = 0; step < 40; step\+\+\)/ },
  {
    says: "The loss soon falls to 8, and stays there",
    shows: /^the last two losses: 8\.0000 and 8\.0000$/m,
  },
  {
    says: "ran for forty steps without such an error",
    shows: /^Recorder\(40 steps, 40 kept\)$/m,
  },
  {
    says: "the parameters of a network, here all 41",
    shows: /^gradcheck: all 41 derivatives agree/m,
  },
  {
    says: "it is 0, for each of the 41 parameters",
    shows: /^gradcheck: all 41 .*\nthe largest of them is 0$/m,
  },
  { says: "Their derivatives are 0, as", shows: /^the largest of them is 0$/m },
  {
    says: "For $x^4$ at 2 the derivatives should be",
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
    shows: /^✗ Exercise 4\.1, .*\n`the slope of swish at 0\.5` gives `0\.6/m,
  },
  { says: "a graph of 178 Values", shows: /^All is well\. .*all 178 numbers /m },
  { says: "117 of them results of operations", shows: /27 operations/ },
  { says: "All parameters are multiplied by 20", runs: /const patient = network\(20\);/ },
  {
    says: "We use it twice",
    runs: /train\(network\(20\), 40, 0\.1\),.*\n.*train\(cured, 40, 0\.1\)/,
  },
  {
    says: "With both cures the network learns, and ends at 0.0165",
    shows: /^patient: 8\.0000\nwith zeroGrad: 8\.00\d\d\nand weights divided by 20: 0\.0165$/m,
  },
  {
    says: "The first three explain the first clue",
    shows: /^(- .* saturated .*\n){3}- The gradient of w0 /m,
  },
  {
    says: "Each finding is a sentence",
    shows:
      /^- 4 of 4 tanh units of layers\[0\] are saturated .*\n- 3 of 4 .*\n- The tanh unit of layers\[2\] is saturated .*\n- The gradient of w0 .* but this loss gives 0, and those of 40 other/m,
  },
  { says: "it, too, ends close to 8, and where", shows: /^with zeroGrad: 8\.00\d\d$/m },
  { says: "beyond ±0.99", shows: /the output is beyond ±0\.99 in every use/ },
  { says: "the corner that is marked, at first (0, 0)", shows: /input \(0, 0\)/ },
  {
    says:
      "At step 20 it is three, at step 24 all four, and as far as the table goes none of them is lost again.",
    shows: /^ *20( +-?\d\.\d\d){4} +3\n *24( .*) 4\n *28 .* 4\n *32 .* 4$/m,
  },
  {
    says: "The last one to come round is (1, 1).",
    shows: /^ *20 +-0\.\d\d +0\.\d\d +0\.\d\d +0\.01 +3$/m,
  },
  {
    says:
      "only two are right, fewer than at the start, and at step 8 all answers lie within 0.1 of 0",
    shows: /^ *0( +\S+){4} +3\n *4 .*\n *8( +-?0\.0\d){4} +2$/m,
  },
  { says: "over 17 dimensions", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  { says: "one setting of all 17 knobs", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  { says: "The network has 17 parameters", shows: /MLP\(2, \[4, 1\], tanh\): 17 parameters/ },
  {
    says: "with a dot at every fourth step",
    runs: /new Recorder\(xor, \{ data: corners, every: 4 \}\)/,
  },
  { says: "After 120 steps the walk had almost come to a halt", runs: /step < 120; step\+\+/ },
  {
    says: "Four hundred more steps",
    shows: /^after 120 steps: 0\.0344\nafter 520 steps: 0\.0038$/m,
  },
  { says: "all twenty learn", shows: /^best 0\.0047, worst 0\.018$/m },
  { says: "Here are twenty others", runs: /const twenty = .*\n +Array\.from\(\{ length: 20 \}/ },
  {
    says: "After 40 steps even the worst has a loss below 0.02",
    shows: /^best 0\.0047, worst 0\.018$/m,
  },
  { says: "Fifteen fall at every step", shows: /^15 of 20 fall at every step$/m },
  {
    says: "One lingers on a plateau for more than twenty steps before it finds the way down",
    shows: /^1 of 20 is still above 1 after 20 steps$/m,
  },
  {
    says: "That one and four others rise for a moment",
    shows: /^15 of 20 fall .*\n.*\nthe slow one rises once or more on its way: true$/m,
  },
  { says: "since 0.1 is a bold learning rate", runs: /const runs = twenty\(0\.1\)/ },
  {
    says:
      "With 0.02 all twenty fall at every step, but so slowly that after 40 steps the worst is " +
      "still at 2.65.",
    shows: /^at a rate of 0\.02: 20 of 20 fall at every step, worst 2\.65$/m,
  },
];

export const given: readonly Given[] = [
  // 4.3667 in its boxes; a picture of a finding is not read here.
  "the third picture: the sum has a `grad` of 0, so the weights before it should have 0, too. What they have is beyond ±4",
  "slope of `tanh` is 1 in the middle and almost 0 outside",
  "it would be 0 at the mark",
  "two of the four answers are exactly the opposite",
  /adds three or four products .* four squared differences/,
  "these neurons answer 1 or −1",
  "derivatives larger than 1",
  "the machine's sixteen digits",
  "with a tenth of the nudge you get a hundredth of the error",
  "its local derivative: it is 0, or so close to it that almost nothing gets past",
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
  "`relu`, which is 0 below zero",
  "The heart of the engine is three files",
  "from four examples",
  "trains a network on a hundred",
  /(?:2008|2011|2017|2018)\b/,
];
