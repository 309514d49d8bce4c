import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  {
    says: "Nudge $x$ a little to both sides of 0.5",
    shows:
      /^x³ +(0\.750000) +\1\nexp x +(1\.648721) +\2\ntanh x +(0\.786448) +\3\n2 \/ x +(-8\.000000) +\4$/m,
  },
  {
    says: "it adds a second 8 and no more",
    shows: /^after the first call: 8\nafter the second call: 16$/m,
  },
  {
    says: "Ask somebody else",
    shows: /^a +6 +6\nb +-4 +-4\nc +-2 +-2\nf +4 +4$/m,
  },
  { says: "worth its three lines", runs: /^ {4}if \(x\.length !== .*\n.*\n {4}\}$/m },
  { says: "Almost nothing, everywhere", shows: /^(0\.0000\d+\n){4}/m },
  { says: "The output is 0.706", shows: /^gradients of the output, which is 0\.706$/m },
  { says: "$1 - 0.706^2 \\approx 0.501$", shows: /^ {2}∂out\/∂z .* = 0\.501\d\d$/m },
  { says: "so the bias gets all of it", shows: /^b +1 +0\.501$/m },
  { says: "half of it for $w_1$, whose input is 0.5", shows: /^w1 +0\.5 +0\.251$/m },
  { says: "a fifth for $w_3$", shows: /^w3 +0\.2 +0\.100$/m },
  { says: "nothing for $w_2$, whose input is 0", shows: /^w2 +0 +0\.000$/m },
  { says: "Twenty parameters: five neurons with three weights", shows: /^20$/m },
  { says: "Twenty parameters: five neurons with three weights", runs: /new Layer\(3, 5\)/ },
  {
    says:
      "Three inputs, two **hidden layers** (layers whose outputs only the next layer sees) of " +
      "four neurons",
    runs: /new MLP\(3, \[4, 4, 1\]\)/,
  },
  { says: "a line close to four points", runs: /^const points = (\[?\[[^[\]]+\](, |\])){4};$/m },
  { says: "ten steps of a ball", runs: /descend\(rate, 10, start\)/ },
  { says: "At 0.005 the ball creeps", shows: /^ *0\.005 +18\.39 +2\.90$/m },
  { says: "At 0.05 it happens to land at the bottom", shows: /^ *0\.05 +0\.16 +0\.16$/m },
  {
    says:
      "At 0.08 each step jumps across the valley, and yet the ball comes down as fast as at 0.02",
    shows: /^ *0\.02 +(.*)\n.*\n *0\.08 +\1$/m,
  },
  { says: "At 0.1 it jumps from side to side for ever", shows: /^ *0\.1 +(22\.66) +\1$/m },
  { says: "At 0.11 every jump ends higher than the last", shows: /^ *0\.11 +32\.56 +862\.76$/m },
  { says: "The lowest loss is 0.16 and not 0", shows: /^ *0\.05 +0\.16 +0\.16$/m },
  { says: "Now all 41 knobs at once", shows: /^MLP\(.*: 41 parameters/m },
  { says: "Here are the first thirty steps", runs: /monitor\(30, / },
  { says: "ten times the loss of the one below it", runs: /logarithmic: true/ },
  { says: "here from 0.0265 to 0.0165", shows: /^0: 0\.0265\n(\d: .*\n){8}9: 0\.0165$/m },
  { says: "a formula with 41 knobs has learned four examples", shows: /^MLP\(.*: 41 parameters/m },
  {
    says: "has learned four examples, by nothing but the chain rule",
    shows:
      /^2, 3, -1 +1 +0\.9\d+\n3, -1, 0\.5 +-1 +-0\.9\d+\n0\.5, 1, 1 +-1 +-0\.9\d+\n1, 1, -1 +1 +0\.9\d+$/m,
  },
  { says: "five of the seven", shows: /^\d of the 7 right$/m },
  {
    says: "The first step halves the loss. Then, for nearly ten steps, it falls only slowly; " +
      "and then, within six, to less than a tenth.",
    shows: /^loss at steps 0, 1, 10 and 16: 6\.63, 3\.28, 2\.33, 0\.18$/m,
  },
  { says: "The seed 1247 was chosen", runs: /new RandomGenerator\(1247\)/ },
  {
    says: "nearly reaches its lowest value, 0.16. Then it climbs back to where it began, and down",
    shows: /^22\.66 .* 0\.16 (\S+ )+22\.\d\d (\S+ )+0\.17 (\S+ )*22\.\d\d/m,
  },
];

export const given: readonly Given[] = [
  "[these three notebooks follow]",
  "And a third takes the outputs",
  // The answers at the stops of the slider.
  "At step 10 three answers lie on the right side of 0, but the one to the third example does not",
  "at step 0 they were the thinnest of the four",
  "an hour and a half with the exercises, an hour without",
  "Its local derivatives are 1, so each operand gets what arrived",
  "runs between −1 and 1",
  "Now the class, in three bites.",
  "turned the 8 at $a$ into 32", // as notebook 2 shows
  "From about $x = 355$ on", // $e^{710}$ is the first that is infinite
  "The project's tests compare hundreds of larger graphs",
  "move the slider of the `tanh` picture to 3",
  "[F. Rosenblatt's], 1958",
  "squaring makes one big miss count more than several small ones",
  "add this up for $i = 1$ to 4",
  "from orange for −1 to blue for 1",
  "how many can one neuron get right?",
  // A segment between two triangles crosses that between the outer circles, and that of the other
  // two triangles holds the middle one: no line gets more.
  "Never more than five of the seven",
  "Set all three numbers to 1, and all seven places are right",
  "below it the four points, the line at the start (dashed) and the line after the ten steps",
  "because no line through the origin passes through all four points",
  "Here are four examples of three numbers each",
  "the answer that we want, 1 or −1",
  "Each step has four parts",
  "[Learning representations by back-propagating errors], 1986",
  "think of three measurements of a thing, and of yes (1) or no (−1)",
  "Ten more steps, counted from 0 again, in numbers",
  "the forty steps look different",
  "because its last ten losses lie close",
  "shows twenty other seeds",
  "On the line and its four points",
  "Our network has learned four examples",
];
