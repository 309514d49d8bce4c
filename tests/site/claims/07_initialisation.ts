import type { Claim, Given } from "./claim.ts";

const learned = /^uniform .* 9\d +59\nxavierNormal .* 9\d +87$/m;
const saturated = /^ +1 +57 +0\.649 +0\.004\n +2 +3\d /m;
const funnel = /^1\/√nin +0\.93 +0\.50\n1\/√nout +1\.86 +0\.96\n√.* 1\.28 +0\.68$/m;
const deepTanh =
  /^uniform: .* × 3\.4e\+2\nxavierNormal: outputs from 0\.66 to 0\.12, .* × 0\.32\nkaimingNormal: outputs from 0\.75 to 0\.61, .* × 5\.\d$/m;
const hill =
  /^ +0\.25 .* +10, 10, 10\n +0\.5 .* +20, \d+, \d+\n +1 +9\d, .* +87, 85, 90\n +2 +9\d, .* +7\d, 7\d, 7\d\n +4 +[67]\d, [67]\d, [67]\d +[345]\d, [345]\d, [345]\d$/m;
const alike = /^all 0: 0\.250 after 300 steps\nall 0\.5: 0\.222 after 300 steps\nrandom: 0\.0/m;
const aroundTheBend = /^tanh, weights × ½ .* 10\ntanh, weights × ½, residual .* 8\d$/m;
const sixLayers =
  /^tanh +uniform +0\.3\d .* [56]\d\ntanh +xavierNormal +0\.3\d +8\d +8\d .*\ntanh +kaimingNormal +0\.3\d +[78]\d +8\d /m;

