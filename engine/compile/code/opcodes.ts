/**
 * The instructions of WebAssembly that the compiler writes, by their names in
 * the specification
 * (https://webassembly.github.io/spec/core/appendix/index-instructions.html).
 *
 * @module
 */

/** Instructions of one byte, and the prefixes of the others. */
export const opcodes = {
  "loop": 0x03,
  "if": 0x04,
  "else": 0x05,
  "end": 0x0b,
  "br_if": 0x0d,
  "return": 0x0f,
  "call": 0x10,
  "select": 0x1b,
  "local.get": 0x20,
  "local.set": 0x21,
  "local.tee": 0x22,
  "i32.load": 0x28,
  "i32.const": 0x41,
  "i32.eqz": 0x45,
  "i32.ne": 0x47,
  "i32.lt_s": 0x48,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.mul": 0x6c,
  "i32.shr_s": 0x75,
  "bulk": 0xfc,
  "vector": 0xfd,
} as const;

/** What follows the prefix of bulk memory operations. */
export const memoryFill = 0x0b, memoryCopy = 0x0a;

/** What follows the prefix of vector instructions. */
export const vectorOpcodes = {
  "v128.load": 0x00,
  "v128.load32_splat": 0x09,
  "v128.load64_splat": 0x0a,
  "v128.store": 0x0b,
  "v128.const": 0x0c,
  "i8x16.shuffle": 0x0d,
  "f64x2.splat": 0x14,
  "f64x2.extract_lane": 0x21,
  "f64x2.replace_lane": 0x22,
  "v128.any_true": 0x53,
  "v128.load32_lane": 0x56,
  "v128.load64_lane": 0x57,
  "v128.store32_lane": 0x5a,
  "v128.store64_lane": 0x5b,
  "v128.load64_zero": 0x5d,
  "f32x4.demote_f64x2_zero": 0x5e,
  "f64x2.promote_low_f32x4": 0x5f,
} as const;

/**
 * Vector instructions that do the same in each lane, by short names: for two
 * numbers of double precision, and for four of single precision (null: there is none).
 */
export const laneOpcodes = {
  add: [0xf0, 0xe4],
  sub: [0xf1, 0xe5],
  mul: [0xf2, 0xe6],
  div: [0xf3, 0xe7],
  min: [0xf4, 0xe8],
  max: [0xf5, 0xe9],
  /** b < a ? b : a, in one instruction of the processor */
  pmin: [0xf6, 0xea],
  /** a < b ? b : a, in one instruction of the processor */
  pmax: [0xf7, 0xeb],
  abs: [0xec, 0xe0],
  neg: [0xed, 0xe1],
  sqrt: [0xef, 0xe3],
  floor: [0x75, 0x68],
  trunc: [0x7a, 0x69],
  // Comparisons give a mask: all bits of the lane 1, or 0.
  eq: [0x47, 0x41],
  ne: [0x48, 0x42],
  lt: [0x49, 0x43],
  gt: [0x4a, 0x44],
  le: [0x4b, 0x45],
  ge: [0x4c, 0x46],
  not: [0x4d, 0x4d],
  and: [0x4e, 0x4e],
  /** a and not b */
  andnot: [0x4f, 0x4f],
  or: [0x50, 0x50],
  xor: [0x51, 0x51],
  /** bits of a where the mask c has 1, else of b: bitselect(a, b, c) */
  bitselect: [0x52, 0x52],
  // Lanes as 64-bit integers; what is shifted comes with a number of bits.
  addInteger: [0xce, null],
  subInteger: [0xd1, null],
  shl: [0xcb, null],
  shr: [0xcd, null],
  /** a · b + c, rounded once or twice as the processor likes */
  madd: [0x107, 0x105],
} as const satisfies Record<string, readonly [f64: number, f32: number | null]>;
