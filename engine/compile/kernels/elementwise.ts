/**
 * The code of kernels whose groups have one or two operands: for each member,
 * for each example, all groups in a row.
 *
 * @module
 */
import { type BinaryOp, partial } from "../../rules.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import { type Expr, Lanes } from "../code/lanes.ts";
import type { Address } from "../code/code.ts";
import {
  type Group,
  type Kernel,
  type OperandPlan,
  ownPlaces,
  sourceInside,
} from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import type { KernelCode, Position } from "./kernel_code.ts";
import { Site } from "./site.ts";

/** The values of a kernel's groups, stored where somebody needs them later. */
export function forwardElementwise(
  code: KernelCode,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
): void {
  code.eachMember(kernel.count, (m) => {
    const b = new Lanes(), w = laneWorld(b);
    const site = new Site(code, b);
    const known = new Map<Group, Expr>();
    for (const group of kernel.groups) {
      const [x, y] = group.operands.map((operand) => {
        const source = sourceInside(kernel, operand);
        return source ? known.get(source)! : operandValue(b, site, operand, m);
      });
      known.set(group, group.op === "copy" ? x : w[group.op as BinaryOp](x, y));
    }
    const stores = kernel.groups.filter(isStored).map((group) => ({
      address: site.address("values", ownPlaces(group), m),
      value: known.get(group)!,
    }));
    const emitter = code.emitter(...stores.map(({ value }) => value));
    site.overExamples(kernel.area, () => {
      for (const { address, value } of stores) {
        code.write(kernel.area, address, () => emitter.push(value));
      }
    });
    emitter.end();
    site.end();
  });
}

/** What one operand of a kernel's member is handed back. */
interface Contribution {
  readonly operand: OperandPlan;
  value: Expr;
}

/** The gradients that a kernel's groups hand back to their operands. */
export function backwardElementwise(
  code: KernelCode,
  kernel: Kernel,
  book: AdjointBook,
  { operands }: Sketch,
): void {
  const modes = book.begin(kernel, operands);
  code.zeroAdjoints(modes.zero);
  code.eachMember(kernel.count, (m) => {
    const b = new Lanes();
    const site = new Site(code, b);
    const contributions = gradients(b, kernel, book, {
      adjoint: (group) => site.value("adjoints", ownPlaces(group), m),
      result: (group) => site.value("values", ownPlaces(group), m),
      operand: (operand) => operandValue(b, site, operand, m),
    });
    const emitter = code.emitter(...contributions.map(({ value }) => value));
    const sums: { address: Address; local: number }[] = [];
    const writes = contributions.map(({ operand, value }, k) => {
      const push = () => emitter.push(value);
      const address = site.address("adjoints", operand, m);
      if (operand.area === "row") {
        const isFirst = modes.isFirst(k);
        return () => code.writeRow(address, isFirst, push);
      }
      if (kernel.area === "scalar") return () => code.addToScalar(address, push);
      const local = code.local("v128");
      code.clear(local);
      sums.push({ address, local });
      return () => {
        push();
        code.get(local).lanes("add").set(local);
      };
    });
    site.overExamples(kernel.area, () => writes.forEach((write) => write()));
    for (const { address, local } of sums) {
      code.addToScalar(address, () => code.laneSum(local));
      code.release("v128", local);
    }
    emitter.end();
    site.end();
  });
}

/** What is known of a kernel's backward code before it is written. */
export interface Sketch {
  /** What it will hand gradients to. */
  readonly operands: readonly OperandPlan[];
  /** Whose values it will read. */
  readonly needed: ReadonlySet<Group>;
}

/** A look ahead at the backward code of a kernel. */
export function sketch(kernel: Kernel, book: AdjointBook): Sketch {
  const b = new Lanes();
  const groupsOf = new Map<Expr, Iterable<Group>>();
  const placeholder = (groups: Iterable<Group>) => {
    const value = b.local(groupsOf.size);
    groupsOf.set(value, groups);
    return value;
  };
  const contributions = gradients(b, kernel, book, {
    adjoint: () => placeholder([]),
    result: (group) => placeholder([group]),
    operand: ({ literal, groups }) => literal === null ? placeholder(groups) : b.literal(literal),
  });
  return {
    operands: contributions.map(({ operand }) => operand),
    needed: readBy(contributions.map(({ value }) => value), groupsOf),
  };
}

/** The groups whose values stand in expressions, in some place or other. */
export function readBy(
  roots: readonly Expr[],
  groupsOf: ReadonlyMap<Expr, Iterable<Group>>,
): Set<Group> {
  const all = new Set(roots), groups = new Set<Group>();
  for (const e of all) {
    for (const arg of e.args) all.add(arg);
    for (const group of groupsOf.get(e) ?? []) groups.add(group);
  }
  return groups;
}

/** Where the numbers come from that a kernel's gradients are computed of. */
interface Sources {
  adjoint(group: Group): Expr;
  result(group: Group): Expr;
  operand(operand: OperandPlan): Expr;
}

/** The chain rule along a kernel: what leaves it, by the rules of the table. */
function gradients(b: Lanes, kernel: Kernel, book: AdjointBook, from: Sources): Contribution[] {
  const w = laneWorld(b);
  const inside = new Map<Group, Expr>();
  const outside: Contribution[] = [];
  for (const group of kernel.groups.toReversed()) {
    if (!group.isActive) continue;
    let adjoint = inside.get(group);
    if (book.comesFromOutside(group)) {
      const stored = from.adjoint(group);
      adjoint = adjoint ? w.add(adjoint, stored) : stored;
    }
    if (adjoint === undefined) continue;
    const { op } = group;
    const x = op === "copy" ? [] : group.operands.map((operand) => from.operand(operand));
    const y = op === "copy" ? adjoint : from.result(group);
    for (const [k, operand] of group.operands.entries()) {
      if (!operand.isActive) continue;
      const value = op === "copy" ? adjoint : w.mul(adjoint, partial(w, op, y, x, k));
      const source = sourceInside(kernel, operand);
      if (source) {
        const sum = inside.get(source);
        inside.set(source, sum ? w.add(sum, value) : value);
        continue;
      }
      const same = outside.find((other) => isSamePlace(other.operand, operand));
      if (same) same.value = w.add(same.value, value);
      else outside.push({ operand, value });
    }
  }
  return outside;
}

function isSamePlace(a: OperandPlan, b: OperandPlan): boolean {
  return a.area === b.area && a.index.table === null && b.index.table === null &&
    a.index.first === b.index.first && a.index.member === b.index.member;
}

function operandValue(b: Lanes, site: Site, operand: OperandPlan, m: Position): Expr {
  const { literal } = operand;
  return literal === null ? site.value("values", operand, m) : b.literal(literal);
}
