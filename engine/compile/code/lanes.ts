/**
 * Expressions over vectors of numbers, one example a lane: built as a graph in
 * which equal parts are one node, and written as WebAssembly instructions.
 *
 * @module
 */
import type { Code } from "./wasm.ts";

/** The numbers in a vector: two of double precision, or four of single precision. */
export type LaneType = "f64" | "f32";

/** How many numbers a vector holds. */
export const lanesOf: Readonly<Record<LaneType, number>> = { f64: 2, f32: 4 };
/** How many bytes a number takes. */
export const bytesOf: Readonly<Record<LaneType, number>> = { f64: 8, f32: 4 };

/** Instructions by name: the opcode for f64x2, that for f32x4 (null: none) and the number of operands. */
const instructions = {
  add: [0xf0, 0xe4, 2],
  sub: [0xf1, 0xe5, 2],
  mul: [0xf2, 0xe6, 2],
  div: [0xf3, 0xe7, 2],
  min: [0xf4, 0xe8, 2],
  max: [0xf5, 0xe9, 2],
  /** b < a ? b : a, in one instruction of the processor */
  pmin: [0xf6, 0xea, 2],
  /** a < b ? b : a, in one instruction of the processor */
  pmax: [0xf7, 0xeb, 2],
  abs: [0xec, 0xe0, 1],
  neg: [0xed, 0xe1, 1],
  sqrt: [0xef, 0xe3, 1],
  nearest: [0x94, 0x6a, 1],
  floor: [0x75, 0x68, 1],
  trunc: [0x7a, 0x69, 1],
  // Comparisons give a mask: all bits of the lane 1, or 0.
  eq: [0x47, 0x41, 2],
  ne: [0x48, 0x42, 2],
  lt: [0x49, 0x43, 2],
  gt: [0x4a, 0x44, 2],
  le: [0x4b, 0x45, 2],
  ge: [0x4c, 0x46, 2],
  not: [0x4d, 0x4d, 1],
  and: [0x4e, 0x4e, 2],
  /** a and not b */
  andnot: [0x4f, 0x4f, 2],
  or: [0x50, 0x50, 2],
  xor: [0x51, 0x51, 2],
  /** bits of a where the mask c has 1, else of b: bitselect(a, b, c) */
  bitselect: [0x52, 0x52, 3],
  // Lanes as 64-bit integers.
  addInteger: [0xce, null, 2],
  subInteger: [0xd1, null, 2],
  /** a · b + c, rounded once or twice as the processor likes */
  madd: [0x107, 0x105, 3],
} as const satisfies Record<string, readonly [number, number | null, number]>;

/** Shifts of the lanes as 64-bit integers, by a number of bits that is the same for all. */
const shifts = { shl: 0xcb, shrSigned: 0xcc, shr: 0xcd } as const;

/** The name of an instruction. */
export type Instruction = keyof typeof instructions;
/** All of them. */
export const instructionNames = Object.keys(instructions) as Instruction[];
/** The name of a shift. */
export type Shift = keyof typeof shifts;

/** Where something lies in memory: a constant number of bytes, and a local to add to it. */
export interface Address {
  /** Bytes. */
  readonly offset: number;
  /** An i32 local. */
  readonly local?: number;
}

/** A vector as an expression; {@link Lanes} makes them. */
export interface Expr {
  readonly kind: "literal" | "bits" | "local" | "load" | "splat" | "call" | Instruction | Shift;
  readonly args: readonly Expr[];
  /** The number of a literal, the local, or the number of bits of a shift. */
  readonly value: number;
  /** The bit pattern of all lanes, as a 64-bit integer. */
  readonly bits: bigint;
  /** What is loaded. */
  readonly address: Address | null;
  /** The function that is called. */
  readonly callee: string;
}

/** Builds expressions; equal ones are the same object. */
export class Lanes {
  readonly #known = new Map<string, Expr>();
  readonly #ids = new Map<Expr, number>();

  /** The same number in all lanes. */
  literal(value: number): Expr {
    return this.#make("literal", [], { value }, `${Object.is(value, -0) ? "-0" : value}`);
  }
  /** The same 64 bits in all lanes. */
  bits(bits: bigint): Expr {
    return this.#make("bits", [], { bits }, `${bits}`);
  }
  /** A local of type v128. */
  local(value: number): Expr {
    return this.#make("local", [], { value }, `${value}`);
  }
  /** A whole vector from memory. */
  load(address: Address): Expr {
    return this.#make("load", [], { address }, `${address.local}+${address.offset}`);
  }
  /** One number from memory, in all lanes. */
  splat(address: Address): Expr {
    return this.#make("splat", [], { address }, `${address.local}+${address.offset}`);
  }
  /** An instruction. */
  op(kind: Instruction, ...args: readonly Expr[]): Expr {
    return this.#make(kind, args, {}, "");
  }
  /** A shift by a fixed number of bits. */
  shift(kind: Shift, x: Expr, value: number): Expr {
    return this.#make(kind, [x], { value }, `${value}`);
  }
  /** The result of another function of the module. */
  call(callee: string, ...args: readonly Expr[]): Expr {
    return this.#make("call", args, { callee }, callee);
  }

