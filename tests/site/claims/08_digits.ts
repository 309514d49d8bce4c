import type { Claim, Given } from "./claim.ts";

/** A row of the confusion matrix and of tables: the accuracy after training. */
const reached = /^test accuracy: 97\.8 % \(8 of 360 wrong\)$/m;
const deadNeurons = /^before the training: 29\nafter the training: {2}4, 10, 12, 22, 24, 29$/m;
const labelsInOrder = /^14 {2}from 1667 {2}0123456789/m;

export const claims: readonly Claim[] = [
  {
    says: "a network of 2,410 parameters",
    shows: /^MLP\(64, \[32, 10\], relu then linear\): 2410 parameters$/m,
  },
  { says: "reads more than 95 of 100 digits it has never seen", shows: reached },
  { says: "More than 95 of 100, as promised.", shows: reached },
  { says: "These are the 1,797 of their test set", shows: /^Dataset\(digits: 1797 examples/m },
  { says: "That leaves 8 × 8 **pixels**", shows: /1797 examples of 8 × 8 pixels, labels 0 to 9/ },
  { says: "divides them by 16, so that 0 is paper and 1 is ink", runs: /String\(pixel \* 16\)/ },
  { says: "You can make out the 0.", shows: /^ {3}0 {3}0 {3}5 {2}13 {3}9 {3}1 {3}0 {3}0$/m },
  {
    says: "the hidden layer and the ten rounds of training",
    runs: /new MLP\(64, \[32, 1\][\s\S]*epochs: 10,/,
  },
  {
    says: "the 1,797 images are shuffled and divided: four fifths become the **training set**",
    shows: /^1437 images to learn from, 360 to test with$/m,
  },
  {
    says: "Five of these eight even round to the right digit, but of all 360 only a third do.",
    shows:
      /^rounded, 12\d of 360 are right\s+digit +answer\n +1 +1\.35\n +1 +2\.48\n +3 +3\.24\n +4 +4\.37\n +4 +3\.15\n +4 +3\.93\n +8 +5\.57\n +2 +1\.95$/m,
  },
  {
    says: "Compare the second row with the third: adding 100 to every score changes nothing",
    shows: /^1, 2, 3 +(0\.0900, 0\.2447, 0\.6652)\n101, 102, 103 +\1$/m,
  },
  {
    says: "the winner's share grows from two thirds to nearly seven eighths",
    shows: /^1, 2, 3 +0\.0900, 0\.2447, 0\.6652[^]*^2, 4, 6 +0\.0159, 0\.1173, 0\.8668$/m,
  },
  { says: "Move one of three scores", runs: /naiveSoftmax\(\[1, z, 3\]\)/ },
  { says: "both fall to 0", runs: /-Math\.log\(p\)[\s\S]*\(1 - p\) \*\* 2/ },
  { says: "The squared error never asks for more than 1.", runs: /\(1 - p\) \*\* 2/ },
  {
    says: '"What you said, minus what was true."',
    shows: /^ +1 +0\.259496 +1 +-0\.740504 +-0\.740504$/m,
  },
  {
    says: "infinity is divided by infinity, or the logarithm of 0 is taken",
    shows: /^1001, 1002, 1003 +NaN +NaN +2\.4076 +0\.40761\n.*Infinity/m,
  },
  { says: "64 inputs, 32 hidden neurons with `relu`, ten outputs", shows: /^MLP\(64, \[32, 10\]/m },
  {
    says: "gives each of ten digits the probability 1/10",
    shows: /^loss before training: {3}2\.381\nloss of blind guessing: 2\.303$/m,
  },
  {
    says: "Train for ten epochs in batches of 32 images, 45 steps in each epoch.",
    shows: /^Loss after 450 of 450 steps: /m,
  },
  {
    says: "That the test curve begins _better_ than the other one",
    shows: /^FitHistory\(10 epochs, compiled: loss 1\.326 to 0\.06904/m,
  },
  {
    says: "the last line prints twice that",
    shows: /^by chance alone, give or take 1\.6 points$/m,
  },
  {
    says: "The laziest method of all, which learns nothing, does better than the network.",
    shows: /^no hidden layer +650 +640 +93\.6\n.* 97\.8\nnearest neighbour +93405 +91968 +99\.2$/m,
  },
  {
    says: "each answer costs it up to thirty-nine times as much work",
    shows: /^32 hidden neurons +2410 +2368 .*\nnearest neighbour +93405 +91968 /m,
  },
  {
    says: "five ways to shuffle and divide; ours is the one of seed 2",
    shows: /^ +2 +93\.6 +97\.8 +99\.2$/m,
  },
  {
    says: "Over all five, the hidden layer clears away about half of the mistakes.",
    shows: /^the hidden layer clears away 5\d\.\d % of the mistakes$/m,
  },
  {
    says: "The neighbour is not beaten once.",
    shows:
      /^ +0 +95\.6 +98\.6 +98\.6\n +1 +93\.9 +96\.4 +98\.3\n.*\n +3 +94\.7 +96\.4 +99\.2\n +4 +95\.3 +97\.8 +99\.4$/m,
  },
  { says: '"Sure" is the largest of the ten probabilities.', runs: /predictionGrid\(model, test/ },
  {
    says: "The 6 in second place, certainly.",
    shows: /^is 8, said 3\n55% sure\nis 6, said 4\n55% sure$/m,
  },
  {
    says: "The 3 that it calls a 2",
    shows: /^is 3, said 2\n51% sure\nis 5, said 7\n50% sure\nis 5, said 9$/m,
  },
  {
    says: "the last, a 5 whose top has run together",
    shows: /^is 5, said 9\n37% sure\nright: 8 of 352/m,
  },
  {
    says: "where it is wrong it is not sure, just over one half at most",
    shows: /^PredictionGrid\(352 of 360 right: 97\.8%; wrong: .*is 8, said 3 \(55% sure\)/m,
  },
  {
    says: "A hidden neuron has 64 weights",
    shows: /^WeightImages\(32 neurons of 8 × 8 weights/m,
  },
  {
    says: "each of the ten outputs has an image of its own",
    shows: /^WeightImages\(10 neurons of 8 × 8 weights/m,
  },
  { says: "Now the 32 hidden neurons", shows: /^WeightImages\(32 neurons/m },
  { says: "Six of them seem to look for nothing", shows: deadNeurons },
  { says: "Which neurons stay at 0", shows: deadNeurons },
  { says: "The very six.", shows: deadNeurons },
  { says: "One was born that way, and five were pushed over the edge", shows: deadNeurons },
  { says: "with the other 26", shows: deadNeurons },
  {
    says: "These are the twenty test images that excite it most",
    shows: /^Dataset\(what excites neurons\[9\] most: 20 examples .*, labels 3 and 5\)$/m,
  },
  {
    says:
      "Only the 5 has the gap at the upper right as well, and fives take the first nine places.",
    shows: /^(5\n){9}3$/m,
  },
  {
    says: "It has ten outputs, and their probabilities add up to 1",
    shows: /^MLP\(64, \[32, 10\]/m,
  },
  { says: "Here are six images that are none", shows: /^Dataset\(what it says to them: 6 exam/m },
  {
    says:
      "It takes noise for digits and says so with confidence. It is 97 % sure that the letter is a 4.",
    shows: /^noise +360 +7\d\..*\n(.*\n){2}the letter above +1 +96\.9 +100\.0$/m,
  },
  {
    says: "Only the empty page leaves it undecided",
    shows: /^an empty page +1 +12\.0 +0\.0$/m,
  },
  { says: "watch the ten probabilities. Can", runs: /drawingPad\(model, \[8, 8\], letter\)/ },
  {
    says: "Softmax compares ten digits _with each other_",
    shows: /^MLP\(64, \[32, 10\]/m,
  },
  { says: 'So "97 % sure" means something', shows: /^the letter above +1 +96\.9 /m },
  { says: "watch the ten probabilities", runs: /bars\(probabilities\(model, there\.x\[0\]\)/ },
  {
    says: "The network now gets between 42 and 54 % right, and yet is 75 to 80 % sure.",
    shows:
      /^not moved +97\.8 +9\d\.\d +99\.\d\nleft +43\.3 +75\.8 .*\nright +46\.4 +80\.4 .*\nup +54\.2 +75\.0 .*\ndown +42\.2 +76\.3 /m,
  },
  {
    says:
      "loses about three points against the shuffled test above, the network up to seven and a half",
    shows: /^the first three forms +386 +95\.3 +96\.1\nthe last three forms +382 +90\.3 +95\.8$/m,
  },
  {
    says: "Each training image is added four more times, moved in each of the four directions",
    runs: /ways\.map\(\(\[, right, down\]\) => moved\(data, right, down\)\)/,
  },
  {
    says: "More than 90 % in every direction, and hardly anything lost in the middle.",
    shows: /^not moved +97\.8 +96\.9\n((left|right|up|down) +[345]\d\.\d +9[1-9]\.\d\n?){4}/m,
  },
  {
    says: "with the other two moves it fails again, though less badly. It has learned four moves.",
    shows: /^two to the right +1\d\.\d +[34]\d\.\d\none right, one down +1\d\.\d +[56]\d\.\d$/m,
  },
  {
    says: "`train` should hold images in five places",
    shows: /^✗ Exercise 8\.4, .*\n.* gives `20`, expected: `0`$/m,
  },
  { says: "The same digits in the same order, fourteen times.", shows: labelsInOrder },
  { says: "there were 13 people and not 14", shows: labelsInOrder },
  {
    says: "a smaller share right than after any of the five shuffles",
    shows:
      /^ +0 +95\.6 +98\.6 .*\n +1 +93\.9 +96\.4 .*\n.*97\.8.*\n +3 .* 96\.4 .*\n +4 .* 97\.8 /m,
  },
  {
    says:
      "some hands seem harder than others: the last three forms cost it about twice the share " +
      "of mistakes that the first three did",
    shows: /^the first three forms +386 +95\.3 .*\nthe last three forms +382 +90\.3 /m,
  },
  {
    says: "the layers are called 0 and 2",
    runs: /names: \(layer\) => `\$\{2 \* layer\}`/,
  },
  { shows: /^the same 3600 scores, to the last digit: true true$/m },
  { says: "The training looked at an image 14,370 times", shows: /^1437 images to learn from/m },
];

export const given: readonly Given[] = [
  "The share of all 1,797",
  "make it fail in three ways",
  "running all cells takes less than a minute",
  "UCI Machine Learning Repository, 1998",
  "[CC BY 4.0]",
  "written by 13 people",
  "Each digit was scanned as 32 × 32 dots",
  "For each block of 4 × 4 dots the authors counted the black ones: 0 to 16",
  "an image that could be a 1 or a 7",
  "The network would say 4",
  "as if a 4 lay between a 1 and a 7",
  "take ten outputs, one for each digit",
  "These ten numbers are called",
  "so the derivative is 0 nearly everywhere",
  "ten numbers from 0 to 1 that add up to 1. Two steps turn any ten numbers",
  "It should fulfil three wishes",
  "[_A Mathematical Theory of Communication_] (1948)",
  "The second part gives $-1$",
  "That is next to 0 when $p$ is",
  "below $-745$ it is too small to differ from 0",
  "what you saw when 100 was added",
  "that could be 0",
  "If two networks lie closer together than this",
  "the schedule and the ten epochs were chosen",
  "a third set for choosing",
  "both much simpler than the network",
  "**No hidden layer.** Ten outputs",
  "at the right of the third row, because that is where a 5 is open",
  "laid over each of the ten",
  "in the lower half",
  '["Gradient-based learning applied to document recognition"] (1998)',
];
