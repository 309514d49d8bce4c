import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^after the first call: 8\nafter the second call: 16$/m },
  { shows: /^ 354 +1 +1\n 355 +NaN +1$/m },
  {
    shows:
      /^2, 3, -1 +1 +0\.9\d+\n3, -1, 0\.5 +-1 +-0\.9\d+\n0\.5, 1, 1 +-1 +-0\.9\d+\n1, 1, -1 +1 +0\.9\d+$/m,
  },
  { shows: /^3: 0\.0072\n4: 0\.0006\n(.*\n){2}7: 2\.4999\n/m },
];

export const given: readonly Given[] = [];
