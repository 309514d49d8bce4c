import { Bytes, sizeOf } from "./bytes.ts";
import { laneOpcodes, memoryCopy, memoryFill, opcodes, vectorOpcodes } from "./opcodes.ts";

/** The numbers in a vector: two of double precision, or four of single precision. */
export type LaneType = "f64" | "f32";

/** How many numbers a vector holds. */
export const lanesOf: Readonly<Record<LaneType, number>> = { f64: 2, f32: 4 };
/** How many bytes a number takes. */
export const bytesOf: Readonly<Record<LaneType, number>> = { f64: 8, f32: 4 };

/** Where something lies in memory: a constant number of bytes, and a local to add to it. */
export interface Address {
  /** Bytes. */
  readonly offset: number;
  /** An i32 local. */
  readonly local?: number;
}

/** The types of locals, by their byte. */
export const wasmTypes = { i32: 0x7f, f64: 0x7c, v128: 0x7b } as const;
/** An instruction on all lanes. */
export type LaneInstruction = keyof typeof laneOpcodes;

/** The name of a type. */
export type WasmType = keyof typeof wasmTypes;

/** The functions of JavaScript's Math that a module may import: each takes a number, and returns one. */
export type MathFunction = "sin" | "cos";

/** What can be called: a function of the module, or one of Math. */
export type Callee = Code | MathFunction;

/** What a function takes and returns. */
export interface Signature {
  readonly parameters: readonly WasmType[];
  readonly results: readonly WasmType[];
}

/** Half of a vector, before its bytes are written. */
const half = new DataView(new ArrayBuffer(8)), halfBytes = new Uint8Array(half.buffer);

/** The 64 bits of half a vector with the same number in all lanes. */
export function bitsOf(type: LaneType, x: number): bigint {
  if (type === "f64") half.setFloat64(0, x, true);
  else for (const at of [0, 4]) half.setFloat32(at, x, true);
  return half.getBigUint64(0, true);
}

/** The byte of a block's type: it leaves nothing on the stack. */
const blockType = 0x40;

/** Instructions on all lanes: V8 finds a name that varies sooner in a map than among properties. */
const ofLanes: Readonly<Record<LaneType, ReadonlyMap<string, number>>> = {
  f64: opcodesOf(0),
  f32: opcodesOf(1),
};

function opcodesOf(type: 0 | 1): ReadonlyMap<string, number> {
  const opcodes = new Map<string, number>();
  for (const [name, { [type]: opcode }] of Object.entries(laneOpcodes)) {
    if (opcode !== null) opcodes.set(name, opcode);
  }
  return opcodes;
}

/** The code of one function while it is written. */
export class Code {
  /** What the function takes and returns. */
  readonly signature: Signature;
  /** What its vectors hold. */
  readonly type: LaneType;
  /** The instructions so far. */
  readonly #bytes: Bytes;
  readonly #locals: WasmType[] = [];
  readonly #free: Record<WasmType, number[]> = { i32: [], f64: [], v128: [] };
  #zero: number | null = null;
  /** Who is called, and where in the instructions the index belongs, which only the module knows. */
  readonly #calls: { readonly at: number; readonly callee: Callee }[] = [];

  /** Code of a function, in which nothing stands yet; room for so many bytes saves time in a long one. */
  constructor(signature: Signature, type: LaneType = "f64", room?: number) {
    this.signature = signature;
    this.type = type;
    this.#bytes = new Bytes(room);
  }

  /** The instructions so far, without the places of the functions that are called. */
  get bytes(): Uint8Array {
    return this.#bytes.written;
  }

  /** How many bytes they are, with one for each call. */
  get size(): number {
    return this.#bytes.length + this.#calls.length;
  }

  /** What it calls of Math. */
  get imports(): MathFunction[] {
    const names: MathFunction[] = [];
    for (const { callee } of this.#calls) if (typeof callee === "string") names.push(callee);
    return names;
  }

  /** A local variable that is not in use. */
  local(type: WasmType): number {
    const free = this.#free[type].pop();
    return free ?? this.#newLocal(type);
  }

  #newLocal(type: WasmType): number {
    return this.signature.parameters.length + this.#locals.push(type) - 1;
  }

  /** Gives a local variable back. */
  release(type: WasmType, local: number): void {
    this.#free[type].push(local);
  }

