/**
 * Expressions over vectors of numbers, one example a lane: built as a graph in
 * which equal parts are one node, and written as WebAssembly instructions.
 *
 * @module
 */
import { laneOpcodes } from "./opcodes.ts";
import { type Address, bitsOf, type Code, type LaneInstruction } from "./code.ts";

/** The instructions that shift lanes, by a number of bits that is the same for all. */
export type Shift = "shl" | "shr";
/** The others. */
export type Instruction = Exclude<LaneInstruction, Shift>;

function isInstruction(name: string): name is Instruction {
  return Object.hasOwn(laneOpcodes, name) && name !== "shl" && name !== "shr";
}

/** The names of all instructions but the shifts. */
export const instructionNames = Object.keys(laneOpcodes).filter(isInstruction);

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
  /** Expressions of which it is the last operand, by which an equal one is found. */
  readonly users: Expr[];
}

/** What tells expressions of a kind with the same operands apart. */
type Particulars = Partial<Pick<Expr, "value" | "bits" | "address" | "callee">>;

/** Builds expressions; equal ones are the same object. */
export class Lanes {
  /** Those without operands. */
  readonly #leaves: Expr[] = [];

  /** The same number in all lanes. */
  literal(value: number): Expr {
    return this.#make("literal", [], { value });
  }
  /** The same 64 bits in all lanes. */
  bits(bits: bigint): Expr {
    return this.#make("bits", [], { bits });
  }
  /** A local of type v128. */
  local(value: number): Expr {
    return this.#make("local", [], { value });
  }
  /** A whole vector from memory. */
  load(address: Address): Expr {
    return this.#make("load", [], { address });
  }
  /** One number from memory, in all lanes. */
  splat(address: Address): Expr {
    return this.#make("splat", [], { address });
  }
  /** An instruction. */
  op(kind: Instruction, ...args: readonly Expr[]): Expr {
    return this.#make(kind, args, {});
  }
  /** A shift by a fixed number of bits. */
  shift(kind: Shift, x: Expr, value: number): Expr {
    return this.#make(kind, [x], { value });
  }
  /** The result of another function of the module. */
  call(callee: string, ...args: readonly Expr[]): Expr {
    return this.#make("call", args, { callee });
  }

  #make(kind: Expr["kind"], args: readonly Expr[], particulars: Particulars): Expr {
    const { value = 0, bits = 0n, address = null, callee = "" } = particulars;
    const { length } = args;
    const siblings = length === 0 ? this.#leaves : args[length - 1].users;
    search: for (const known of siblings) {
      if (known.kind !== kind || known.callee !== callee || known.bits !== bits) continue;
      if (!Object.is(known.value, value) || !isSameAddress(known.address, address)) continue;
      for (let i = 0; i < length; i++) if (known.args[i] !== args[i]) continue search;
      return known;
    }
    const made: Expr = { kind, args, value, bits, address, callee, users: [] };
    siblings.push(made);
    return made;
  }
}

function isSameAddress(a: Address | null, b: Address | null): boolean {
  return a?.offset === b?.offset && a?.local === b?.local;
}

/** What expressions are written among. */
export interface Surroundings {
  /** What is called by a name. */
  readonly functionOf: (name: string) => Code;
  /**
   * Where in memory a vector stands whose halves have these 64 bits. V8 puts a
   * constant together in three instructions, and loads it in one. Without it
   * constants are part of the code.
   */
  readonly constantAt?: (bits: bigint) => number;
}

/** Halves that are made in one instruction: all bits 0, or 1. */
const cheap: ReadonlySet<bigint> = new Set([0n, 2n ** 64n - 1n]);

/**
 * Writes expressions as instructions. Parts that are used more than once are
 * computed once and kept in locals until {@link Emitter.end}.
 */
export class Emitter {
  readonly #code: Code;
  readonly #around: Surroundings;
  readonly #uses = new Map<Expr, number>();
  readonly #kept = new Map<Expr, number>();

  /** @param roots all expressions that will be written, so that shared parts are known. */
  constructor(code: Code, around: Surroundings, roots: readonly Expr[]) {
    this.#code = code;
    this.#around = around;
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
    const code = this.#code;
    for (const arg of e.args) this.push(arg);
    switch (e.kind) {
      case "literal":
        this.#constant(bitsOf(code.type, e.value));
        return;
      case "bits":
        this.#constant(BigInt.asUintN(64, e.bits));
        return;
      case "local":
        code.get(e.value);
        return;
      case "load":
        code.base(e.address!).loadVector(e.address!.offset);
        return;
      case "splat":
        code.base(e.address!).loadSplat(e.address!.offset);
        return;
      case "call":
        code.call(this.#around.functionOf(e.callee));
        return;
      case "shl":
      case "shr":
        code.i32(e.value).lanes(e.kind);
        return;
      default:
        code.lanes(e.kind);
    }
  }

  #constant(bits: bigint): void {
    const { constantAt } = this.#around;
    if (constantAt === undefined || cheap.has(bits)) this.#code.bits(bits);
    else this.#code.i32(0).loadVector(constantAt(bits));
  }
}
