/**
 * Every operation once: its value, its partial derivatives, its symbol and the
 * interval on which tests sample it. A new operation is one name in a list and
 * one line in {@link rules}.
 *
 * A rule is written once and holds in every arithmetic, which is called a
 * {@link World}: of numbers it is run (here), of Values it is built (`grad.ts`),
 * of expressions it is written down (`formula/expression.ts`), of vectors it
 * becomes code (`compile/code/lane_arithmetic.ts`). `sweep.ts` has the chain rule
 * over all of them.
 *
 * @module
 */
import { erf } from "./erf.ts";

// deno-fmt-ignore
/**
 * The table. Where a function has a corner, the derivative there is PyTorch's:
 * `relu` and `abs` have 0 at 0, `leakyRelu` and `elu` that of the left side,
 * and `max` and `min` split a tie in halves.
 * Stable forms (no overflow at ±1000) follow Blanchard, Higham and Higham,
 * "Accurately computing the log-sum-exp and softmax functions" (2021).
 */
export const rules: Readonly<Rules> = {
  add: { symbol: "+",  at: [-3, 3], f: (a, b) => a + b,          d: [(w) => w.lit(1), (w) => w.lit(1)] },
  sub: { symbol: "-",  at: [-3, 3], f: (a, b) => a - b,          d: [(w) => w.lit(1), (w) => w.lit(-1)] },
  mul: { symbol: "*",  at: [-3, 3], f: (a, b) => a * b,          d: [(_w, _y, _a, b) => b, (_w, _y, a) => a] },
  div: { symbol: "/",  at: [.5, 3], f: (a, b) => a / b,          d: [(w, _y, _a, b) => w.div(w.lit(1), b), (w, y, _a, b) => w.neg(w.div(y, b))] },
  pow: { symbol: "**", at: [.5, 3], f: power,                     d: [powerByBase, powerByExponent] },
  max: { symbol: "max", at: [-3, 3], f: Math.max, d: [(w, _y, a, b) => step(w, a, b, 0, .5, 1), (w, _y, a, b) => step(w, a, b, 1, .5, 0)] },
  min: { symbol: "min", at: [-3, 3], f: Math.min, d: [(w, _y, a, b) => step(w, a, b, 1, .5, 0), (w, _y, a, b) => step(w, a, b, 0, .5, 1)] },
  leakyRelu: { symbol: "leakyRelu", at: [-3, 3], f: leakyRelu, d: [(w, _y, a, b) => ifPositive(w, a, () => w.lit(1), () => b), (w, _y, a) => ifPositive(w, a, () => w.lit(0), () => a)] },
  elu:       { symbol: "elu",       at: [-3, 3], f: elu,       d: [(w, _y, a, b) => ifPositive(w, a, () => w.lit(1), () => w.mul(b, w.exp(a))), (w, _y, a) => ifPositive(w, a, () => w.lit(0), () => w.expm1(a))] },

  neg:      { symbol: "-",        at: [-3, 3], f: (x) => -x,      d: [(w) => w.lit(-1)] },
  exp:      { symbol: "exp",      at: [-3, 3], f: Math.exp,       d: [(_w, y) => y] },
  log:      { symbol: "log",      at: [.2, 5], f: Math.log,       d: [(w, _y, x) => w.div(w.lit(1), x)] },
  sqrt:     { symbol: "sqrt",     at: [.2, 5], f: Math.sqrt,      d: [(w, y) => w.div(w.lit(.5), y)] },
  abs:      { symbol: "abs",      at: [-3, 3], f: Math.abs,       d: [(w, _y, x) => step(w, x, w.lit(0), -1, 0, 1)] },
  tanh:     { symbol: "tanh",     at: [-3, 3], f: Math.tanh,      d: [(w, y) => w.sub(w.lit(1), w.mul(y, y))] },
  sigmoid:  { symbol: "sigmoid",  at: [-3, 3], f: sigmoid,        d: [(w, y) => w.mul(y, w.sub(w.lit(1), y))] },
  relu:     { symbol: "relu",     at: [-3, 3], f: relu,           d: [(w, _y, x) => step(w, x, w.lit(0), 0, 0, 1)] },
  softplus: { symbol: "softplus", at: [-3, 3], f: softplus,       d: [(w, _y, x) => w.sigmoid(x)] },
  sin:      { symbol: "sin",      at: [-3, 3], f: Math.sin,       d: [(w, _y, x) => w.cos(x)] },
  cos:      { symbol: "cos",      at: [-3, 3], f: Math.cos,       d: [(w, _y, x) => w.neg(w.sin(x))] },
  tan:      { symbol: "tan",      at: [-1, 1], f: Math.tan,       d: [(w, y) => w.add(w.lit(1), w.mul(y, y))] },
  atan:     { symbol: "atan",     at: [-3, 3], f: Math.atan,      d: [(w, _y, x) => w.div(w.lit(1), w.add(w.lit(1), w.mul(x, x)))] },
  sinh:     { symbol: "sinh",     at: [-3, 3], f: Math.sinh,      d: [(w, _y, x) => w.cosh(x)] },
  cosh:     { symbol: "cosh",     at: [-3, 3], f: Math.cosh,      d: [(w, _y, x) => w.sinh(x)] },
  log1p:    { symbol: "log1p",    at: [0, 4],  f: Math.log1p,     d: [(w, _y, x) => w.div(w.lit(1), w.add(w.lit(1), x))] },
  expm1:    { symbol: "expm1",    at: [-3, 3], f: Math.expm1,     d: [(w, _y, x) => w.exp(x)] },
  erf:      { symbol: "erf",      at: [-3, 3], f: erf,            d: [(w, _y, x) => w.mul(w.lit(2 / Math.sqrt(Math.PI)), w.exp(w.neg(w.mul(x, x))))] },
  gelu:     { symbol: "gelu",     at: [-3, 3], f: gelu,           d: [(w, _y, x) => w.add(normalBelow(w, x), w.mul(x, normalAt(w, x)))] },
  silu:     { symbol: "silu",     at: [-3, 3], f: silu,           d: [(w, y, x) => w.add(w.sigmoid(x), w.mul(y, w.sub(w.lit(1), w.sigmoid(x))))] },

  sum:       { symbol: "sum",       at: [-3, 3], f: sum,       d: (w) => w.lit(1) },
  dot:       { symbol: "dot",       at: [-3, 3], f: dot,       d: (_w, _y, x, i) => x[(i + x.length / 2) % x.length] },
  logSumExp: { symbol: "logSumExp", at: [-3, 3], f: logSumExp, d: (w, y, x, i) => w.exp(w.sub(x[i], y)) },
};