export const claims: readonly Claim[] = [
  { says: "images of 8 × 8 pixels, which makes 64 numbers", shows: /12 examples of 8 × 8 pixels/ },
  {
    says: "Two hundred are for learning, and 300 others for testing.",
    shows: /^200 images to learn from, 300 to test with$/m,
  },
  {
    says: "Now the inputs of the network have a mean of 0 and an rms of 1.",
    shows: /^mean 0\.00, rms 1\.00$/m,
  },
  {
    says: "five layers of 24 tanh neurons and a last one of ten that do not bend",
    runs: /const sizes = \[24, 24, 24, 24, 24, 10\];/,
  },
  {
    says: "10 epochs, 10 images a step.",
    runs: /epochs = 10[\s\S]*batchSize: 10/,
  },
  { says: "Train it twice.", runs: /const two: Init\[\] = \["uniform", "xavierNormal"\];/ },
  { says: "the largest of the ten is the answer", runs: /accuracy\(model, test\)/ },
  { says: "Both know nearly all of the images that they learned from.", shows: learned },
  { says: "Xavier's is right almost nine times in ten, the uniform one only six", shows: learned },
  {
    says:
      "At 1.2 neither is far off: the outputs end at 0.61 of their size, the gradients at 1.8 times theirs",
    shows: /^tanh, gain 1\.2: outputs × 0\.61, gradients × 1\.8$/m,
  },
  {
    says: "With the sigmoid the median run of every start ends where guessing does, at 10%.",
    shows:
      /^sigmoid +uniform .* 10 +18\nsigmoid +xavierNormal .* 10 +10\nsigmoid +kaimingNormal .* 10 +10$/m,
  },
  {
    says: "That makes 1,200 outputs a layer: 24 neurons, 50 images.",
    shows: /^\[ 1200, 1200, 1200, 1200, 1200 \]$/m,
  },
  { says: "A few of the 1,200 get nearly everything", shows: saturated },
  { says: "not a fiftieth of it", runs: /const few = first\(50, train\);/ },
  { says: "In every layer the outputs pile up at −1 and 1.", shows: saturated },
  { says: "How many outputs are beyond ±0.99?", shows: /^layer +outputs beyond ±0\.99, %/m },
  {
    says: "where 64 inputs are added up, more than half of the outputs are saturated, and half " +
      "of the gradients are less than a hundredth of the rms",
    shows: saturated,
  },
  {
    says: "It _grows_, to about 1.4 times its size at each layer.",
    shows: /^uniform: outputs from 0\.91 to 0\.84, gradients on the way back × 4\.0$/m,
  },
  { says: "each output goes to 24 neurons", runs: /const sizes = \[24, 24/ },
  {
    says: "Add a little noise to each image, a tenth of its size",
    runs: /x \+ random\.normal\(0, 0\.1\)/,
  },
  {
    says:
      "To Xavier's network the noisy image stays about the same image. The uniform one drives " +
      "the two apart.",
    shows: /^uniform +10 +1\d .* 4\d\nxavierNormal +10( +1[2-4]){5}$/m,
  },
  {
    says: "With inputs of rms 1 the sum should have an rms",
    shows:
      /^ +1 +0\.58 +0\.58\n +4 +1\.1\d +1\.15\n +16 +2\.[23]\d +2\.31\n +64 +4\.[67]\d +4\.62$/m,
  },
  {
    says: "From 16 terms on they pile up at the ends, and with 64 most of them do.",
    runs: /\[1, 4, 16, 64\]\.map\(\(n\) =>/,
  },
  { says: "with biases of 0", runs: /b\.data = 0;/ },
  {
    says: "a funnel of layers without any bend, from 64 inputs down to 10 outputs",
    runs: /const funnel = \[56, 48, 40, 32, 24, 16, 10\];/,
  },
  { says: "each of the three rules", shows: funnel },
  { says: "the last layer but one, which has 16 neurons", runs: /24, 16, 10\];/ },
  { says: "The two that are furthest from 1, 1.86 and 0.50, are close", shows: funnel },
  {
    says: "The first rule keeps the outputs, the second the gradients, and the third is between " +
      "them.",
    shows: funnel,
  },
  { says: "for outputs that go from 64 to 16", shows: funnel },
  { says: "for gradients that go from 16 to 56", shows: funnel },
  {
    says: "Without a bend (`linear`) a gain of 1 keeps both nearly level",
    shows:
      /^linear, gain 1: outputs × (0\.[6-9]\d*|1\.[0-5]\d*), gradients × (0\.[6-9]\d*|1\.[0-5]\d*)$/m,
  },
  {
    says: "what levels the outputs tilts the gradients",
    shows: /^tanh, gain 1\.67: outputs × 0\.[89]\d*, gradients × [3-9]\.\d*$/m,
  },
  {
    says: "With `relu`, 1.4 comes near to levelling both",
    shows:
      /^relu, gain 1\.4: outputs × (0\.[4-9]\d*|[12]\.\d+), gradients × (0\.[4-9]\d*|[12]\.\d+)$/m,
  },
  {
    says: "the same dial over twenty layers",
    runs: /new MLP\(64, \[\.\.\.Array\(19\)\.fill\(32\), 10\]/,
  },
  { says: "over twenty layers", runs: /Array\(19\)\.fill\(width\), 10/ },
  { says: "with it they level off a little above 0.6", shows: deepTanh },
  {
    says: "it grows to more than five times its size, while without the gain it shrinks to a third",
    shows: deepTanh,
  },
  { says: "more than three hundred times its size", shows: deepTanh },
  {
    says: "Half of the sums are negative, so half of the mean square is lost",
    shows: /^ +5\.24 +2\.49$/m,
  },
  { says: "Twenty layers of relu", runs: /Array\(19\)\.fill\(width\), 10/ },
  {
    says: "Three straight lines, as the law says: up, down, and level.",
    shows:
      /^uniform: outputs from 3\.6 to 1\.2e\+7, .*\nxavierNormal: outputs from 0\.76 to 0\.0035, /m,
  },
  {
    says: "outputs and gradients stay within a factor of about three",
    shows: /^kaimingNormal: outputs from 0\.93 to 2\.2, gradients on the way back × 2\.7$/m,
  },
  {
    says: "Here are six layers, ten steps, the losses on the way",
    shows: /^1\.9e\+2, 1\.0e\+4, .*e\+\d\d/m,
  },
  {
    says: "within ten steps they threw nearly all of the sums below zero",
    shows: /^- 114 of 120 relu units of 5 layers are dead/m,
  },
  {
    says: "At 4 the outputs pile up at −1 and 1 again",
    shows: /^Outputs and gradients of the layers, weights × 4$/m,
  },
  {
    says: "The outputs of the five tanh layers",
    runs: /const sizes = \[24, 24, 24, 24, 24, 10\];/,
  },
  { says: "Take the five positions of the dial, each of them three times", shows: hill },
  {
    says: "ten epochs do not get the network off the ground",
    shows: hill,
  },
  {
    says: "With weights twice as large it still learns its own images by heart, but what it " +
      "learns is of less use for new ones. With weights four times as large it does not even do that.",
    shows: hill,
  },
  { says: "Try it on four neurons and the four corners", runs: /new MLP\(2, \[4, 1\]/ },
  {
    says:
      "The zeros are stuck at $\\tfrac14$, the loss of answering ½ to everything. The halves do " +
      "hardly better.",
    shows: alike,
  },
  {
    says: "Here are their neurons after 300 steps",
    shows: /^(all 0 +\d( +0\.0000){3}\n){4}(all 0\.5 +\d( +\d\.\d+){3}\n?){4}/m,
  },
  {
    says: "Four neurons have one opinion",
    shows: /^(all 0\.5 +\d +0\.7012 +0\.7012 +0\.4951\n?){4}/m,
  },
  {
    says: "The hidden outputs are 0, so the last weights have no gradient; the last weights are 0",
    shows: /^(all 0 +\d( +0\.0000){3}\n){4}/m,
  },
  {
    says: "The same two lines lead into each of the four circles.",
    shows: /^MLP\(2, \[4, 1\], tanh then linear\): 17 parameters$/m,
  },
  {
    says:
      "a relu network of six layers with Kaiming's start, trained for three epochs with each of four learning rates",
    runs: /\[0\.02, 0\.1, 0\.5, 1\]\.map\(\(lr\) =>[\s\S]*epochs: 3 \}/,
  },
  { says: "the fifty images that we look at", runs: /const few = first\(50, train\);/ },
  {
    says: "2.3, or $\\ln 10$, is the loss of a network that gives all ten digits the same chance",
    shows: /^ +0\.5 +6 +84 +2\.34\n +1 +6 +114 +2\.32$/m,
  },
  {
    says: "With small steps fewer are dead than before.",
    shows: /^ +0\.02 +6 +4 +1\.77\n +0\.1 +6 +4 +1\.23$/m,
  },
  {
    says: "arrives at the first layer with a few millionths of a millionth of its size",
    shows: /^sigmoid: .* gradients on the way back × 5\.0e-12$/m,
  },
  {
    says: "arrives 1.4 times as large as it set out",
    shows: /^sigmoid, residual: outputs from 0\.58 to 9\.7, gradients on the way back × 1\.4$/m,
  },
  { says: "Here are twenty layers of it", runs: /deep\("xavierNormal", \{ activation: "sigmoid"/ },
  { says: "The networks below have 18 layers inside", runs: /model\.layers\.slice\(1, -1\)/ },
  { says: "half of Xavier's, with which everything fades", runs: /inside\(0\.5, deep\(/ },
  {
    says: "With tanh the way around is the difference between guessing and reading.",
    shows: aroundTheBend,
  },
  {
    says: "The plain relu has only begun to learn; with the way around it reads 83 of 100.",
    shows: /^relu .* [23]\d\nrelu, .* 83$/m,
  },
  {
    says: "the answers start far too large, as the loss of the first epoch shows",
    shows: /^sigmoid, residual +9\.77 /m,
  },
  {
    says: "The six layers once more, with three bends, three starts and five seeds each.",
    shows: sixLayers,
  },
  {
    says: "the uniform tanh network is as good as Xavier's. Only the test images tell them apart.",
    shows: sixLayers,
  },
  { shows: /^relu +uniform +2\.3 +\d+ +1?\d .*\nrelu +xavierNormal .* 7\d .*\nrelu +kaim.* 8\d /m },
  { says: "this is one data set, ten epochs, and one learning rate for all", runs: /epochs = 10/ },
];

export const given: readonly Given[] = [
  "Some chains none of our three starts can save.",
  "Xavier's divides them by a little less than",
  "here each gets ten epochs",
  "That start lies between 2 and 4 on the dial.", // 0.58 over Xavier's std: 2.4 to 3.8
  "drew each weight between −1 and 1",
  "running all cells takes less than a minute",
  "_Optical Recognition of Handwritten Digits_], 1998, under [CC BY 4.0]",
  "so that their mean is 0, and divide",
  "[_Efficient BackProp_], 1998, section 4.3",
  "half of them are smaller than that, and half are larger",
  "Read the right half from right to left",
  "through weights of up to 1",
  "in percent of the size",
  "what it knows about one 3",
  "[_Exponential expressivity in deep neural networks through transient chaos_], 2016",
  "and that their mean is 0",
  "each of them has the mean 0",
  "For numbers whose mean is 0",
  "numbers between −1 and 1, all equally likely",
  "numbers between −1 and 1, and ask",
  "the mean square of the weights must be 1",
  "Between layers of equal size, a gain of 1 is Xavier's start",
  "the weights lie between −1 and 1",
  "guess the answer for 24 inputs and ten layers",
  "deep feedforward neural networks_], 2010",
  "the 1.4 of the slider above", // √2
  "its gain is 5/3, which is [PyTorch's number]",
  "Half at every layer: after ten layers a thousandth",
  "half of the slopes are 0 and half are 1",
  "[_Delving deep into rectifiers_], 2015",
  "weights whose mean square is twice as large",
  "Sums of 32 terms have a mean square 32/3 times as large, and relu takes half.",
  "shrink to a needle at 0",
  "powers of ten: −2 means 0.01",
  "which is 0.58 on our dial",
  "[_Learning representations by back-propagating errors_], 1986",
  "The biases may all be 0",
  "A relu whose sum is 0 or less for _every_ image outputs 0 and has the slope 0.",
  "How many units give 0 for all",
  "three quarters of the gradient and more are lost at every layer",
  "The 1 is the way around.",
  "[_Deep residual learning for image recognition_], 2016",
  "The left half of the chart",
  "relu loses half of the mean square; the gain of √2",
];
