import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { says: "so `new Value(3)` is a 3 without operands", runs: /operands: Value\[\] = \[\]/ },
  { says: "one operand where there were two", shows: /^in the list: 2 {2}in a set: 1$/m },
  { says: "It starts at 0 and stays there", runs: /^ {2}grad = 0;$/m },
  { says: "In a sum both local derivatives are 1", runs: /^ {6}this\.grad = 1 \* out\.grad;/m },
  {
    says: "each operand's local derivative is the _other_ operand",
    runs: /this\.grad = other\.data \* out\.grad;\n {6}other\.grad = this\.data \* out\.grad;/,
  },
  {
    says: "All gradients are 0",
    shows: /^\[ Value\(data=2\), Value\(data=4\), Value\(data=6\), 0, 0, 0 \]$/m,
  },
  {
    says: "Both operands of a sum get the full gradient of 1",
    shows: /^\[ Value\(data=2\), Value\(data=4\), Value\(data=6\), 1, 1, 1 \]$/m,
  },
  { says: "What if a value is used twice?", runs: /^b = a\.add\(a\);$/m },
  { says: "We got 1.", shows: /^\[ 1, 1 \]$/m },
  { says: "`+=` instead of `=`", shows: /^\[ 2, 1 \]$/m },
  {
    says: "For $b = a + a$ there are two",
    shows: /^There are 2 paths from a to b: .*\nb ← a: {2}1\nb ← a: {2}1$/m,
  },
  {
    says: "should be $2a + b = 5$",
    shows: /^after the direct path, y to a: 3\nafter the path by way of s as well: 5$/m,
  },
  {
    says: "the strips have the areas 2 and 3, the two contributions that were added up",
    runs: /const \[a, s\] = \[2, 3\];/,
  },
  {
    says: "at $a = 3$ the gradient is 6, as it should be",
    shows: /^✗ Exercise 2\.1, .*\n.* gives `6`, expected: `7`$/m,
  },
  { says: "it hands on the 0 that it has", shows: /^b first: 0 {3}c first: 4$/m },
  {
    says: "b hands on 0, and a stays at 0",
    shows: /= 1 · 0 = 0\nBackward: c hands [^]*Done, and wrong: [^]*∂c\/∂a = 0, but/,
  },
  {
    says: "hands on 2, twice",
    shows: /together 1 \+ 1 = 2\nBackward: b [^]*= 1 · 2 = 2, together/,
  },
  {
    says: "walk from place 7 back to place 1",
    shows: /^a = 1, b = 2, e = 2, c = 3, d = 5, f = 4, L = 20$/m,
  },
  { says: "never visit a node twice", runs: /^ {2}if \(visited\.has\(node\)\) return;$/m },
  { says: "sets the gradient of the last node to 1", runs: /^ {4}this\.grad = 1;$/m },
  {
    says: "Every number agrees with the table of the first notebook",
    shows: /^a: 8\nb: 4\nc: 4\nd: 4\ne: 4\nf: 5\nL: 1$/m,
  },
  {
    says: "One walk gave the gradients of all four inputs",
    shows: /^a: 8\nb: 4\nc: 4\nd: 4\ne: 4\nf: 5\nL: 1$/m,
  },
  {
    says: "one of the gradients is not",
    shows: /^✗ Exercise 2\.3, .*\n.* gives `1`, expected: `-1`$/m,
  },
  { says: "It is 32.", shows: /^32$/m },
  {
    says:
      "still held the 4 of the first walk. In the second walk `d` got 4 again and handed on 8; " +
      "`e` added that 8 to its own 4 and handed on 12. So `a` got another $2 \\cdot 12 = 24$ " +
      "instead of 8.",
    shows: /^a: 8\nb: 4\nc: 4\nd: 4\ne: 4\nf: 5\nL: 1$[^]*^32$/m,
  },
  {
    says: "a program can nest only so many calls",
    shows: /^RangeError: Maximum call stack size exceeded$/m,
  },
];

export const given: readonly Given[] = [
  "complain that the class is there twice",
  "an hour and a half with the exercises, half of that without",
  /\(a survey: .*, 2018\)/,
  "(2020)",
  "The gradient of `a` should be 2",
  "`out.grad` is still 0",
  "for the thousands of knobs of a network",
  "There is often more than one such list",
  "should have received its gradient twice",
  "then it gives 16, too", // PyTorch
  "copes with a chain of a million operations", // as the tests of engine/backward.ts say
];