  /** local.get */
  get(local: number): this {
    return this.#withNumber(opcodes["local.get"], local);
  }
  /** local.set */
  set(local: number): this {
    return this.#withNumber(opcodes["local.set"], local);
  }
  /** local.tee */
  tee(local: number): this {
    return this.#withNumber(opcodes["local.tee"], local);
  }
  /** i32.const */
  i32(x: number): this {
    this.#bytes.byte(opcodes["i32.const"]).signed(x);
    return this;
  }
  /** i32.add */
  add(): this {
    return this.#plain(opcodes["i32.add"]);
  }
  /** i32.mul */
  mul(): this {
    return this.#plain(opcodes["i32.mul"]);
  }
  /** i32.sub */
  sub(): this {
    return this.#plain(opcodes["i32.sub"]);
  }
  /** i32.load */
  load32(offset: number): this {
    this.#bytes.byte(opcodes["i32.load"]).pair(2, offset);
    return this;
  }
  /** call, of another function of the module or of one of Math */
  call(callee: Callee): this {
    this.#bytes.byte(opcodes.call);
    this.#calls.push({ at: this.#bytes.length, callee });
    return this;
  }
  /** An instruction of one byte. */
  plain(name: keyof typeof opcodes): this {
    return this.#plain(opcodes[name]);
  }
  /** A vector instruction, and what follows it. */
  vector(name: keyof typeof vectorOpcodes, immediates: ArrayLike<number> = []): this {
    this.#vector(vectorOpcodes[name]);
    this.#bytes.append(immediates);
    return this;
  }
  /** An instruction on all lanes of vectors. */
  lanes(name: LaneInstruction): this {
    const opcode = ofLanes[this.type].get(name);
    if (opcode === undefined) throw new Error(`no instruction ${name} for ${this.type}`);
    this.#vector(opcode);
    return this;
  }
  /** 0 in all lanes, in fewer bytes than a literal: a local is that as long as it is not set. */
  zero(): this {
    this.#zero ??= this.#newLocal("v128");
    return this.get(this.#zero);
  }
  /** The same number in all lanes. */
  literal(x: number): this {
    return this.bits(bitsOf(this.type, x));
  }
  /** The same 64 bits in both halves. */
  bits(bits: bigint): this {
    half.setBigUint64(0, bits, true);
    this.#vector(vectorOpcodes["v128.const"]);
    this.#bytes.append(halfBytes).append(halfBytes);
    return this;
  }
  /** The base of an address. */
  base({ local }: Address): this {
    return local === undefined ? this.i32(0) : this.get(local);
  }
  /** A whole vector from memory, of which the base is on the stack. */
  loadVector(offset: number): this {
    return this.#memory(vectorOpcodes["v128.load"], offset);
  }
  /** A whole vector into memory. */
  storeVector(offset: number): this {
    return this.#memory(vectorOpcodes["v128.store"], offset);
  }
  /** One number from memory into all lanes. */
  loadSplat(offset: number): this {
    const { "v128.load64_splat": double, "v128.load32_splat": single } = vectorOpcodes;
    return this.#memory(this.type === "f64" ? double : single, offset);
  }
  /** Two or more neighbours from memory into the first lanes of a vector; four only in single precision. */
  loadNeighbours(offset: number, count: number): this {
    const isWhole = count === lanesOf[this.type];
    if (isWhole) return this.loadVector(offset);
    return this.#memory(vectorOpcodes["v128.load64_zero"], offset);
  }
  /** The number in one lane of a vector, a local, in all lanes. */
  splatLane(vector: number, lane: number): this {
    const size = bytesOf[this.type];
    const bytes = Array.from({ length: 16 }, (_, i) => lane * size + i % size);
    return this.get(vector).get(vector).vector("i8x16.shuffle", bytes);
  }
  /** One number from memory into one lane of a vector. */
  loadLane(offset: number, lane: number): this {
    const name = this.type === "f64" ? "v128.load64_lane" : "v128.load32_lane";
    this.#memory(vectorOpcodes[name], offset);
    this.#bytes.byte(lane);
    return this;
  }
  /** The number of the first lane into memory. */
  storeLane(offset: number): this {
    const name = this.type === "f64" ? "v128.store64_lane" : "v128.store32_lane";
    this.#memory(vectorOpcodes[name], offset);
    this.#bytes.byte(0);
    return this;
  }
  /** The numbers of the first two lanes into memory. */
  storeNeighbours(offset: number): this {
    if (this.type === "f64") return this.storeVector(offset);
    this.#memory(vectorOpcodes["v128.store64_lane"], offset);
    this.#bytes.byte(0);
    return this;
  }
  /** memory.fill with 0, for so many bytes from `at` on */
  fillZero(at: number, bytes: number): this {
    this.i32(at).i32(0).i32(bytes);
    this.#bytes.byte(opcodes.bulk).unsigned(memoryFill).byte(0);
    return this;
  }
  /** memory.copy of so many bytes; where to and where from are on the stack */
  copy(bytes: number): this {
    this.i32(bytes);
    this.#bytes.byte(opcodes.bulk).unsigned(memoryCopy).byte(0).byte(0);
    return this;
  }

  #plain(opcode: number): this {
    this.#bytes.byte(opcode);
    return this;
  }