/**
 * An arithmetic: something that partial derivatives can be evaluated in. With
 * `T = number` a rule is run, with `T = Value` it is built as a graph.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { applyRule, type World } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const sign = <T>(w: World<T>, x: T): T =>
 *   w.order(x, w.lit(0), () => w.lit(-1), () => w.lit(0), () => w.lit(1));
 * const data = Float64Array.of(5, 5);
 * applyRule(
 *   { state: [], shared: 0, begin: () => [], apply: (w, p, g) => [w.sub(p, sign(w, g))] },
 *   data,
 *   Float64Array.of(0.1, -7),
 * );
 * deepEqual([...data], [4, 6]);
 * ```
 */
export interface World<T>
  extends Record<UnaryOp, (x: T) => T>, Record<BinaryOp, (a: T, b: T) => T> {
  /** The constant `c`. */
  lit(c: number): T;
  /** One of three branches by the order of `a` and `b`; NaN where they have none. */
  order(a: T, b: T, less: () => T, equal: () => T, greater: () => T): T;
}

/** ∂y/∂xᵢ of an operation `y = f(x₀, x₁)`. */
export type Derivative = <T>(w: World<T>, y: T, a: T, b: T) => T;

/** ∂y/∂xᵢ of an operation `y = f([x₀, x₁, …])`, for any `i`. */
export type IndexedDerivative = <T>(w: World<T>, y: T, x: readonly T[], i: number) => T;

/** What the engine knows about one operation. */
export interface Rule<F, D> {
  /** What a graph shows. */
  symbol: string;
  /** An interval inside the domain, on which tests draw operands. */
  at: readonly [low: number, high: number];
  /** The value. */
  f: F;
  /** The partial derivatives. */
  d: D;
}

type Rules =
  & Record<UnaryOp, Rule<(x: number) => number, readonly [Derivative]>>
  & Record<BinaryOp, Rule<(a: number, b: number) => number, readonly [Derivative, Derivative]>>
  & Record<NaryOp, Rule<(x: readonly number[]) => number, IndexedDerivative>>;

/**
 * Operations on two operands.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import { binaryOps } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(6);
 * deepEqual(binaryOps.slice(0, 4).map((op) => x[op](2).data), [8, 4, 12, 3]);
 * ```
 */
export const binaryOps = [
  "add",
  "sub",
  "mul",
  "div",
  "pow",
  "max",
  "min",
  "leakyRelu",
  "elu",
] as const;

