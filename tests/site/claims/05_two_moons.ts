import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^step 0: .*, accuracy 28%$/m },
  { shows: /^step 2: loss 2\..*, accuracy 50%\nstep 3: loss 4\..*, accuracy 50%$/m },
  { shows: /^step 99: loss 0\.0135 = 0\.0000 \+ 0\.0135, accuracy 100%$/m },
  { shows: /^hinge 1\.8256, price of the weights 0\.0111$/m },
  { shows: /^step 60: loss 0\.0135 = 0\.0000 \+ 0\.0135, accuracy 100%$/m },
  { shows: /^the same 100 points: true$/m },
  { shows: /^all 100 losses agree to 12 digits: true$/m },
  { shows: /^ +99 .* 100$/m },
  {
    shows:
      /^1337 .* 0\.0000 +100\.0 +100\.0\n(.* 100\.0 +(99\.[6-9]|100\.0)\n){13} +13 .* 99\.0 +99\.6$/m,
  },
  { shows: /^ +13 .*\n(.* 100\.0 +(99\.[6-9]|100\.0)\n?){6}$/m },
  { shows: /^the same 337 parameters as by hand: true$/m },
  { shows: /^FitHistory\(40 epochs.* accuracy 100%,.* validation accuracy 100%\)$/m },
  { shows: /^99\.8% of the 500 new points are right$/m },
  { shows: /(^DecisionBoundary\(.*, 100 of 100 right: 100%\)\n){2}.*, 118 of 200 right: 59%\)$/m },
  {
    shows:
      /^1, batches +58\.5 .*\nand 2, Adam +75\.5 .*\nand 3, .* 96\.5 .*\nand 4, .* 100\.0 +99\.0 /m,
  },
  {
    shows:
      /^epoch 20: 92\.5% of the 40 and 86\.5% of .*\nepoch 200: 100\.0% of the 40 and 81\.5% of .*$/m,
  },
  {
    shows:
      /^nothing .* 80\.6\nweight decay 0\.01 .* 85\.7\nweight decay 0\.1 .* 82\.2\ndropout 0\.2 .* 85\.3$/m,
  },
  { shows: /^DecisionBoundary\(.*, 37 of 40 right: 92\.5%\)$/m },
  { shows: /^the same score for each of 500 points, to the last bit: true$/m },
];

export const given: readonly Given[] = [];
