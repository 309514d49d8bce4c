/**
 * The code of a kernel while it is written: instructions, and the pieces that
 * kernels share, such as loops over members, access to memory, sums over lanes.
 *
 * @module
 */
import { Emitter, type Expr, type Lanes, type Surroundings } from "../code/lanes.ts";
import type { World } from "../../rules.ts";
import { type Address, Code, lanesOf } from "../code/code.ts";
import type { MemoryMap } from "../plan/memory.ts";
import type { Area } from "../plan/nodes.ts";
import type { Group } from "../plan/plan.ts";

/** What the code of all kernels shares. */
export interface Setting extends Surroundings {
  readonly memory: MemoryMap;
  /** What builds the expressions of a kernel's member, and its arithmetic. */
  readonly lanes: Lanes;
  readonly world: World<Expr>;
  /** Where a table of indices lies, in units of so many bytes. */
  readonly tableAt: (table: Int32Array, unit: number) => number;
  /** Whether products and sums may be rounded together. */
  readonly isFused: boolean;
  /** Functions that kernels call, added as they are written. */
  readonly callees: Code[];
}

/** What is computed of each node: its value on the way forward, its adjoint on the way back. */
export type Quantity = "values" | "adjoints";

/** A position in a loop: known while the code is written, or so many ahead of what a local holds. */
export type Position = number | { readonly local: number; readonly ahead?: number };

/** Members up to this number are written one after the other instead of in a loop. */
const unrolled = 4;
/** And as long as they have so many terms in all. */
const unrolledTerms = 12;
/** So many vectors of neighbours are written in one turn of a loop. */
const vectorsOfTurn = 2;

/**
 * The parameter of every kernel's function: where the examples of the block end, in
 * bytes of a row.
 */
export const endLocal = 0;
/** The second one on the way back: whether the block is the first of its batch. */
const firstLocal = 1;

// Of two vectors the first halves, and the second.
const firstHalves = [0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];
const secondHalves = firstHalves.map((i) => i + 8);
// Of both halves of a vector the first quarter.
const firstQuarters = [0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 8, 9, 10, 11];

// The first quarters of two vectors in turns, and the others.
const firstInTurns = [0, 1, 2, 3, 16, 17, 18, 19, 4, 5, 6, 7, 20, 21, 22, 23];
const othersInTurns = firstInTurns.map((i) => i + 8);

// The lanes of a vector exchanged: its halves, and in each half the quarters.
const halves = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];
const quarters = [4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11];

/** The code of a function that takes i32 numbers and works on a program's memory. */
export class KernelCode extends Code {
  readonly setting: Setting;
  /** Whether it is known to run once in a batch. */
  readonly #isOnly: boolean;

  /** A function of so many parameters. */
  constructor(setting: Setting, parameters: number, isOnly = false, room?: number) {
    super(
      { parameters: new Array<"i32">(parameters).fill("i32"), results: [] },
      setting.memory.type,
      room,
    );
    this.setting = setting;
    this.#isOnly = isOnly;
  }

  /** Where numbers lie. */
  get memory(): MemoryMap {
    return this.setting.memory;
  }

  /** How many bytes lie between neighbours in an area. */
  unit(area: Area): number {
    return area === "row" ? this.memory.rowBytes : this.memory.scalarBytes;
  }

  /** Where an area begins. */
  startOf(of: Quantity, area: Area): number {
    const { row, scalar } = of === "values" ? this.memory.values : this.memory.adjoints;
    return area === "row" ? row : scalar;
  }

  /** What writes some expressions. */
  emitter(...roots: readonly Expr[]): Emitter {
    return new Emitter(this, this.setting, roots);
  }

  /** Writes `body`, in which so many terms are written out, for all members of a kernel. */
  eachMember(count: number, body: (m: Position) => void, terms = 1): void {
    const write = (m: Position) => {
      this.setting.lanes.forget();
      body(m);
    };
    if (count > unrolled || (count > 1 && count * terms > unrolledTerms)) {
      this.loop(0, count, 1, (local) => write({ local }));
    } else for (let m = 0; m < count; m++) write(m);
  }

  /**
   * Writes `body` for so many neighbours among the scalars: for whole vectors of them, `most` at a
   * time, each from a position on, and for those that are left over one by one, of 0 vectors.
   */
  eachNeighbour(
    count: number,
    body: (at: Position, vectors: number) => void,
    most: 1 | 2 = 1,
  ): void {
    const lanes = lanesOf[this.type], turn = vectorsOfTurn * lanes;
    const inTurns = count < 2 * turn ? 0 : count - count % turn;
    const write = (at: Position, vectors: number) => {
      this.setting.lanes.forget();
      body(at, vectors);
    };
    if (inTurns > 0) {
      this.loop(0, inTurns, turn, (local) => {
        for (let ahead = 0; ahead < turn; ahead += most * lanes) write({ local, ahead }, most);
      });
    }
    for (let at = inTurns; at < count;) {
      const vectors = Math.min(most, Math.floor((count - at) / lanes));
      write(at, vectors);
      at += vectors * lanes || 1;
    }
  }