  #withNumber(opcode: number, x: number): this {
    this.#bytes.pair(opcode, x);
    return this;
  }

  #vector(opcode: number): void {
    this.#bytes.pair(opcodes.vector, opcode);
  }

  #memory(opcode: number, offset: number): this {
    this.#vector(opcode);
    this.#bytes.pair(0, offset);
    return this;
  }

  /**
   * A loop over a counter that starts at `from` and grows by `step` while it is
   * below `end`, a number or a local; the body runs at least once.
   */
  loop(from: number, end: number | { local: number }, step: number, body: (i: number) => void) {
    const i = this.local("i32");
    this.i32(from).set(i);
    this.#repeat(() => {
      body(i);
      this.get(i).i32(step).add().tee(i);
      if (typeof end === "number") this.i32(end);
      else this.get(end.local);
      this.plain("i32.lt_s");
    });
    this.release("i32", i);
  }

  /** A loop that ends when the local `pointer`, which the body moves, has come to `limit`, another. */
  loopUntil(pointer: number, limit: number, body: () => void): void {
    this.#repeat(() => {
      body();
      this.get(pointer).get(limit).plain("i32.ne");
    });
  }

  /** A loop that ends when the local `left`, which the body lowers, is 0. */
  loopWhile(left: number, body: () => void): void {
    this.#repeat(() => {
      body();
      this.get(left);
    });
  }

  /** A loop whose body leaves on the stack whether it is to run again. */
  #repeat(body: () => void): void {
    this.#withNumber(opcodes.loop, blockType);
    body();
    this.#withNumber(opcodes.br_if, 0).plain("end");
  }

  /**
   * One of two pieces of code: the first if what is on the stack is not 0. Both leave a value of
   * this type on it, or nothing.
   */
  choose(first: () => void, other: () => void, type?: WasmType): void {
    this.#withNumber(opcodes.if, type === undefined ? blockType : wasmTypes[type]);
    first();
    this.plain("else");
    other();
    this.plain("end");
  }

  /** If what is on the stack is 0, the function ends with what `push` leaves. */
  returnUnless(push: () => void): void {
    this.plain("i32.eqz").#withNumber(opcodes.if, blockType);
    push();
    this.plain("return").plain("end");
  }

  /** How many bytes {@link encode} writes. */
  encodedSize(indices: ReadonlyMap<Callee, number>): number {
    const size = this.#sizeOfBody(indices);
    return sizeOf(size) + size;
  }

  /** Writes the function: its locals, its instructions, its end; those that it calls have an index. */
  encode(out: Bytes, indices: ReadonlyMap<Callee, number>): void {
    const bytes = this.#bytes.written;
    out.unsigned(this.#sizeOfBody(indices)).append(this.#declarations());
    let from = 0;
    for (const { at, callee } of this.#calls) {
      out.append(bytes, from, at).unsigned(indices.get(callee)!);
      from = at;
    }
    out.append(bytes, from).byte(opcodes.end);
  }

  #sizeOfBody(indices: ReadonlyMap<Callee, number>): number {
    const called = this.#calls.reduce((sum, { callee }) => sum + sizeOf(indices.get(callee)!), 0);
    return this.#declarations().length + this.#bytes.length + called + 1;
  }

  /** The types of its locals. */
  #declarations(): Uint8Array {
    const runs: [number, WasmType][] = [];
    for (const type of this.#locals) {
      const last = runs.at(-1);
      if (last?.[1] === type) last[0]++;
      else runs.push([1, type]);
    }
    const bytes = new Bytes(1 + 6 * runs.length).unsigned(runs.length);
    for (const [n, type] of runs) bytes.unsigned(n).byte(wasmTypes[type]);
    return bytes.written;
  }
}
