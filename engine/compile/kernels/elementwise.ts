/**
 * The code of kernels whose groups take no lists: for each member,
 * for each example, all groups in a row.
 *
 * @module
 */
import { type BinaryOp, type Op, partial, type World } from "../../rules.ts";
import { laneWorld } from "../code/lane_arithmetic.ts";
import { type Expr, Lanes, partsOf } from "../code/lanes.ts";
import { type Address, lanesOf } from "../code/code.ts";
import { type Group, type Kernel, type OperandPlan, ownPlaces } from "../plan/plan.ts";
import type { AdjointBook } from "./adjoints.ts";
import type { KernelCode, Position } from "./kernel_code.ts";
import { readBack } from "./needs.ts";
import { type Across, areHanded, areRead } from "./neighbours.ts";
import { Site } from "./site.ts";

/** The values of a kernel's groups, stored where somebody needs them later. */
export function forwardElementwise(
  code: KernelCode,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
): void {
  // Functions of two vectors at a time are faster than one after the other.
  const isPaired = code.type === "f64" &&
    kernel.groups.some(({ op }) => op !== "copy" && isCalled(op));
  if (areRead(kernel)) {
    code.eachNeighbour(kernel.count, (m, vectors) => {
      forwardNeighbours(code, kernel, isStored, m, vectors);
    }, isPaired ? 2 : 1);
  } else {
    const ofRows = isPaired && kernel.area === "row";
    code.eachMember(kernel.count, (m) => forwardMember(code, kernel, isStored, m, ofRows));
  }
}

/** A member, by pairs of vectors of examples where there are as many. */
function forwardMember(
  code: KernelCode,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
  m: Position,
  isPaired: boolean,
): void {
  const { lanes: b } = code.setting;
  const site = new Site(code);
  const stores = storesOf(code, site, kernel, isStored, m);
  const writePairs = () => {
    const next = stores.map(({ address, value }) => ({
      address: { ...address, offset: address.offset + 16 },
      value: b.next(value),
    }));
    site.overExamples("row", () => writeBoth(code, stores, next), 2);
  };
  const writeOne = () => writeStores(code, stores, kernel.area === "row");
  if (isPaired) code.bySize(writePairs, writeOne);
  else site.overExamples(kernel.area, writeOne);
  site.end();
}

/** The members from m on: one vector of them, two, or for 0 vectors a single one. */
function forwardNeighbours(
  code: KernelCode,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
  m: Position,
  vectors: number,
): void {
  const isWhole = vectors > 0, lanes = lanesOf[code.type];
  const sites = [0, lanes].slice(0, vectors || 1).map((ahead) => {
    const site = new Site(code, { across: isWhole ? "member" : undefined });
    const at = typeof m === "number" ? m + ahead : { ...m, ahead: (m.ahead ?? 0) + ahead };
    return { site, stores: storesOf(code, site, kernel, isStored, at) };
  });
  const [{ stores }, other] = sites;
  if (other === undefined) writeStores(code, stores, isWhole);
  else writeBoth(code, stores, other.stores);
  for (const { site } of sites) site.end();
}

/** What is stored, and where. */
interface Store {
  readonly address: Address;
  readonly value: Expr;
}

/** What a member stores of its groups, or the members from it on. */
function storesOf(
  { setting }: KernelCode,
  site: Site,
  kernel: Kernel,
  isStored: (group: Group) => boolean,
  m: Position,
): Store[] {
  const { lanes: b, world: w } = setting;
  const known: Expr[] = [];
  for (const { op, operands } of kernel.groups) {
    const x = operands.map((operand) => {
      const { inside } = operand;
      return inside ? known[inside.position] : operandValue(b, site, operand, m);
    });
    known.push(valueOf(w, op, x));
  }
  return kernel.groups.filter(isStored).map((group) => ({
    address: site.address("values", ownPlaces(group), m),
    value: known[group.position],
  }));
}

function writeStores(code: KernelCode, stores: readonly Store[], isWhole: boolean): void {
  const emitter = code.emitter(...stores.map(({ value }) => value));
  for (const { address, value } of stores) {
    code.write(isWhole, address, () => emitter.push(value));
  }
}

/** Writes two vectors for each place, that of the same number in both lists, side by side. */
function writeBoth(code: KernelCode, some: readonly Store[], others: readonly Store[]): void {
  const all = [...some, ...others];
  const emitter = code.emitter(...all.map(({ value }) => value));
  others.forEach(({ value }, k) => emitter.computeBoth(some[k].value, value));
  for (const { address, value } of all) code.write(true, address, () => emitter.push(value));
}

/** The value of an operation. */
function valueOf(w: World<Expr>, op: Group["op"], x: readonly Expr[]): Expr {
  if (op === "copy") return x[0];
  if (op === "sum") return x.reduce((total, term) => w.add(total, term), w.lit(0));
  return w[op as BinaryOp](x[0], x[1]);
}

const called = new Map<Op, boolean>();

/** Whether the code of an operation calls a function. */
function isCalled(op: Op): boolean {
  const known = called.get(op);
  if (known !== undefined) return known;
  const b = new Lanes();
  const value = valueOf(laneWorld(b), op, [b.local(0), b.local(1)]);
  const found = [...partsOf(value)].some(({ kind }) => kind === "call");
  called.set(op, found);
  return found;
}