  /** Code for blocks of two vectors and more, which are an even number, and for those of a single one. */
  bySize(many: () => void, single: () => void): void {
    this.i32(16).get(endLocal).plain("i32.lt_s").choose(many, single);
  }

  /** Sets the adjoints of groups to 0. */
  zeroAdjoints(groups: readonly Group[]): void {
    const { adjoints, rowBytes } = this.memory;
    for (const { first, count } of groups) {
      this.fillZero(adjoints.row + first * rowBytes, count * rowBytes);
    }
  }

  /** Moves a pointer on by so many bytes. */
  move(pointer: number, bytes: number): void {
    this.get(pointer).i32(bytes).add().set(pointer);
  }

  /** Stores the vector that `push` leaves, or its first lane alone. */
  write(isWhole: boolean, address: Address, push: () => void): void {
    this.base(address);
    push();
    if (isWhole) this.storeVector(address.offset);
    else this.storeLane(address.offset);
  }

  /** Stores the vector that `push` leaves in a row, over what is there or, unless first, added to it. */
  writeRow(address: Address, isFirst: boolean, push: () => void): void {
    this.write(true, address, () => {
      push();
      if (!isFirst) this.base(address).loadVector(address.offset).lanes("add");
    });
  }

  /** Adds what `push` leaves in lane 0 to a number in memory. */
  addToScalar(address: Address, push: () => void, isFirst = false): void {
    this.write(false, address, () => {
      push();
      this.addEarlier(isFirst, () => this.base(address).loadSplat(address.offset));
    });
  }

  /** Adds what `push` leaves in all lanes to as many numbers in memory, neighbours. */
  addToVector(address: Address, push: () => void, isFirst = false): void {
    this.write(true, address, () => {
      push();
      this.addEarlier(isFirst, () => this.base(address).loadVector(address.offset));
    });
  }

  /** Adds what `push` leaves in lanes 0 and 1 to two numbers in memory, neighbours. */
  addToNeighbours(address: Address, push: () => void, isFirst = false): void {
    this.base(address);
    push();
    this.addEarlier(isFirst, () => this.base(address).loadNeighbours(address.offset, 2));
    this.storeNeighbours(address.offset);
  }

  /**
   * Adds the gradient so far, which `load` leaves, to what is on the stack; 0 instead if this is
   * the first to add to it and the block the first of its batch, since what was there is old.
   */
  addEarlier(isFirst: boolean, load: () => void): void {
    if (!isFirst) load();
    else if (this.#isOnly) this.zero();
    else this.get(firstLocal).choose(() => this.zero(), load, "v128");
    this.lanes("add");
  }

  /** Exchanges rows and columns of as many locals as each has lanes. */
  transpose(vectors: readonly number[]): void {
    const exchange = (a: number, b: number, orders: readonly (readonly number[])[]) => {
      for (const order of orders) this.get(a).get(b).vector("i8x16.shuffle", order);
      this.set(b).set(a);
    };
    const byHalves = [firstHalves, secondHalves], inTurns = [firstInTurns, othersInTurns];
    const [a, b, c, d] = vectors;
    if (this.type === "f64") {
      exchange(a, b, byHalves);
      return;
    }
    exchange(a, b, inTurns);
    exchange(c, d, inTurns);
    // Now a has the first two columns of the upper rows, b the others; c and d those of the lower rows.
    for (const [upper, lower] of [[a, c], [b, d]]) exchange(upper, lower, byHalves);
    this.get(b).get(c).set(b).set(c);
  }

  /** Sets a vector to 0. */
  clear(local: number): void {
    this.zero().set(local);
  }

  /** Leaves the sum of all lanes of a local, in lane 0, on the stack. */
  laneSum(local: number): void {
    const addExchanged = (order: readonly number[]) => {
      this.get(local).get(local).get(local).vector("i8x16.shuffle", order).lanes("add");
    };
    addExchanged(halves);
    if (this.type === "f64") return;
    this.set(local);
    addExchanged(quarters);
  }

  /** The same of two locals at once, in lanes 0 and 1. */
  laneSums(a: number, b: number): void {
    this.get(a).get(b).vector("i8x16.shuffle", firstHalves);
    this.get(a).get(b).vector("i8x16.shuffle", secondHalves).lanes("add");
    if (this.type === "f64") return;
    this.tee(a).get(a).get(a).vector("i8x16.shuffle", quarters).lanes("add");
    this.tee(a).get(a).vector("i8x16.shuffle", firstQuarters);
  }
}
