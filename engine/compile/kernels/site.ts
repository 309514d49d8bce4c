import { type Address, type Expr, type Lanes, pushSplat } from "../code/lanes.ts";
import type { MemoryMap } from "../plan/memory.ts";
import type { Area, IndexMap } from "../plan/plan.ts";
import type { Code } from "../code/wasm.ts";

/** A position in a loop: known while the code is written, or held by a local. */
export type Position = number | { readonly local: number };

/** What the code of all kernels shares. */
export interface Setting {
  readonly memory: MemoryMap;
  /** The index of a function of the module by its name. */
  readonly functionIndex: (name: string) => number;
  /** Where a table of indices lies, in units of so many bytes. */
  readonly tableAt: (table: Int32Array, unit: number) => number;
  /** Whether products and sums may be rounded together. */
  readonly isFused: boolean;
}

/** So many bytes for each turn of the loop that counts in a local. */
type Step = readonly [local: number, bytes: number];

/**
 * Where the operands of one member lie: the addresses of its rows, as locals
 * that move along with the examples, and its scalars, loaded once.
 */
export class Site {
  readonly #code: Code;
  readonly #setting: Setting;
  readonly #lanes: Lanes;
  readonly #pointers = new Map<string, number>();
  /** The pointers that move along with the examples. */
  readonly #moving: number[] = [];
  readonly #scalars = new Map<string, Expr>();
  readonly #held: number[] = [];
  readonly #examples: number | undefined;

  /**
   * A site; what it needs is computed at once, in front of what follows.
   *
   * @param examples a local that says where in the rows the examples are; without it their start.
   */
  constructor(code: Code, setting: Setting, lanes: Lanes, examples?: number) {
    this.#examples = examples;
    this.#code = code;
    this.#setting = setting;
    this.#lanes = lanes;
  }

  /** The address of a row; `next` moves it to the next examples. */
  row(base: number, index: IndexMap, m: Position, i: Position = 0, length = 1): Address {
    const { offset, steps, table } = this.#locate("row", base, index, m, i, length);
    return { offset, local: this.#pointer("row", steps, table) };
  }

  /** The address of a scalar. */
  scalarAddress(base: number, index: IndexMap, m: Position, i: Position = 0, length = 1): Address {
    const { offset, steps, table } = this.#locate("scalar", base, index, m, i, length);
    if (steps.length === 0 && table === null) return { offset };
    return { offset, local: this.#pointer("scalar", steps, table) };
  }

  /** A scalar in all lanes. */
  scalar(base: number, index: IndexMap, m: Position, i: Position = 0, length = 1): Expr {
    const address = this.scalarAddress(base, index, m, i, length);
    const key = `${address.local} ${address.offset}`;
    let value = this.#scalars.get(key);
    if (value === undefined) {
      const local = this.#code.local("v128");
      pushSplat(this.#code, address, this.#setting.memory.type);
      this.#code.set(local);
      this.#held.push(local);
      value = this.#lanes.local(local);
      this.#scalars.set(key, value);
    }
    return value;
  }

  /** Moves the addresses of rows by so many bytes. */
  next(bytes: number): void {
    for (const local of this.#moving) this.#code.get(local).i32(bytes).add().set(local);
  }

  /** Gives all locals back. */
  end(): void {
    for (const local of this.#pointers.values()) this.#code.release("i32", local);
    for (const local of this.#held) this.#code.release("v128", local);
  }

  #locate(area: Area, base: number, index: IndexMap, m: Position, i: Position, length: number) {
    const { rowBytes, scalarBytes } = this.#setting.memory;
    const unit = area === "row" ? rowBytes : scalarBytes;
    const steps: Step[] = [];
    const { first, member, position, table } = index;
    if (table !== null && typeof m === "number" && typeof i === "number") {
      return { offset: base + table[m * length + i] * unit, steps, table: null };
    }
    const [strideM, strideI] = table === null ? [member * unit, position * unit] : [length * 4, 4];
    let offset = table === null ? first * unit : this.#setting.tableAt(table, unit);
    for (const [at, stride] of [[m, strideM], [i, strideI]] as const) {
      if (typeof at === "number") offset += at * stride;
      else if (stride !== 0) steps.push([at.local, stride]);
    }
    return table === null
      ? { offset: base + offset, steps, table: null }
      : { offset: base, steps, table: offset };
  }

  /** A local with the sum of the steps, the same for equal ones. */
  #pointer(area: Area, steps: readonly Step[], table: number | null): number {
    const key = `${area} ${table} ${steps.map(([local, bytes]) => `${local}*${bytes}`)}`;
    const known = this.#pointers.get(key);
    if (known !== undefined) return known;
    const local = this.#code.local("i32");
    this.#pointers.set(key, local);
    this.#pushSteps(steps, table);
    if (area === "row") {
      this.#moving.push(local);
      if (this.#examples !== undefined) this.#code.get(this.#examples).add();
    }
    this.#code.set(local);
    return local;
  }

  #pushSteps(steps: readonly Step[], table: number | null): void {
    if (steps.length === 0) this.#code.i32(0);
    steps.forEach(([local, bytes], k) => {
      this.#code.get(local).i32(bytes).mul();
      if (k > 0) this.#code.add();
    });
    if (table !== null) this.#code.load32(table);
  }
}
