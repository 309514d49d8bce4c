import type { Expr, Lanes } from "../code/lanes.ts";
import { type Address, lanesOf } from "../code/code.ts";
import type { Area } from "../plan/nodes.ts";
import type { Places } from "../plan/plan.ts";
import { endLocal, type KernelCode, type Position, type Quantity } from "./kernel_code.ts";
import type { Across } from "./neighbours.ts";

/** So many bytes for each turn of the loop that counts in a local. */
type Stride = readonly [local: number, bytes: number];

const none: readonly Stride[] = [];

/** A local with the sum of strides, or what they find in a table; that of a row moves along with the examples. */
interface Pointer {
  readonly area: Area;
  readonly table: number | undefined;
  readonly strides: readonly Stride[];
  readonly local: number;
}

/**
 * Where the operands of one member lie: the addresses of its rows, as locals
 * that move along with the examples, and its scalars, loaded once.
 */
export class Site {
  readonly #code: KernelCode;
  readonly #lanes: Lanes;
  readonly #pointers: Pointer[] = [];
  /** The scalars, each in a local, and vectors of some that lie at a distance from one another. */
  readonly #scalars: {
    readonly address: Address;
    readonly distance: number;
    readonly local: number;
  }[] = [];
  readonly #examples: number | undefined;
  readonly #across: Across | undefined;

  /**
   * A site; what it needs is computed at once, in front of what follows.
   *
   * @param options `examples` is a local that says where in the rows the examples are, without it
   * their start; `across` the way along which neighbours among the scalars are loaded as vectors.
   */
  constructor(
    code: KernelCode,
    { examples, across }: { readonly examples?: number; readonly across?: Across } = {},
  ) {
    this.#code = code;
    this.#lanes = code.setting.lanes;
    this.#examples = examples;
    this.#across = across;
  }

  /** The address of a value or an adjoint of member m, position i of a list of some length. */
  address(of: Quantity, places: Places, m: Position, i: Position = 0, length = 1): Address {
    const { area, index: { first, member, position, table } } = places;
    const base = this.#code.startOf(of, area), unit = this.#code.unit(area);
    if (typeof m === "number" && typeof i === "number") {
      const index = table === null ? first + m * member + i * position : table[m * length + i];
      return this.#at(area, base + index * unit, none);
    }
    const [strideM, strideI] = table === null ? [member * unit, position * unit] : [length * 4, 4];
    let offset = table === null ? first * unit : this.#code.setting.tableAt(table, unit);
    const strides: Stride[] = [];
    for (const [at, stride] of [[m, strideM], [i, strideI]] as const) {
      if (typeof at === "number") offset += at * stride;
      else if (stride !== 0) {
        offset += (at.ahead ?? 0) * stride;
        strides.push([at.local, stride]);
      }
    }
    return table === null
      ? this.#at(area, base + offset, strides)
      : this.#at(area, base, strides, offset);
  }

  /** What is there: the vector of the next examples, of neighbours, or a scalar in all lanes. */
  value(of: Quantity, places: Places, m: Position, i: Position = 0, length = 1): Expr {
    const address = this.address(of, places, m, i, length);
    if (places.area === "row") return this.#lanes.load(address);
    const distance = this.#distance(places);
    return distance === this.#code.memory.scalarBytes
      ? this.#lanes.load(address)
      : this.#scalar(address, distance);
  }

  /** Stores what `push` leaves: a vector of examples or of neighbours, lanes at a distance, or one number. */
  store(address: Address, places: Places, push: () => void): void {
    const code = this.#code, distance = this.#distance(places);
    const isOne = places.area === "scalar" && distance === 0;
    if (places.area === "row" || isOne || distance === code.memory.scalarBytes) {
      code.write(!isOne, address, push);
      return;
    }
    this.#eachLane(address, distance, push, (one, push) => code.write(false, one, push));
  }

  /** Adds the vector that `push` leaves to the gradients of neighbours, or of scalars at a distance. */
  addTo(address: Address, places: Places, push: () => void, isFirst: boolean): void {
    const code = this.#code, distance = this.#distance(places);
    if (distance === code.memory.scalarBytes) {
      code.addToVector(address, push, isFirst);
      return;
    }
    this.#eachLane(address, distance, push, (one, push) => code.addToScalar(one, push, isFirst));
  }

  /** For each lane of what `push` leaves its address, and what leaves it in the first lane. */
  #eachLane(
    address: Address,
    distance: number,
    push: () => void,
    visit: (address: Address, push: () => void) => void,
  ): void {
    const code = this.#code, all = code.local("v128");
    push();
    code.set(all);
    for (let k = 0; k < lanesOf[code.type]; k++) {
      const one = { ...address, offset: address.offset + k * distance };
      visit(one, () => k === 0 ? code.get(all) : code.splatLane(all, k));
    }
    code.release("v128", all);
  }

  /** How many bytes lie from lane to lane; 0 where all have the same scalar. */
  #distance({ index }: Places): number {
    return this.#across === undefined ? 0 : index[this.#across] * this.#code.memory.scalarBytes;
  }

  /**
   * A loop over the examples of a block, so many vectors a turn, with their place in a row; for
   * scalars the body once.
   */
  overExamples(area: Area, body: (at?: number) => void, vectors = 1): void {
    if (area === "scalar") {
      body();
      return;
    }
    const bytes = 16 * vectors;
    this.#code.loop(0, { local: endLocal }, bytes, (at) => {
      body(at);
      for (const { area, local } of this.#pointers) {
        if (area === "row") this.#code.move(local, bytes);
      }
    });
  }

  /** Gives all locals back. */
  end(): void {
    for (const { local } of this.#pointers) this.#code.release("i32", local);
    for (const { local } of this.#scalars) this.#code.release("v128", local);
  }

  #scalar(address: Address, distance: number): Expr {
    const { offset, local } = address, code = this.#code;
    const known = this.#scalars.find((x) =>
      x.address.offset === offset && x.address.local === local && x.distance === distance
    );
    if (known) return this.#lanes.local(known.local);
    const scalar = code.local("v128");
    const others = distance === 0 ? 0 : lanesOf[code.type] - 1;
    for (let k = 0; k < others; k++) code.base(address);
    code.base(address).loadSplat(offset);
    for (let k = 1; k <= others; k++) code.loadLane(offset + k * distance, k);
    code.set(scalar);
    this.#scalars.push({ address, distance, local: scalar });
    return this.#lanes.local(scalar);
  }

  /** An address from an offset and strides, or from what they find in a table. */
  #at(area: Area, offset: number, strides: readonly Stride[], table?: number): Address {
    if (area === "scalar" && strides.length === 0 && table === undefined) return { offset };
    return { offset, local: this.#pointer(area, strides, table) };
  }

  /** A local with the sum of the strides, the same for equal ones. */
  #pointer(area: Area, strides: readonly Stride[], table: number | undefined): number {
    const known = this.#pointers.find((other) =>
      other.area === area && other.table === table && areSame(other.strides, strides)
    );
    if (known) return known.local;
    const code = this.#code, local = code.local("i32");
    this.#pointers.push({ area, table, strides, local });
    if (strides.length === 0) code.i32(0);
    strides.forEach(([local, bytes], k) => {
      code.get(local).i32(bytes).mul();
      if (k > 0) code.add();
    });
    if (table !== undefined) code.load32(table);
    if (area === "row" && this.#examples !== undefined) code.get(this.#examples).add();
    code.set(local);
    return local;
  }
}

function areSame(some: readonly Stride[], others: readonly Stride[]): boolean {
  return some.length === others.length &&
    some.every(([local, bytes], k) => local === others[k][0] && bytes === others[k][1]);
}
