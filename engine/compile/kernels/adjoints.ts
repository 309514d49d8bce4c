import { holds, markSources } from "../plan/plan.ts";
import type { Group, Kernel, OperandPlan, Places, Plan } from "../plan/plan.ts";

/** How a kernel hands gradients back. */
export interface Modes {
  /** Groups whose adjoints must be set to 0 first. */
  readonly zero: readonly Group[];
  /**
   * Whether the operand at this place of the list is written over instead of added to;
   * a scalar by a kernel of rows only in the first block of a batch.
   */
  isFirst(k: number): boolean;
}

/** Scalars, by members and the positions of their lists. */
interface Scalars {
  readonly places: Places;
  readonly members: number;
  readonly terms: number;
}

/**
 * Keeps account of the adjoints while the backward code is written, from the
 * last kernel to the first: whether a row has been written yet in a block.
 */
export class AdjointBook {
  /** By the number of a group, whether a kernel has handed it gradients, and whether one will. */
  readonly #begun: Uint8Array;
  readonly #fromOutside: Uint8Array;
  /** By its index, the number of the last who handed gradients to a scalar, and 0 of none. */
  readonly #givers: Int32Array;
  #lastGiver = 0;
  /** By its index, whether the first gradient that a scalar gets is written over what was there. */
  readonly #isStored: Uint8Array;

  constructor({ kernels, groups, root, scalars }: Plan) {
    this.#begun = new Uint8Array(groups);
    this.#fromOutside = new Uint8Array(groups);
    this.#givers = new Int32Array(scalars);
    this.#isStored = new Uint8Array(scalars);
    // The loss has its gradient from the start.
    if (root.area === "scalar") this.#givers[root.index] = ++this.#lastGiver;
    for (const kernel of kernels) {
      for (const group of kernel.groups) {
        if (holds(group, root)) this.#fromOutside[group.id] = 1;
        if (!group.isActive) continue;
        markSources(group, this.#fromOutside);
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
    const { area, count: members, groups: [{ isList, terms }] } = kernel;
    const scalars = [...operands.keys()].filter((k) => operands[k].area === "scalar");
    const lists = scalars.map((k) => ({ places: operands[k], members, terms }));
    // What a list of rows hands to scalars is added vector by vector.
    const areFirst = this.beginScalars(lists, area === "scalar" || !isList);
    scalars.forEach((k, n) => areFirst[n] && first.add(k));
    return { zero: [...zero], isFirst: (k) => first.has(k) };
  }

  /**
   * Notes that a kernel hands gradients to scalars, to all of these in turns.
   *
   * @param isAtOnce whether each of them gets what the examples of a block add up to.
   * @returns which of them are written over, by rows in the first block of a batch.
   */
  beginScalars(all: readonly Scalars[], isAtOnce: boolean): readonly boolean[] {
    const before = this.#lastGiver;
    const areFirst = all.map(() => isAtOnce);
    for (const [k, scalars] of all.entries()) {
      const giver = ++this.#lastGiver;
      eachIndex(scalars, (index) => {
        const other = this.#givers[index];
        this.#givers[index] = giver;
        if (other === 0) return;
        areFirst[k] = false;
        if (other > before) areFirst[other - before - 1] = false;
      });
    }
    all.forEach((scalars, k) => {
      if (areFirst[k]) eachIndex(scalars, (index) => this.#isStored[index] = 1);
    });
    return areFirst;
  }

  /** Where the scalars lie whose gradients are only added to, with others among them. */
  get cleared(): readonly { readonly first: number; readonly end: number }[] {
    const runs: { first: number; end: number }[] = [];
    this.#isStored.forEach((isStored, index) => {
      if (isStored) return;
      const last = runs.at(-1);
      if (last !== undefined && index - last.end < leastGap) last.end = index + 1;
      else runs.push({ first: index, end: index + 1 });
    });
    return runs;
  }
}

/** So many numbers are worth an instruction more to leave them out. */
const leastGap = 64;

function eachIndex({ places: { index }, members, terms }: Scalars, visit: (index: number) => void) {
  const { first, member, position, table } = index;
  if (table !== null) table.forEach(visit);
  else {
    for (let m = 0; m < members; m++) {
      for (let i = 0; i < terms; i++) visit(first + m * member + i * position);
    }
  }
}

/** Whether an operand stands for every member of a group exactly once. */
function covers({ groups, index }: OperandPlan, group: Group, kernel: Kernel): boolean {
  const { terms } = kernel.groups[0];
  if (groups.length !== 1 || index.table !== null || index.first !== group.first) return false;
  const total = kernel.count * terms;
  if (total !== group.count) return false;
  if (total === 1) return true;
  if (terms === 1) return index.member === 1;
  return index.position === 1 && (kernel.count === 1 || index.member === terms);
}
