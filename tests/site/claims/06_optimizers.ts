import type { Claim, Given } from "./claim.ts";

const gorges =
  /^gradient descent +3225 .* 3225 .*\nmomentum 0\.9 +143 .* 143 .*\nNesterov 0\.9 +394 .* 394 .*\nRMSprop +2280 .* never\nAdam +123 .* 1013 /m;
const banana = /^Rosenbrock, five starts: steps +3494 +623 ← +1071 +never +1529$/m;
const race =
  /^ +0 +55 .* 3225 .*\n +0\.5 +15 .* 902 .*\n +0\.9 +95 .* 143 .*\n0\.9, Nesterov +54 .* 394 .*$/m;
const flat =
  /^gradient descent +1 .* 71\.2% .*\n(.*\n){2}RMSprop .* 99\.2%\nAdam +0\.3 +0\.0096 +0\.011 .* 99\.6%$/m;
const moons =
  /^gradient descent +3 +0\.014 +0\.020 +0\.30 +100\.0% .*\n(.*\n){3}Adam +1 +0\.00028 +0\.00052 +0\.32 +99\.4% +90\.2%$/m;

export const claims: readonly Claim[] = [
  {
    says: "one optimizer arrives after 143 steps and another has not arrived after 4,000",
    shows: gorges,
  },
  { says: "Here are forty steps of gradient descent", runs: /walk\(valley, descent\(rate\), 40\)/ },
  {
    says: "With 0.002 each step is right but tiny",
    shows: /^Rate 0\.002, .* x -3\.407, .* 11\.6$/m,
  },
  { says: "With 0.02 the path drops to the floor", shows: /^Rate 0\.02, .* y 0\.000, .* 0\.611$/m },
  { says: "With 0.045 it jumps", runs: /0\.04, 0\.045, 0\.048, 0\.05, 0\.051\]/ },
  { says: "it gets closest of these four", shows: /^Rate 0\.045, .* loss 0\.00846$/m },
  {
    says: "With 0.051 each jump lands further from the floor than",
    shows: /^Rate 0\.051, .* y 4\.801, loss 461$/m,
  },
  { says: "between 0.045 and 0.051 can be computed", shows: /^y +40 +0\.05$/m },
  { says: "40 across this valley and 2 along it", shows: /^x +2 +1\ny +40 +0\.05$/m },
  {
    says: "Exactly at the limit the factor is −1, and $y$ jumps between 1 and −1",
    shows: /^0\.0499 +0\.0182\n +0\.05 +1\.00\n0\.0501 +54\.2$/m,
  },
  { says: "Here is one rate, 0.0075", runs: /using\(momentum\(beta\), 0\.0075\), 40\)/ },
  {
    says: "Up to 0.8 more momentum brings the ball closer.",
    shows: /^Momentum 0\.8, after 40 steps: x .*, loss 0\.00045$/m,
  },
  {
    says: "With 0.9 it is so heavy that it overshoots the bottom and has to come back, and with " +
      "0.99 it still swings high above it.",
    shows: /^Momentum 0\.9, after 40 steps: x 0\.26, loss 0\.19$/m,
  },
  {
    says: "is 0.8 better than 0.9, or does it only suit this rate and these forty steps?",
    shows: /^Momentum 0\.99, after 40 steps: x -0\.71, loss 11$/m,
  },
  { says: "until the loss is below 0.001", runs: /!\(loss < 0\.001\)/ },
  { says: "which is after 4,000 steps", runs: /const limit = 4000;/ },
  {
    says: "the same 33 rates, from 0.0001 to 1",
    runs: /length: 33 \}, \(_, k\) => 10 \*\* \(k \/ 8 - 4\)/,
  },
  { says: "fifty times as steep", runs: /y\.pow\(2\)\.mul\(1000\)/ },
  { says: "with the condition number 1,000.", shows: /steps, gorge \(1,000\)/ },
  { says: "a momentum of 0.5 is a great help, while 0.9 is worse than none at all", shows: race },
  { says: "In the gorge 0.9 is more than twenty times faster than none", shows: race },
  { says: "which helps in the valley", shows: race },
  { says: "the largest curvature is 2,000", runs: /y\.pow\(2\)\.mul\(1000\)/ },
  {
    says: "With plain momentum the best rate lies above that",
    shows: /^ +0\.5 .* 902 \(rate 0\.0013\)\n +0\.9 .* 143 \(rate 0\.0013\)$/m,
  },
  {
    says: "At first $x$ and $y$ move at the same speed",
    shows: /^first step in x: 0\.3162\nfirst step in y: -0\.3162$/m,
  },
  { says: "more than three times what was asked for", shows: /^first step in x: 0\.3162$/m },
  {
    says: "At the rate 0.1 the loss first dives far below its floor",
    runs: /\[0\.1, 0\.03, 0\.01\]\.flatMap/,
  },
  {
    says: "one of the lines stands in the wrong place",
    shows: /^✗ Exercise 6\.3, .*\n`\[x, y\] after one step .*` gives `\[-0\.1, -0\.07\d+\]`/m,
  },
  {
    says: "momentum 0.9 at the rate 0.0075 and RMSprop at 0.1",
    runs:
      /using\(momentum\(0\.9\), 0\.0075\), 60\),\s+RMSprop: walk\(valley, using\(rmsprop, 0\.1\), 60\)/,
  },
  {
    says: "the first 150 steps of momentum and of Adam",
    shows: /^The gorge turned by 30°: 150 steps$/m,
  },
  {
    says: "momentum do not care how the gorge lies: their path turns with it",
    shows: /^momentum 0\.9: 143 steps$/m,
  },
  { says: "they need the same number of steps", shows: gorges },
  { says: "it takes about eight times as long", shows: gorges },
  { says: "The usual start is (−1.2, 1)", runs: /start: \[-1\.2, 1\],/ },
  {
    says: "starts from four other places",
    runs: /\[\[-1\.2, 1\], \[0, 2\], \[-0\.5, -0\.5\], \[1\.5, 0\], /,
  },
  {
    says: "from none of the other four does it arrive",
    shows: /^momentum 0\.9 +0\.0032 +164( +never){4}$/m,
  },
  { says: "It had 33 attempts at one start", runs: /length: 33 \}/ },
  {
    says: "only gradient descent and Adam arrive from everywhere",
    shows:
      /^gradient descent( +[\d.]+){6}\nmom.*never.*\nNesterov.*never.*\nRMSprop.*never\nAdam( +[\d.]+){6}$/m,
  },
  {
    says: "the mean over all five starts",
    shows: /^Steps to the bottom, a mean over five starts$/m,
  },
  { says: "from at least one start within 4,000 steps", runs: /const limit = 4000;/ },
  {
    says: "about a quarter of the rate it had before",
    shows: /^623 \(rate 0\.00075\)$/m,
  },
  {
    says: "In these sixty steps 0.3 brings it closest.",
    shows: /^Adam, rate 0\.3, after 60 steps: loss 0\.0039$/m,
  },
  {
    says: "with every rate from 0.18 to 1 the loss ends below 0.014",
    shows:
      /rate 0\.1, .* loss 0\.024\n.* 0\.18, .* 0\.0074\n.* 0\.3, .* 0\.0039\n.* 0\.5, .* 0\.0077\n.* 1, .* loss 0\.013$/m,
  },
  { says: "RMSprop has no rate that works from everywhere", shows: banana },
  { says: "a single rate at which it arrives from everywhere", shows: banana },
  {
    says: "more than fifty times larger than theirs",
    shows: /^1071 \(rate 0\.00056\)\n1529 \(rate 0\.042\)$/m,
  },
  {
    says: "After 50 steps and after 400 momentum is in front and RMSprop is last.",
    shows: /^momentum 0\.9: 1\.7$/m,
  },
  {
    says: "By 2,000 Adam has overtaken momentum.",
    shows: /^Adam: 1\.7e-7$/m,
  },
  {
    says: "RMSprop, whose steps do not get shorter where the slopes do, has passed plain gradient",
    shows: /^RMSprop: 0\.010$/m,
  },
  {
    says: "slopes of ±0.01, the other with slopes of ±10",
    shows: /slopes ±0\.01 +weight with slopes ±10/,
  },
  {
    says: "they arrive at the 0.819 of the last row",
    shows:
      /^SGD, .* 0\.819 +0\.820\nAdam, .* 0\.023 +0\.978\nAdamW, .* 0\.817 +0\.817\n.* 0\.819 +0\.819$/m,
  },
  { says: "the mean of a hundred walks", runs: /const walks = Array\.from\(\s*\{ length: 100 \}/ },
  {
    says: "All three schedules end below a twentieth of what the constant rate of 0.04 leaves",
    shows:
      /^constant 0\.04: loss 1\.531 .* 0\.979 .*\nconstant 0\.01: loss 7\.1.* 0\.\d+ .*\n(.* 0\.0[23]\d after 300\n?){3}$/m,
  },
  { says: "two moons of 100 points", runs: /makeMoons\(\{ samples: 100, noise: 0\.1, seed: 1 / },
  { says: "one hidden layer of eight neurons", runs: /new MLP\(2, \[8, 1\],/ },
  { says: "40 epochs, 20 points", runs: /epochs: 40,\s+batchSize: 20,\s+seed/ },
  { says: "the same seven learning rates", runs: /\[0\.01, 0\.03, 0\.1, 0\.3, 1, 3, 10\]/ },
  { says: "here at (−4, 1)", runs: /start: \[-4, 1\],/ },
  { says: "prove itself on **five other seeds**", runs: /const runs = \[1, 2, 3, 4, 5\]\.map/ },
  { says: "the middle one of the five at each epoch", runs: /aggregate: "median"/ },
  {
    says:
      "Adam has the lowest middle loss, but one of its five networks is still at 0.32 and gets a tenth of the new points wrong",
    shows: moons,
  },
  { says: "Its rate of 1 is too bold", shows: moons },
  { says: "Momentum and Nesterov are reliable on all five", shows: moons },
  { says: "at least three of the five networks of plain gradient descent", shows: moons },
  { says: "its middle loss is some forty times that of Adam", shows: moons },
  { says: "are twenty times smaller", runs: /\[a, b \/ 20\]/ },
  { says: "multiplying the column by 20", runs: /\[a, b \/ 20\]/ },
  { says: "The three that use one rate for all knobs fall far behind", shows: flat },
  { says: "even their worst networks get at least 99 of 100", shows: flat },
  {
    says: "the wins go to three different optimizers",
    shows:
      /^valley: .* 54 ← .*\ngorge: .* 123 ←\n.* 143 ← .*\nRosenbrock.* 623 ← .*\n.* 0\.00052 ←\n.* 0\.0019 ← .*\n.* 0\.011 ←$/m,
  },
  { says: "a momentum of 0.5 needed only 15", shows: /^ +0\.5 +15 /m },
];

export const given: readonly Given[] = [
  "about an hour and a quarter",
  "the nearer it lies to 45°",
  "its largest possible rate is lower than that of plain momentum", // by the factor 1 + 2β
  "hundreds of knobs",
  "at (0, 0)",
  "The 40 says",
  "lies between −1 and 1",
  /is \*\*2 divided by the largest curvature|diverges; .* begins at 2 divided by the largest/,
  "close to 1, which means",
  "closer to 0; above it",
  "about nine tenths of the distance",
  "For $k = 1000$ that is 0.998, and a thousand steps get no further than twenty",
  "It starts at 0",
  /\b(?:19|20)\d\d[.)]/,
  "For $\\beta = 0.9$ that is ten times",
  "one of them is curved twenty times as sharply",
  "dividing by 0",
  "as $19/21$ was for our 20",
  "$m$ is a tenth of the slope after one step, 0.19 of it after two",
  "falls from 1 at 0 to −1 at",
  "Both start at 0",
  "in a dozen lines",
  "take fifty steps with each optimizer",
  "of three knobs, and the two agree to twelve digits",
  "at (1, 1)",
  "after 50 steps, after 400, after 2,000",
  "towards 0",
  "two weights, both 1",
  "follows half a wave of the cosine down to 0",
  "smaller steps when the time",
  "At step 0 it is the rate at the start, at the last step it is 0",
  "labels are 0 and 1",
  "$y$ is near 0 only if",
  "(Yurii Nesterov, 1983; ",
  "descent is 0.001",
  "let the five walk",
  "Four of the five soon fall onto the floor",
  "Three of the library's",
  "**No optimizer wins everywhere.**",
  "fifteen optimizers on eight problems",
  "much larger than ours",
  "nearly twice as much",
];
