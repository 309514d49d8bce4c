import { holds, sourcesOf } from "../plan/plan.ts";
import type { Group, Kernel, OperandPlan, Plan } from "../plan/plan.ts";

/** How a kernel hands gradients back. */
export interface Modes {
  /** Groups whose adjoints must be set to 0 first. */
  readonly zero: readonly Group[];
  /** Whether the operand at this place of the list is written over instead of added to. */
  isFirst(k: number): boolean;
}

/**
 * Keeps account of the adjoints while the backward code is written, from the
 * last kernel to the first: whether a row has been written yet in a block.
 */
export class AdjointBook {
  /** By the number of a group, whether a kernel has handed it gradients, and whether one will. */
  readonly #begun: Uint8Array;
  readonly #fromOutside: Uint8Array;

  constructor({ kernels, groups, root }: Plan) {
    this.#begun = new Uint8Array(groups);
    this.#fromOutside = new Uint8Array(groups);
    for (const kernel of kernels) {
      for (const group of kernel.groups) {
        if (holds(group, root)) this.#fromOutside[group.id] = 1;
        if (!group.isActive) continue;
        for (const source of sourcesOf(group)) this.#fromOutside[source.id] = 1;
      }
    }
  }

  /** Whether other kernels hand gradients to this group, or the loss itself is in it. */
  comesFromOutside({ id }: Group): boolean {
    return this.#fromOutside[id] === 1;
  }

  /** Notes that a kernel hands gradients to these operands. */
  begin(kernel: Kernel, operands: readonly OperandPlan[]): Modes {
    const zero = new Set<Group>();
    const first = new Set<number>();
    const uses = new Map<Group, number>();
    for (const { groups } of operands.length > 1 ? operands : []) {
      for (const group of groups) uses.set(group, (uses.get(group) ?? 0) + 1);
    }
    operands.forEach((operand, k) => {
      if (operand.area === "scalar" || !operand.isActive) return;
      for (const group of operand.groups) {
        if (this.#begun[group.id]) continue;
        if ((uses.get(group) ?? 1) === 1 && covers(operand, group, kernel)) first.add(k);
        else if (group.isActive) zero.add(group);
      }
    });
    for (const { groups } of operands) for (const { id } of groups) this.#begun[id] = 1;
    return { zero: [...zero], isFirst: (k) => first.has(k) };
  }
}

/** Whether an operand stands for every member of a group exactly once. */
function covers({ groups, index }: OperandPlan, group: Group, kernel: Kernel): boolean {
  const { terms } = kernel.groups[0];
  if (groups.length !== 1 || index.table !== null || index.first !== group.first) return false;
  const total = kernel.count * terms;
  if (total !== group.members.length) return false;
  if (total === 1) return true;
  if (terms === 1) return index.member === 1;
  return index.position === 1 && (kernel.count === 1 || index.member === terms);
}
