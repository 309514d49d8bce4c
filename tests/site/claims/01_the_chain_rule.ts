import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { says: "In the code $x$ is 0.8", runs: /const x = 0\.8, fx = x \*\* 2/ },
  { says: "The last column settles on 6", shows: /^0\.001 +0\.006001 +6\.001000$/m },
  { says: "$f$ moves six times as far as $x$ does", shows: /^0\.001 .* 6\.001000$/m },
  { says: "nudging $x$, here by a ten-millionth", runs: /h = 1e-7/ },
  { says: "will confirm it", shows: /^by nudging: {6}(\d\.\d{5})\nby the sum rule: \1$/m },
  { says: "the area grows by three new pieces", runs: /gx \* df \+ fx \* dg \+ df \* dg;/ },
  {
    says: "its share of the growth vanishes. Per unit of $dx$, only the strips are left",
    shows: /^ +0\.25 .* 0\.27762\n(.*\n){2}0\.00025 +1\.147\d\d +0\.445\d\d +0\.000\d\d$/m,
  },
  { says: "what the columns are heading for", shows: /^ +0 +1\.14777 +0\.44589 +0\.00000$/m },
  { says: "the bicycle covers four", runs: /f: \(x\) => 4 \* x, rate: \(\) => 4 \}/ },
  { says: "have the same quotient, 8", shows: /^stretched by 4 · 2 = 8$/m },
  { says: "The bicycle always goes four times as fast", runs: /rate: \(\) => 4 \}/ },
  { says: "The bar is 0.2 long", runs: /numberLines\("x", x, 0\.2, sineOfSquare/ },
  {
    says: "A nudge agrees, at $x = 0.8$",
    shows: /^by nudging: {8}(\d\.\d{5})\nby the chain rule: \1$/m,
  },
  {
    says: "Is it true? Nudge each input and compare",
    shows:
      /^a +f · b = 8 +8\.00000\nb +f · a = 4 +4\.00000\nc +f = 4 +4\.00000\nf +d = 5 +5\.00000$/m,
  },
  {
    says: "For the car itself that is 1, for the bicycle 2, for the walker 2 · 4 = 8",
    shows: /^car\ndata 8\ngrad 1\n[^]*?^bicycle\ndata 4\ngrad 2\n[^]*?^walker\ndata 1\ngrad 8$/m,
  },
  { says: "`grad` is 0 in all boxes", shows: /^L\ndata 20\ngrad 0\n/m },
  {
    says: "Its circle says 4 and 5, so $d$ gets 4 · 1 and $f$ gets 5 · 1.",
    shows: /∂L\/∂d .* = 4 · 1 = 4\n {2}∂L\/∂f .* = 5 · 1 = 5$/m,
  },
  {
    says: "has been handed a 4; at `+` both numbers are 1, so $e$ and $c$ get 4 · 1.",
    shows: /∂L\/∂e .* = 1 · 4 = 4\n {2}∂L\/∂c .* = 1 · 4 = 4$/m,
  },
  {
    says: "has been handed a 4, too. At the last circle the numbers are 2 and 1, so $a$ gets " +
      "2 · 4 = 8 and $b$ gets 1 · 4 = 4.",
    shows: /∂L\/∂a .* = 2 · 4 = 8\n {2}∂L\/∂b .* = 1 · 4 = 4$/m,
  },
  {
    says: "those of the table above: 8, 4, 4 and 5",
    shows: /^ {2}∂L\/∂a = 8, {2}∂L\/∂b = 4, {2}∂L\/∂c = 4, {2}∂L\/∂f = 5$/m,
  },
];

export const given: readonly Given[] = [
  "a single rule makes even millions of them cheap",
  "an hour with the exercises, half of that without",
  "The first three notebooks",
  "squeezes any number into the range from 0 to 1",
  "the curve is half way up where $w x + b = 0$", // σ(0) = 1/2
  "Four words will come up again and again",
  "when $x$ moves away from 3",
  "of $x^2$ at 3: for small nudges",
  "with a million knobs, a single step takes a million evaluations",
  "become bigger ones in three ways",
  "All three shrink with $dx$",
  /"If a car travels twice as fast .* then the car travels 2 × 4 = 8 times as fast as the man\."/,
  "Near 0 the square squeezes the piece",
  "where either factor is 0, nothing of the piece is left",
  "how to read the third row of the table",
  "an expression with four inputs, $a$, $b$, $c$ and $f$, in three small steps",
  "$e$ is not 2.718 here",
  "are both 1",
  "Set $b$ to 0: what happens to the gradient of $a$? Now set $f$ to 0, too",
  "a million inputs need a million walks",
  "[Evaluating Derivatives], 2008",
  "begin at $L$ with 1, and walk to the left",
  "by more than one path",
];
