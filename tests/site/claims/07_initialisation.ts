import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^uniform .* 9\d +[56]\d\nxavierNormal .* 9\d +8\d$/m },
  { shows: /^ +1 +5\d +0\.6\d+ +0\.00\d\n +2 +3\d /m },
  { shows: /^uniform +10 +1\d .* 4\d\nxavierNormal +10( +1[2-4]){5}$/m },
  { shows: /^1\/√nin +0\.9\d +0\.5\d\n1\/√nout +1\.[89]\d +0\.9\d$/m },
  { shows: /^ +5\.\d\d +2\.[3-7]\d$/m },
  { shows: /^1\.9e\+2, 1\.0e\+4, .*e\+\d\d/m },
  { shows: /^- 2\d of 24 relu units of layers\[0\] are dead/m },
  { shows: /^(all 0 +\d( +0\.0000){3}\n){4}(all 0\.5 +\d( +\d\.\d+){3}\n?){4}/m },
  {
    shows:
      /^ +0\.02 +6 +\d +1\.\d\d\n +0\.1 +6 +\d +1\..*\n +0\.5 +6 +\d\d +2\.3\d\n +1 +6 +1\d\d +2\.3\d$/m,
  },
  {
    shows:
      /^tanh, weights × ½ .* 10\ntanh, weights × ½, residual .* 8\d\nrelu .* [23]\d\nrelu, .* 8\d$/m,
  },
  {
    shows:
      /^tanh +uniform +0\.3\d .* [56]\d\ntanh +xavierNormal +0\.3\d +8\d +8\d .*\ntanh +kaimingNormal +0\.3\d +[78]\d +8\d /m,
  },
  {
    shows:
      /^relu +uniform +2\.3 +\d+ +1?\d .*\nrelu +xavierNormal .* 7\d .*\nrelu +kaimingNormal .* 8\d /m,
  },
  { shows: /^(sigmoid +\w+ +2\.3 +(9|1\d) +(9|1\d) +1\d\n?){3}/m },
];

export const given: readonly Given[] = [];
