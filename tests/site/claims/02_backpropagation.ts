import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [
  { shows: /^as a list: 2 operands; as a set: 1$/m },
  { shows: /^stored: undefined \| gradients: 0 0\nlater: .*\nwith the function kept: 4 2$/m },
  { shows: /^after the direct path, y to a: 3\nafter the path over s as well: 5$/m },
  { shows: /^✗ Exercise 2\.1, .*\n.* gives `6`, expected: `7`$/m },
  { shows: /^b first: 0 {3}c first: 4$/m },
  { shows: /^✗ Exercise 2\.3, .*\n.* gives `1`, expected: `-1`$/m },
  { shows: /^32$/m },
  { shows: /^RangeError: Maximum call stack size exceeded$/m },
];

export const given: readonly Given[] = [];
