/**
 * Pieces of code that kernels share: loops over examples, sums over lanes,
 * access to memory.
 *
 * @module
 */
import { type Address, pushBase, pushSplat } from "../code/lanes.ts";
import type { Area, Group, IndexMap } from "../plan/plan.ts";
import type { Position, Setting, Site } from "./site.ts";
import type { Code } from "../code/wasm.ts";

/** Members up to this number are written one after the other instead of in a loop. */
const unrolled = 4;

/** Writes `body` for all members of a kernel. */
export function eachMember(code: Code, count: number, body: (m: Position) => void): void {
  if (count > unrolled) code.loop(0, count, 1, (local) => body({ local }));
  else for (let m = 0; m < count; m++) body(m);
}

/** A loop over the examples of a block, with their place in a row; for scalars the body once. */
export function overExamples(
  code: Code,
  { area }: { readonly area: Area },
  site: Site,
  body: (at?: number) => void,
): void {
  if (area === "scalar") {
    body();
    return;
  }
  code.loop(0, { local: endLocal }, 16, (at) => {
    body(at);
    site.next(16);
  });
}

/** The parameter of every kernel's function: where the examples of the block end, in bytes of a row. */
export const endLocal = 0;

/** Sets the adjoints of a group to 0. */
export function zeroAdjoints(code: Code, setting: Setting, group: Group): void {
  const { adjoints, rowBytes } = setting.memory;
  code.fillZero(adjoints.row + group.first * rowBytes, group.members.length * rowBytes);
}

/** Leaves a vector from memory on the stack. */
export function pushVector(code: Code, address: Address): void {
  pushBase(code, address);
  code.loadVector(address.offset);
}

/** Stores the vector that `push` leaves in a row, over what is there or, unless first, added to it. */
export function writeRow(
  code: Code,
  setting: Setting,
  address: Address,
  isFirst: boolean,
  push: () => void,
): void {
  pushBase(code, address);
  push();
  if (!isFirst) {
    pushVector(code, address);
    pushAdd(code, setting);
  }
  code.storeVector(address.offset);
}

/** Adds what `push` leaves in lane 0 to a number in memory. */
export function addToScalar(code: Code, setting: Setting, address: Address, push: () => void) {
  const { type } = setting.memory;
  pushBase(code, address);
  push();
  pushSplat(code, address, type);
  pushAdd(code, setting);
  code.storeLane(type, address.offset);
}

/** Leaves the sum of all lanes of a local, in lane 0, on the stack. */
export function pushLaneSum(code: Code, setting: Setting, local: number): void {
  code.get(local).get(local).get(local).simd(shuffle, ...upperHalf);
  pushAdd(code, setting);
  if (setting.memory.type === "f64") return;
  code.set(local).get(local).get(local).get(local).simd(shuffle, ...secondQuarter);
  pushAdd(code, setting);
}

const shuffle = 0x0d;

const upperHalf = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
const secondQuarter = [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11];

/** Adds the two vectors on the stack. */
export function pushAdd(code: Code, setting: Setting): void {
  code.simd(setting.memory.type === "f64" ? 0xf0 : 0xe4);
}

/** Multiplies the two vectors on the stack. */
export function pushMul(code: Code, setting: Setting): void {
  code.simd(setting.memory.type === "f64" ? 0xf2 : 0xe6);
}

/** Leaves zeros on the stack. */
export function pushZero(code: Code): void {
  code.simd(0x0c, ...new Array<number>(16).fill(0));
}

/** Stores the vector on the stack; of a scalar its first lane. */
export function pushStore(
  code: Code,
  setting: Pick<Setting, "memory">,
  area: Area,
  offset: number,
): void {
  if (area === "row") code.storeVector(offset);
  else code.storeLane(setting.memory.type, offset);
}

/** How expressions are written in this setting. */
export function emitOptions({ memory, functionIndex }: Pick<Setting, "memory" | "functionIndex">) {
  return { type: memory.type, functionIndex };
}

/** Where the members of a group themselves are. */
export function ownIndex({ first }: Group): IndexMap {
  return { first, member: 1, position: 0, table: null };
}
