import { type Op, partial } from "../../rules.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import { type Expr, Lanes } from "../code/lanes.ts";
import type { Group } from "../plan/plan.ts";

/** What the derivative by one operand reads: the number of an operand, or −1 for the result. */
type Reads = readonly number[];

/** For the derivative by each operand, by operation; without fixed numbers it is always the same. */
const known = new Map<Op, readonly Reads[]>();

/** The groups, several times maybe, whose values the backward code of a group reads. */
export function needsOf(group: Group): Group[] {
  const { op, operands, kept, isActive } = group, needed: Group[] = [];
  if (op === "copy" || kept !== null || !isActive) return needed;
  const reads = readsOf(op, operands.map(({ literal }) => literal));
  for (const [k, { isActive }] of operands.entries()) {
    for (const read of isActive ? reads[k] : []) {
      if (read < 0) needed.push(group);
      else for (const source of operands[read].groups) needed.push(source);
    }
  }
  return needed;
}

function readsOf(op: Op, literals: readonly (number | null)[]): readonly Reads[] {
  const isFixed = literals.some((literal) => literal !== null);
  const found = (isFixed ? undefined : known.get(op)) ?? findReads(op, literals);
  if (!isFixed) known.set(op, found);
  return found;
}

function findReads(op: Op, literals: readonly (number | null)[]): readonly Reads[] {
  const b = new Lanes(), w = laneWorld(b), result = b.local(-1);
  const x = literals.map((literal, k) => literal === null ? b.local(k) : b.literal(literal));
  return x.map((_, k) => localsIn(partial(w, op, result, x, k)));
}

/** The locals that stand in an expression, in some place or other. */
function localsIn(root: Expr): number[] {
  const all = new Set([root]);
  for (const { args } of all) for (const arg of args) all.add(arg);
  return [...all].filter(({ kind }) => kind === "local").map(({ value }) => value);
}