/** The gradients that a kernel's groups hand back to their operands. */
export function backwardElementwise(
  code: KernelCode,
  kernel: Kernel,
  book: AdjointBook,
): void {
  const outside = outsideOf(kernel), { operands } = outside;
  const modes = book.begin(kernel, operands);
  code.zeroAdjoints(modes.zero);
  const write = (m: Position, across?: Across) => {
    const { lanes: b, world } = code.setting;
    const site = new Site(code, { across });
    const values = gradients(world, kernel, outside, book, {
      unread: b.local(-1),
      adjoint: (group) => site.value("adjoints", ownPlaces(group), m),
      result: (group) => site.value("values", ownPlaces(group), m),
      operand: (operand) => operandValue(b, site, operand, m),
    });
    const emitter = code.emitter(...values);
    const sums: { address: Address; local: number; isFirst: boolean }[] = [];
    const writes = operands.map((operand, k) => {
      const push = () => emitter.push(values[k]);
      const address = site.address("adjoints", operand, m);
      const isFirst = modes.isFirst(k);
      if (operand.area === "row") {
        return () => code.writeRow(address, isFirst, push);
      }
      if (across !== undefined) {
        return () => site.addTo(address, operand, push, isFirst);
      }
      if (kernel.area === "scalar") return () => code.addToScalar(address, push, isFirst);
      const local = code.local("v128");
      code.clear(local);
      sums.push({ address, local, isFirst });
      return () => {
        push();
        code.get(local).lanes("add").set(local);
      };
    });
    site.overExamples(kernel.area, () => writes.forEach((write) => write()));
    for (const { address, local, isFirst } of sums) {
      code.addToScalar(address, () => code.laneSum(local), isFirst);
      code.release("v128", local);
    }
    site.end();
  };
  if (areRead(kernel) && areHanded(kernel, operands, "member")) {
    code.eachNeighbour(kernel.count, (m, vectors) => write(m, vectors > 0 ? "member" : undefined));
  } else code.eachMember(kernel.count, (m) => write(m));
}

/** What a kernel hands gradients to. */
export function outsideOf(kernel: Kernel): Outside {
  const outside = new Outside();
  for (const { isActive, operands } of kernel.groups.toReversed()) {
    for (const operand of isActive ? operands : []) {
      if (operand.isActive && operand.inside === null) outside.numberOf(operand);
    }
  }
  return outside;
}

/** Operands that lie outside of a kernel, those in the same place as one. */
class Outside {
  readonly operands: OperandPlan[] = [];
  /** By where it begins, the number of the last operand, and by that number the one before it. */
  readonly #last = new Map<number, number>();
  readonly #before: (number | undefined)[] = [];

  /** The number of an operand, which is a new one if there is none in its place. */
  numberOf(operand: OperandPlan): number {
    const { area, index: { first, member, table } } = operand;
    const key = 2 * first + Number(area === "row"), last = this.#last.get(key);
    const isThere = (other: OperandPlan) =>
      other === operand ||
      (table === null && other.index.table === null && other.index.member === member);
    let known = last;
    while (known !== undefined && !isThere(this.operands[known])) known = this.#before[known];
    if (known !== undefined) return known;
    const number = this.operands.push(operand) - 1;
    this.#before.push(last);
    this.#last.set(key, number);
    return number;
  }
}

/** Where the numbers come from that a kernel's gradients are computed of. */
interface Sources {
  /** Stands for what no derivative reads. */
  readonly unread: Expr;
  adjoint(group: Group): Expr;
  result(group: Group): Expr;
  operand(operand: OperandPlan): Expr;
}

/** The chain rule along a kernel: what each operand outside is handed, by the rules of the table. */
function gradients(
  w: World<Expr>,
  kernel: Kernel,
  outside: Outside,
  book: AdjointBook,
  from: Sources,
): Expr[] {
  /** By position, what a group is handed by those of the kernel. */
  const inside = new Array<Expr | undefined>(kernel.groups.length);
  const values: Expr[] = [];
  for (const group of kernel.groups.toReversed()) {
    if (!group.isActive) continue;
    let adjoint = inside[group.position];
    if (book.comesFromOutside(group)) {
      const stored = from.adjoint(group);
      adjoint = adjoint ? w.add(adjoint, stored) : stored;
    }
    if (adjoint === undefined) continue;
    const { op } = group;
    // What is not read is not loaded either.
    const reads = readBack(group);
    const x = group.operands.map((operand, k) =>
      operand.literal !== null || reads.includes(k) ? from.operand(operand) : from.unread
    );
    const y = reads.includes(-1) ? from.result(group) : from.unread;
    for (const [k, operand] of group.operands.entries()) {
      if (!operand.isActive) continue;
      const value = op === "copy" ? adjoint : w.mul(adjoint, partial(w, op, y, x, k));
      const source = operand.inside;
      if (source) {
        const sum = inside[source.position];
        inside[source.position] = sum ? w.add(sum, value) : value;
      } else {
        const n = outside.numberOf(operand);
        values[n] = n < values.length ? w.add(values[n], value) : value;
      }
    }
  }
  return values;
}

function operandValue(b: Lanes, site: Site, operand: OperandPlan, m: Position): Expr {
  const { literal } = operand;
  return literal === null ? site.value("values", operand, m) : b.literal(literal);
}