  #make(kind: Expr["kind"], args: readonly Expr[], extra: Partial<Expr>, key: string): Expr {
    const full = `${kind} ${key} ${args.map((arg) => this.#ids.get(arg)).join()}`;
    const known = this.#known.get(full);
    if (known) return known;
    const made = { kind, args, value: 0, bits: 0n, address: null, callee: "", ...extra };
    this.#known.set(full, made);
    this.#ids.set(made, this.#ids.size);
    return made;
  }
}

/** How the code of an expression comes out. */
export interface EmitOptions {
  /** What a vector holds. */
  type: LaneType;
  /** The index of a function by its name. */
  functionIndex: (name: string) => number;
}

/**
 * Writes expressions as instructions. Parts that are used more than once are
 * computed once and kept in locals until {@link Emitter.end}.
 */
export class Emitter {
  readonly #code: Code;
  readonly #options: EmitOptions;
  readonly #uses = new Map<Expr, number>();
  readonly #kept = new Map<Expr, number>();

  /** @param roots all expressions that will be written, so that shared parts are known. */
  constructor(code: Code, options: EmitOptions, roots: readonly Expr[]) {
    this.#code = code;
    this.#options = options;
    const count = (e: Expr) => {
      const n = this.#uses.get(e) ?? 0;
      this.#uses.set(e, n + 1);
      if (n === 0) e.args.forEach(count);
    };
    roots.forEach(count);
  }

  /** Leaves the value of `e` on the stack. */
  push(e: Expr): void {
    const kept = this.#kept.get(e);
    if (kept !== undefined) {
      this.#code.get(kept);
      return;
    }
    this.#write(e);
    const isShared = (this.#uses.get(e) ?? 0) > 1;
    if (!isShared || e.kind === "literal" || e.kind === "bits" || e.kind === "local") return;
    const local = this.#code.local("v128");
    this.#code.tee(local);
    this.#kept.set(e, local);
  }

  /** Gives the locals back. */
  end(): void {
    for (const local of this.#kept.values()) this.#code.release("v128", local);
    this.#kept.clear();
  }

  #write(e: Expr): void {
    const code = this.#code, { type } = this.#options;
    switch (e.kind) {
      case "literal":
        pushLiteral(code, e.value, type);
        return;
      case "bits":
        code.simd(0x0c, ...bytesOfBits(e.bits), ...bytesOfBits(e.bits));
        return;
      case "local":
        code.get(e.value);
        return;
      case "load":
        pushBase(code, e.address!);
        code.loadVector(e.address!.offset);
        return;
      case "splat":
        pushSplat(code, e.address!, type);
        return;
    }
    for (const arg of e.args) this.push(arg);
    switch (e.kind) {
      case "call":
        code.call(this.#options.functionIndex(e.callee));
        return;
      case "shl":
      case "shr":
      case "shrSigned":
        code.i32(e.value).simd(shifts[e.kind]);
        return;
      default: {
        const opcode = instructions[e.kind][type === "f64" ? 0 : 1];
        if (opcode === null) throw new Error(`no instruction ${e.kind} for ${type}`);
        code.simd(opcode);
      }
    }
  }
}

/** Leaves the base of an address on the stack. */
export function pushBase(code: Code, { local }: Address): void {
  if (local === undefined) code.i32(0);
  else code.get(local);
}

/** Leaves a number from memory in all lanes on the stack. */
export function pushSplat(code: Code, address: Address, type: LaneType): void {
  pushBase(code, address);
  code.loadSplat(type, address.offset);
}

/** Leaves a vector with the same number in all lanes on the stack. */
export function pushLiteral(code: Code, value: number, type: LaneType): void {
  const number = type === "f64"
    ? new Float64Array([value, value])
    : new Float32Array(4).fill(value);
  code.simd(0x0c, ...new Uint8Array(number.buffer));
}

function bytesOfBits(bits: bigint): Uint8Array {
  return new Uint8Array(new BigInt64Array([BigInt.asIntN(64, bits)]).buffer);
}
