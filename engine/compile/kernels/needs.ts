import { type Op, partial } from "../../rules.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import { type Expr, Lanes, partsOf } from "../code/lanes.ts";
import type { Group, OperandPlan } from "../plan/plan.ts";

/** The numbers of operands whose values are read, and −1 for that of the result. */
type Reads = readonly number[];

/** What the derivative by each operand reads, by operation; without fixed numbers it is always the same. */
const known = new Map<Op, readonly Reads[]>();

const nothing: Reads = [];

/** What the backward code of a group reads. */
export function readBack({ op, operands, kept, isActive }: Group): Reads {
  if (op === "copy" || op === "sum" || kept !== null || !isActive) return nothing;
  const reads = readsOf(op, operands);
  if (operands.length === 1) return reads[0];
  return operands.flatMap(({ isActive }, k) => isActive ? reads[k] : nothing);
}

/** Marks with 1, by number, the groups whose values the backward code of a group reads. */
export function markNeeds(group: Group, marks: Uint8Array): void {
  for (const read of readBack(group)) {
    if (read < 0) marks[group.id] = 1;
    else for (const source of group.operands[read].groups) marks[source.id] = 1;
  }
}

function readsOf(op: Op, operands: readonly OperandPlan[]): readonly Reads[] {
  const isFixed = operands.some(({ literal }) => literal !== null);
  const found = (isFixed ? undefined : known.get(op)) ?? findReads(op, operands);
  if (!isFixed) known.set(op, found);
  return found;
}

function findReads(op: Op, operands: readonly OperandPlan[]): readonly Reads[] {
  const b = new Lanes(), w = laneWorld(b), result = b.local(-1);
  const x = operands.map(({ literal }, k) => literal === null ? b.local(k) : b.literal(literal));
  return x.map((_, k) => localsIn(partial(w, op, result, x, k)));
}

/** The locals that stand in an expression, in some place or other. */
function localsIn(root: Expr): number[] {
  return [...partsOf(root)].filter(({ kind }) => kind === "local").map(({ value }) => value);
}
