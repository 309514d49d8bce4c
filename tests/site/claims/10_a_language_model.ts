import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^5163 names, the most frequent first:\njames, john, /m },
  { shows: /^\.emma +\.$/m },
  { shows: /^who knows nothing: 3\.2958\nln 27: +3\.2958$/m },
  { shows: /^a table of pairs: 2\.36\d\d$/m },
  { shows: /^ +3 +531,441 +1\.690 +2\.068\n +4 +14,348,907 +1\.595 +2\.2\d\d$/m },
  {
    shows:
      /^before the training: +3\.3\d+\nafter 300 steps: +2\.333\d\nthe table, by counting: 2\.333\d$/m,
  },
  { shows: /^before: \[ 3, -1, 2, 0 \] rms 1\.87\d+\nafter: .* rms 1\.0000$/m },
  { shows: /^weights: 0\.670, 0\.330$/m },
  { shows: /^✗ Exercise 10\.3, .*\n`what each row .*` gives `\[0\.3333333, 0\.25, 1\]`/m },
  { shows: /^scores +lm_head +27 × 16 +432\n(.*\n)+all +4192$/m },
  { shows: /^untrained, on average: 3\.3\d+\nln 27: +3\.296$/m },
  { shows: /^pa, pia, .*, charlesetta\nall losses agree within 1e-14: true$/m },
  { shows: /^1,000 steps in \d+\.\d s$/m },
  {
    shows:
      /^the model, on the test names: 2\.2\d+\nthe table of pairs: +2\.36\d\n.* not moved: 64$/m,
  },
  { shows: /^the same names: true\nsteps: 50\nall losses within 1e-9: true$/m },
  { shows: /^T = 0\.1: (.*mari){4}.*\nT = 0\.5: .*\nT = 1: .*\nT = 2: /m },
  {
    shows:
      /^a table, 3 back +531,441 +1\.690 +2\.068\n.* 2\.253 +2\.275\n32,000 names, .* 2\.00\d +2\.07\d$/m,
  },
  { shows: /^ +0\.5 +1\d\d +\d\d +\d +1\d\d .*\n +1 +200 +1\d +\d +18\d /m },
  { shows: /^right at its first guess: 11\d\d of 3476 questions$/m },
  { shows: /^ +1 +0\.20 +0\.20 .*\n +2 +0\.38 +0\.35 .*\n +3 .* 0\.25\n +4 /m },
  { shows: /^in the plane: 3\d % .*\n(.*\n)*a +o e .*\ne +o a i y .*\nk +m d v c z$/m },
  {
    shows:
      /^.*pairs, question 1: 3\.01\d\n.* 2\.2\d+\n.* 1\.8\d+\nthe model, .* 1: 3\.01\d\n.* 2\.0\d+\n.* 1\.2\d+$/m,
  },
  { shows: /^the same as in the model: true$/m },
  { shows: /^There are 2 paths from score to weight: /m },
  { shows: /^surprise at the end of eva: 1\.3\d+\npaths from w, .*: 60,557,056$/m },
  { shows: /^ +2 +.* 0\.41 \(-0\.30\) /m },
  { shows: /^parameters +4,192 +124,439,808$/m },
  {
    shows:
      /^118 words, 1041 questions\nloss on these words: 0\.7\d+\non the list: argon, .*\nnew: silite, /m,
  },
];

export const given: readonly Given[] = [];
