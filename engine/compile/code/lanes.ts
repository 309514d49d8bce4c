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
  /** The latest expression of which it is the last operand, by which an equal one is found. */
  user: Expr | null;
  /** The one before it with the same last operand, or with the same key if there is none. */
  readonly before: Expr | null;
  /** The same of the next examples, once it was asked for. */
  next: Expr | null;
  /** Who writes it, how often it will still be taken, and the local that it is kept in for that. */
  emitter: Emitter | null;
  uses: number;
  kept: number | null;
}

/** Builds expressions; equal ones are the same object. */
export class Lanes {
  /** The latest of those without operands, by their number or their offset. */
  #leaves = new Map<number, Expr>();

  /** The same number in all lanes. */
  literal(value: number): Expr {
    return this.#make("literal", none, value);
  }
  /** The same 64 bits in all lanes. */
  bits(bits: bigint): Expr {
    return this.#make("bits", none, 0, bits);
  }
  /** A local of type v128. */
  local(value: number): Expr {
    return this.#make("local", none, value);
  }
  /** A whole vector from memory. */
  load(address: Address): Expr {
    return this.#make("load", none, 0, 0n, address);
  }
  /** One number from memory, in all lanes. */
  splat(address: Address): Expr {
    return this.#make("splat", none, 0, 0n, address);
  }
  /** An instruction. */
  op(kind: Instruction, ...args: readonly Expr[]): Expr {
    return this.#make(kind, args);
  }
  /** A shift by a fixed number of bits. */
  shift(kind: Shift, x: Expr, value: number): Expr {
    return this.#make(kind, [x], value);
  }
  /** The result of another function of the module. */
  call(callee: string, ...args: readonly Expr[]): Expr {
    return this.#make("call", args, 0, 0n, null, callee);
  }

  /** The same of the next examples: of the vectors that stand behind those that it loads. */
  next(e: Expr): Expr {
    const { kind, args, value, bits, address, callee } = e;
    return e.next ??= kind === "load"
      ? this.load({ ...address!, offset: address!.offset + 16 })
      : args.length === 0
      ? e
      : this.#make(kind, args.map((x) => this.next(x)), value, bits, address, callee);
  }

  /** Begins anew: what comes is equal to nothing that was. */
  forget(): void {
    // Not cleared: V8's old table of a cleared map leads to the new one, and keeps it when it is old.
    this.#leaves = new Map();
  }

  #make(
    kind: Expr["kind"],
    args: readonly Expr[],
    value = 0,
    bits = 0n,
    address: Address | null = null,
    callee = "",
  ): Expr {
    const last = args.at(-1), key = address === null ? value : address.offset;
    const before = last === undefined ? this.#leaves.get(key) ?? null : last.user;
    search: for (let known = before; known !== null; known = known.before) {
      if (known.kind !== kind || known.callee !== callee || known.bits !== bits) continue;
      if (!Object.is(known.value, value) || !isSameAddress(known.address, address)) continue;
      for (let i = 0; i < args.length; i++) if (known.args[i] !== args[i]) continue search;
      return known;
    }
    const made: Expr = {
      kind,
      args,
      value,
      bits,
      address,
      callee,
      user: null,
      before,
      next: null,
      emitter: null,
      uses: 0,
      kept: null,
    };
    if (last === undefined) this.#leaves.set(key, made);
    else last.user = made;
    return made;
  }
}

const none: readonly Expr[] = [];

function isSameAddress(a: Address | null, b: Address | null): boolean {
  return a?.offset === b?.offset && a?.local === b?.local;
}

/** All that an expression is made of, each part once. */
export function partsOf(root: Expr): ReadonlySet<Expr> {
  const all = new Set([root]);
  for (const { args } of all) for (const arg of args) all.add(arg);
  return all;
}

/** What expressions are written among. */
export interface Surroundings {
  /** What is called by a name. */
  readonly functionOf: (name: string) => Code;
  /** A function that does the same for two vectors, if there is one. */
  readonly twiceOf?: (name: string) => Code;
  /**
   * Where in memory a vector stands whose halves have these 64 bits. V8 puts a
   * constant together in three instructions, and loads it in one. Without it
   * constants are part of the code.
   */
  readonly constantAt?: (bits: bigint) => number;
}

/** Whether an expression is as near as a local. */
function isAtHand(e: Expr): boolean {
  return e.kind === "local" || isConstant(e);
}

function isConstant({ kind }: Expr): boolean {
  return kind === "literal" || kind === "bits";
}

/** A half whose bits are all 1, which V8 makes in one instruction, as it does 0. */
const allSet = 2n ** 64n - 1n;

/**
 * Writes expressions as instructions. Parts that are used more than once are
 * computed once and kept in locals until their last use.
 */
export class Emitter {
  readonly #code: Code;
  readonly #around: Surroundings;

  /** @param roots all expressions that will be pushed, each once, so that shared parts are known. */
  constructor(code: Code, around: Surroundings, roots: readonly Expr[]) {
    this.#code = code;
    this.#around = around;
    for (const root of roots) this.#visit(root);
  }

  #visit(e: Expr): void {
    if (e.emitter === this) {
      e.uses++;
      return;
    }
    e.emitter = this;
    e.uses = 1;
    e.kept = null;
    for (const arg of e.args) this.#visit(arg);
  }

  /** Leaves the value of `e` on the stack. */
  push(e: Expr): void {
    e.uses--;
    if (e.kept === null) {
      this.#write(e);
      if (e.uses > 0 && !isAtHand(e)) this.#code.tee(this.#keep(e));
    } else {
      this.#code.get(e.kept);
      if (e.uses === 0) this.#release(e);
    }
  }

  /**
   * Computes two expressions that differ in what they load, step by step side by side: neither
   * waits for the other, so that the processor works on both at a time. `push` has them then.
   */
  computeBoth(a: Expr, b: Expr): void {
    if (a.kept !== null || b.kept !== null || isAtHand(a)) return;
    for (let i = 0; i < a.args.length; i++) this.computeBoth(a.args[i], b.args[i]);
    const isOne = a === b;
    const twice = a.kind === "call" && !isOne ? this.#around.twiceOf?.(a.callee) : undefined;
    if (twice !== undefined) {
      for (const arg of a.args) this.push(arg);
      for (const arg of b.args) this.push(arg);
      this.#code.call(twice).set(this.#keep(b)).set(this.#keep(a));
      return;
    }
    for (const arg of a.args) if (isConstant(arg) && arg.kept === null) this.#compute(arg);
    this.#compute(a);
    if (!isOne) this.#compute(b);
    for (const arg of a.args) if (isConstant(arg)) this.#release(arg);
  }

  /** Keeps the value of an expression in a local. */
  #compute(e: Expr): void {
    this.#write(e);
    this.#code.set(this.#keep(e));
  }

  /** A local for the value of an expression. */
  #keep(e: Expr): number {
    return e.kept = this.#code.local("v128");
  }

  /** Gives the local of an expression back. */
  #release(e: Expr): void {
    if (e.kept !== null) this.#code.release("v128", e.kept);
    e.kept = null;
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
    if (bits === 0n) this.#code.zero();
    else if (constantAt === undefined || bits === allSet) this.#code.bits(bits);
    else this.#code.i32(0).loadVector(constantAt(bits));
  }
}