/**
 * Operations on one operand.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import { unaryOps } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(0.5); // which has a method for each
 * deepEqual(unaryOps.map((op) => x[op]().op), [...unaryOps]);
 * ```
 */
export const unaryOps = [
  "neg",
  "exp",
  "log",
  "sqrt",
  "abs",
  "tanh",
  "sigmoid",
  "relu",
  "softplus",
  "sin",
  "cos",
  "tan",
  "atan",
  "sinh",
  "cosh",
  "log1p",
  "expm1",
  "erf",
  "gelu",
  "silu",
] as const;

/**
 * Operations on a list; the operands of `dot` are the two lists, one after the other.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { add, dot } from "chainrule";
 * import { naryOps } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const isNary = (op: string | null) => naryOps.some((name) => name === op);
 * deepEqual([isNary(dot([1, 2], [3, 4]).op), isNary(add(1, 2).op)], [true, false]);
 * ```
 */
export const naryOps = ["sum", "dot", "logSumExp"] as const;

/** All operations; a position in this list is the operation's code. */
export const ops = [...binaryOps, ...unaryOps, ...naryOps] as const;

/**
 * The name of an operation on one operand.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import type { UnaryOp } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const squash: UnaryOp = "tanh";
 * deepEqual(new Value(0.5)[squash]().data, Math.tanh(0.5));
 * ```
 */
export type UnaryOp = typeof unaryOps[number];
/**
 * The name of an operation on two operands.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { Value } from "chainrule";
 * import type { BinaryOp } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const combine = (op: BinaryOp, xs: number[]) =>
 *   xs.slice(1).reduce((y, x) => y[op](x), new Value(xs[0]));
 * deepEqual([combine("max", [3, 7, 5]).data, combine("mul", [3, 7, 5]).data], [7, 105]);
 * ```
 */
export type BinaryOp = typeof binaryOps[number];
/**
 * The name of an operation on a list of operands.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { sum, Value } from "chainrule";
 * import type { NaryOp } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(2);
 * const operation: NaryOp = "sum";
 * deepEqual(sum([x, x, x]).op, operation); // one node, and not two additions
 * ```
 */
export type NaryOp = typeof naryOps[number];
/**
 * The name of an operation.
 *
 * @category Operations
 *
 * @example
 * ```ts
 * import { math, Value } from "chainrule";
 * import { type Op, topologicalOrder } from "chainrule/extend";
 * import { deepEqual } from "node:assert/strict";
 *
 * const x = new Value(2);
 * const made: (Op | null)[] = topologicalOrder(math`${x} * ${x} + 1`).map(({ op }) => op);
 * deepEqual(made, [null, "mul", null, "add"]); // null for x and for 1
 * ```
 */
export type Op = UnaryOp | BinaryOp | NaryOp;

const isNary: ReadonlySet<Op> = new Set(naryOps);
const isBinary: ReadonlySet<Op> = new Set(binaryOps);

/** How many operands an operation takes; `Infinity` for any number. */
export function arity(op: Op): number {
  return isNary.has(op) ? Infinity : isBinary.has(op) ? 2 : 1;
}

/** The value of `op` for the operands `x`. */
export function evaluate(op: Op, x: readonly number[]): number {
  return isNary.has(op) ? rules[op as NaryOp].f(x) : rules[op as BinaryOp].f(x[0], x[1]);
}

/** The partial derivative of `op` by its operand `i`, evaluated in the world `w`. */
export function partial<T>(w: World<T>, op: Op, y: T, x: readonly T[], i: number): T {
  const d: IndexedDerivative | readonly Derivative[] = rules[op].d;
  return typeof d === "function" ? d(w, y, x, i) : d[i](w, y, x[0], x[1]);
}

/** What is needed of a node to differentiate it; `Value` has it. */
interface Computed {
  readonly data: number;
  readonly operands: readonly { readonly data: number }[];
}

/** The number of ∂node/∂(operand `i`), as `backward()` uses it. */
export function localSlope(op: Op, node: Computed, i: number): number {
  return partial(numbers, op, node.data, node.operands.map(({ data }) => data), i);
}

/**
 * A world whose operations are made one as the other, and in which numbers decide
 * between branches.
 *
 * @param lit a constant of it.
 * @param data the number that something in it has.
 */
