import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^0\.001 {2}0\.00600\d+ {2}6\.00\d+$/m },
  { shows: /^by nudging: {6}(\d\.\d{5})\nby the sum rule: \1$/m },
  { shows: /^0\.00025 +1\.147\d\d +0\.445\d\d +0\.000\d\d\n +0 +1\.14777 +0\.44589 +0\.00000$/m },
  { shows: /^by nudging: {8}(\d\.\d{5})\nby the chain rule: \1$/m },
  {
    shows:
      /^a +f · b +8 +8\.00000\nb +f · a +4 +4\.00000\nc +f +4 +4\.00000\nf +d = ab \+ c +5 +5\.00000$/m,
  },
];

export const given: readonly Given[] = [];
