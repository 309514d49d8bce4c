import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^rounded, 1\d\d of 360 are right$/m },
  { shows: /^1001, 1002, 1003 +NaN +NaN +2\.4076 +0\.40761$/m },
  { shows: /^loss before training: {3}2\.\d+$/m },
  { shows: /^test accuracy: 9[78]\.\d % \(\d of 360 wrong\)$/m },
  {
    shows:
      /^no hidden layer +650 +640 +9[34]\..*\n.* 9[78]\.\d\nnearest neighbour +93405 +91968 +99\.\d$/m,
  },
  {
    shows:
      /^PredictionGrid\(352 of 360 right: 97\.8%; wrong: .*is 8, said 3 \(55% sure\), .*is 6, said 4/m,
  },
  { shows: /^before the training: 29\nafter the training: {2}4, 10, 12, 22, 24, 29$/m },
  { shows: /^Dataset\(what excites neurons\[9\] most: 20 examples .*, labels 3 and 5\)$/m },
  {
    shows:
      /^noise +360 +7\d\..*\n(.*\n){2}the letter above +1 +9\d\.\d +100\.0\nan empty page +1 +1\d\.\d +0\.0$/m,
  },
  {
    shows:
      /^not moved +97\.8 +9\d\.\d +99\.\d\nleft +[34]\d\.\d +7.*\nright +[34].*\nup +5.*\ndown +[34]/m,
  },
  { shows: /^not moved +97\.8 +9[67]\.\d\n((left|right|up|down) +[345]\d\.\d +9\d\.\d\n?){4}/m },
  { shows: /^two to the right +1\d\.\d +[34]\d\.\d\none right, one down +1\d\.\d +[56]\d\.\d$/m },
  { shows: /^14 {2}from 1667 {2}0123456789/m },
  { shows: /^the first three forms +386 +9[56]\..*\nthe last three forms +382 +(8\d|9[01])\./m },
  { shows: /^the same 3600 scores, to the last digit: true true$/m },
];

export const given: readonly Given[] = [];
