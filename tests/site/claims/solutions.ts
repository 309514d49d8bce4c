import type { Claim, Given } from "./claim.ts";

export const claims: readonly Claim[] = [];

export const given: readonly Given[] = [];
