import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^rate 0\.045 .* 0\.00846\nrate 0\.051 .* 4\.801 +461$/m },
  { shows: /^x +2 +1\ny +40 +0\.05$/m },
  { shows: /^0\.0499 +0\.0182\n +0\.05 +1\.00\n0\.0501 +54\.2$/m },
  {
    shows:
      /^ +0 +55 .* 3225 .*\n +0\.5 +15 .* 902 .*\n +0\.9 +95 .* 143 .*\n0\.9, Nesterov +54 .* 394 .*$/m,
  },
  { shows: /^first step in x: 0\.3162\nfirst step in y: -0\.3162$/m },
  { shows: /^✗ Exercise 6\.3, .*\n`\[x, y\] after one step .*` gives `\[-0\.1, -0\.07\d+\]`/m },
  {
    shows:
      /^gradient descent +3225 .* 3225 .*\nmomentum 0\.9 +143 .* 143 .*\nNesterov 0\.9 +394 .* 394 .*\nRMSprop +2280 .* never\nAdam +123 .* 1013 /m,
  },
  { shows: /^momentum 0\.9 +0\.0032 +164( +never){4}$/m },
  {
    shows:
      /^gradient descent +3660 .* 3494 .*\nmomentum 0\.9 +164 .* 623 .*\nNesterov .* 1071 .*\nRMSprop .* never\nAdam .* 1529 /m,
  },
  {
    shows:
      /^SGD, .* 0\.819 +0\.820\nAdam, .* 0\.023 +0\.978\nAdamW, .* 0\.817 +0\.817\n.* 0\.819 +0\.819$/m,
  },
  {
    shows:
      /^constant 0\.04: loss 1\.531 .* 0\.979 .*\nconstant 0\.01: loss 7\.1.* 0\.\d+ .*\n(.* 0\.0[23]\d after 300\n?){3}$/m,
  },
  { shows: /^Adam +1 +0\.00028 +0\.00052 +0\.32 +99\.4% +90\.2%$/m },
  { shows: /^gradient descent +1 .* 71\.2% .*\n(.*\n){3}Adam +0\.3 +0\.0096 +0\.011 .* 99\.8% /m },
  {
    shows:
      /^valley: .* 54 ← .*\ngorge: .* 123 ←\n.* 143 ← .*\nRosenbrock.* 623 ← .*\n.* 0\.00052 ←\n.* 0\.0019 ← .*\n.* 0\.011 ←$/m,
  },
];

export const given: readonly Given[] = [];
