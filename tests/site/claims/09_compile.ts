import type { Claim, Given } from "./claim.ts";

const pays =
  /^the four examples: compiled, the first: from step \d{3,4} on, .*\ntwo moons, 100 points: compiled, the first: from step \d{1,2} on, .* on$/m;
const factors =
  /^the four examples: class with closures, Python [\d,]{3,} ×.*\ntwo moons, 100 points: class with closures, Python [\d,]{3,} ×/m;

export const claims: readonly Claim[] = [
  {
    says: "on the two moons a step takes about a hundredth of the time",
    shows: /^two moons, 100 points: .*, eager ([3-9]\d|[1-3]\d\d) ×,/m,
  },
  { says: "it knows three operations:", runs: /\bmul: \{[\s\S]*pow: \{/ },
  {
    says:
      "Here are a thousand single examples for the program of one weight, each in two lanes as " +
      "halves",
    shows: /^1000 of 1000 losses and gradients are the same to the last bit$/m,
  },
  { says: "Our compiler's tile is 4 × 2, or 5 × 2 where", runs: /neurons: 4, vectors: 2/ },
  {
    says:
      "6 loads for 8 products. Now it loads two neighbouring weights together: 8 loads for 16 " +
      "products, the same work with a third fewer trips to memory",
    shows: /^a tile of 4 × 2, weights at once: 2\n8 loads for 16 products, 14 registers$/m,
  },

  {
    says: "100 points, a network with two hidden layers of 16 neurons",
    runs: /makeMoons\(\{ samples: 100,[\s\S]*new MLP\(2, \[16, 16, 1\]/,
  },
  { shows: /^\d{5} Values$/m },
  {
    says: "Most of the numbers have changed, the shape has not",
    shows: /^numbers that changed: \d{4}\nthe same shape: true$/m,
  },
  {
    says: "The first half is the formula in small steps. The second half is `backward()`",
    shows: /^const L = b \*\* 2;\nconst dL = 1;\nconst db = dL \* \(2 \* b \*\* 1\);$/m,
  },
  {
    says: "`dL` is 1, as ever",
    shows: /^the program: \{ L: 0\.25, dw: -3 \}\nthe graph: {3}\{ L: 0\.25, dw: -3 \}$/m,
  },
  {
    says: "Where a Value is used twice",
    shows: /^const dw = da \* w \+ da \* w;$/m,
  },
  {
    says: "The numbers 3, 2 and 0.5: they have become the arguments",
    runs: /new Value\(3,.*\n.*new Value\(2,/,
  },
  {
    says: "for each of them the way back begins with $1/n$ and not with 1",
    shows: /^ {2}∂b = 2 · \(∂L · b\)\n {2}∂a = ∂b\n {2}∂w \+= Σ ∂a · x /m,
  },
  {
    says: "Here are three examples:",
    shows: /^compiled: 10\.5 -14\n+eager: {4}10\.5 -14$/m,
  },
  {
    says: "For the three above it should give 10.5 and −14, and it does not.",
    shows: /^✗ Exercise 9\.2, .*\n.* gives `\[10\.5, -27\]`, expected: `\[10\.5, -14\]`/m,
  },
  {
    says: "that of a network: three inputs, two hidden layers of four `tanh` neurons",
    shows: /^75 nodes$/m,
  },
  {
    says: "There are 75 nodes, and 36 lines for the way there and back",
    shows:
      /^75 nodes$[^]*?^for each of n examples, forward\n( {2}.*\n){15}for each of n examples, backward\n( {2}.*\n){21}/m,
  },
  {
    says: "The four neurons of a layer do the same",
    shows: /^ {2}for m = 0 … 3 {4}\/\/ MLP › layer 1$/m,
  },
  {
    says: "the graph grows and grows, and the program does not",
    shows: /^ +16 +337 +442 +\d{4,5}\n +64 +4417 +4810 +\d{4,5}\n +256 +66817 +68362 +\d{4,5}$/m,
  },
  {
    says: "in the listing of the network, on the way back",
    shows: /^ {4}∂b\[m\] = ∂d\[m\] · \(1 − d\[m\] · d\[m\]\)$/m,
  },
  { shows: /^"\(w, y\)=>w\.sub\(w\.lit\(1\), w\.mul\(y, y\)\)"$/m },
  { shows: /^instructions +f64x2\.sub\(literal 1, f64x2\.mul\(local 7, local 7\)\)$/m },
  {
    says: "$r$ is never larger than half of $\\ln 2$, about 0.35",
    runs: /Math\.round\(x \/ Math\.LN2\)/,
  },
  {
    says: "every function stays within two units in the last place",
    shows: /^units apart +numbers\n +0 +8\d{4}\n +1 +1\d{4}\n +2 +\d{3}$/m,
  },
  {
    says: "a harder question than three examples: a network with three outputs and two kinds of " +
      "bends",
    runs: /new MLP\(5, \[16, 8, 3\]/,
  },
  {
    says: "37 random examples, and all of it for twenty seeds",
    runs: /length: 20[\s\S]*compare\(/,
  },
  {
    says: "They agree to about fifteen digits.",
    shows: /^loss +\d\.\de-16\ngradient, by its length +\d\.\de-16$/m,
  },
  {
    says: "lets negative numbers through at a tenth",
    runs: /z\.data > 0 \? z\.mul\(1\) : z\.mul\(0\.1\)/,
  },
  { says: "$z$ was 1, the question was answered with yes", shows: /^ +2 +2 +2\n-2 +-0\.2 +-2$/m },
  {
    says: "for the four examples, the lines of our own compiler come to the same losses",
    shows: /^the four examples +3\.4017273098 +0\.2600489893 +0\.2600489893 +0\.2600489893$/m,
  },
  {
    says: "the four examples of [notebook 3] with its network, 3-4-4-1",
    runs: /makeProblem\("W1"\)/,
  },
  {
    says: "it writes 647 lines for the four examples",
    shows: /^our own compiler writes 647 lines for the four examples$/m,
  },
  { says: "What matters is how many zeros they have.", shows: factors },
  { says: "For each, the fastest of 25 rounds counts", runs: /length: 25 \}, round\)/ },
  {
    says: "and that is worth more than a factor of ten",
    shows:
      /^the four examples: .*, eager ([2-9]\d|1\d\d) ×, our own lines, as JavaScript \d\.\d ×/m,
  },
  {
    says: "it is several powers of ten",
    shows: factors,
  },
  {
    says: "For the small network the first `compile` has paid after one to three thousand steps, " +
      "depending on the run, and for the larger one after a few dozen at most; a later one pays several times sooner",
    shows: pays,
  },
  {
    says: "answers it thousands of times a second",
    shows: /^\d{1,2}(\.\d+)? µs$[^]*^[1-4]?\d{1,2}(\.\d+)? µs$/m,
  },
  { shows: /^FitHistory\(20 epochs, compiled: .* accuracy 99\.5%\)\nnull$/m },
  {
    shows:
      /^compile: false +→ compile is false\na loss .* → the loss is a function of its own\n.* → null$/m,
  },
  {
    says: "the numbers have about 7 digits instead of 16, and a register has four lanes",
    shows: /^float64, fused +\de-1[67]\nfloat32 +\de-[67]\n/m,
  },
  { says: "the gradient of a batch of 20 examples", runs: /batchSize: 20,/ },
];

export const given: readonly Given[] = [
  "a step that takes more than half a second is timed once",
  "For the moons they would be more than a hundred thousand.", // 642 operations a point, there and back
  "even that does not pay everywhere",
  'about half an hour to "What we have seen"',
  "ten thousand times",
  "a factor of 1 is left out",
  "How many slots are in use at most?",
  "The check also tries four bends in a row",
  "[_Evaluating Derivatives_], 2008",
  "costs more than computing",
  "with an exponent of 2 anyway",
  "_Software Manual for the Elementary Functions_, 1980",
  "a Value between −1 and 1: what is below becomes −1, what is above becomes 1",
  "keeps about sixteen digits of a number",
  "in November 2026, a step took less than a quarter of the time", // 211 ms, and 950
  "One that sits in two lanes counts a half in each",
  "which takes three more instructions",
  "So a load is four instructions where a product is two.",
  "in most runs of November 2026, between 0.7 and 0.95 of the time",
  "an ordinary PC has 16 registers for vectors",
  "With 5 × 2 all sixteen registers are taken", // 10 sums, 4 vectors, 2 for weights
  "described the idea in 2008",
  "on a busy machine they are larger, some more than others",
  "All three times are in the same unit",
  "has compiling cost no more than it saved",
  "There are three more settings",
  "may be rounded once instead of twice",
  "The third, `threads`",
  "Waking them costs some 20 microseconds",
];
