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
  const before = text.split("\n").slice(0, 6).join("\n");
  sameNumbers(before, printed.slice(0, 6).join("\n"));
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
  "01_the_chain_rule.ipynb": 9,
  "02_backpropagation.ipynb": 8,
  "03_a_neural_network.ipynb": 5,
  "04_the_library.ipynb": 14,
  "05_two_moons.ipynb": 16,
  "06_optimizers.ipynb": 11,
  "07_initialisation.ipynb": 12,
  "08_digits.ipynb": 11,
  "09_compile.ipynb": 3,
  "10_a_language_model.ipynb": 13,
  "solutions.ipynb": 0,
};

/**
 * What each notebook's sentences rely on: patterns that the text of its outputs
 * matches. Fresh outputs alone would not show that a sentence has become wrong.
 */
export const claims: Readonly<Record<string, readonly RegExp[]>> = {
  "01_the_chain_rule.ipynb": [
    /^0\.001 {2}0\.00600\d+ {2}6\.00\d+$/m,
    /^by nudging: {6}(\d\.\d{5})\nby the sum rule: \1$/m,
    /^0\.00025 +1\.147\d\d +0\.445\d\d +0\.000\d\d\n +0 +1\.14777 +0\.44589 +0\.00000$/m,
    /^by nudging: {8}(\d\.\d{5})\nby the chain rule: \1$/m,
    /^a +f · b +8 +8\.00000\nb +f · a +4 +4\.00000\nc +f +4 +4\.00000\nf +d = ab \+ c +5 +5\.00000$/m,
  ],
  "02_backpropagation.ipynb": [
    /^as a list: 2 operands; as a set: 1$/m,
    /^stored: undefined \| gradients: 0 0\nlater: .*\nwith the function kept: 4 2$/m,
    /^after the direct path, y to a: 3\nafter the path over s as well: 5$/m,
    /^✗ Exercise 2\.1, .*\n.* gives `6`, expected: `7`$/m,
    /^b first: 0 {3}c first: 4$/m,
    /^✗ Exercise 2\.3, .*\n.* gives `1`, expected: `-1`$/m,
    /^32$/m,
    /^RangeError: Maximum call stack size exceeded$/m,
  ],
  "03_a_neural_network.ipynb": [
    /^after the first call: 8\nafter the second call: 16$/m,
    /^ 354 +1 +1\n 355 +NaN +1$/m,
    /^2, 3, -1 +1 +0\.9\d+\n3, -1, 0\.5 +-1 +-0\.9\d+\n0\.5, 1, 1 +-1 +-0\.9\d+\n1, 1, -1 +1 +0\.9\d+$/m,
    /^3: 0\.0072\n4: 0\.0006\n(.*\n){2}7: 2\.4999\n/m,
  ],
  "04_the_library.ipynb": [
    /^a\.grad after two calls: 12\na sum of a million steps: 1000000$/m,
    /^\[ Value\(data=32\), Value\(data=48\), Value\(data=48\) \]$/m,
    /^x0 +0\.5 .* 2\.7e-12$/m,
    /^x0 +3 +3\.0+ +6\.0+ .* <- differs$/m,
    /^✗ Exercise 4\.2, .*\n`the slope of swish at 0\.5` gives `0\.6/m,
    /^All is well\. .*all 178 numbers /m,
    /^- 2 of 4 tanh units of layers\[0\] are saturated .*\n- 4 of 4 .*\n- The gradient of .* is 2 times /m,
    /^after 520 steps: 0\.0038$/m,
    /^15 of 20 fall at every step$/m,
  ],
  "05_two_moons.ipynb": [
    /^step 0: .*, accuracy 28%$/m,
    /^step 2: loss 2\..*, accuracy 50%\nstep 3: loss 4\..*, accuracy 50%$/m,
    /^step 99: loss 0\.0135 = 0\.0000 \+ 0\.0135, accuracy 100%$/m,
    /^hinge 1\.8256, price of the weights 0\.0111$/m,
    /^step 60: loss 0\.0135 = 0\.0000 \+ 0\.0135, accuracy 100%$/m,
    /^the same 100 points: true$/m,
    /^all 100 losses agree to 12 digits: true$/m,
    /^ +99 .* 100$/m,
    /^1337 .* 0\.0000 +100\.0 +100\.0\n(.* 100\.0 +(99\.[6-9]|100\.0)\n){13} +13 .* 99\.0 +99\.6$/m,
    /^ +13 .*\n(.* 100\.0 +(99\.[6-9]|100\.0)\n?){6}$/m,
    /^the same 337 parameters as by hand: true$/m,
    /^FitHistory\(40 epochs.* accuracy 100%,.* validation accuracy 100%\)$/m,
    /^99\.8% of the 500 new points are right$/m,
    /(^DecisionBoundary\(.*, 100 of 100 right: 100%\)\n){2}.*, 118 of 200 right: 59%\)$/m,
    /^1, batches +58\.5 .*\nand 2, Adam +75\.5 .*\nand 3, .* 96\.5 .*\nand 4, .* 100\.0 +99\.0 /m,
    /^epoch 20: 92\.5% of the 40 and 86\.5% of .*\nepoch 200: 100\.0% of the 40 and 81\.5% of .*$/m,
    /^nothing .* 80\.6\nweight decay 0\.01 .* 85\.7\nweight decay 0\.1 .* 82\.2\ndropout 0\.2 .* 85\.3$/m,
    /^DecisionBoundary\(.*, 37 of 40 right: 92\.5%\)$/m,
    /^the same score for each of 500 points, to the last bit: true$/m,
  ],
  "06_optimizers.ipynb": [
    /^rate 0\.045 .* 0\.00846\nrate 0\.051 .* 4\.801 +461$/m,
    /^x +2 +1\ny +40 +0\.05$/m,
    /^0\.0499 +0\.0182\n +0\.05 +1\.00\n0\.0501 +54\.2$/m,
    /^ +0 +55 .* 3225 .*\n +0\.5 +15 .* 902 .*\n +0\.9 +95 .* 143 .*\n0\.9, Nesterov +54 .* 394 .*$/m,
    /^first step in x: 0\.3162\nfirst step in y: -0\.3162$/m,
    /^✗ Exercise 6\.3, .*\n`\[x, y\] after one step .*` gives `\[-0\.1, -0\.07\d+\]`/m,
    /^gradient descent +3225 .* 3225 .*\nmomentum 0\.9 +143 .* 143 .*\nNesterov 0\.9 +394 .* 394 .*\nRMSprop +2280 .* never\nAdam +123 .* 1013 /m,
    /^momentum 0\.9 +0\.0032 +164( +never){4}$/m,
    /^gradient descent +3660 .* 3494 .*\nmomentum 0\.9 +164 .* 623 .*\nNesterov .* 1071 .*\nRMSprop .* never\nAdam .* 1529 /m,
    /^SGD, .* 0\.819 +0\.820\nAdam, .* 0\.023 +0\.978\nAdamW, .* 0\.817 +0\.817\n.* 0\.819 +0\.819$/m,
    /^constant 0\.04: loss 1\.531 .* 0\.979 .*\nconstant 0\.01: loss 7\.1.* 0\.\d+ .*\n(.* 0\.0[23]\d after 300\n?){3}$/m,
    /^Adam +1 +0\.00028 +0\.00052 +0\.32 +99\.4% +90\.2%$/m,
    /^gradient descent +1 .* 71\.2% .*\n(.*\n){3}Adam +0\.3 +0\.0096 +0\.011 .* 99\.8% /m,
    /^valley: .* 54 ← .*\ngorge: .* 123 ←\n.* 143 ← .*\nRosenbrock.* 623 ← .*\n.* 0\.00052 ←\n.* 0\.0019 ← .*\n.* 0\.011 ←$/m,
  ],
  "07_initialisation.ipynb": [
    /^uniform .* 9\d +[56]\d\nxavierNormal .* 9\d +8\d$/m,
    /^ +1 +5\d +0\.6\d+ +0\.00\d\n +2 +3\d /m,
    /^uniform +10 +1\d .* 4\d\nxavierNormal +10( +1[2-4]){5}$/m,
    /^1\/√nin +0\.9\d +0\.5\d\n1\/√nout +1\.[89]\d +0\.9\d$/m,
    /^ +5\.\d\d +2\.[3-7]\d$/m,
    /^1\.9e\+2, 1\.0e\+4, .*e\+\d\d/m,
    /^- 2\d of 24 relu units of layers\[0\] are dead/m,
    /^(all 0 +\d( +0\.0000){3}\n){4}(all 0\.5 +\d( +\d\.\d+){3}\n?){4}/m,
    /^ +0\.02 +6 +\d +1\.\d\d\n +0\.1 +6 +\d +1\..*\n +0\.5 +6 +\d\d +2\.3\d\n +1 +6 +1\d\d +2\.3\d$/m,
    /^tanh, weights × ½ .* 10\ntanh, weights × ½, residual .* 8\d\nrelu .* [23]\d\nrelu, .* 8\d$/m,
    /^tanh +uniform +0\.3\d .* [56]\d\ntanh +xavierNormal +0\.3\d +8\d +8\d .*\ntanh +kaimingNormal +0\.3\d +[78]\d +8\d /m,
    /^relu +uniform +2\.3 +\d+ +1?\d .*\nrelu +xavierNormal .* 7\d .*\nrelu +kaimingNormal .* 8\d /m,
    /^(sigmoid +\w+ +2\.3 +(9|1\d) +(9|1\d) +1\d\n?){3}/m,
  ],
  "08_digits.ipynb": [
    /^rounded, 1\d\d of 360 are right$/m,
    /^1001, 1002, 1003 +NaN +NaN +2\.4076 +0\.40761$/m,
    /^loss before training: {3}2\.\d+$/m,
    /^test accuracy: 9[78]\.\d % \(\d of 360 wrong\)$/m,
    /^no hidden layer +650 +640 +9[34]\..*\n.* 9[78]\.\d\nnearest neighbour +93405 +91968 +99\.\d$/m,
    /^PredictionGrid\(352 of 360 right: 97\.8%; wrong: .*is 8, said 3 \(55% sure\), .*is 6, said 4/m,
    /^before the training: 29\nafter the training: {2}4, 10, 12, 22, 24, 29$/m,
    /^Dataset\(what excites neurons\[9\] most: 20 examples .*, labels 3 and 5\)$/m,
    /^noise +360 +7\d\..*\n(.*\n){2}the letter above +1 +9\d\.\d +100\.0\nan empty page +1 +1\d\.\d +0\.0$/m,
    /^not moved +97\.8 +9\d\.\d +99\.\d\nleft +[34]\d\.\d +7.*\nright +[34].*\nup +5.*\ndown +[34]/m,
    /^not moved +97\.8 +9[67]\.\d\n((left|right|up|down) +[345]\d\.\d +9\d\.\d\n?){4}/m,
    /^two to the right +1\d\.\d +[34]\d\.\d\none right, one down +1\d\.\d +[56]\d\.\d$/m,
    /^14 {2}from 1667 {2}0123456789/m,
    /^the first three forms +386 +9[56]\..*\nthe last three forms +382 +(8\d|9[01])\./m,
    /^the same 3600 scores, to the last digit: true true$/m,
  ],
  "09_compile.ipynb": [
    /^\d{5} Values$/m,
    /^numbers that changed: \d{4}\nthe same shape: true$/m,
    /^ {2}const L = b \*\* 2;\n {2}const dL = 1;\n {2}const db = dL \* \(2 \* b \*\* 1\);$/m,
    /^the program: \{ L: 0\.25, dw: -3 \}\nthe graph: {3}\{ L: 0\.25, dw: -3 \}$/m,
    /^ {2}const dw = da \* w \+ da \* w;$/m,
    /^ {2}∂b = 2 · \(∂L · b\)\n {2}∂a = ∂b\n {2}∂w \+= Σ ∂a · x /m,
    /^00 61 73 6d .*\na valid module: true$/m,
    /^compiled: 10\.5 -14\neager: {4}10\.5 -14$/m,
    /^ {4}∂b\[m\] = ∂d\[m\] · \(1 − d\[m\] · d\[m\]\)$/m,
    /^"\(w, y\)=>w\.sub\(w\.lit\(1\), w\.mul\(y, y\)\)"$/m,
    /^instructions +f64x2\.sub\(literal 1, f64x2\.mul\(local 7, local 7\)\)$/m,
    /^ +16 +337 +442 +[78]\d{3}\n +64 +4417 +4810 +[78]\d{3}\n +256 +66817 +68362 +[78]\d{3}$/m,
    /^ +7 +1, 2 \| 3, 4 \| ½ 5, 6 \| 7, ½ 5$/m,
    /^1000 of 1000 losses and gradients are the same to the last bit$/m,
    /^units apart +numbers\n +0 +8\d{4}\n +1 +1\d{4}\n +2 +\d{3}$/m,
    /^loss +\d\.\de-16\n5180 gradients, relative to their parts +\d\.\de-1[56]$/m,
    /^gradients that differ by more than 1e-12 of themselves: 1\n.*: -7\.9\d+e-7\n.*: 3\.\de-6$/m,
    /^ +2 +2 +2\n-2 +-0\.2 +-2$/m,
    /^compile: the leaf y \(data 2\) must be listed /m,
    /^eager +\d{2,} +\d[\d,]+$/m,
    /^FitHistory\(20 epochs, compiled: .* accuracy 99\.5%\)\nnull$/m,
    /^compile is false\nthe loss is a function of its own\nnull$/m,
    /^fit: with compile the loss must be the mean over a batch /m,
    /^float64, fused +\de-1[67]\nfloat32 +\de-[67]\n/m,
  ],
  "10_a_language_model.ipynb": [
    /^5163 names, the most frequent first:\njames, john, /m,
    /^\.emma +\.$/m,
    /^who knows nothing: 3\.2958\nln 27: +3\.2958$/m,
    /^a table of pairs: 2\.36\d\d$/m,
    /^ +3 +531,441 +1\.690 +2\.068\n +4 +14,348,907 +1\.595 +2\.2\d\d$/m,
    /^before the training: +3\.3\d+\nafter 300 steps: +2\.333\d\nthe table, by counting: 2\.333\d$/m,
    /^before: \[ 3, -1, 2, 0 \] rms 1\.87\d+\nafter: .* rms 1\.0000$/m,
    /^weights: 0\.670, 0\.330$/m,
    /^✗ Exercise 10\.3, .*\n`what each row .*` gives `\[0\.3333333, 0\.25, 1\]`/m,
    /^scores +lm_head +27 × 16 +432\n(.*\n)+all +4192$/m,
    /^untrained, on average: 3\.3\d+\nln 27: +3\.296$/m,
    /^pa, pia, .*, charlesetta\nall losses agree within 1e-14: true$/m,
    /^1,000 steps in \d+\.\d s$/m,
    /^the model, on the test names: 2\.2\d+\nthe table of pairs: +2\.36\d\n.* not moved: 64$/m,
    /^the same names: true\nsteps: 50\nall losses within 1e-9: true$/m,
    /^T = 0\.1: (.*mari){4}.*\nT = 0\.5: .*\nT = 1: .*\nT = 2: /m,
    /^a table, 3 back +531,441 +1\.690 +2\.068\n.* 2\.253 +2\.275\n32,000 names, .* 2\.00\d +2\.07\d$/m,
    /^ +0\.5 +1\d\d +\d\d +\d +1\d\d .*\n +1 +200 +1\d +\d +18\d /m,
    /^right at its first guess: 11\d\d of 3476 questions$/m,
    /^ +1 +0\.20 +0\.20 .*\n +2 +0\.38 +0\.35 .*\n +3 .* 0\.25\n +4 /m,
    /^in the plane: 3\d % .*\n(.*\n)*a +o e .*\ne +o a i y .*\nk +m d v c z$/m,
    /^.*pairs, question 1: 3\.01\d\n.* 2\.2\d+\n.* 1\.8\d+\nthe model, .* 1: 3\.01\d\n.* 2\.0\d+\n.* 1\.2\d+$/m,
    /^the same as in the model: true$/m,
    /^There are 2 paths from score to weight: /m,
    /^surprise at the end of eva: 1\.3\d+\npaths from w, .*: 60,557,056$/m,
    /^ +2 +.* 0\.41 \(-0\.30\) /m,
    /^parameters +4,192 +124,439,808$/m,
    /^118 words, 1041 questions\nloss on these words: 0\.7\d+\non the list: argon, .*\nnew: silite, /m,
  ],
};

/** The claims that a text does not bear out. */
export function brokenClaims(text: string, patterns: readonly RegExp[]): string[] {
  return patterns.filter((pattern) => text.search(pattern) < 0).map(String);
}
