/**
 * The code of kernels whose groups have one or two operands: for each member,
 * for each example, all groups in a row.
 *
 * @module
 */
import { type BinaryOp, type Op, partial, type World } from "../../rules.ts";
import type { AdjointBook } from "./adjoints.ts";
import { type Address, Emitter, type Expr, Lanes, pushBase } from "../code/lanes.ts";
import {
  addToScalar,
  eachMember,
  emitOptions,
  overExamples,
  ownIndex,
  pushAdd,
  pushLaneSum,
  pushStore,
  pushZero,
  writeRow,
  zeroAdjoints,
} from "./pieces.ts";
import { type Group, isIdentity, type Kernel, type OperandPlan } from "../plan/plan.ts";
import { type Position, type Setting, Site } from "./site.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import type { Code } from "../code/wasm.ts";

/** The values of a kernel's groups, stored where somebody needs them later. */
export function forwardElementwise(
  code: Code,
  setting: Setting,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
): void {
  eachMember(code, kernel.count, (m) => {
    const b = new Lanes(), w = laneWorld(b);
    const site = new Site(code, setting, b);
    const known = new Map<Group, Expr>();
    for (const group of kernel.groups) {
      const [x, y] = group.operands.map((operand) => {
        for (const [source, value] of known) if (isIdentity(operand, source)) return value;
        return operandValue(setting, site, b, operand, m);
      });
      known.set(group, group.op === "copy" ? x : apply(w, group.op, x, y));
    }
    const stores = kernel.groups.filter(isStored).map((group) => ({
      address: groupAddress(setting, site, group, "values", m),
      value: known.get(group)!,
    }));
    const emitter = new Emitter(code, emitOptions(setting), stores.map(({ value }) => value));
    overExamples(code, kernel, site, () => {
      for (const { address, value } of stores) {
        pushBase(code, address);
        emitter.push(value);
        pushStore(code, setting, kernel.area, address.offset);
      }
    });
    emitter.end();
    site.end();
  });
}

function apply(w: World<Expr>, op: Op, x: Expr, y: Expr): Expr {
  return w[op as BinaryOp](x, y);
}

/** What one operand of a kernel's member is handed back. */
interface Contribution {
  readonly operand: OperandPlan;
  value: Expr;
}

/** The gradients that a kernel's groups hand back to their operands. */
export function backwardElementwise(
  code: Code,
  setting: Setting,
  kernel: Kernel,
  book: AdjointBook,
): void {
  const modes = book.begin(kernel, sketch(kernel, book).operands);
  modes.zero.forEach((group) => zeroAdjoints(code, setting, group));
  eachMember(code, kernel.count, (m) => {
    const b = new Lanes();
    const site = new Site(code, setting, b);
    const contributions = contributionsOf(setting, site, b, kernel, book, m);
    const emitter = new Emitter(
      code,
      emitOptions(setting),
      contributions.map(({ value }) => value),
    );
    const sums: { address: Address; local: number }[] = [];
    const writes = contributions.map(({ operand, value }, k) => {
      const { memory } = setting;
      if (operand.area === "row") {
        const address = site.row(memory.adjoints.row, operand.index, m);
        const isFirst = modes.isFirst(k);
        return () => writeRow(code, setting, address, isFirst, () => emitter.push(value));
      }
      const address = site.scalarAddress(memory.adjoints.scalar, operand.index, m);
      if (kernel.area === "scalar") {
        return () => addToScalar(code, setting, address, () => emitter.push(value));
      }
      const local = code.local("v128");
      pushZero(code);
      code.set(local);
      sums.push({ address, local });
      return () => {
        emitter.push(value);
        code.get(local);
        pushAdd(code, setting);
        code.set(local);
      };
    });
    overExamples(code, kernel, site, () => writes.forEach((write) => write()));
    for (const { address, local } of sums) {
      addToScalar(code, setting, address, () => pushLaneSum(code, setting, local));
      code.release("v128", local);
    }
    emitter.end();
    site.end();
  });
}

/** What the backward code of a kernel will hand gradients to, and whose values it will read. */
export function sketch(kernel: Kernel, book: AdjointBook) {
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
  const needed = new Set<Group>();
  const seen = new Set<Expr>();
  const visit = (e: Expr) => {
    if (seen.has(e)) return;
    seen.add(e);
    for (const group of groupsOf.get(e) ?? []) needed.add(group);
    e.args.forEach(visit);
  };
  contributions.forEach(({ value }) => visit(value));
  return { operands: contributions.map(({ operand }) => operand), needed };
}

function contributionsOf(
  setting: Setting,
  site: Site,
  b: Lanes,
  kernel: Kernel,
  book: AdjointBook,
  m: Position,
): Contribution[] {
  return gradients(b, kernel, book, {
    adjoint: (group) => groupValue(setting, site, b, group, "adjoints", m),
    result: (group) => groupValue(setting, site, b, group, "values", m),
    operand: (operand) => operandValue(setting, site, b, operand, m),
  });
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
    const isCopy = group.op === "copy";
    const x = isCopy ? [] : group.operands.map((operand) => from.operand(operand));
    const y = isCopy ? adjoint : from.result(group);
    for (const [k, operand] of group.operands.entries()) {
      if (!operand.isActive) continue;
      const value = isCopy ? adjoint : w.mul(adjoint, partial(w, group.op as BinaryOp, y, x, k));
      const source = kernel.groups.find((g) => isIdentity(operand, g));
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

function operandValue(setting: Setting, site: Site, b: Lanes, operand: OperandPlan, m: Position) {
  const { area, index, literal } = operand;
  if (literal !== null) return b.literal(literal);
  const base = setting.memory.values[area];
  return area === "row" ? b.load(site.row(base, index, m)) : site.scalar(base, index, m);
}

function groupValue(
  setting: Setting,
  site: Site,
  b: Lanes,
  group: Group,
  kind: "values" | "adjoints",
  m: Position,
): Expr {
  const base = setting.memory[kind][group.area];
  const index = ownIndex(group);
  return group.area === "row" ? b.load(site.row(base, index, m)) : site.scalar(base, index, m);
}

function groupAddress(
  setting: Setting,
  site: Site,
  group: Group,
  kind: "values" | "adjoints",
  m: Position,
): Address {
  const base = setting.memory[kind][group.area];
  return group.area === "row"
    ? site.row(base, ownIndex(group), m)
    : site.scalarAddress(base, ownIndex(group), m);
}