export function worldOf<T>(
  lit: (c: number) => T,
  data: (x: T) => number,
  unary: (op: UnaryOp) => (x: T) => T,
  binary: (op: BinaryOp) => (a: T, b: T) => T,
): World<T> {
  return {
    lit,
    order: (a, b, less, equal, greater) =>
      choose(data(a), data(b), less, equal, greater, () => lit(NaN)),
    ...record(unaryOps, unary),
    ...record(binaryOps, binary),
  };
}

/** One of the branches by the order of two numbers. */
export function choose<T>(
  a: number,
  b: number,
  less: () => T,
  equal: () => T,
  greater: () => T,
  none: () => T,
): T {
  return a < b ? less() : a > b ? greater() : a === b ? equal() : none();
}

function record<K extends string, V>(keys: readonly K[], make: (key: K) => V): Record<K, V> {
  return Object.assign({}, ...keys.map((key) => ({ [key]: make(key) })));
}

/** The world of plain numbers, in which a rule is run. */
export const numbers: World<number> = worldOf(
  (c) => c,
  (x) => x,
  (op) => rules[op].f,
  (op) => rules[op].f,
);

/** One of three numbers by the order of a and b. */
function step<T>(w: World<T>, a: T, b: T, less: number, equal: number, greater: number): T {
  return w.order(a, b, () => w.lit(less), () => w.lit(equal), () => w.lit(greater));
}

function ifPositive<T>(w: World<T>, x: T, positive: () => T, other: () => T): T {
  return w.order(x, w.lit(0), other, other, positive);
}

/** How likely a number of the standard normal distribution is below x. */
function normalBelow<T>(w: World<T>, x: T): T {
  const half = w.lit(.5);
  return w.add(half, w.mul(half, w.erf(w.mul(w.lit(Math.SQRT1_2), x))));
}

/** The density of the standard normal distribution at x. */
function normalAt<T>(w: World<T>, x: T): T {
  return w.div(w.exp(w.neg(w.div(w.mul(x, x), w.lit(2)))), w.lit(Math.sqrt(2 * Math.PI)));
}

/** a to the power b as in IEEE 754, where 1 to any power is 1; JavaScript's `1 ** NaN` is NaN. */
export function power(a: number, b: number): number {
  const isOne = a === 1 || (a === -1 && Math.abs(b) === Infinity);
  return isOne ? 1 : a ** b;
}

/** b·a^(b−1), and 0 for a = b = 0, where the formula would give 0·∞. */
function powerByBase<T>(w: World<T>, _y: T, a: T, b: T): T {
  const slope = () => w.mul(b, w.pow(a, w.sub(b, w.lit(1))));
  const atZero = () => w.order(a, w.lit(0), slope, () => w.lit(0), slope);
  return w.order(b, w.lit(0), slope, atZero, slope);
}

/** a^b·log a, and 0 for a = 0 ≤ b, where 0ᵇ does not move with b. */
function powerByExponent<T>(w: World<T>, y: T, a: T, b: T): T {
  const slope = () => w.mul(y, w.log(a));
  const zero = () => w.lit(0);
  const atZero = () => w.order(b, w.lit(0), slope, zero, zero);
  return w.order(a, w.lit(0), slope, atZero, slope);
}

function relu(x: number): number {
  return x <= 0 ? 0 : x;
}

function sigmoid(x: number): number {
  // Below −709 the exponential would overflow; the 1 beside it was nothing long before.
  return x < -709 ? Math.exp(x) : 1 / (1 + Math.exp(-x));
}

function leakyRelu(x: number, slope: number): number {
  return x > 0 ? x : x * slope;
}

function elu(x: number, alpha: number): number {
  return x > 0 ? x : alpha * Math.expm1(x);
}

function gelu(x: number): number {
  return x * normalBelow(numbers, x);
}

function silu(x: number): number {
  return x * sigmoid(x);
}

function softplus(x: number): number {
  return relu(x) + Math.log1p(Math.exp(-Math.abs(x)));
}

function sum(x: readonly number[]): number {
  let total = 0;
  for (const xi of x) total += xi;
  return total;
}

function dot(x: readonly number[]): number {
  const n = x.length / 2;
  let total = 0;
  for (let i = 0; i < n; i++) total += x[i] * x[n + i];
  return total;
}

function logSumExp(x: readonly number[]): number {
  let top = -Infinity;
  for (const xi of x) top = Math.max(top, xi);
  if (!Number.isFinite(top)) return top;
  // The largest is the 1 of log1p, so that the others are not lost beside it.
  const k = x.indexOf(top);
  let others = 0;
  for (let i = 0; i < x.length; i++) if (i !== k) others += Math.exp(x[i] - top);
  return top + Math.log1p(others);
}
