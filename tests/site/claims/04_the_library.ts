import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^a\.grad after two calls: 12\na sum of a million steps: 1000000$/m },
  { shows: /^\[ Value\(data=32\), Value\(data=48\), Value\(data=48\) \]$/m },
  { shows: /^x0 +0\.5 .* 2\.7e-12$/m },
  { shows: /^x0 +3 +3\.0+ +6\.0+ .* <- differs$/m },
  { shows: /^✗ Exercise 4\.2, .*\n`the slope of swish at 0\.5` gives `0\.6/m },
  { shows: /^All is well\. .*all 178 numbers /m },
  {
    shows:
      /^- 2 of 4 tanh units of layers\[0\] are saturated .*\n- 4 of 4 .*\n- The gradient of .* is 2 times /m,
  },
  { shows: /^after 520 steps: 0\.0038$/m },
  { shows: /^15 of 20 fall at every step$/m },
];

export const given: readonly Given[] = [];
